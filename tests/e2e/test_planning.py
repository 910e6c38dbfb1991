"""From gaps to an approved plan in a real browser: every page looked at, by keyboard alone, without scripts."""

import re
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from playwright.sync_api import Browser, Page, expect

from organizations.models import Organization, User
from organizations.money import whole_money
from planning import services
from planning.models import Plan
from planning.selectors import work_of
from tests.e2e.conftest import Site
from tests.factories.cohort import cohort_organization, director_of
from tests.factories.frontiers import with_frontier
from tests.factories.people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ONE = pytest.mark.parametrize("site", [("en", 1280)], indirect=True)


@pytest.fixture
def corvina(transactional_db: None) -> Organization:
    return cohort_organization("corvina-renters")


@pytest.fixture
def director(corvina: Organization) -> User:
    user = director_of(corvina)
    user.set_password(PASSWORD)
    user.save()
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@pytest.fixture
def plan(corvina: Organization, director: User) -> Plan:
    """A plan with a budget, and with the picture of what each budget buys."""
    plan = services.create_plan(
        organization=corvina, title="Technology plan", start_year=2026, start_quarter=4, user=director
    )
    plan = services.choose_under_budget(plan=plan, revision=None, budget_cents=2_000_000, user=director)
    return with_frontier(plan)


def unfold(page: Page) -> None:
    """Open everything that is folded."""
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")


def test_every_page_of_planning_reads_well(site: Site, director: User, plan: Plan) -> None:
    director.language = site.language
    director.save()
    site.sign_in(director)
    home = f"/o/{plan.organization.slug}/"
    own = services.add_own_action(plan=plan, revision=None, user=director, title="Ask the neighbours")
    with_frontier(own)
    for name, path in {
        "gaps": "assessments/1/gaps/",
        "goals": "goals/",
        "plans": "plans/",
        "plan-new": "plans/new/",
        "plan": "plans/1/",
        "plan-settings": "plans/1/settings/",
        "plan-actions": "plans/1/actions/",
        "plan-action": "plans/1/actions/replace-aging-computers/",
        "plan-own-action": "plans/1/actions/own-1/",
        "plan-own-new": "plans/1/actions/own/",
        "plan-history": "plans/1/history/",
        "plan-approve": "plans/1/approve/",
    }.items():
        site.open(home + path)
        assert site.page.url.endswith(home + path)
        site.look(name)
        unfold(site.page)
        site.look(f"{name}-unfolded")


@ONE
def test_a_cause_is_rejected_and_the_mistake_is_told(
    site: Site, director: User, corvina: Organization
) -> None:
    site.sign_in(director)
    page = site.open(f"/o/{corvina.slug}/assessments/1/gaps/")
    cause = page.locator("#aging-hardware")
    cause.get_by_text("Not for us").click()
    cause.get_by_role("button", name="Save").click()
    expect(cause.get_by_text("Say in a few words why this is not true for you.")).to_be_visible()
    site.troubles.clear()  # the browser's own note about the answer 422
    site.look("gaps-mistake")
    cause.get_by_label("Why?").fill("They were replaced in May")
    cause.get_by_role("button", name="Save").click()
    expect(page.get_by_text("They were replaced in May")).to_be_visible()
    expect(page.get_by_role("heading", name="You and your list disagree")).to_be_visible()
    site.look("gaps-contradiction")


@ONE
def test_a_budget_is_chosen_by_keyboard_alone(site: Site, director: User, plan: Plan) -> None:
    site.sign_in(director)
    page = site.open(f"/o/{plan.organization.slug}/plans/1/")
    for _press in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "budget":
            break
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("9,500")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    plan.refresh_from_db()
    assert plan.budget_cents == 950_000
    headline = f"What {whole_money(plan.total_likely_cents)} buys"
    expect(page.get_by_role("heading", level=1)).to_have_text(headline)
    site.check()
    slider = page.get_by_label("Budget for 3 years")
    slider.focus()
    before = slider.input_value()
    assert re.match(r"This plan closes .* staff hours", str(slider.get_attribute("aria-valuetext")))
    with page.expect_response(lambda answer: "/choose/" in answer.url):
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        assert re.search(r"closes about \d+% of the gap", str(slider.get_attribute("aria-valuetext")))
    expect(page.locator("form[data-budget]:not([data-asking])")).to_be_attached()
    plan.refresh_from_db()
    assert plan.budget_cents is not None
    assert plan.budget_cents > 100 * int(before)
    assert page.evaluate("document.activeElement.id") == "budget-slider"
    site.look("plan-after-slider")


def test_without_scripts_everything_can_be_chosen(
    browser: Browser, live_server: Any, director: User, plan: Plan
) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(f"{live_server.url}/accounts/login/")
    page.fill("#id_login", director.email)
    page.fill("#id_password", PASSWORD)
    page.click("main button.main")
    page.goto(f"{live_server.url}/o/{plan.organization.slug}/plans/1/")
    assert page.locator("#budget-slider").is_hidden()
    page.fill("[name=budget]", "12000")
    page.get_by_role("button", name="Work it out").click()
    expect(page.locator("[name=budget]")).to_have_value("12,000")
    plan.refresh_from_db()
    headline = f"What {whole_money(plan.total_likely_cents)} buys"
    expect(page.get_by_role("heading", level=1)).to_have_text(headline)
    page.get_by_role("link", name="Choose by hand").click()
    box = page.locator("input[name=ticked]:not(:checked)").first
    key = str(box.get_attribute("value"))
    box.check()
    page.get_by_role("button", name="Save the choice").click()
    page.wait_for_url(re.compile(r"#chosen$"))
    assert key in work_of(plan).chosen
    page.get_by_role("button", name="Propose the plan").click()
    expect(page.get_by_text("The plan is proposed. It can be approved now.")).to_be_visible()
    page.get_by_role("link", name="Record the approval").click()
    page.fill("[name=approved_by]", "The board")
    page.get_by_role("button", name="Record the approval").click()
    expect(page.get_by_text("approved by The board")).to_be_visible()
    plan.refresh_from_db()
    assert plan.state == Plan.State.APPROVED
    context.close()
