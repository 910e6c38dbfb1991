"""The app's entry in Django's registry."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """What to do: challenges, gaps, actions, goals, costs, budget choice and schedule."""

    name = "planning"
    default_auto_field = "django.db.models.BigAutoField"
