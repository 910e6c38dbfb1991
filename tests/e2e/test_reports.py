"""Reports and sharing in Chromium: the row changes by itself, the link opens without an account, in both languages."""

from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

from jobs import services as jobs
from jobs.models import Job, JobState
from tests.e2e.conftest import Site
from tests.factories.people import House, build_house
from tests.factories.shared import SHARE_TOKEN, make_report

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ONE = pytest.mark.parametrize("site", [("en", 1280)], indirect=True)


@pytest.fixture
def place(transactional_db: None) -> House:
    return build_house()


def test_every_page_of_reports_and_sharing_is_sound(site: Site, place: House) -> None:
    site.sign_in(place.people["director"])
    make_report(place.objects["report"].snapshot, number=4, state=JobState.QUEUED)
    for name, path in {
        "reports": reverse("reports:report-list", args=[place.slug]),
        "report": reverse("reports:report-detail", args=[place.slug, 1]),
        "sharing": reverse("reports:share-list", args=[place.slug]),
        "share-preview": f"{reverse('reports:share-preview', args=[place.slug])}?report={place.objects['report'].pk}",
        "desk": reverse("portfolio:desk"),
        "funder": reverse("portfolio:funder"),
    }.items():
        site.open(path)
        if name != "share-preview":  # speaks the report's language, as the reader's page does
            site.look(name)


@ONE
def test_the_readers_page_is_sound_and_downloads(site: Site, place: House, tmp_path: Path) -> None:
    site.open(reverse("reports:share", args=[SHARE_TOKEN]))
    site.look("share")
    with site.page.expect_download() as download:
        site.page.click("a.button.main")
    path = tmp_path / "plan.pdf"
    download.value.save_as(path)
    assert path.read_bytes().startswith(b"%PDF-")
    assert download.value.suggested_filename.endswith(".pdf")


@ONE
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_result_that_is_not_known_is_an_open_cell(site: Site, place: House, scheme: str) -> None:
    snapshot = place.objects["report"].snapshot
    snapshot.document["cells"][0]["score"] = None
    snapshot.save()
    site.page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    site.open(reverse("reports:share", args=[SHARE_TOKEN]))
    style = (
        "cells => cells.map(cell => [getComputedStyle(cell).fill, getComputedStyle(cell).strokeDasharray])"
    )
    for medium in ("screen", "print"):
        site.page.emulate_media(media=medium)  # type: ignore[arg-type]
        open_cells = site.page.locator("svg.chart rect.none").evaluate_all(style)
        assert open_cells
        assert all(fill == "none" and dashes != "none" for fill, dashes in open_cells)
        assert all(
            fill != "rgb(0, 0, 0)" for fill, _dash in site.page.locator("svg.chart rect").evaluate_all(style)
        )
    site.look(f"share-unknown-{scheme}")


@ONE
def test_a_report_becomes_ready_without_a_reload(site: Site, place: House) -> None:
    report = make_report(place.objects["report"].snapshot, number=4, state=JobState.QUEUED)
    site.sign_in(place.people["editor"])
    site.open(reverse("reports:report-list", args=[place.slug]))
    row = site.page.locator("#report-4")
    assert "Waiting" in row.inner_text()
    site.page.evaluate("window.sameDocument = true")
    Job.objects.filter(pk=report.job_id).update(
        state=JobState.RUNNING, percent=40, message="Page 9", started_at=timezone.now()
    )
    row.get_by_text("Being made").wait_for(timeout=8000)
    Job.objects.filter(pk=report.job_id).update(state=JobState.QUEUED, started_at=None, heartbeat_at=None)
    jobs.run(report.job_id)
    row.get_by_text("Download the PDF").wait_for(timeout=20000)
    assert site.page.evaluate("window.sameDocument") is True
    assert site.page.locator("#report-news").inner_text() == "Report 4 is ready."
    assert row.get_attribute("hx-trigger") is None
    site.look("report-ready")


@ONE
def test_a_link_is_made_copied_and_opened_without_an_account(site: Site, place: House) -> None:
    site.sign_in(place.people["director"])
    site.open(reverse("reports:share-list", args=[place.slug]))
    site.page.fill("#id_recipient", "Imogen Tallowmere")
    site.page.get_by_role("button", name="Make the link").click()
    link = site.page.locator("#new-link")
    address = link.input_value()
    assert "/s/" in address
    site.page.get_by_role("button", name="Copy", exact=True).click()
    site.page.get_by_role("button", name="Copied").wait_for()
    site.look("share-made")
    site.page.reload()
    assert site.page.locator("#new-link").count() == 0
    site.page.context.clear_cookies()
    site.open("/s/" + address.split("/s/")[1])
    assert "Shared by Director" in site.page.locator("main").inner_text()


@ONE
def test_who_looked_at_the_preview_can_still_make_the_link(site: Site, place: House) -> None:
    site.sign_in(place.people["director"])
    site.open(reverse("reports:share-list", args=[place.slug]))
    site.page.fill("#id_recipient", "Imogen Tallowmere")
    for _twice in range(2):
        with site.page.context.expect_page() as opened:
            site.page.get_by_role("button", name="See what they will see").click()
        opened.value.get_by_text("Nothing is shared yet.").wait_for()
        opened.value.close()
    site.page.get_by_role("button", name="Make the link").click()
    site.page.locator("#new-link").wait_for(timeout=8000)


@ONE
def test_a_report_is_asked_for_by_keyboard_alone(site: Site, place: House) -> None:
    site.sign_in(place.people["editor"])
    site.open(reverse("reports:report-list", args=[place.slug]))
    for _step in range(40):
        site.page.keyboard.press("Tab")
        if site.page.evaluate("document.activeElement.textContent.trim()") == "Make the report":
            break
    site.page.keyboard.press("Enter")
    site.page.wait_for_load_state()
    site.page.locator(".job .status").first.wait_for()
    assert "Waiting" in site.page.locator("main").inner_text()
