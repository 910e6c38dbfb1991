"""The page of questions: autosave one by one, the Save button without JavaScript, stale pages, follow-up questions."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import Answer, AnswerChange, Assessment
from assessments.services.assessments import close_assessment
from tests.factories.assessments import NOON, answer
from tests.factories.people import House
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def director(house: House, client: Client) -> Client:
    client.force_login(house.people["director"])
    return client


def url(house: House, name: str, *more: Any) -> str:
    return reverse(f"assessments:{name}", args=[house.slug, house.objects["assessment"].number, *more])


def post(client: Client, house: House, key: str, **fields: Any) -> Any:
    data = {f"{key}-{name}": value for name, value in {"revision": 0, **fields}.items()}
    return client.post(url(house, "answer-save", key), data, headers={"HX-Request": "true"})


def mine(house: House, key: str) -> Answer | None:
    return Answer.objects.filter(respondent__user=house.people["director"], question__key=key).first()


# ---- Autosave


def test_an_autosave_says_saved_with_the_time_of_the_server(
    house: House, director: Client, time_machine: Any
) -> None:
    time_machine.move_to("2026-03-16 10:32:40+00:00", tick=False)
    response = post(director, house, "files", choice="2", guess="on", note="Two places")
    assert (response.status_code, response["TechPlan-Answer"], response["TechPlan-Revision"]) == (
        *(200, "saved", "1"),
    )
    assert "Saved 10:32" in text_of(response)
    assert "1 of 7 answered" in text_of(response)
    # site.js tells the time where the reader is.
    assert '<time datetime="2026-03-16T10:32:40+00:00" data-clock="minutes">10:32</time>' in (
        response.content.decode()
    )
    found = mine(house, "files")
    assert found is not None
    assert (found.level, found.guess, found.note) == (2, True, "Two places")


def test_the_time_is_that_of_the_site(
    house: House, director: Client, time_machine: Any, settings: Any
) -> None:
    settings.TIME_ZONE = "America/Los_Angeles"
    time_machine.move_to("2026-03-16 17:32:40+00:00", tick=False)
    assert "Saved 10:32" in text_of(post(director, house, "files", choice="2"))


def test_an_autosave_costs_six_queries_at_most_however_many_answer(
    house: House, director: Client, settings: Any
) -> None:
    """Sessions come from the cache, as from Redis in production; savepoints are the test's own."""
    assert settings.SESSION_ENGINE == "django.contrib.sessions.backends.cached_db"
    post(director, house, "files", choice="1")  # what is read once a process is read now
    counts = []
    for turn in range(2):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            response = post(director, house, "files", choice=str(2 + turn), revision=1 + turn)
        assert response["TechPlan-Answer"] == "saved"
        asked = [
            one["sql"] for one in captured if not re.match(r"(RELEASE )?SAVEPOINT|BEGIN|COMMIT", one["sql"])
        ]
        counts.append(len(asked))
        for respondent in house.objects["assessment"].respondents.exclude(user=house.people["director"]):
            answer(respondent, files=1, tasks=2, tools=3, keys=2, locks=1, news="?", list="-", login=4)
    assert counts == [6, 6]


def test_the_same_value_again_makes_no_revision(house: House, director: Client) -> None:
    post(director, house, "files", choice="2")
    response = post(director, house, "files", choice="2")
    assert response["TechPlan-Revision"] == "1"
    assert AnswerChange.objects.count() == 1


def test_a_stale_autosave_is_refused_and_shows_both_values(house: House, director: Client) -> None:
    post(director, house, "files", choice="0", note="As before")
    response = post(director, house, "files", choice="1")
    assert (response.status_code, response["TechPlan-Answer"]) == (409, "conflict")
    assert "TechPlan-Revision" not in response
    words = text_of(response)
    assert "1, L1" in words
    assert "0, L0, with the note “As before”" in words
    assert 'value="1" data-keep="this"' in response.content.decode()
    saved = mine(house, "files")
    assert saved is not None
    assert saved.level == 0
    assert post(director, house, "files", choice="1", revision=1)["TechPlan-Answer"] == "saved"


