"""The app's entry in Django's registry."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_noop


class PortfolioConfig(AppConfig):
    """Many organisations at once: the desk, the funder's list and the demonstration."""

    name = "portfolio"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Add this app's links to the top bar; models may be imported only now."""
        navigation = import_module("organizations.navigation")
        selectors = import_module("portfolio.selectors")
        navigation.register(
            navigation.Link(
                "desk",
                10,
                gettext_noop("Desk"),
                "portfolio:desk",
                scope="person",
                shown_to=selectors.has_desk,
            )
        )
        navigation.register(
            navigation.Link(
                "funder",
                20,
                gettext_noop("Shared with you"),
                "portfolio:funder",
                scope="person",
                shown_to=selectors.has_reading,
            )
        )
