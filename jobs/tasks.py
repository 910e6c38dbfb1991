"""The Celery tasks: do one job, sweep up what was lost, prune the old. A thread beats for a running job."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from celery import shared_task
from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from jobs import services
from jobs.errors import JobLost
from jobs.models import Job

logger = logging.getLogger(__name__)


@shared_task(bind=True, name="jobs.run")  # type: ignore[untyped-decorator]
def run(self: Any, job_id: int) -> None:
    """Do one job, if it is still there to be done."""
    job = services.claim(job_id, at=timezone.now())
    if job is None:
        return
    with heartbeat(job, worker=self.request.hostname or "worker"):
        services.work(job)


@shared_task(bind=True, name="jobs.sweep")  # type: ignore[untyped-decorator]
def sweep(self: Any) -> None:
    """Tell the queue again about what was lost, and say that this worker is alive."""
    services.see_worker(self.request.hostname or "worker", at=timezone.now())
    services.sweep(at=timezone.now())


@shared_task(name="jobs.prune")  # type: ignore[untyped-decorator]
def prune() -> None:
    """Delete what finished long ago."""
    services.prune(at=timezone.now())


@contextmanager
def heartbeat(job: Job, *, worker: str) -> Iterator[None]:
    """Keep the rows of a job and of its worker fresh while a long render holds the main thread."""
    over = threading.Event()
    thread = threading.Thread(
        target=_beat_until, args=(over, job, worker), name=f"heartbeat-{job.pk}", daemon=True
    )
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join(timeout=30)


def _beat_until(over: threading.Event, job: Job, worker: str) -> None:
    """Beat until it is over; a database that is busy or away for a moment is tried again."""
    try:
        while not over.wait(settings.JOB_HEARTBEAT_SECONDS):
            try:
                services.see_worker(worker, at=timezone.now())
                services.beat(job)
            except JobLost:
                return
            except DatabaseError as error:
                logger.warning("heartbeat of job %s: %s", job.pk, error)
                connection.close()
    finally:
        connection.close()
