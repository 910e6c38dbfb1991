"""The app's entry in Django's registry."""

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """The durable job row, its sweep and the atomic file broker; knows no other app."""

    name = "jobs"
    default_auto_field = "django.db.models.BigAutoField"
