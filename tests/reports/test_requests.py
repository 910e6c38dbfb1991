"""Asking for a report: one transaction, one render for one content, and every failure in words."""

import resource
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.conf import settings as project
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from jobs import services as jobs
from jobs.models import Job, JobState
from organizations import files
from organizations.models import Membership, Organization, User
from organizations.services import invite
from organizations.services.organizations import delete_organization
from planning.models import Plan
from planning.services import change_plan, request_frontier
from portfolio.services import Loaded
from reports import services
from reports.models import Report, Share, Snapshot
from reports.services import request_report
from tests.factories.demo import demo

__all__ = ["demo"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def plan(demo: Loaded) -> Plan:
    """A real plan without a report."""
    found = Plan.objects.select_related("organization").get(organization__slug="brightkelp")
    Share.objects.filter(organization=found.organization).delete()
    Snapshot.objects.filter(organization=found.organization).delete()
    return found


@pytest.fixture
def director(plan: Plan) -> User:
    return User.objects.get(memberships__organization=plan.organization, memberships__role="director")


def ask(plan: Plan, director: User, **more: Any) -> Report:
    values = {"language": "en", "at": timezone.now(), "idempotency_key": uuid4(), **more}
    return request_report(plan=plan, by=director, **values)


def made(report: Report) -> Report:
    """Let the job of a report run here; return the report fresh."""
    jobs.run(report.job_id)
    return Report.objects.select_related("job").get(pk=report.pk)


def stored(report: Report) -> bytes:
    """Return the bytes of a report's file."""
    with default_storage.open(report.file.name) as file:
        return bytes(file.read())


def test_a_request_writes_snapshot_report_and_job(plan: Plan, director: User) -> None:
    report = ask(plan, director)
    assert (report.number, report.audience, report.job.state) == (1, "own", JobState.QUEUED)
    assert report.snapshot.plan == plan
    assert report.snapshot.document["plan"]["number"] == plan.number
    assert report.job.payload == {"code": report.code, "organization": str(plan.organization.uuid)}


def test_the_same_intent_gives_the_same_report(plan: Plan, director: User) -> None:
    key = uuid4()
    first, second = (ask(plan, director, idempotency_key=key) for _time in range(2))
    assert first == second
    assert (
        Report.objects.filter(organization=plan.organization).count(),
        Snapshot.objects.filter(plan=plan).count(),
    ) == (1, 1)


def test_an_unchanged_plan_gives_the_stored_file_again(plan: Plan, director: User) -> None:
    report = made(ask(plan, director))
    assert report.job.state == JobState.DONE, report.job.error
    again = ask(plan, director, at=timezone.now() + timedelta(days=2))
    assert again == report
    assert again.job.attempts == 1
    assert Snapshot.objects.filter(plan=plan).count() == 1
    change_plan(plan=plan, revision=None, user=director, title="Another title")
    plan.refresh_from_db()
    changed = ask(plan, director)
    assert (changed.number, changed.job.state) == (2, JobState.QUEUED)
    assert ask(plan, director, language="es").number == 3


def test_a_report_is_made_once(plan: Plan, director: User) -> None:
    report = made(ask(plan, director))
    assert report.pages is not None
    assert 10 <= report.pages <= 30
    pdf = stored(report)
    assert pdf.startswith(b"%PDF-")
    assert (len(pdf), report.file.name.split("/")[:2]) == (
        report.size_bytes,
        ["organizations", str(plan.organization.uuid)],
    )
    again = services.build_report(
        report=report, beat=lambda percent, message: pytest.fail("it was made again")
    )
    assert again.sha256 == report.sha256


def test_a_half_written_file_of_a_broken_attempt_is_replaced(plan: Plan, director: User) -> None:
    report = ask(plan, director)
    name = f"{files.folder(plan.organization)}reports/{report.code}.pdf"
    path = Path(default_storage.path(name))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"%PDF-half")
    report = made(report)
    assert report.file.name == name
    assert len(stored(report)) == report.size_bytes


