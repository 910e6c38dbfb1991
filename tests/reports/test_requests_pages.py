"""The page of reports: every state in words, polled until it is settled, downloads for members only."""

from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from jobs.models import Job, JobState, WorkerHeartbeat
from organizations.models import AuditEvent
from planning.models import Plan
from reports import selectors
from reports.models import Report
from tests.factories.people import House
from tests.factories.shared import SHARE_TOKEN, make_plan, make_report, make_snapshot


@pytest.fixture
def editor(house: House, client: Client) -> Client:
    client.force_login(house.people["editor"])
    return client


def page(client: Client, house: House) -> str:
    response = client.get(reverse("reports:report-list", args=[house.slug]))
    assert response.status_code == 200
    return response.content.decode()


def queue(house: House, number: int, state: str = JobState.QUEUED) -> Report:
    return make_report(house.objects["report"].snapshot, number=number, state=state)


def test_a_ready_report_is_offered_with_its_code_and_size(editor: Client, house: House) -> None:
    text = page(editor, house)
    report = house.objects["report"]
    assert report.code in text
    assert "2 pages" in text
    assert reverse("reports:report-download", args=[house.slug, 1]) in text
    assert 'hx-trigger="every 2s"' not in text
    assert text.count('class="button main"') == 1


def test_the_page_says_who_will_read_a_report_before_it_is_made(
    editor: Client, house: House, client: Client
) -> None:
    said = "Everybody in your organization who sees all the results that it rests on can read the report"
    text = page(editor, house)
    assert said in text
    assert text.index(said) < text.index(">Make the report</button>")
    client.force_login(house.people["viewer"])
    assert said not in page(client, house)  # who cannot make one is not warned of it


def test_the_page_says_which_plan_has_more_than_its_time(editor: Client, house: House) -> None:
    plan = house.objects["plan"]
    said = f"{plan.title}: 2 chosen actions do not fit into the time of the plan."
    assert said not in page(editor, house)
    Plan.objects.filter(pk=plan.pk).update(unscheduled_count=2)
    assert said in page(editor, house)


def test_a_waiting_report_tells_what_is_made_first_and_is_asked_for_again(
    editor: Client, house: House
) -> None:
    assert Job.objects.filter(kind="planning.frontier", state=JobState.QUEUED).exists()  # no report
    first = queue(house, 4)
    assert "being made first" not in page(editor, house)
    queue(house, 5)
    text = page(editor, house)
    assert text.count("One other report is being made first.") == 1
    assert text.count('hx-trigger="every 2s"') == 2
    assert "The part of this site that makes reports has been silent for two minutes." in text
    queue(house, 6)
    Job.objects.filter(pk=first.job_id).update(state=JobState.RUNNING)
    text = page(editor, house)
    assert text.count("One other report is being made first.") == 1
    assert text.count("2 other reports are being made first.") == 1


def test_one_button_is_filled_before_while_and_after_a_report_is_made(editor: Client, house: House) -> None:
    report = queue(house, 4)
    assert 'class="button main"' not in page(editor, house)  # it is waited for
    Job.objects.filter(pk=report.job_id).update(state=JobState.DONE)
    Report.objects.filter(pk=report.pk).update(pages=2, size_bytes=9, ready_at=timezone.now())
    row = reverse("reports:report-row", args=[house.slug, 4])
    assert editor.get(row).content.decode().count('class="button main"') == 1  # the row comes into that page
    assert 'class="button main"' not in editor.get(row.replace("/4/", "/1/")).content.decode()
    assert page(editor, house).count('class="button main"') == 1


def test_a_worker_that_was_seen_is_not_missed(editor: Client, house: House) -> None:
    WorkerHeartbeat.objects.create(name="one", seen_at=timezone.now())
    queue(house, 4)
    assert "has been silent for two minutes" not in page(editor, house)
    WorkerHeartbeat.objects.update(seen_at=timezone.now() - timedelta(minutes=3))
    assert "has been silent for two minutes" in page(editor, house)


