"""Answers that cannot be saved yet, in a real browser: no connection, no session, a note without its answer."""

import pytest
from playwright.sync_api import Page, expect

from assessments.models import Answer
from tests.e2e.answering import ONE, choose, forget_troubles, nothing_kept, saved, state, stored_level
from tests.e2e.conftest import Site
from tests.factories.people import PASSWORD, House

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@ONE
def test_a_note_before_its_answer_says_so_and_goes_with_the_answer(
    site: Site, at_work: Page, home: House
) -> None:
    posts: list[str] = []
    at_work.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    at_work.locator("#q-files summary").first.click()
    at_work.fill("#files-note", "Two places")
    waiting = "Choose an answer first; the note is saved with it."
    expect(state(at_work, "files")).to_contain_text(waiting)
    at_work.reload()
    expect(state(at_work, "files")).to_contain_text(waiting)
    expect(state(at_work, "files")).not_to_contain_text("has not reached the server")
    expect(at_work.locator("#files-note")).to_have_value("Two places")
    expect(at_work.locator("#unsent")).to_be_empty()
    site.look("question-note-first")
    at_work.get_by_role("button", name="Go on to reach").click()
    at_work.wait_for_url("**/reach/")
    expect(at_work.locator("#unsent")).to_contain_text("An answer on another page needs you:")
    expect(at_work.locator("#unsent")).to_be_in_viewport()
    assert posts == []
    at_work.locator("#unsent a").click()
    at_work.wait_for_url("**/work/#q-files")
    choose(at_work, "files", "2")
    saved(at_work, "files")
    nothing_kept(at_work)
    assert Answer.objects.get(question__key="files").note == "Two places"
    site.check()


@ONE
def test_a_note_that_is_taken_back_leaves_nothing(site: Site, at_work: Page) -> None:
    at_work.locator("#q-files summary").first.click()
    at_work.fill("#files-note", "Two places")
    expect(state(at_work, "files")).to_contain_text("Choose an answer first")
    at_work.fill("#files-note", "")
    expect(state(at_work, "files")).to_be_empty()
    nothing_kept(at_work)


@ONE
def test_a_note_that_is_too_long_is_not_cut(site: Site, at_work: Page) -> None:
    choose(at_work, "files", "2")
    saved(at_work, "files")
    at_work.locator("#q-files summary").first.click()
    at_work.locator("#files-note").focus()
    at_work.keyboard.insert_text("ñ" * 2100)
    expect(state(at_work, "files")).to_contain_text("2100 characters, 2000 at most")
    expect(at_work.locator("#unsent")).to_be_empty()
    forget_troubles(site)
    at_work.reload()
    expect(state(at_work, "files")).to_contain_text("2100 characters, 2000 at most")
    forget_troubles(site)
    assert len(at_work.locator("#files-note").input_value()) == 2100
    at_work.fill("#files-note", "short")
    saved(at_work, "files")
    nothing_kept(at_work)


@ONE
def test_who_goes_on_without_a_connection_stays_on_the_page(site: Site, at_work: Page) -> None:
    at_work.context.set_offline(True)
    choose(at_work, "files", "3")
    expect(state(at_work, "files")).to_contain_text("Not saved yet")
    at_work.get_by_role("button", name="Go on to reach").click()
    expect(at_work.locator("#unsent")).to_contain_text("There is no connection right now.", timeout=8_000)
    assert at_work.url.endswith("/work/")
    forget_troubles(site)
    site.look("question-no-connection")
    at_work.context.set_offline(False)
    saved(at_work, "files", within=10_000)
    expect(at_work.locator("#unsent")).to_be_empty()
    at_work.get_by_role("button", name="Go on to reach").click()
    at_work.wait_for_url("**/reach/")
    forget_troubles(site)


@ONE
@pytest.mark.parametrize("name", ["Keep this one", "Keep the other one"])
def test_after_choosing_between_two_answers_the_focus_is_on_the_answer(
    site: Site, at_work: Page, name: str
) -> None:
    other = at_work.context.new_page()
    other.goto(at_work.url)
    choose(other, "files", "0")
    saved(other, "files")
    choose(at_work, "files", "1")
    state(at_work, "files").get_by_role("button", name=name).focus()
    at_work.keyboard.press("Enter")
    saved(at_work, "files")
    kept = at_work.locator(f"input[name='files-choice'][value='{1 if name == 'Keep this one' else 0}']")
    expect(kept).to_be_checked()
    expect(kept).to_be_focused()
    forget_troubles(site)


@ONE
def test_who_is_signed_out_keeps_the_answer_and_it_goes_after_signing_in(
    site: Site, at_work: Page, home: House
) -> None:
    at_work.context.clear_cookies()
    choose(at_work, "files", "2")
    forget_troubles(site)
    expect(state(at_work, "files")).to_contain_text("Not saved yet")
    at_work.goto(f"{site.origin}/accounts/login/?next=/o/{home.slug}/assessments/1/work/")
    at_work.fill("#id_login", home.people["director"].email)
    at_work.fill("#id_password", PASSWORD)
    at_work.click("main button.main")
    saved(at_work, "files")
    assert stored_level("files") == 2


@ONE
def test_an_ended_session_says_so(site: Site, at_work: Page, home: House) -> None:
    at_work.context.clear_cookies(name="sessionid")
    choose(at_work, "files", "2")
    expect(state(at_work, "files")).to_contain_text("You have been signed out.")
    link = state(at_work, "files").get_by_role("link", name="Sign in again")
    forget_troubles(site)
    site.look("question-signed-out")
    link.click()
    at_work.fill("#id_login", home.people["director"].email)
    at_work.fill("#id_password", PASSWORD)
    at_work.click("main button.main")
    at_work.wait_for_url(f"**/o/{home.slug}/assessments/1/work/#q-files")
    saved(at_work, "files")
    assert stored_level("files") == 2
