"""The two Celery tasks: do one job, and sweep up what was lost."""

from celery import shared_task
from django.utils import timezone

from jobs import services


@shared_task(name="jobs.run")
def run(job_id: int) -> None:
    """Do one job, if it is still there to be done."""
    services.run(job_id)


@shared_task(name="jobs.sweep")
def sweep() -> None:
    """Tell the queue again about what was lost."""
    services.sweep(at=timezone.now())
