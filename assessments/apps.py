"""The app's entry in Django's registry."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """What is asked and answered: instruments, assessments, answers, scores and the inventory."""

    name = "assessments"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Tell the frame of the pages and the home what this app has."""
        # The models that it reads exist only now.
        from assessments import journey  # noqa: PLC0415

        journey.register()
