"""Answering in a real browser: saved, not saved and kept, two answers, follow-up questions, no JavaScript."""

from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from assessments.models import Answer, AnswerChange
from tests.e2e.answering import ONE, SAVES, choose, forget_troubles, nothing_kept, saved, state, stored_level
from tests.e2e.conftest import Site
from tests.factories.asked import begin, joined
from tests.factories.people import PASSWORD, House

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@ONE
def test_an_answer_is_saved_when_it_is_given(site: Site, at_work: Page) -> None:
    choose(at_work, "files", "2")
    saved(at_work, "files")
    assert stored_level("files") == 2
    expect(at_work.locator("#progress")).to_contain_text("1 of 7 answered")
    nothing_kept(at_work)
    expect(at_work.locator(".save-page")).to_be_hidden()
    site.look("question-saved")


@ONE
def test_a_note_is_saved_after_a_pause(site: Site, at_work: Page) -> None:
    choose(at_work, "files", "2")
    saved(at_work, "files")
    at_work.locator("#q-files summary").first.click()
    at_work.fill("#files-note", "Two places")
    nothing_kept(at_work)
    at_work.wait_for_timeout(100)
    assert Answer.objects.get(question__key="files").note == "Two places"
    site.check()


@ONE
def test_what_does_not_reach_the_server_is_kept_over_a_reload_and_sent_later(
    site: Site, at_work: Page
) -> None:
    def broken(route: Route) -> None:
        route.abort("connectionrefused")

    at_work.route(SAVES, broken)
    choose(at_work, "files", "3")
    expect(state(at_work, "files")).to_contain_text("This answer has not reached the server.")
    expect(at_work.locator("#unsent")).to_contain_text("One answer is not saved yet.")
    forget_troubles(site)
    site.look("question-not-saved")
    at_work.reload()
    expect(state(at_work, "files")).to_contain_text("This answer has not reached the server.")
    assert at_work.locator("input[name='files-choice'][value='3']").is_checked()
    assert stored_level("files") is None
    at_work.unroute(SAVES, broken)
    state(at_work, "files").get_by_role("button", name="Try again now").click()
    saved(at_work, "files")
    assert stored_level("files") == 3
    expect(at_work.locator("#unsent")).to_be_empty()
    nothing_kept(at_work)


@ONE
def test_a_server_in_trouble_is_tried_again_by_itself(site: Site, at_work: Page) -> None:
    failures = []

    def troubled(route: Route) -> None:
        if len(failures) < 2:
            failures.append(route.request.url)
            route.fulfill(status=503, body="busy")
        else:
            route.continue_()

    at_work.route(SAVES, troubled)
    choose(at_work, "files", "1")
    expect(state(at_work, "files")).to_contain_text("Not saved yet")
    saved(at_work, "files", within=15_000)
    assert len(failures) == 2
    assert stored_level("files") == 1


@ONE
def test_a_page_of_somebody_else_with_status_200_is_not_taken_for_saved(site: Site, at_work: Page) -> None:
    at_work.route(SAVES, lambda route: route.fulfill(status=200, body="<h1>Please accept our terms</h1>"))
    choose(at_work, "files", "1")
    expect(state(at_work, "files")).to_contain_text("Not saved yet")
    assert at_work.locator("text=accept our terms").count() == 0
    at_work.unroute(SAVES)
    at_work.evaluate("window.dispatchEvent(new Event('online'))")
    saved(at_work, "files")


@ONE
def test_an_answer_that_is_not_sent_goes_from_the_next_page(site: Site, at_work: Page, home: House) -> None:
    at_work.route(SAVES, lambda route: route.abort())
    choose(at_work, "files", "1")
    expect(state(at_work, "files")).to_contain_text("Not saved yet")
    at_work.unroute(SAVES)
    at_work.goto(f"{site.origin}/o/{home.slug}/assessments/1/reach/")
    nothing_kept(at_work)
    assert stored_level("files") == 1
    forget_troubles(site)


@ONE
def test_two_answers_are_both_shown_and_either_can_be_kept(site: Site, at_work: Page, home: House) -> None:
    other = at_work.context.new_page()
    other.goto(at_work.url)
    choose(other, "files", "0")
    saved(other, "files")
    choose(other, "tasks", "4")
    saved(other, "tasks")
    choose(at_work, "files", "1")
    expect(state(at_work, "files")).to_contain_text("Two answers: please choose")
    expect(state(at_work, "files")).to_contain_text("1, L1")
    expect(state(at_work, "files")).to_contain_text("0, L0")
    forget_troubles(site)
    site.look("question-conflict")
    assert stored_level("files") == 0
    state(at_work, "files").get_by_role("button", name="Keep this one").click()
    saved(at_work, "files")
    assert stored_level("files") == 1

    choose(at_work, "tasks", "2")
    state(at_work, "tasks").get_by_role("button", name="Keep the other one").click()
    saved(at_work, "tasks")
    assert at_work.locator("input[name='tasks-choice'][value='4']").is_checked()
    assert stored_level("tasks") == 4
    choose(at_work, "tasks", "3")
    saved(at_work, "tasks")
    nothing_kept(at_work)
    assert stored_level("tasks") == 3
    assert AnswerChange.objects.filter(question__key="tasks").count() == 2


