"""The app's entry in Django's registry."""

from django.apps import AppConfig
from django.utils.translation import gettext_noop


class OrganizationsConfig(AppConfig):
    """Who: users, organizations, memberships, invitations, access rules and the audit trail."""

    name = "organizations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the mail job, the sign-in record and the first link of the top bar."""
        # Models can be imported only now; the style's ban on imports in functions gives way to Django's start-up order.
        from jobs import registry  # noqa: PLC0415
        from organizations import mail, navigation, signals  # noqa: F401, PLC0415

        registry.register(mail.KIND, mail.deliver, keeps=mail.KEPT)
        navigation.register(navigation.Link("home", 0, gettext_noop("Home"), "organizations:home"))
