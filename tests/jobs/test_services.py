"""The job row: written, claimed once, finished, given back, swept."""

import threading
from datetime import datetime, timedelta

import pytest
from celery import current_app
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from jobs import registry, services
from jobs.errors import JobFailed, JobLost
from jobs.models import Job, JobState, WorkerHeartbeat

pytestmark = pytest.mark.django_db


@pytest.fixture
def kind(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A kind of job that only this test knows; its handler is the test's marker-free default: do nothing."""
    monkeypatch.setattr(registry, "_handlers", dict(registry._handlers))
    registry.register("here.nothing", lambda job, beat: None)
    return "here.nothing"


def claimed(kind: str, at: datetime | None = None) -> Job:
    job = services.claim(services.enqueue(kind, payload={}).pk, at=at or timezone.now())
    assert job is not None
    return job


def test_enqueue_with_a_key_makes_one_job() -> None:
    first = services.enqueue("test.nothing", payload={"a": 1}, key="once")
    second = services.enqueue("test.nothing", payload={"a": 1}, key="once")
    assert (first.pk, Job.objects.count()) == (second.pk, 1)


def test_enqueue_starts_a_failed_job_over_with_the_new_payload(kind: str) -> None:
    job = services.enqueue(kind, payload={"a": 1}, key="once")
    Job.objects.filter(pk=job.pk).update(
        state=JobState.FAILED, attempts=3, message="No.", finished_at=timezone.now()
    )
    again = services.enqueue(kind, payload={"a": 2}, key="once")
    assert (again.pk, again.state, again.attempts, again.message) == (job.pk, JobState.QUEUED, 0, "")
    assert again.payload == {"a": 2}


def test_retry_leaves_a_job_that_has_not_failed_alone(kind: str) -> None:
    job = claimed(kind)
    assert services.retry(job).state == JobState.RUNNING


def test_the_queue_hears_of_a_job_after_the_commit_only(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    monkeypatch.setattr(current_app, "send_task", lambda name, args: told.append((name, args)))
    with django_capture_on_commit_callbacks(execute=True):
        job = services.enqueue("test.nothing", payload={})
        assert told == []
    assert told == [("jobs.run", [job.pk])]
    assert Job.objects.get(pk=job.pk).published_at is not None


def test_a_queue_that_refuses_does_not_break_the_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(name: str, args: list[int]) -> None:
        raise ConnectionError("no broker")

    job = services.enqueue("test.nothing", payload={})
    monkeypatch.setattr(current_app, "send_task", refuse)
    assert services.publish(job.pk) is False
    assert Job.objects.get(pk=job.pk).published_at is None


def test_claim_gives_a_job_to_one_only() -> None:
    job = services.enqueue("test.nothing", payload={})
    now = timezone.now()
    taken = services.claim(job.pk, at=now)
    assert taken is not None
    assert (taken.state, taken.attempts) == (JobState.RUNNING, 1)
    assert services.claim(job.pk, at=now + timedelta(seconds=1)) is None


@pytest.mark.django_db(transaction=True)
def test_claim_at_once_from_many_sides_gives_a_job_to_one_only() -> None:
    job = services.enqueue("test.nothing", payload={})
    start, won = threading.Barrier(8), []

    def reach() -> None:
        try:
            start.wait()
            won.append(services.claim(job.pk, at=timezone.now()) is not None)
        finally:
            connection.close()

    threads = [threading.Thread(target=reach) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(won) == [False] * 7 + [True]


def test_a_stale_job_is_taken_over_and_the_first_worker_loses_it(kind: str) -> None:
    then = timezone.now() - timedelta(seconds=settings.JOB_STALE_SECONDS + 1)
    first = claimed(kind, at=then)
    second = services.claim(first.pk, at=timezone.now())
    assert second is not None
    with pytest.raises(JobLost):
        services.beat(first, 50, "Still here.")
    services.fail(first, "A late word.")
    assert Job.objects.get(pk=first.pk).state == JobState.RUNNING
    services.work(second)
    assert Job.objects.get(pk=first.pk).state == JobState.DONE


def test_beat_shows_how_far_a_job_is(kind: str) -> None:
    job = claimed(kind)
    services.beat(job, 140, "Nearly there.")
    fresh = Job.objects.get(pk=job.pk)
    assert (fresh.percent, fresh.message) == (100, "Nearly there.")


def test_run_writes_down_the_sentence_of_a_refusal(kind: str) -> None:
    def refuse(job: Job, beat: registry.Beat) -> None:
        raise JobFailed("The picture is too large.")

    registry.register("here.refuse", refuse)
    job = services.run(services.enqueue("here.refuse", payload={}).pk)
    assert job is not None
    assert (job.state, job.message, job.attempts) == (JobState.FAILED, "The picture is too large.", 1)


def test_run_tries_a_fault_three_times_and_keeps_it_for_the_operator(kind: str) -> None:
    def break_down(job: Job, beat: registry.Beat) -> None:
        raise RuntimeError("a fault")

    registry.register("here.fault", break_down)
    pk = services.enqueue("here.fault", payload={}).pk
    states = [services.run(pk).state for _ in range(3)]
    assert states == [JobState.QUEUED, JobState.QUEUED, JobState.FAILED]
    job = Job.objects.get(pk=pk)
    assert (job.message, job.error) == (services.GAVE_UP, "RuntimeError('a fault')")
    assert services.run(pk) is None


def test_sweep_tells_of_what_the_queue_does_not_know(kind: str) -> None:
    now = timezone.now()
    ages = {
        "never told, old": (None, 60),
        "never told, new": (None, 0),
        "told long ago": (60, 60),
        "just told": (0, 60),
    }
    jobs = {}
    for name, (told, age) in ages.items():
        job = services.enqueue(kind, payload={})
        Job.objects.filter(pk=job.pk).update(
            created_at=now - timedelta(seconds=age),
            published_at=None if told is None else now - timedelta(seconds=told),
        )
        jobs[job.pk] = name
    heard: list[str] = []
    services.sweep(at=now, tell=lambda pk: heard.append(jobs[pk]) or True)
    assert heard == ["never told, old", "told long ago"]


def test_sweep_queues_a_silent_job_again_and_ends_it_after_the_last_attempt(kind: str) -> None:
    now = timezone.now()
    silent = now - timedelta(seconds=settings.JOB_STALE_SECONDS + 1)
    early, last, alive = claimed(kind, at=silent), claimed(kind, at=silent), claimed(kind, at=now)
    Job.objects.filter(pk=early.pk).update(created_at=silent)
    Job.objects.filter(pk=last.pk).update(attempts=settings.JOB_MAX_ATTEMPTS)
    heard: list[int] = []
    services.sweep(at=now, tell=lambda pk: heard.append(pk) or True)
    states = {job.pk: job.state for job in Job.objects.all()}
    assert states == {early.pk: JobState.QUEUED, last.pk: JobState.FAILED, alive.pk: JobState.RUNNING}
    assert heard == [early.pk]
    assert Job.objects.get(pk=last.pk).message == services.GAVE_UP


def test_a_job_rolled_back_with_its_transaction_never_was() -> None:
    with transaction.atomic():
        services.enqueue("test.nothing", payload={})
        transaction.set_rollback(True)
    assert Job.objects.count() == 0


def test_a_worker_has_one_row() -> None:
    now = timezone.now()
    for second in range(3):
        services.see_worker("one", at=now + timedelta(seconds=second))
    assert [row.seen_at for row in WorkerHeartbeat.objects.all()] == [now + timedelta(seconds=2)]


def test_prune_deletes_what_finished_long_ago(kind: str) -> None:
    now = timezone.now()
    long_ago, lately = now - timedelta(days=settings.JOB_KEEP_DAYS + 1), now - timedelta(days=1)
    ended = {
        "old": (JobState.DONE, long_ago),
        "failed": (JobState.FAILED, long_ago),
        "new": (JobState.DONE, lately),
    }
    for key, (state, at) in ended.items():
        job = services.enqueue(kind, payload={}, key=key)
        Job.objects.filter(pk=job.pk).update(state=state, finished_at=at)
    services.enqueue(kind, payload={}, key="waits")
    assert services.prune(at=now) == 2
    assert set(Job.objects.values_list("key", flat=True)) == {"new", "waits"}


def test_a_kind_has_one_handler(kind: str) -> None:
    with pytest.raises(ValueError, match="already has a handler"):
        registry.register(kind, lambda job, beat: None)
