"""The whole road, once for each way of going it: from the landing page to a plan that a funder downloads."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from playwright.sync_api import Browser, expect

from assessments.models import Answer
from assessments.services.content import import_instrument
from organizations.models import Membership, Organization
from planning.models import Plan
from reports.models import ShareAccess
from tests.e2e.conftest import Site
from tests.e2e.hands import Hands, Keyboard, Mouse
from tests.e2e.road import Director, Funder
from tests.factories.asked import begin
from tests.factories.instruments import SOCIAL, shipped
from tests.factories.people import person
from tests.workers import Worker

pytestmark = [pytest.mark.browser]


@dataclass(frozen=True)
class Way:
    """How the road is gone."""

    language: str
    width: int
    hands: Callable[..., Hands] = Mouse
    scripts: bool = True


WAYS = {
    "english-wide": Way("en", 1280),
    "spanish-small": Way("es", 360),
    "keyboard": Way("en", 1280, hands=Keyboard),
    "without-scripts": Way("es", 1280, scripts=False),
}


@pytest.fixture
def no_mail(settings: Any) -> None:
    """A site without a mail server, as script/run starts it."""
    settings.EMAIL_CONFIGURED = False
    settings.ACCOUNT_EMAIL_VERIFICATION = "none"
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = False


@pytest.fixture
def windows(browser: Browser, live_server: Any) -> Iterator[Callable[[Way], Site]]:
    """Open windows, each with cookies of its own."""
    opened = []

    def window(way: Way) -> Site:
        context = browser.new_context(
            viewport={"width": way.width, "height": 800},
            locale=way.language,
            reduced_motion="reduce",
            java_script_enabled=way.scripts,
        )
        context.set_default_timeout(30_000)
        opened.append(context)
        return Site(context.new_page(), live_server.url, way.language, way.width)

    yield window
    for context in opened:
        context.close()


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS.keys())
def test_the_whole_road(
    way: Way, worker: Worker, no_mail: None, windows: Callable[[Way], Site], tmp_path: Path
) -> None:
    import_instrument(instrument=shipped(), name=SOCIAL)
    site = windows(way)
    director = Director(site, way.hands(site.page), scripts=way.scripts)
    director.sign_up()
    director.answer()
    assert Answer.objects.count() == 12
    director.ask_why()
    director.list_devices()
    director.judge_causes()
    director.set_goal()
    director.plan()
    assert Plan.objects.get().actions.filter(chosen=True).exists()
    director.make_report()
    pdf = director.download_report(tmp_path)
    assert len(pypdfium2.PdfDocument(pdf)) >= 12
    director.read_report()
    path = director.share()

    reader = windows(way)
    funder = Funder(reader, way.hands(reader.page), path, scripts=way.scripts)
    funder.read()
    taken = funder.take(tmp_path)
    assert taken.startswith(b"%PDF-")
    assert taken != pdf
    kinds = set(ShareAccess.objects.values_list("kind", flat=True))
    assert kinds == {"viewed", "downloaded"}
    director.see_opened()
    director.revoke()
    funder.find_nothing()


@pytest.mark.parametrize(
    "way", [WAYS["english-wide"], WAYS["spanish-small"]], ids=["english-wide", "spanish-small"]
)
def test_a_consultant_finds_and_opens_one_of_several_organizations(
    way: Way, transactional_db: None, windows: Callable[[Way], Site]
) -> None:
    consultant = person("Consultant", language=way.language)
    for number in range(4):
        organization = Organization.objects.create(
            slug=f"place-{number}", name=f"Place {number}", staff_count=3
        )
        Membership.objects.create(organization=organization, user=consultant, role="consultant")
        if number:
            begin(organization)
    site = windows(way)
    page = site.page
    site.sign_in(consultant)
    site.open("/desk/")
    rows = page.locator(".desk tbody tr:not(.group)")
    expect(rows).to_have_count(4)
    site.look("road-desk")
    page.select_option("#sort", "name")
    page.locator(".filters button").click()
    page.wait_for_url("**sort=name**")
    names = rows.locator("th a").all_inner_texts()
    assert names == [f"Place {number}" for number in range(4)]
    page.fill("#find", "place 2")
    page.locator(".filters button").click()
    expect(rows).to_have_count(1)
    site.look("road-desk-found")
    rows.locator("th a").click()
    page.wait_for_url("**/o/place-2/")
    site.look("road-desk-opened")
