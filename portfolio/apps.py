"""The app's entry in Django's registry."""

from django.apps import AppConfig


class PortfolioConfig(AppConfig):
    """Many organisations at once: the desk, the funder's list and the demonstration."""

    name = "portfolio"
    default_auto_field = "django.db.models.BigAutoField"