def test_a_follow_up_question_comes_in_the_same_reply_and_goes_again(house: House, director: Client) -> None:
    response = post(director, house, "keys", choice="2")
    assert 'id="asked-locks" hx-swap-oob="true">' in response.content.decode()
    assert 'name="locks-choice"' in response.content.decode()
    response = post(director, house, "keys", choice="0", revision=1)
    assert 'id="asked-locks" hx-swap-oob="true" hidden></div>' in response.content.decode()


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"note": "Only a note"}, "Choose an answer first"),
        ({"choice": "7"}, "Choose one of the answers shown."),
        ({"choice": "1", "note": "x" * 2001}, "This note is too long: 2001 characters, 2000 at most."),
        ({"choice": "not-applicable", "reason": "x" * 501}, "This reason is too long: 501 characters"),
    ],
)
def test_what_is_wrong_is_said_in_a_sentence(
    house: House, director: Client, fields: dict[str, str], sentence: str
) -> None:
    response = post(director, house, "files", **fields)
    assert (response.status_code, response["TechPlan-Answer"]) == (422, "refused")
    assert sentence in text_of(response)
    assert mine(house, "files") is None


def test_a_guess_goes_with_a_level_and_a_reason_with_does_not_apply(house: House, director: Client) -> None:
    post(director, house, "files", choice="dont-know", guess="on", reason="none")
    found = mine(house, "files")
    assert found is not None
    assert (found.kind, found.level, found.guess, found.reason) == ("dont-know", None, False, "")
    post(director, house, "files", choice="not-applicable", reason="No files", revision=1)
    found = mine(house, "files")
    assert found is not None
    assert (found.kind, found.reason) == ("not-applicable", "No files")


def test_a_missing_reason_is_asked_for_and_the_answer_is_saved(house: House, director: Client) -> None:
    asks = "It does not say yet why it does not apply."
    said = text_of(post(director, house, "files", choice="not-applicable"))
    assert "Saved" in said
    assert asks in said
    assert asks in text_of(director.get(url(house, "area-detail", "work")))
    assert asks not in text_of(
        post(director, house, "files", choice="not-applicable", reason="No files", revision=1)
    )
    assert asks not in text_of(director.get(url(house, "area-detail", "work")))


def test_after_the_last_answer_the_button_leads_to_the_results(house: House, director: Client) -> None:
    last = url(house, "area-detail", "reach")
    assert "Finish for now" in text_of(director.get(last))
    for key in ("files", "tasks", "tools", "keys", "locks", "guards", "news", "list", "login"):
        reply = post(director, house, key, choice="2").content.decode()
    results = url(house, "result-detail")
    assert f'data-next="{results}" hx-swap-oob="true">See the results</span>' in reply
    page = director.get(last).content.decode()
    assert f'data-next="{results}"' in page
    assert "See the results" in page
    assert director.post(last, {"then": "next"})["Location"] == results


def test_a_signed_out_page_is_told_so_and_not_sent_a_form(house: House, client: Client) -> None:
    response = post(client, house, "files", choice="2")
    assert (response.status_code, response.content) == (401, b"")


def test_an_old_page_is_refused_by_its_token(house: House) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(house.people["director"])
    response = post(strict, house, "files", choice="2")
    assert response.status_code == 403
    assert "TechPlan-Answer" not in response


def test_a_closed_assessment_takes_no_answers(house: House, director: Client) -> None:
    post(director, house, "files", choice="2")
    close_assessment(assessment=house.objects["assessment"], user=None, at=NOON)
    response = post(director, house, "files", choice="3", revision=1)
    assert (response.status_code, response["TechPlan-Answer"]) == (409, "closed")
    assert "answers do not change any more" in text_of(response)
    page = director.get(url(house, "area-detail", "work"))
    assert page.content.decode().count("<fieldset") == page.content.decode().count(" disabled>")


def test_nobody_answers_for_somebody_else(house: House, client: Client) -> None:
    client.force_login(house.people["editor"])
    post(client, house, "files", choice="1", note="A secret of the editor")
    client.force_login(house.people["director"])
    assert "A secret of the editor" not in client.get(url(house, "area-detail", "work")).content.decode()
    assert "A secret of the editor" not in client.get(url(house, "answer-card", "files")).content.decode()
    assert mine(house, "files") is None


def test_unknown_questions_areas_and_numbers_are_not_found(house: House, director: Client) -> None:
    assert post(director, house, "nothing").status_code == 404
    assert director.get(url(house, "area-detail", "nothing")).status_code == 404
    assert director.get(url(house, "answer-card", "nothing")).status_code == 404
    assert director.get(f"/o/{house.slug}/assessments/77/work/").status_code == 404
    assert director.get(url(house, "answer-save", "files"), headers={"HX-Request": "true"}).status_code == 405


