"""For operators: look at instruments, assessments and inventories. Answers are not shown; nothing is changed here."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from assessments.models import Assessment, AssessmentEvent, InstrumentVersion, InventoryRecord, Standing


class ReadOnly(admin.ModelAdmin):
    """A list and a page to read."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Refuse."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Refuse."""
        return False


@admin.register(InstrumentVersion)
class InstrumentVersionAdmin(ReadOnly):
    """Published question sets."""

    list_display = ("slug", "version", "published_at")
    exclude = ("document",)


@admin.register(Assessment)
class AssessmentAdmin(ReadOnly):
    """Assessments and their states."""

    list_display = ("organization", "number", "instrument", "kind", "state", "created_at")
    list_filter = ("kind", "state")
    list_select_related = ("organization", "instrument")


@admin.register(AssessmentEvent)
class AssessmentEventAdmin(ReadOnly):
    """What happened to assessments."""

    list_display = ("assessment", "kind", "user", "at")
    list_select_related = ("assessment__organization", "user")


@admin.register(Standing)
class StandingAdmin(ReadOnly):
    """How far assessments are; the scores themselves are the organization's."""

    list_display = ("assessment", "is_current", "answered", "expected", "last_activity")
    list_select_related = ("assessment__organization",)
    fields = ("assessment", "is_current", "answered", "expected", "last_activity")


@admin.register(InventoryRecord)
class InventoryRecordAdmin(ReadOnly):
    """Which organizations have an inventory."""

    list_display = ("organization", "recorded_on", "updated_at")
    list_select_related = ("organization",)
    fields = ("organization", "recorded_on", "updated_at")