@ONE
def test_follow_up_questions_come_and_go(site: Site, at_work: Page) -> None:
    expect(at_work.locator("#q-locks")).to_have_count(0)
    choose(at_work, "keys", "2")
    expect(at_work.locator("#q-locks")).to_be_visible()
    choose(at_work, "locks", "1")
    saved(at_work, "locks")
    choose(at_work, "keys", "0")
    expect(at_work.locator("#q-locks")).to_have_count(0)
    choose(at_work, "keys", "1")
    expect(at_work.locator("#q-locks")).to_be_visible()
    assert at_work.locator("input[name='locks-choice'][value='1']").is_checked()
    site.look("question-follow-up")


@ONE
def test_another_person_at_the_same_browser_sees_nothing_of_it(
    site: Site, at_work: Page, home: House
) -> None:
    at_work.route(SAVES, lambda route: route.abort())
    choose(at_work, "files", "1")
    expect(state(at_work, "files")).to_contain_text("Not saved yet")
    at_work.unroute(SAVES)
    at_work.context.clear_cookies()
    forget_troubles(site)
    site.sign_in(home.people["editor"])
    site.open(f"/o/{home.slug}/assessments/1/work/")
    expect(at_work.locator("input[type=radio]:checked")).to_have_count(0)
    assert Answer.objects.count() == 0


@ONE
def test_by_keyboard_alone(site: Site, at_work: Page, home: House) -> None:
    at_work.locator("input[name='files-choice']").first.focus()
    at_work.keyboard.press("ArrowDown")
    at_work.keyboard.press("ArrowDown")
    saved(at_work, "files")
    nothing_kept(at_work)
    assert stored_level("files") == 2
    at_work.keyboard.press("Tab")
    assert at_work.evaluate("document.activeElement.name") == "files-guess"
    at_work.keyboard.press("Space")
    nothing_kept(at_work)
    at_work.locator("main .button.main").focus()
    at_work.keyboard.press("Enter")
    at_work.wait_for_url("**/reach/")
    assert Answer.objects.get(question__key="files").guess is True
    site.check()


def test_without_javascript_the_save_button_does_it(browser: Browser, live_server: Any, home: House) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(f"{live_server.url}/accounts/login/")
    page.fill("#id_login", home.people["director"].email)
    page.fill("#id_password", PASSWORD)
    page.click("main button.main")
    page.goto(f"{live_server.url}/o/{home.slug}/assessments/1/work/")
    choose(page, "files", "2")
    choose(page, "keys", "1")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#q-locks")).to_be_visible()
    assert (stored_level("files"), stored_level("keys")) == (2, 1)
    Answer.objects.filter(question__key="files").update(level=4, revision=2)
    choose(page, "files", "0")
    page.get_by_role("button", name="Go on to reach").click()
    expect(page.locator("#state-files")).to_contain_text("Two answers: please choose")
    page.locator("#state-files").get_by_role("button", name="Keep this one").click()
    expect(page.locator("text=Your answers are saved.")).to_be_visible()
    assert stored_level("files") == 0
    page.goto(f"{live_server.url}/o/{home.slug}/assessments/1/results/?cell=work/good#why")
    expect(page.locator("#why")).to_contain_text("Level 0.0 of 4")
    context.close()


def test_every_page_is_sound_in_both_languages_and_widths(site: Site, home: House) -> None:
    for member in home.members.values():
        if member.role in {"editor", "viewer"}:
            joined(home.objects["assessment"], member)
    director = home.people["director"]
    director.language = site.language
    director.save(update_fields=["language"])
    site.sign_in(director)
    base = f"/o/{home.slug}/"
    for name, path in {
        "assessments": "assessments/",
        "assessment-begin": "assessments/1/begin/",
        "assessment": "assessments/1/",
        "questions": "assessments/1/work/",
        "results-empty": "assessments/1/results/",
        "targets": "assessments/1/targets/work/good/",
        "inventory": "inventory/",
        "inventory-device": "inventory/devices/add/",
        "inventory-service": "inventory/services/add/",
        "inventory-facts": "inventory/facts/",
    }.items():
        site.open(base + path)
        for closed in site.page.locator("details:not([open]) > summary").all()[:2]:
            closed.click()
        site.look(name)
    site.open(base + "assessments/1/work/")
    choose(site.page, "files", "1")
    choose(site.page, "keys", "3")
    nothing_kept(site.page)
    site.open(base + "assessments/1/results/")
    site.look("results")
    site.page.locator(".heat td.cell a").first.click()
    site.page.wait_for_url("**cell=work/good*")
    name = "work, good" if site.language == "en" else "work (es), good (es)"
    expect(site.page.locator("#why > header")).to_contain_text(name)
    site.look("results-why")


def test_an_empty_place_is_sound(site: Site, home: House) -> None:
    stranger = home.people["stranger"]
    stranger.language = site.language
    stranger.save(update_fields=["language"])
    site.sign_in(stranger)
    for name, path in {
        "assessments-empty": "assessments/",
        "start": "assessments/start/",
        "inventory-empty": "inventory/",
    }.items():
        site.open(f"/o/own-place/{path}")
        site.look(name)
    begin(stranger.memberships.get().organization)


@ONE
def test_how_far_one_is_stays_in_sight(site: Site, at_work: Page) -> None:
    at_work.locator("main .button.main").scroll_into_view_if_needed()
    expect(at_work.locator("#progress h2")).to_be_in_viewport()
    expect(at_work.locator(".side-nav")).to_be_in_viewport()
