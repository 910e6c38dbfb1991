"""For operators: look at plans and what happened to them; nothing is changed here."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from planning.models import Plan, PlanEvent


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


@admin.register(Plan)
class PlanAdmin(ReadOnly):
    """Plans and their states; what is in them is the organization's."""

    list_display = ("organization", "number", "title", "state", "updated_at")
    list_filter = ("state",)
    list_select_related = ("organization",)
    fields = ("organization", "number", "title", "state", "start_year", "start_quarter", "updated_at")


@admin.register(PlanEvent)
class PlanEventAdmin(ReadOnly):
    """What happened to plans."""

    list_display = ("plan", "kind", "user", "at")
    list_select_related = ("plan", "user")
    fields = ("plan", "kind", "user", "at")
