"""The app's entry in Django's registry."""

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """What leaves the house: snapshots, reports, shares and downloads."""

    name = "reports"
    default_auto_field = "django.db.models.BigAutoField"