def test_the_row_of_a_report_follows_its_job(editor: Client, house: House) -> None:
    report = queue(house, 4, JobState.RUNNING)
    Job.objects.filter(pk=report.job_id).update(percent=40, message="Page 9")
    address = reverse("reports:report-row", args=[house.slug, 4])
    text = editor.get(address).content.decode()
    assert "Being made" in text
    assert "Page 9" in text
    assert '<progress class="meter" max="100" value="40"' in text
    assert 'hx-trigger="every 2s"' in text
    assert "The page updates itself." in text
    Job.objects.filter(pk=report.job_id).update(state=JobState.FAILED, message="The disk is full.")
    text = editor.get(address).content.decode()
    assert "The disk is full." in text
    assert "Try again" in text
    assert 'hx-trigger="every 2s"' not in text
    assert "The page updates itself." not in text
    assert "Report 4 could not be made." in text


@pytest.mark.parametrize(
    ("message", "said"), [("Page 9", "Página 9"), ("Writing the pages", "Escribiendo las páginas")]
)
def test_progress_speaks_the_readers_language(editor: Client, house: House, message: str, said: str) -> None:
    house.people["editor"].language = "es"
    house.people["editor"].save(update_fields=["language"])
    report = queue(house, 4, JobState.RUNNING)
    Job.objects.filter(pk=report.job_id).update(percent=40, message=message)
    assert said in editor.get(reverse("reports:report-row", args=[house.slug, 4])).content.decode()


def test_a_failed_report_is_queued_again_by_a_button(editor: Client, house: House) -> None:
    response = editor.post(reverse("reports:report-retry", args=[house.slug, 2]))
    assert response.status_code == 302
    assert Job.objects.get(report__number=2, report__organization=house.organization).state == JobState.QUEUED
    editor.post(reverse("reports:report-retry", args=[house.slug, 1]))  # a finished one stays as it is
    assert (
        house.objects["report"].job.__class__.objects.get(pk=house.objects["report"].job_id).state
        == JobState.DONE
    )


def test_asking_again_says_that_nothing_has_changed(editor: Client, house: House) -> None:
    said = "Nothing has changed since this report was made, so it is still the latest."

    def ask() -> str:
        sent = {"plan": house.objects["plan"].pk, "language": "en", "key": uuid4()}
        response = editor.post(reverse("reports:report-request", args=[house.slug]), sent, follow=True)
        return response.content.decode()

    assert said not in ask()
    assert said not in ask()  # it is still being made
    made = Report.objects.get(audience="own", number=3)  # as many as the share has: each counts by itself
    Job.objects.filter(pk=made.job_id).update(state=JobState.DONE)
    Report.objects.filter(pk=made.pk).update(pages=2, size_bytes=1000, ready_at=timezone.now())
    assert said in ask()
    Report.objects.filter(pk=made.pk).update(number=40)  # numbers of an import may leave some out
    assert said in ask()
    Plan.objects.filter(pk=house.objects["plan"].pk).update(title="Another title")
    assert said not in ask()
    assert Report.objects.filter(audience="own", organization=house.organization).count() == 4


def test_newer_data_is_told(editor: Client, house: House) -> None:
    assert "has changed since" not in page(editor, house).replace("Answers have changed since.", "")
    plan = house.objects["report"].snapshot.plan
    plan.updated_at = timezone.now() + timedelta(seconds=1)
    plan.save()
    assert selectors.newer_data(house.objects["report"])[0] == "plan"
    assert "The plan has changed since." in page(editor, house)


def test_a_download_is_private_and_kept_in_the_trail(editor: Client, house: House) -> None:
    address = reverse("reports:report-download", args=[house.slug, 1])
    response = editor.get(address)
    content = b"".join(response.streaming_content)  # type: ignore[attr-defined]
    assert content.startswith(b"%PDF-")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith('attachment; filename="corvina-renters-table-')
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    event = AuditEvent.objects.get(kind="report-downloaded")
    assert (event.organization, event.user, event.detail) == (
        house.organization,
        house.people["editor"],
        {"number": 1},
    )
    for closer in editor.head(address)._resource_closers:
        closer()
    assert AuditEvent.objects.filter(kind="report-downloaded").count() == 1


def test_a_report_whose_file_is_gone_is_not_found(editor: Client, house: House) -> None:
    report = house.objects["report"]
    report.file.storage.delete(report.file.name)
    assert editor.get(reverse("reports:report-download", args=[house.slug, 1])).status_code == 404
    assert editor.get(reverse("reports:report-page", args=[house.slug, 1, 1])).status_code == 404


def spoil(report: Report) -> None:
    """Put something in the place of the file that cannot be opened, whoever runs the tests."""
    path = Path(report.file.path)
    path.unlink()
    path.mkdir()


