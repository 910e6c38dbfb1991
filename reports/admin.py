"""What the operator of the site sees: that reports and shares exist, never what is in them."""

from django.contrib import admin
from django.http import HttpRequest

from reports.models import Report, Share


class ReadOnly(admin.ModelAdmin):
    """A list to look at."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Refuse."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Refuse."""
        return False


@admin.register(Report)
class ReportAdmin(ReadOnly):
    """Reports with the state of their jobs."""

    list_display = ("organization", "number", "audience", "state", "pages", "created_at")
    list_select_related = ("organization", "job")
    fields = ("organization", "number", "audience", "state", "reason", "pages", "size_bytes")

    @admin.display
    def state(self, report: Report) -> str:
        """Return the state of the job."""
        return report.job.state

    @admin.display
    def reason(self, report: Report) -> str:
        """Return what the operator should know about a failure."""
        return report.job.error or report.job.message


@admin.register(Share)
class ShareAdmin(ReadOnly):
    """Shares: for whom, until when."""

    list_display = ("organization", "recipient", "expires_at", "revoked_at", "created_at")
    list_select_related = ("organization",)
    fields = ("organization", "recipient", "expires_at", "revoked_at", "created_at")