@pytest.fixture
def small_files() -> Iterator[None]:
    """No file of this process may be larger than 10 kB, as on a disk that is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (10_000, hard))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_fails_the_report_with_a_reason_and_a_retry_makes_it(
    plan: Plan, director: User, small_files: None
) -> None:
    report = made(ask(plan, director))
    assert report.job.state == JobState.FAILED
    assert report.job.message.startswith("There is no room left on this site’s disk.")
    assert report.job.attempts == 1
    resource.setrlimit(resource.RLIMIT_FSIZE, resource.getrlimit(resource.RLIMIT_FSIZE)[1:] * 2)
    services.retry_report(report=report)
    assert made(report).job.state == JobState.DONE


def test_a_place_that_cannot_be_written_fails_the_report_with_a_reason(
    plan: Plan, director: User, tmp_path: Path, settings: Any
) -> None:
    (tmp_path / "file").write_text("not a folder")
    settings.MEDIA_ROOT = tmp_path / "file"
    report = made(ask(plan, director))
    assert report.job.message.startswith("The report could not be stored.")


@pytest.mark.parametrize(
    "broken", ["{% nothing %}", "{% include 'missing.html' %}", "{{ document|nofilter }}"]
)
def test_a_failing_template_fails_the_report_with_a_reason(
    plan: Plan, director: User, tmp_path: Path, settings: Any, client: Client, broken: str
) -> None:
    (tmp_path / "reports" / "pdf").mkdir(parents=True)
    (tmp_path / "reports" / "pdf" / "report.html").write_text(broken)
    engine = {**project.TEMPLATES[0], "DIRS": [tmp_path, *project.TEMPLATES[0]["DIRS"]]}
    settings.TEMPLATES = [engine]
    report = made(ask(plan, director))
    assert report.job.state == JobState.FAILED
    assert report.job.attempts == 1
    assert "cannot be laid out" in report.job.message
    client.force_login(director)
    page = client.get(reverse("reports:report-list", args=[plan.organization.slug]))
    assert page.status_code == 200
    assert "cannot be laid out" in page.content.decode()


def test_the_mail_goes_out_when_the_report_is_ready(plan: Plan, director: User) -> None:
    report = ask(plan, director, notify=True)
    assert not Job.objects.filter(kind="organizations.send_mail").exists()
    made(report)
    mail = Job.objects.get(kind="organizations.send_mail")
    assert mail.payload["to"] == director.email
    assert reverse("reports:report-list", args=[plan.organization.slug]) in mail.payload["body"]


def test_deleting_an_organization_takes_rows_jobs_and_files(
    plan: Plan, director: User, django_capture_on_commit_callbacks: Any
) -> None:
    organization = plan.organization
    report = made(ask(plan, director))
    path = Path(default_storage.path(report.file.name))
    assert path.exists()
    waiting = ask(plan, director, language="es")
    with django_capture_on_commit_callbacks(execute=True):
        delete_organization(organization=organization, user=None)
    assert not path.parent.parent.exists()
    assert not Report.objects.filter(pk__in=[report.pk, waiting.pk]).exists()
    assert not Job.objects.filter(pk__in=[report.job_id, waiting.job_id]).exists()
    assert not Snapshot.objects.filter(organization_id=organization.pk).exists()


def test_an_organization_deleted_while_a_report_is_made_leaves_no_file_and_no_folder(
    plan: Plan, director: User, django_capture_on_commit_callbacks: Any
) -> None:
    report = ask(plan, director)
    report = Report.objects.select_related("organization").get(pk=report.pk)

    def gone(percent: int, message: str) -> None:
        if Organization.objects.filter(pk=plan.organization_id).exists():
            with django_capture_on_commit_callbacks(execute=True):
                delete_organization(organization=plan.organization, user=None)

    with pytest.raises(jobs.JobFailed, match="deleted"):
        services.build_report(report=report, beat=gone)
    assert not default_storage.exists(files.folder(report.organization).rstrip("/"))


def test_the_jobs_of_an_organization_go_with_it(plan: Plan, director: User) -> None:
    other = Plan.objects.exclude(organization=plan.organization).select_related("organization").first()
    assert other is not None
    Job.objects.all().exclude(report__isnull=False).delete()
    for one in (plan, other):
        Plan.objects.filter(pk=one.pk).update(frontier={})
        one.refresh_from_db()
        request_frontier(plan=one)
        invite(
            organization=one.organization,
            by=Membership.objects.filter(organization=one.organization, role="director")[0].user,
            email="new@example.org",
            role="viewer",
            answers_as="board",
            at=timezone.now(),
        )
    ask(plan, director)
    mine = Job.objects.filter(payload__organization=str(plan.organization.uuid))
    theirs = Job.objects.exclude(pk__in=mine.values("pk"))
    assert sorted(mine.values_list("kind", flat=True)) == [
        "organizations.send_mail",
        "planning.frontier",
        "reports.render",
    ]
    before = sorted(theirs.values_list("pk", flat=True))
    delete_organization(organization=plan.organization, user=None)
    assert sorted(Job.objects.values_list("pk", flat=True)) == before


def test_the_numbers_of_reports_do_not_skip_where_shares_were_made(plan: Plan, director: User) -> None:
    for language in ("en", "es"):
        report = ask(plan, director, language=language)
        services.share_unfinished(
            report=report,
            by=director,
            at=timezone.now(),
            recipient="A foundation",
            expires_at=timezone.now() + timedelta(days=30),
            idempotency_key=uuid4(),
        )
    rows = Report.objects.filter(organization=plan.organization).order_by("audience", "number")
    assert list(rows.values_list("audience", "number")) == [
        ("own", 1),
        ("own", 2),
        ("share", 1),
        ("share", 2),
    ]
