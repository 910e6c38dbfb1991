"""What the operator of the site sees: that reports and shares exist, never what is in them."""

from django.contrib import admin

from organizations.admin import ReadOnlyAdmin
from reports.models import Report, Share


@admin.register(Report)
class ReportAdmin(ReadOnlyAdmin):
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
class ShareAdmin(ReadOnlyAdmin):
    """Shares: for whom, until when."""

    list_display = ("organization", "recipient", "expires_at", "revoked_at", "created_at")
    list_select_related = ("organization",)
    fields = ("organization", "recipient", "expires_at", "revoked_at", "created_at")
