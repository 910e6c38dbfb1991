"""Mail goes out as a job: a real worker sends it, in the reader's language, and keeps nothing of it."""

from email import message_from_string

import pytest

from jobs.models import Job, JobState
from organizations import mail
from tests.workers import Worker

CONTEXT = {
    "organization": "Corvina & Co",
    "inviter": "Amaya <Quiroz>",
    "role": "Editor",
    "link": "https://testserver/invitations/secret/",
    "expires": None,
}


@pytest.mark.worker
def test_a_worker_sends_it_and_forgets_what_it_said(worker: Worker) -> None:
    job = mail.send("invitation", to="new@example.org", context=CONTEXT, language="en")
    assert job is not None
    job = worker.finish(job)
    assert (job.state, job.payload) == (JobState.DONE, {"to": "new@example.org"})
    (text,) = worker.mails()
    sent = message_from_string(text)
    assert sent["To"] == "new@example.org"
    assert sent["Subject"] == "Amaya <Quiroz> invites you to Corvina & Co on TechPlan"
    assert "https://testserver/invitations/secret/" in str(sent.get_payload())


@pytest.mark.django_db
def test_it_is_written_in_the_language_of_the_reader() -> None:
    subjects = []
    for language in ("en", "es", ""):
        job = mail.send("invitation", to="new@example.org", context=CONTEXT, language=language)
        assert job is not None
        subjects.append(job.payload["subject"])
    assert subjects[0] == subjects[2] != subjects[1]
    assert "&amp;" not in "".join(subjects)


@pytest.mark.django_db
def test_a_subject_is_one_line_whatever_a_name_holds() -> None:
    job = mail.send(
        "invitation",
        to="a@example.org",
        context={**CONTEXT, "organization": "A\nBcc: b@example.org"},
        language="en",
    )
    assert job is not None
    assert "\n" not in job.payload["subject"]
    assert Job.objects.count() == 1
