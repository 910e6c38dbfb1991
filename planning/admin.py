"""For operators: look at plans and what happened to them; nothing is changed here."""

from django.contrib import admin

from organizations.admin import ReadOnlyAdmin
from planning.models import Plan, PlanEvent


@admin.register(Plan)
class PlanAdmin(ReadOnlyAdmin):
    """Plans and their states; what is in them is the organization's."""

    list_display = ("organization", "number", "title", "state", "updated_at")
    list_filter = ("state",)
    list_select_related = ("organization",)
    fields = ("organization", "number", "title", "state", "start_year", "start_quarter", "updated_at")


@admin.register(PlanEvent)
class PlanEventAdmin(ReadOnlyAdmin):
    """What happened to plans."""

    list_display = ("plan", "kind", "user", "at")
    list_select_related = ("plan", "user")
    fields = ("plan", "kind", "user", "at")
