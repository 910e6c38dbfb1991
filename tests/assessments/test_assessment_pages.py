"""The list, starting, and the page of one assessment."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Assessment
from assessments.selectors.instruments import instrument_content
from assessments.services.assessments import close_assessment
from assessments.services.content import import_instrument
from assessments.urls import RESERVED
from organizations.models import Organization
from tests.factories.assessments import NOON, answer, new_assessment, small_version
from tests.factories.instruments import MATURITY, SOCIAL, shipped
from tests.factories.people import House
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def director(house: House, client: Client) -> Client:
    client.force_login(house.people["director"])
    return client


@pytest.fixture
def own_place(house: House, client: Client) -> Client:
    """A director of an organization without any assessment, on a site with the real questions."""
    import_instrument(instrument=shipped(), name="social.yaml")
    client.force_login(house.people["stranger"])
    return client


def url(house: House, name: str, *more: str) -> str:
    return reverse(f"assessments:{name}", args=[house.slug, house.objects["assessment"].number, *more])


def test_no_area_is_called_like_a_page() -> None:
    for slug in (SOCIAL, MATURITY):
        assert not {area.key for area in shipped(slug).areas} & set(RESERVED)


def test_an_empty_list_says_what_to_do(own_place: Client) -> None:
    page = text_of(own_place.get("/o/own-place/assessments/"))
    assert "Nothing has been assessed yet" in page
    assert "Start the ten-minute check" in page


def test_starting_says_how_long_it_takes_and_happens_once(own_place: Client) -> None:
    page = own_place.get("/o/own-place/assessments/start/")
    assert "10 minutes" in text_of(page)
    assert "45 minutes" in text_of(page)
    assert "Your targets" not in text_of(page)
    number = re.search(r'name="number" value="(\d+)"', page.content.decode())
    assert number is not None
    for _turn in range(2):
        response = own_place.post("/o/own-place/assessments/start/", {"kind": "quick", "number": number[1]})
        assert response["Location"] == "/o/own-place/assessments/1/begin/"
    assessment = Assessment.objects.get(organization__slug="own-place")
    assert (assessment.kind, assessment.state) == ("quick", "open")


def test_a_form_without_a_choice_is_refused(own_place: Client) -> None:
    response = own_place.post("/o/own-place/assessments/start/", {"kind": "huge", "number": 1})
    assert response.status_code == 422
    assert "Choose the ten-minute check or the full questionnaire." in text_of(response)


def test_a_site_without_questions_says_so(house: House, client: Client) -> None:
    client.force_login(house.people["stranger"])
    assert "There are no questions on this site yet" in text_of(client.get("/o/own-place/assessments/start/"))


def test_the_list_costs_the_same_with_one_and_with_many(
    house: House, director: Client, django_assert_max_num_queries: Any
) -> None:
    counts = []
    organization = Organization.objects.get(slug=house.slug)
    for _turn in range(2):
        with django_assert_max_num_queries(15) as captured:
            director.get(f"/o/{house.slug}/assessments/")
        counts.append(len(captured))
        for _row in range(3):
            new_assessment(organization, small_version(), state="closed", closed_at=NOON)
    assert counts[0] == counts[1]


def test_closing_and_reopening_by_the_page(house: House, director: Client) -> None:
    response = director.post(url(house, "assessment-close"), follow=True)
    assert "Nobody has answered a question yet" in text_of(response)
    answer(house.objects["assessment"].respondents.get(user=house.people["director"]), files=2)
    response = director.post(url(house, "assessment-close"), follow=True)
    assert "This assessment is closed. Its results stay as they are." in text_of(response)
    response = director.post(url(house, "assessment-reopen"), {"reason": ""})
    assert response.status_code == 422
    assert "Say in a sentence why it is opened again." in text_of(response)
    response = director.post(url(house, "assessment-reopen"), {"reason": "Two were away"}, follow=True)
    assert "open for answers again" in text_of(response)
    assert "Two were away" in text_of(response)


def test_the_quick_check_can_be_continued_by_the_page(own_place: Client, house: House) -> None:
    own_place.post("/o/own-place/assessments/start/", {"kind": "quick", "number": 1})
    page = "/o/own-place/assessments/1/"
    assert "The full questionnaire has 48 questions" in text_of(own_place.get(page))
    response = own_place.post(f"{page}continue/", follow=True)
    assert "Your answers are still here." in text_of(response)
    assert Assessment.objects.get(organization__slug="own-place").kind == "full"


def test_a_consultant_starts_and_closes_and_answers_nothing(house: House, client: Client) -> None:
    client.force_login(house.people["consultant"])
    page = text_of(client.get(url(house, "assessment-detail")))
    assert "Your answers" not in page
    assert "Close the assessment" in page


def test_the_home_says_what_is_next(
    house: House, director: Client, django_assert_max_num_queries: Any
) -> None:
    home = f"/o/{house.slug}/"
    with django_assert_max_num_queries(15):
        assert "7 questions are left for you" in text_of(director.get(home))
    own = house.objects["assessment"].respondents.get(user=house.people["director"])
    answer(own, files=1, tasks=1, tools=1, keys=0, news=1, list=2, login=1)
    assert "You have answered 7 of 7 questions." in text_of(director.get(home))
    close_assessment(assessment=house.objects["assessment"], user=None, at=NOON)
    page = director.get(home)
    assert "The answers are in." in text_of(page)
    assert f'href="{url(house, "result-detail")}"' in page.content.decode()


def test_the_list_leads_to_the_results_when_all_is_answered(house: House, director: Client) -> None:
    respondent = house.objects["assessment"].respondents.get(user=house.people["director"])
    answer(respondent, files=2)
    page = director.get(f"/o/{house.slug}/assessments/").content.decode()
    main = re.search(r'class="button small main" href="([^"]+)">([^<]+)', page)
    assert main is not None
    assert main.groups() == (f"/o/{house.slug}/assessments/1/", "Go on answering")
    content = instrument_content(house.objects["assessment"].instrument)
    answer(respondent, **{question.key: 3 for question in content.questions})
    page = director.get(f"/o/{house.slug}/assessments/").content.decode()
    main = re.search(r'class="button small main" href="([^"]+)">([^<]+)', page)
    assert main is not None
    assert main.groups() == (f"/o/{house.slug}/assessments/1/results/", "Results")
    assert "Your answers" in page


def test_a_closed_assessment_promises_no_saving_and_begins_nothing(house: House, director: Client) -> None:
    answer(house.objects["assessment"].respondents.get(user=house.people["director"]), files=2)
    page = text_of(director.get(url(house, "area-detail", "work")))
    assert "Everything is saved as you go." in page
    director.post(url(house, "assessment-close"))
    page = text_of(director.get(url(house, "area-detail", "work")))
    assert "1 of 7 answered" in page
    assert "Everything is saved as you go." not in page
    assert "left." not in page
    # What one chose about one's name and about showing can change all the same, and leads back to the assessment.
    begin = director.get(url(house, "assessment-begin"))
    assert ">Save</button>" in begin.content.decode()
    assert "There are no right answers" not in text_of(begin)
    done = director.post(url(house, "assessment-begin"), {"named": "yes"})
    assert (done.status_code, done["Location"]) == (302, url(house, "assessment-detail"))
    assert house.objects["assessment"].respondents.get(user=house.people["director"]).named
    house.objects["assessment"].respondents.filter(user=house.people["director"]).delete()
    begin = director.get(url(house, "assessment-begin"))
    assert (begin.status_code, begin["Location"]) == (302, url(house, "assessment-detail"))


def test_before_the_first_answer_the_rules_are_those_of_who_reads(
    house: House, director: Client, client: Client
) -> None:
    page = text_of(director.get(url(house, "assessment-begin")))
    assert "Results show when three people have answered" in page
    house.organization.memberships.exclude(role="director").delete()
    house.organization.memberships.exclude(user=house.people["director"]).delete()
    page = text_of(director.get(url(house, "assessment-begin")))
    assert "Only you see your answers and your results" in page
    assert "Results show when three people have answered" not in page


def test_a_count_below_that_of_the_form_says_why(house: House, client: Client, own_place: Client) -> None:
    own_place.post("/o/own-place/assessments/start/", {"kind": "full", "number": 1})
    own_place.post("/o/own-place/assessments/1/begin/", {"named": "no"})
    assessment = Assessment.objects.get(organization__slug="own-place")
    content = instrument_content(assessment.instrument)
    conditional = sum(question.show_if is not None for question in content.questions)
    assert conditional > 1
    for page in ("", "collaboration/"):
        text = text_of(own_place.get(f"/o/own-place/assessments/1/{page}"))
        assert f"{conditional} more questions depend on your other answers." in text
