"""For the people who run the site: switch accounts off, set passwords, read who belongs where and what happened."""

from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.db.models import Model
from django.http import HttpRequest

from organizations.models import AuditEvent, Membership, Organization, User


class ReadOnlyAdmin(admin.ModelAdmin):
    """Rows to look at: they are changed on the pages of the site, where it is written down who did it."""

    def has_add_permission(self, request: HttpRequest, *_more: Any) -> bool:
        """Nobody adds here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody changes here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody deletes here."""
        return False


@admin.register(User)
class PersonAdmin(UserAdmin):
    """People who sign in; no account is made or deleted here."""

    list_display = ("email", "name", "language", "is_active", "is_staff", "last_login")
    list_filter = ("is_active", "is_staff", "language")
    search_fields = ("email", "name")
    ordering = ("email",)
    filter_horizontal = ()
    readonly_fields = ("email", "last_login", "date_joined")
    fieldsets: ClassVar[Any] = (
        (None, {"fields": ("email", "name", "language", "password")}),
        (None, {"fields": ("is_active", "is_staff", "is_superuser", "last_login", "date_joined")}),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """People sign up, or are invited."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """An account is switched off instead."""
        return False


class MembershipInline(admin.TabularInline):
    """The members of an organization."""

    model = Membership
    fields = ("user", "role", "title", "answers_as", "may_share", "joined_at")
    can_delete = False

    def has_add_permission(self, request: HttpRequest, *_more: Any) -> bool:
        """Nobody adds here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nobody changes here."""
        return False


@admin.register(Organization)
class OrganizationAdmin(ReadOnlyAdmin):
    """Organizations and their members."""

    list_display = ("name", "slug", "staff_count", "language", "is_demo", "created_at")
    list_filter = ("is_demo", "language")
    search_fields = ("name", "slug")
    inlines: ClassVar[Any] = [MembershipInline]


@admin.register(AuditEvent)
class AuditEventAdmin(ReadOnlyAdmin):
    """What happened, in all organizations."""

    list_display = ("at", "kind", "organization", "user")
    list_filter = ("kind",)
    list_select_related = ("organization", "user")
    date_hierarchy = "at"
