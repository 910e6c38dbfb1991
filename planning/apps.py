"""The app's entry in Django's registry."""

from django.apps import AppConfig


class PlanningConfig(AppConfig):
    """What to do: challenges, gaps, actions, goals, costs, budget choice and schedule."""

    name = "planning"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the frame of the pages and the home what this app has."""
        # The models that it reads exist only now.
        from planning import journey, signals, tasks  # noqa: F401, PLC0415

        journey.register()
        tasks.register_jobs()