# ---- The page and its Save button


def page_of(house: House, director: Client, **answers: Any) -> dict[str, Any]:
    """Return what a browser sends without JavaScript: all questions that the page shows."""
    html = director.get(url(house, "area-detail", "work")).content.decode()
    data: dict[str, Any] = {}
    for key, revision in re.findall(r'name="([a-z]+)-revision" value="(\d+)"', html):
        data[f"{key}-revision"] = revision
        checked = re.search(rf'name="{key}-choice" value="([^"]+)" checked', html)
        if checked:
            data[f"{key}-choice"] = checked[1]
    return data | {name.replace("__", "-"): value for name, value in answers.items()}


def test_the_page_shows_the_questions_of_an_area_with_what_is_answered(
    house: House, director: Client
) -> None:
    post(director, house, "files", choice="3", note="One place")
    response = director.get(url(house, "area-detail", "work"))
    html, words = response.content.decode(), text_of(response)
    assert re.search(r'name="files-choice" value="3" checked', html)
    assert "One place" in html
    assert 'name="files-revision" value="1"' in html
    assert "Question 1 of 6" in words
    assert 'id="asked-locks" hidden></div>' in html
    assert "level 0" in words
    assert html.count('class="button main"') == 1


def test_the_save_button_saves_all_answers_of_the_page(house: House, director: Client) -> None:
    data = page_of(house, director, files__choice="2", tasks__choice="not-applicable", tasks__reason="Alone")
    response = director.post(url(house, "area-detail", "work"), data | {"then": "stay"})
    assert (response.status_code, response["Location"]) == (302, url(house, "area-detail", "work"))
    assert set(Answer.objects.values_list("question__key", "kind", "level", "reason")) == {
        ("files", "level", 2, ""),
        ("tasks", "not-applicable", None, "Alone"),
    }
    assert "Your answers are saved." in text_of(director.get(url(house, "area-detail", "work")))


def test_the_main_button_saves_and_goes_on(house: House, director: Client) -> None:
    data = page_of(house, director, files__choice="2") | {"then": "next"}
    assert director.post(url(house, "area-detail", "work"), data)["Location"] == url(
        house, "area-detail", "reach"
    )
    last = director.post(url(house, "area-detail", "reach"), {"then": "next"})
    assert last["Location"] == url(house, "assessment-detail")


def test_without_javascript_a_follow_up_question_comes_after_saving(house: House, director: Client) -> None:
    data = page_of(house, director, keys__choice="1") | {"then": "next"}
    response = director.post(url(house, "area-detail", "work"), data)
    assert response["Location"] == url(house, "area-detail", "work") + "#q-locks"
    page = director.get(url(house, "area-detail", "work"))
    assert 'name="locks-choice"' in page.content.decode()
    assert "1 more question follows from your answer." in text_of(page)


def test_a_stale_page_shows_both_values_keeps_what_was_typed_and_saves_the_rest(
    house: House, director: Client
) -> None:
    data = page_of(house, director, files__choice="0", files__note="Typed here", tasks__choice="4")
    post(director, house, "files", choice="2")
    response = director.post(url(house, "area-detail", "work"), data)
    html, words = response.content.decode(), text_of(response)
    assert response.status_code == 409
    assert "1 answer needs you. 1 other answer of this page is saved." in words
    assert "0, L0, with the note “Typed here”" in words
    assert "2, L2" in words
    assert re.search(r'name="files-choice" value="0" checked', html)
    found = {key: mine(house, key) for key in ("files", "tasks")}
    assert {key: one.level for key, one in found.items() if one} == {"files": 2, "tasks": 4}

    keep_other = director.post(url(house, "area-detail", "work"), data | {"files-keep": "other"})
    assert keep_other.status_code == 302
    kept = mine(house, "files")
    assert kept is not None
    assert kept.level == 2
    keep_this = director.post(url(house, "area-detail", "work"), data | {"files-keep": "1"})
    assert keep_this.status_code == 302
    kept = mine(house, "files")
    assert kept is not None
    assert (kept.level, kept.note, kept.revision) == (0, "Typed here", 2)


