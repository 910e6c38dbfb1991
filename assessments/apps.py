"""The app's entry in Django's registry."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """What is asked and answered: instruments, assessments, answers, scores and the inventory."""

    name = "assessments"
    default_auto_field = "django.db.models.BigAutoField"
