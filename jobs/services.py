"""Write jobs: enqueue, claim, run, finish, sweep, prune. Times are seconds and aware UTC datetimes."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from celery import current_app
from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.db import transaction
from django.db.models import F, ProtectedError, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from jobs import registry
from jobs.errors import JobFailed, JobLost
from jobs.models import Job, JobState, WorkerHeartbeat

logger = logging.getLogger(__name__)

TASK_NAME = "jobs.run"
# Sentences are stored in English and translated where they are shown: {% translate job.message %}.
GAVE_UP = gettext_noop(
    "This did not work after several attempts. Try again; if it fails again, tell who runs this site."
)
TOO_LONG = gettext_noop(
    "This took too long and was stopped. Try again; if it happens again, tell who runs this site."
)
UNKNOWN_KIND = gettext_noop("This site no longer knows how to do this.")
SWEEP_LIMIT = 500


def enqueue(kind: str, *, payload: dict[str, Any], key: str | None = None) -> Job:
    """Write down a piece of work in the caller's transaction; tell the queue once that is committed.

    With a `key`, a job of that kind and key which is queued, running or done is returned as it is;
    a failed one starts over.
    """
    with transaction.atomic():
        job = None
        if key is not None:
            job = Job.objects.select_for_update().filter(kind=kind, key=key).first()
        if job is None:
            fields = {"payload": payload, "created_at": timezone.now()}
            if key is None:
                job = Job.objects.create(kind=kind, **fields)
            else:
                job, _ = Job.objects.get_or_create(kind=kind, key=key, defaults=fields)
        elif job.state == JobState.FAILED:
            Job.objects.filter(pk=job.pk).update(payload=payload)
            return retry(job)
        transaction.on_commit(partial(publish, job.pk))
    return job


def retry(job: Job) -> Job:
    """Queue a failed job again, with all its attempts; any other job is left as it is."""
    with transaction.atomic():
        changed = Job.objects.filter(pk=job.pk, state=JobState.FAILED).update(
            state=JobState.QUEUED,
            attempts=0,
            percent=0,
            message="",
            error="",
            created_at=timezone.now(),
            published_at=None,
            heartbeat_at=None,
            started_at=None,
            finished_at=None,
        )
        if changed:
            transaction.on_commit(partial(publish, job.pk))
    job.refresh_from_db()
    return job


def publish(job_id: int) -> bool:
    """Tell the queue about a job; return whether it took it. Never raises: the sweep tries again."""
    try:
        current_app.send_task(TASK_NAME, args=[job_id])
    except Exception as error:  # whatever the broker raises, the row is safe and the page must answer
        logger.warning("job %s is written, but the queue did not take it: %s", job_id, error)
        return False
    Job.objects.filter(pk=job_id).update(published_at=timezone.now())
    return True


def claim(job_id: int, *, at: datetime) -> Job | None:
    """Take a job to work on it, in one conditional write; None when it is taken or finished."""
    stale = at - timedelta(seconds=settings.JOB_STALE_SECONDS)
    free = Q(state=JobState.QUEUED) | Q(state=JobState.RUNNING, heartbeat_at__lt=stale)
    taken = Job.objects.filter(free, pk=job_id, attempts__lt=settings.JOB_MAX_ATTEMPTS).update(
        state=JobState.RUNNING,
        attempts=F("attempts") + 1,
        heartbeat_at=at,
        started_at=at,
        percent=0,
        message="",
    )
    return Job.objects.get(pk=job_id) if taken else None


def beat(job: Job, percent: int | None = None, message: str = "") -> None:
    """Say that a claimed job is alive, and how far it is; raise JobLost when somebody else has it now."""
    changes: dict[str, Any] = {"heartbeat_at": timezone.now()}
    if percent is not None:
        changes |= {"percent": max(0, min(100, percent)), "message": message[:500]}
    if not _mine(job).update(**changes):
        raise JobLost(f"job {job.pk} was taken over")


def run(job_id: int) -> Job | None:
    """Claim a job and do it; return it as it stands afterwards, None when there was nothing to do."""
    job = claim(job_id, at=timezone.now())
    if job is None:
        return None
    work(job)
    job.refresh_from_db()
    return job


def work(job: Job) -> None:
    """Do a claimed job and write down how it ended. Nothing that a handler raises gets out."""
    handler = registry.handler_for(job.kind)
    if handler is None:
        fail(job, UNKNOWN_KIND, error=f"no handler for {job.kind!r}")
        return
    try:
        handler(job, partial(beat, job))
    except JobLost as lost:
        logger.warning("%s", lost)
    except JobFailed as reason:
        fail(job, str(reason), error=repr(reason.__cause__ or reason))
    except SoftTimeLimitExceeded:
        fail(job, TOO_LONG, error="soft time limit")
    except Exception as error:
        logger.exception("job %s (%s) failed in attempt %s", job.pk, job.kind, job.attempts)
        give_back(job, error=repr(error))
    else:
        _mine(job).update(
            state=JobState.DONE,
            payload=registry.kept(job),
            percent=100,
            message="",
            error="",
            finished_at=timezone.now(),
        )


def fail(job: Job, reason: str, *, error: str = "") -> None:
    """End a claimed job with a sentence for the person who waits for it."""
    _mine(job).update(
        state=JobState.FAILED,
        payload=registry.kept(job),
        message=reason[:500],
        error=error[:5000],
        finished_at=timezone.now(),
    )


def give_back(job: Job, *, error: str) -> None:
    """Queue a claimed job for its next attempt, or end it after the last.

    The second attempt comes at once; the third waits for the sweep, for what may need a moment to mend.
    """
    if job.attempts >= settings.JOB_MAX_ATTEMPTS:
        fail(job, GAVE_UP, error=error)
        return
    queued = _mine(job).update(
        state=JobState.QUEUED, percent=0, message="", error=error[:5000], published_at=timezone.now()
    )
    if queued and job.attempts == 1:
        publish(job.pk)


def sweep(*, at: datetime, tell: Callable[[int], bool] = publish) -> int:
    """Find what was lost and put it right; return how many jobs the queue was told about.

    Lost are: queued jobs that the queue was not told of lately, and running ones whose worker fell silent.
    A job whose last attempt fell silent fails with a sentence.
    """
    stale = at - timedelta(seconds=settings.JOB_STALE_SECONDS)
    told = at - timedelta(seconds=settings.JOB_REQUEUE_SECONDS)
    fresh = at - timedelta(seconds=settings.JOB_SWEEP_SECONDS)
    silent = Job.objects.filter(state=JobState.RUNNING, heartbeat_at__lt=stale)
    for job in silent.filter(attempts__gte=settings.JOB_MAX_ATTEMPTS):
        fail(job, GAVE_UP, error="the worker fell silent")
    silent.update(state=JobState.QUEUED, percent=0, message="", published_at=None)
    lost = Job.objects.filter(state=JobState.QUEUED).filter(
        Q(published_at__isnull=True, created_at__lt=fresh) | Q(published_at__lt=told)
    )
    return sum(tell(pk) for pk in list(lost.order_by("pk").values_list("pk", flat=True)[:SWEEP_LIMIT]))


def prune(*, at: datetime) -> int:
    """Delete what finished long ago and nothing points at; return how many jobs went.

    A payload may hold an address or a name: it is not kept longer than somebody may ask about it.
    """
    before = at - timedelta(days=settings.JOB_KEEP_DAYS)
    old = Job.objects.filter(state__in=[JobState.DONE, JobState.FAILED], finished_at__lt=before)
    gone = 0
    for job in old.order_by("pk").iterator():
        try:
            job.delete()
        except ProtectedError:
            continue  # a report still tells its state by this row
        gone += 1
    WorkerHeartbeat.objects.filter(seen_at__lt=before).delete()
    return gone


def see_worker(name: str, *, at: datetime) -> None:
    """Write down that a worker is alive."""
    WorkerHeartbeat.objects.bulk_create(
        [WorkerHeartbeat(name=name[:120], seen_at=at)],
        update_conflicts=True,
        unique_fields=["name"],
        update_fields=["seen_at"],
    )


def _mine(job: Job) -> QuerySet[Job]:
    """Return the row of a claimed job, as long as nobody else has claimed it since."""
    return Job.objects.filter(pk=job.pk, state=JobState.RUNNING, attempts=job.attempts)
