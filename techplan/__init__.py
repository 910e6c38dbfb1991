"""The project package: settings, URLs, Celery and health. The one place that knows every app."""

from techplan.celery import app as celery_app

__all__ = ["celery_app"]
