"""The app's entry in Django's registry."""

from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    """Who: users, organizations, memberships, invitations, access rules and the audit trail."""

    name = "organizations"
    default_auto_field = "django.db.models.BigAutoField"