def test_a_file_that_cannot_be_read_is_said_in_words(editor: Client, house: House) -> None:
    spoil(house.objects["report"])
    said = "This file cannot be read now"
    download = editor.get(reverse("reports:report-download", args=[house.slug, 1]))
    assert download.status_code == 503
    assert said in download.content.decode()
    assert "Tell the people who run this site." in download.content.decode()
    assert editor.get(reverse("reports:report-page", args=[house.slug, 1, 1])).status_code == 503
    detail = editor.get(reverse("reports:report-detail", args=[house.slug, 1])).content.decode()
    assert said in detail
    assert '<img class="sheet-page"' not in detail
    assert not AuditEvent.objects.filter(kind="report-downloaded").exists()


def test_a_reader_outside_is_told_too(house: House) -> None:
    share = house.objects["share"]
    spoil(share.rendering)
    stranger = Client()
    stranger.force_login(house.people["stranger"])
    for response in (
        Client().get(reverse("reports:share-download", args=[SHARE_TOKEN])),
        stranger.get(reverse("portfolio:funder-download", args=[share.pk])),
    ):
        assert response.status_code == 503
        assert "tell whoever shared it with you" in response.content.decode()
    assert not share.accesses.exists()


def test_a_page_of_a_broken_file_is_no_picture(editor: Client, house: House) -> None:
    Path(house.objects["report"].file.path).write_bytes(b"no PDF")
    assert editor.get(reverse("reports:report-page", args=[house.slug, 1, 2])).status_code == 503


def test_pages_are_pictures(editor: Client, house: House) -> None:
    response = editor.get(reverse("reports:report-page", args=[house.slug, 1, 2]))
    assert response["Content-Type"] == "image/png"
    assert response.content.startswith(b"\x89PNG")
    assert "no-store" in response["Cache-Control"]
    assert editor.get(reverse("reports:report-page", args=[house.slug, 1, 3])).status_code == 404
    text = editor.get(reverse("reports:report-detail", args=[house.slug, 1])).content.decode()
    assert text.count('<img class="sheet-page"') == 2


def test_renderings_of_shares_are_no_reports_of_the_house(editor: Client, house: House) -> None:
    assert editor.get(reverse("reports:report-detail", args=[house.slug, 3])).status_code == 404
    assert "report 3" not in page(editor, house).lower()


def test_the_page_asks_the_same_for_one_report_and_for_many(editor: Client, house: House) -> None:
    page(editor, house)
    with CaptureQueriesContext(connection) as few:
        page(editor, house)
    for number in range(10, 30):
        queue(house, number, JobState.DONE)
    with CaptureQueriesContext(connection) as many:
        page(editor, house)
    assert len(few) == len(many) <= 15


def test_without_a_plan_the_page_says_what_to_do(house: House, client: Client) -> None:
    client.force_login(house.people["lookalike"])
    text = client.get(reverse("reports:report-list", args=[house.lookalike.slug])).content.decode()
    assert "there is no plan yet" in text
    assert "Make the report" not in text


def test_lookalikes_never_mix(house: House, client: Client) -> None:
    other = house.people["lookalike"]
    report = make_report(make_snapshot(make_plan(house.lookalike), by=other), number=1, by=other)
    client.force_login(other)
    text = client.get(reverse("reports:report-list", args=[house.lookalike.slug])).content.decode()
    assert report.code in text
    assert house.objects["report"].code not in text
    assert [one.pk for one in selectors.reports_by(other.memberships.get())] == [report.pk]
    for name, arguments in (
        ("report-download", [house.slug, 1]),
        ("report-page", [house.slug, 1, 1]),
        ("report-detail", [house.slug, 1]),
        ("report-row", [house.slug, 1]),
        ("share-list", [house.slug]),
    ):
        assert client.get(reverse(f"reports:{name}", args=arguments)).status_code == 404


def test_a_wrong_form_keeps_what_was_chosen(editor: Client, house: House) -> None:
    stranger = make_plan(house.lookalike, number=1)
    response = editor.post(
        reverse("reports:report-request", args=[house.slug]),
        {"plan": stranger.pk, "language": "es", "key": "3e2a6d0c-5f0b-4c8e-9f57-0c55dbb0a3f1"},
    )
    assert response.status_code == 422
    assert '<option value="es" selected>' in response.content.decode()
    assert Report.objects.filter(organization=house.organization).count() == 3