def test_a_mistake_keeps_what_was_typed_and_saves_the_rest(house: House, director: Client) -> None:
    data = page_of(house, director, files__note="No choice made", tasks__choice="4")
    response = director.post(url(house, "area-detail", "work"), data)
    assert response.status_code == 422
    assert "Choose an answer first; the note is saved with it." in text_of(response)
    assert "No choice made" in response.content.decode()
    saved = mine(house, "tasks")
    assert saved is not None
    assert saved.level == 4


def test_a_closed_assessment_refuses_the_page_in_words(house: House, director: Client) -> None:
    data = page_of(house, director, files__choice="2")
    post(director, house, "tasks", choice="2")
    close_assessment(assessment=house.objects["assessment"], user=None, at=NOON)
    response = director.post(url(house, "area-detail", "work"), data, follow=True)
    assert "This assessment is closed" in text_of(response)
    assert mine(house, "files") is None


def test_who_has_not_begun_reads_first_who_sees_what(house: House, client: Client) -> None:
    assessment: Assessment = house.objects["assessment"]
    assessment.respondents.filter(user=house.people["viewer"]).delete()
    client.force_login(house.people["viewer"])
    begin_page = url(house, "assessment-begin")
    assert client.get(url(house, "area-detail", "work"))["Location"] == begin_page
    assert client.post(url(house, "area-detail", "work"), {})["Location"] == begin_page
    told = text_of(client.get(begin_page))
    assert "No page shows who gave which answer" in told
    assert "whoever looks at them before and after you answer can tell from the change what you said" in told
    response = client.post(begin_page, {"named": "yes", "agrees_to_show": "on"})
    assert response["Location"] == url(house, "area-detail", "work")
    me = assessment.respondents.get(user=house.people["viewer"])
    assert (me.named, me.agrees_to_show, me.group) == (True, True, "staff")


def test_one_goes_on_where_the_first_open_question_is(house: House, director: Client) -> None:
    own = house.objects["assessment"].respondents.get(user=house.people["director"])
    answer(own, files=1, tasks=1, tools=1, keys=0, list=2, login=1)
    page = director.get(url(house, "assessment-detail")).content.decode()
    assert f'href="{url(house, "area-detail", "reach")}#q-news"' in page


def test_pages_of_questions_cost_the_same_with_one_answer_and_with_many(
    house: House, director: Client, django_assert_max_num_queries: Any
) -> None:
    counts = []
    for answers in ({"files": 1}, {"tasks": 1, "tools": 2, "keys": 2, "locks": 3, "guards": 1}):
        answer(house.objects["assessment"].respondents.get(user=house.people["director"]), **answers)
        with django_assert_max_num_queries(15) as captured:
            director.get(url(house, "area-detail", "work"))
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_mistake_on_a_stale_page_does_not_take_over_the_newer_revision(
    house: House, director: Client
) -> None:
    data = page_of(house, director, files__choice="0", files__note="x" * 2001)
    post(director, house, "files", choice="2")
    response = director.post(url(house, "area-detail", "work"), data)
    assert response.status_code == 422
    assert 'name="files-revision" value="0"' in response.content.decode()


def test_nobody_begins_in_a_closed_assessment_but_choices_can_change(house: House, client: Client) -> None:
    assessment: Assessment = house.objects["assessment"]
    answer(assessment.respondents.get(user=house.people["director"]), files=1)
    assessment.respondents.filter(user=house.people["viewer"]).delete()
    close_assessment(assessment=assessment, user=None, at=NOON)
    client.force_login(house.people["viewer"])
    response = client.post(url(house, "assessment-begin"), {"named": "no"}, follow=True)
    assert "nobody can begin to answer" in text_of(response)
    client.force_login(house.people["director"])
    client.post(url(house, "assessment-begin"), {"named": "no", "agrees_to_show": "on"})
    assert assessment.respondents.get(user=house.people["director"]).agrees_to_show is True


def test_a_part_of_a_page_sends_the_whole_page_to_the_sign_in(house: House, client: Client) -> None:
    headers = {"HX-Request": "true", "HX-Current-URL": f"http://testserver/o/{house.slug}/here/"}
    for name, more in (("result-detail", ()), ("answer-card", ("files",))):
        response = client.get(url(house, name, *more), headers=headers)
        assert (response.status_code, response["HX-Redirect"]) == (
            *(401, f"/accounts/login/?next=/o/{house.slug}/here/"),
        )
