"""Mail goes out as a job: a real worker sends it, in the reader's language, and keeps nothing of it."""

from datetime import timedelta
from email import message_from_string
from typing import Any

import pytest
from django.utils import timezone

from jobs import services as jobs
from jobs.models import Job, JobState
from organizations import mail
from organizations.models import Organization
from tests.workers import Worker

CONTEXT = {
    "organization": "Corvina & Co",
    "inviter": "Amaya <Quiroz>",
    "role": "Editor",
    "link": "https://testserver/invitations/secret/",
    "expires": None,
}


def written(language: str = "en", *, slug: str = "corvina", **more: str) -> Job:
    """Queue a mail of a new organization."""
    job = mail.send(
        "invitation",
        to="new@example.org",
        context={**CONTEXT, **more},
        language=language,
        organization=Organization.objects.create(slug=slug, name="Corvina"),
    )
    assert job is not None
    return job


@pytest.mark.worker
def test_a_worker_sends_it_and_forgets_what_it_said(worker: Worker) -> None:
    job = written()
    left = {"to": "new@example.org", "organization": job.payload["organization"]}
    job = worker.finish(job)
    assert (job.state, job.payload) == (JobState.DONE, left)
    (text,) = worker.mails()
    sent = message_from_string(text)
    assert sent["To"] == "new@example.org"
    assert sent["Subject"] == "Amaya <Quiroz> invites you to Corvina & Co on TechPlan"
    assert "https://testserver/invitations/secret/" in str(sent.get_payload())


@pytest.mark.django_db
def test_it_is_written_in_the_language_of_the_reader() -> None:
    subjects = []
    for number, language in enumerate(("en", "es", "")):
        subjects.append(written(language, slug=f"corvina-{number}").payload["subject"])
    assert subjects[0] == subjects[2] != subjects[1]
    assert "&amp;" not in "".join(subjects)


@pytest.mark.django_db
def test_a_subject_is_one_line_whatever_a_name_holds() -> None:
    job = written(organization="A\nBcc: b@example.org")
    assert "\n" not in job.payload["subject"]
    assert Job.objects.count() == 1


def refused(settings: Any) -> Job:
    """Queue a mail on a site whose mail server is away."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 2
    return written()


@pytest.mark.django_db
def test_what_a_mail_said_is_kept_while_it_can_be_tried_again_and_no_longer(settings: Any) -> None:
    job = refused(settings)
    for _attempt in range(settings.JOB_MAX_ATTEMPTS - 1):
        jobs.run(job.pk)
        job.refresh_from_db()
        assert (job.state, "invitations/secret" in job.payload["body"]) == (JobState.QUEUED, True)
    jobs.run(job.pk)
    job.refresh_from_db()
    assert (job.state, sorted(job.payload)) == (JobState.FAILED, ["organization", "to"])
    assert "secret" not in job.error


@pytest.mark.django_db
def test_a_mail_whose_last_worker_fell_silent_is_forgotten_too(settings: Any) -> None:
    job = refused(settings)
    long_ago = timezone.now() - timedelta(hours=1)
    Job.objects.filter(pk=job.pk).update(
        state=JobState.RUNNING, attempts=settings.JOB_MAX_ATTEMPTS, heartbeat_at=long_ago
    )
    other = jobs.enqueue("test.other", payload={"a": 1})
    Job.objects.filter(pk=other.pk).update(
        state=JobState.RUNNING, attempts=settings.JOB_MAX_ATTEMPTS, heartbeat_at=long_ago
    )
    jobs.sweep(at=timezone.now())
    job.refresh_from_db()
    other.refresh_from_db()
    assert (job.state, sorted(job.payload)) == (JobState.FAILED, ["organization", "to"])
    assert (other.state, other.payload) == (JobState.FAILED, {"a": 1})
