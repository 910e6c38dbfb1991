"""For operators: look at instruments, assessments and inventories. Answers are not shown; nothing is changed here."""

from django.contrib import admin

from assessments.models import Assessment, AssessmentEvent, InstrumentVersion, InventoryRecord, Standing
from organizations.admin import ReadOnlyAdmin


@admin.register(InstrumentVersion)
class InstrumentVersionAdmin(ReadOnlyAdmin):
    """Published question sets."""

    list_display = ("slug", "version", "published_at")
    exclude = ("document",)


@admin.register(Assessment)
class AssessmentAdmin(ReadOnlyAdmin):
    """Assessments and their states."""

    list_display = ("organization", "number", "instrument", "kind", "state", "created_at")
    list_filter = ("kind", "state")
    list_select_related = ("organization", "instrument")


@admin.register(AssessmentEvent)
class AssessmentEventAdmin(ReadOnlyAdmin):
    """What happened to assessments."""

    list_display = ("assessment", "kind", "user", "at")
    list_select_related = ("assessment__organization", "user")


@admin.register(Standing)
class StandingAdmin(ReadOnlyAdmin):
    """How far assessments are; the scores themselves are the organization's."""

    list_display = ("assessment", "is_current", "answered", "expected", "last_activity")
    list_select_related = ("assessment__organization",)
    fields = ("assessment", "is_current", "answered", "expected", "last_activity")


@admin.register(InventoryRecord)
class InventoryRecordAdmin(ReadOnlyAdmin):
    """Which organizations have an inventory."""

    list_display = ("organization", "recorded_on", "updated_at")
    list_select_related = ("organization",)
    fields = ("organization", "recorded_on", "updated_at")
