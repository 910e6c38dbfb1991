"""What a page says after a button stays in sight, wherever on the page it opens."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from organizations.models import User
from planning.models import Plan
from tests.e2e.conftest import Site
from tests.e2e.test_planning import corvina, director, plan  # noqa: F401, the same plan
from tests.factories.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NARROW = pytest.mark.parametrize("site", [("en", 360)], indirect=True)
MUST_HAVES_SAVED = "Must-haves saved. Work out the choice again to put them in."

COVERED = """(() => {
  const place = document.activeElement.getBoundingClientRect();
  const seen = document.elementFromPoint(place.left + place.width / 2, place.top + Math.min(place.height / 2, 10));
  return seen && seen.closest(".messages") ? document.activeElement.outerHTML : "";
})()"""


def box(found: Locator) -> tuple[float, float]:
    """Return where in the view something begins and ends."""
    place = found.bounding_box()
    assert place is not None
    return place["y"], place["y"] + place["height"]


def told_above(page: Page, anchor: str) -> None:
    said, part = box(page.locator(".messages")), box(page.locator(f"#{anchor} legend").first)
    assert said[0] >= 0
    assert said[1] <= part[0] < 700


@NARROW
def test_what_was_saved_is_told_where_the_page_opens(site: Site, director: User, plan: Plan) -> None:  # noqa: F811
    site.sign_in(director)
    page = site.open(f"/o/{plan.organization.slug}/plans/1/")
    page.get_by_role("button", name="Save must-haves").click()
    expect(page.get_by_text(MUST_HAVES_SAVED)).to_be_in_viewport(ratio=1)
    told_above(page, "must-haves")
    site.look("plan-told")
    page.wait_for_timeout(600)
    for _press in range(30):  # back through what lies above: nothing with the focus is covered
        page.keyboard.press("Shift+Tab")
        assert page.evaluate(COVERED) == ""
    page.mouse.wheel(0, -1200)
    page.wait_for_timeout(300)
    expect(page.locator(".messages.read")).to_be_attached()


def test_without_scripts_it_is_told_there_as_well(
    browser: Browser,
    live_server: Any,
    director: User,  # noqa: F811
    plan: Plan,  # noqa: F811
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 740})
    page = context.new_page()
    page.goto(f"{live_server.url}/accounts/login/")
    page.fill("#id_login", director.email)
    page.fill("#id_password", PASSWORD)
    page.click("main button.main")
    page.goto(f"{live_server.url}/o/{plan.organization.slug}/plans/1/")
    page.get_by_role("button", name="Save must-haves").click()
    expect(page.get_by_text(MUST_HAVES_SAVED)).to_be_in_viewport(ratio=1)
    told_above(page, "must-haves")
    page.fill("[name=budget]", "2000")
    page.get_by_role("button", name="Work it out").click()
    expect(page.locator(".messages.long")).to_be_in_viewport(ratio=1)
    assert box(page.locator(".messages"))[1] <= box(page.locator("#budget h2"))[0]
    context.close()


@NARROW
def test_a_wrong_budget_is_told_first_with_a_way_to_its_field(
    site: Site,
    director: User,  # noqa: F811
    plan: Plan,  # noqa: F811
) -> None:
    site.sign_in(director)
    page = site.open(f"/o/{plan.organization.slug}/plans/1/")
    page.fill("[name=budget]", "-5")
    page.get_by_role("button", name="Work it out").click()
    summary = page.locator(".summary")
    expect(summary).to_be_focused()
    expect(summary).to_be_in_viewport()
    site.troubles.clear()  # the browser's own note about the answer 422
    site.look("plan-wrong-budget")
    summary.get_by_role("link").click()
    expect(page.locator("[name=budget]")).to_be_in_viewport()
    expect(page.locator("[name=budget]")).to_have_value("-5")
