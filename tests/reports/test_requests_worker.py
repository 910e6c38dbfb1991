"""Reports made by a real worker process: killed in the middle, without a broker, and what a share lets out."""

from datetime import timedelta
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pdfplumber
import pikepdf
import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jobs import services as jobs
from jobs.models import Job, JobState
from reports.models import Report
from reports.services import share_unfinished
from tests.factories.people import House, build_house
from tests.factories.shared import SECRETS, make_report
from tests.jobs.test_broker_down import Folder, Redis, broker, own_worker
from tests.workers import Worker, wait_for

__all__ = ["broker", "own_worker"]
pytestmark = [pytest.mark.worker]


@pytest.fixture
def own_house(worker: Worker) -> House:
    return build_house()


def stored(report: Report) -> bytes:
    """Return the bytes of a report's file."""
    with default_storage.open(report.file.name) as file:
        return bytes(file.read())


def queued(house: House, number: int = 50) -> Report:
    """Return a report that waits for the worker."""
    report = make_report(house.objects["report"].snapshot, number=number, state=JobState.QUEUED)
    Job.objects.filter(pk=report.job_id).update(started_at=None, heartbeat_at=None)
    return report


def text_of(pdf: bytes, tmp_path: Path) -> str:
    """Return every text of a PDF: what is printed, and every string and stream inside."""
    path = tmp_path / "a.pdf"
    path.write_bytes(pdf)
    found = []
    with pikepdf.open(path) as document:
        for entry in document.objects:
            if isinstance(entry, pikepdf.Stream):
                try:
                    found.append(entry.read_bytes().decode("latin-1"))
                except pikepdf.PdfError:
                    found.append(entry.read_raw_bytes().decode("latin-1"))
            found.append(repr(entry))
    return "\n".join(found)


def printed(pdf: bytes) -> str:
    """Return the printed words of a PDF."""

    with pdfplumber.open(BytesIO(pdf)) as document:
        return "\n".join(page.extract_text() or "" for page in document.pages)


def test_the_worker_makes_the_report(worker: Worker, own_house: House) -> None:
    report = queued(own_house)
    jobs.publish(report.job_id)
    job = worker.finish(report.job)
    assert (job.state, job.message, job.attempts) == (JobState.DONE, "", 1)
    report.refresh_from_db()
    assert report.pages
    assert stored(report).startswith(b"%PDF-")


def test_a_worker_killed_in_mid_report_finishes_it_afterwards(worker: Worker, own_house: House) -> None:
    report = queued(own_house)
    jobs.publish(report.job_id)
    wait_for(lambda: Job.objects.get(pk=report.job_id).percent > 0, every=0.01)
    worker.kill()
    assert Job.objects.get(pk=report.job_id).state == JobState.RUNNING
    report.refresh_from_db()
    assert not report.file
    client = Client()
    client.force_login(own_house.people["director"])
    page = client.get(reverse("reports:report-list", args=[own_house.slug]))
    assert "Being made" in page.content.decode()
    worker.start()
    job = worker.finish(report.job)
    assert (job.state, job.attempts) == (JobState.DONE, 2)
    report.refresh_from_db()
    assert report.pages


def test_a_report_asked_for_while_the_broker_is_down_is_made_when_it_is_back(
    own_worker: Worker, broker: Redis | Folder
) -> None:
    house = build_house()
    # the worker is up: one that is still starting would not outlive a queue that is gone
    wait_for(lambda: b" ready." in own_worker.log_file.read_bytes(), seconds=60)
    broker.kill()
    report = queued(house)  # as the web server leaves it: the row is there, the queue did not take it
    client = Client()
    client.force_login(house.people["director"])
    page = client.get(reverse("reports:report-list", args=[house.slug]))
    assert "Waiting" in page.content.decode()
    broker.start()
    assert own_worker.finish(report.job).state == JobState.DONE


def test_a_share_lets_out_only_what_was_ticked(worker: Worker, own_house: House, tmp_path: Path) -> None:
    director = own_house.people["director"]
    report = own_house.objects["report"]
    whole = queued(own_house)
    jobs.publish(whole.job_id)
    shares = {
        parts: share_unfinished(
            report=report,
            by=director,
            at=timezone.now(),
            recipient="A foundation",
            expires_at=timezone.now() + timedelta(days=30),
            idempotency_key=uuid4(),
            **dict.fromkeys(parts, True),  # type: ignore[arg-type]
        )
        for parts in ((), ("security",), ("names",), ("security", "notes", "appendix", "names"))
    }
    worker.finish(whole.job)
    whole.refresh_from_db()
    own_words = printed(stored(whole))
    for secret in SECRETS.values():
        assert secret in own_words
    for parts, new in shares.items():
        worker.finish(new.share.rendering.job)
        new.share.rendering.refresh_from_db()
        pdf = stored(new.share.rendering)
        words, inside = printed(pdf), text_of(pdf, tmp_path)
        page = Client().get(reverse("reports:share", args=[new.token])).content.decode()
        for part, secret in SECRETS.items():
            if part in parts:
                assert secret in words
            else:
                assert secret not in words
                assert secret not in inside
                assert secret not in page
        assert new.token not in inside


def test_a_report_that_became_ready_says_so_on_the_page(worker: Worker, own_house: House) -> None:
    report = queued(own_house)
    jobs.publish(report.job_id)
    worker.finish(report.job)
    client = Client()
    client.force_login(own_house.people["director"])
    row = client.get(reverse("reports:report-row", args=[own_house.slug, report.number])).content.decode()
    assert f"Report {report.number} is ready." in row
    assert reverse("reports:report-download", args=[own_house.slug, report.number]) in row
