"""Jobs done by a real worker process, and what happens when things break in the middle."""

from pathlib import Path

import pytest

from jobs import services
from jobs.models import Job, JobState, WorkerHeartbeat
from tests.workers import Worker, wait_for

pytestmark = [pytest.mark.worker]


def lines(path: Path) -> list[int]:
    return [int(line) for line in path.read_text().split()] if path.exists() else []


def test_a_job_is_done(worker: Worker, tmp_path: Path) -> None:
    job = services.enqueue("test.write", payload={"file": str(tmp_path / "out")})
    job = worker.finish(job)
    assert (job.state, job.percent, job.message, job.attempts) == (JobState.DONE, 100, "", 1)
    assert lines(tmp_path / "out") == [job.pk]


def test_forty_jobs_are_done_once_each(worker: Worker, tmp_path: Path) -> None:
    jobs = [services.enqueue("test.write", payload={"file": str(tmp_path / "out")}) for _ in range(40)]
    for job in jobs:
        assert worker.finish(job).state == JobState.DONE
    assert sorted(lines(tmp_path / "out")) == [job.pk for job in jobs]


def test_a_message_that_was_never_sent_is_made_up_for(
    worker: Worker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services, "publish", lambda job_id: False)
    job = services.enqueue("test.write", payload={"file": str(tmp_path / "out")})
    assert job.published_at is None
    assert worker.finish(job).state == JobState.DONE


def test_a_worker_killed_in_mid_job_costs_nothing(worker: Worker, tmp_path: Path) -> None:
    job = services.enqueue("test.slow", payload={"file": str(tmp_path / "out"), "seconds": 1.5})
    worker.until_running(job)
    worker.kill()
    assert lines(tmp_path / "out") == []
    worker.start()
    job = worker.finish(job)
    assert (job.state, job.attempts) == (JobState.DONE, 2)
    assert lines(tmp_path / "out") == [job.pk]


def test_a_long_job_keeps_its_heart_beating(worker: Worker, tmp_path: Path) -> None:
    job = services.enqueue("test.slow", payload={"file": str(tmp_path / "out"), "seconds": 5})
    job = worker.finish(job)
    assert (job.state, job.attempts) == (JobState.DONE, 1)


def test_a_poison_job_fails_after_three_attempts_and_others_go_on(worker: Worker, tmp_path: Path) -> None:
    poison = services.enqueue("test.poison", payload={})
    healthy = services.enqueue("test.write", payload={"file": str(tmp_path / "out")})
    poison = worker.finish(poison)
    assert (poison.state, poison.attempts, poison.message) == (JobState.FAILED, 3, services.GAVE_UP)
    assert worker.finish(healthy).state == JobState.DONE


def test_a_job_with_a_fault_fails_after_three_attempts(worker: Worker) -> None:
    job = worker.finish(services.enqueue("test.broken", payload={}))
    assert (job.state, job.attempts, job.message) == (JobState.FAILED, 3, services.GAVE_UP)
    assert "a fault in the code" in job.error


def test_a_refused_job_says_why_at_once(worker: Worker) -> None:
    job = worker.finish(services.enqueue("test.refused", payload={}))
    assert (job.state, job.attempts, job.message) == (JobState.FAILED, 1, "The disk is full.")


def test_a_kind_that_nobody_knows_fails_in_words(worker: Worker) -> None:
    job = worker.finish(services.enqueue("test.gone", payload={}))
    assert (job.state, job.message) == (JobState.FAILED, services.UNKNOWN_KIND)


def test_mails_sent_by_a_job_can_be_read(worker: Worker) -> None:
    worker.finish(services.enqueue("test.send", payload={"text": "A line of text."}))
    assert ["A line of text." in mail for mail in worker.mails()] == [True]


def test_a_worker_says_that_it_is_alive(worker: Worker) -> None:
    wait_for(WorkerHeartbeat.objects.exists, seconds=30)
    assert Job.objects.count() == 0
