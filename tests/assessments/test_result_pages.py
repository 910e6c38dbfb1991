"""The results page: who sees what, what it says and why."""

import re
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.models import Answer, Standing
from assessments.selectors.instruments import instrument_content
from assessments.selectors.results import result_of
from assessments.services.scores import refresh_scores
from assessments.services.targets import Wish, set_targets
from assessments.views import heat
from tests.factories.assessments import NOON, answer
from tests.factories.people import House
from tests.pages import text_of

pytestmark = pytest.mark.django_db


def url(house: House, name: str = "result-detail", *more: Any) -> str:
    return reverse(f"assessments:{name}", args=[house.slug, house.objects["assessment"].number, *more])


def says(house: House, role: str, **answers: int | str) -> None:
    """Let one person answer."""
    answer(house.objects["assessment"].respondents.get(user=house.people[role]), **answers)


def seen_by(house: House, role: str, query: str = "") -> str:
    client = Client()
    client.force_login(house.people[role])
    response = client.get(url(house) + query)
    assert response.status_code == 200
    return text_of(response)


# ---- Who sees what


def test_before_anybody_answers_the_page_says_what_to_do(house: House) -> None:
    page = seen_by(house, "director")
    assert "Nobody has answered yet" in page
    assert "Answer the questions" in page


def test_a_lone_director_sees_everything_and_the_consultant_nothing_until_they_agree(house: House) -> None:
    says(house, "director", files=1, tasks=4)
    assert "1.0" not in seen_by(house, "consultant")
    assert "Waiting for more people" in seen_by(house, "consultant")
    assert "Results show when three people have answered" in seen_by(house, "consultant")
    assert "3.0" in seen_by(house, "director")
    house.objects["assessment"].respondents.update(agrees_to_show=True)
    assert "3.0" in seen_by(house, "consultant")


def test_of_two_people_each_sees_their_own_until_both_agree(house: House) -> None:
    says(house, "director", news=1)
    says(house, "editor", news=3)
    director, editor = seen_by(house, "director"), seen_by(house, "editor")
    assert "Your own answers only." in director
    assert ("1.0" in director, "3.0" in director, "2.0" in director) == (True, False, False)
    assert ("1.0" in editor, "3.0" in editor, "2.0" in editor) == (False, True, False)
    assert "Waiting for more people" in seen_by(house, "viewer")
    house.objects["assessment"].respondents.update(agrees_to_show=True)
    assert "2.0" in seen_by(house, "director")
    assert "2.0" in seen_by(house, "viewer")


def test_of_three_people_all_who_may_look_see_the_whole_and_a_respondent_their_own(house: House) -> None:
    for role, level in (("director", 1), ("editor", 2), ("respondent", 4)):
        says(house, role, news=level)
    assert "2.0" in seen_by(house, "consultant")
    assert "3 people have answered." in seen_by(house, "viewer")
    own = seen_by(house, "respondent")
    assert ("4.0" in own, "2.0" in own) == (True, False)


def test_single_answers_show_as_dots_from_three_people_up(house: House) -> None:
    for role, level in (("director", 4), ("editor", 1)):
        says(house, role, news=level, list=2)
    house.objects["assessment"].respondents.update(agrees_to_show=True)
    client = Client()
    client.force_login(house.people["director"])
    page = client.get(url(house) + "?cell=reach/good").content.decode()
    assert 'class="answers"' not in page
    says(house, "viewer", news=1)
    page = client.get(url(house) + "?cell=reach/good").content.decode()
    assert 'aria-label="Answers: 1, 1, 4"' in page
    assert page.count('class="answers"') == 1  # two people said something to the other question
    assert "Too few to show" in page


def test_a_third_person_who_answers_one_question_opens_no_other(house: House) -> None:
    for role, level in (("director", 4), ("editor", 1)):
        says(house, role, news=3, list=level, login="?")
    says(house, "viewer", news=3)
    page = seen_by(house, "consultant", "?cell=reach/good")
    assert "2.5" not in page.split("Why this number")[1].split("Mean")[0]
    assert page.count("Not shown") == 2  # both levels: the mean and one would tell the other
    assert "Answers: " not in page
    assert "Fewer than three people answered one of these questions." in page
    assert "login" not in page  # it is in the list of what nobody knows, and was answered by two
    says(house, "viewer", list=1, login="?")
    page = seen_by(house, "consultant", "?cell=reach/good")
    assert "Fewer than three people" not in page
    assert "login" in page


def test_a_result_of_one_or_two_levels_is_withheld_from_everybody(house: House) -> None:
    for role in ("director", "editor", "viewer"):
        says(house, role, news=2, list=2)
    says(house, "director", login=0)
    refresh_scores(assessment=house.objects["assessment"], at=NOON)
    assert Standing.objects.get().cells["reach/safe"]["score"] is None
    for role in ("director", "consultant", "viewer"):
        page = seen_by(house, role, "?cell=reach/safe")
        assert "Too few to show" in page
        assert "Fewer than three people gave these questions a level, so no result is shown" in page
        assert "0.0" not in page
    house.objects["assessment"].respondents.filter(user=house.people["director"]).update(agrees_to_show=True)
    assert "0.0" in seen_by(house, "viewer", "?cell=reach/safe")


@pytest.mark.parametrize("role", ["director", "consultant", "viewer"])
def test_the_page_reads_the_same_whatever_one_person_said(house: House, role: str) -> None:
    for name in ("director", "editor", "viewer"):
        says(house, name, news=2, list=2)
    client = Client()
    client.force_login(house.people[role])
    pages: dict[str, set[str]] = {"reach/safe": set(), "work/safe": set()}
    answers: tuple[int | str, ...] = ("-", "?", 0, 4)
    for said in answers:
        says(house, "editor", login=said, keys=said)
        for cell, seen in pages.items():
            page = text_of(client.get(f"{url(house)}?cell={cell}"))
            assert "Too few to show" in page
            seen.add(page)
    assert [len(seen) for seen in pages.values()] == [1, 1]


def test_beside_a_shown_result_no_count_of_questions_tells_what_one_person_said(house: House) -> None:
    for name in ("director", "editor", "viewer"):
        says(house, name, news=2)
    answers: tuple[int | str, ...] = ("-", "?", 2)
    pages = set()
    for said in answers:
        says(house, "editor", list=said)
        pages.add(seen_by(house, "consultant", "?cell=reach/good"))
    assert len(pages) == 1
    assert "from questions that are not shown one by one" in pages.pop()


def test_two_who_agree_stay_open_when_a_third_comes(house: House) -> None:
    for role, level in (("director", 4), ("editor", 1)):
        says(house, role, news=3, list=level)
    house.objects["assessment"].respondents.update(agrees_to_show=True)
    house.objects["assessment"].respondents.filter(user=house.people["viewer"]).update(agrees_to_show=False)
    says(house, "viewer", news=3)
    assert "2.5" in seen_by(house, "consultant", "?cell=reach/good")


def test_notes_show_only_of_people_who_answer_with_their_name(house: House) -> None:
    for role in ("director", "editor", "viewer"):
        says(house, role, files=1)
    for row in Answer.objects.select_related("respondent__user"):
        row.note = f"A note of the {row.respondent.user.name}"
        row.save(update_fields=["note"])
    house.objects["assessment"].respondents.filter(user=house.people["editor"]).update(named=True)
    page = seen_by(house, "director", "?cell=work/good")
    assert "A note of the Editor" in page
    assert "Editor, who answers with their name" in page
    assert "A note of the Viewer" not in page
    assert "A note of the Director” Your own note" in page
    assert "A note of the Director" not in seen_by(house, "consultant", "?cell=work/good")


def test_another_organization_has_another_result(house: House) -> None:
    says(house, "director", news=4)
    assert Client().get(url(house)).status_code == 302
    stranger = Client()
    stranger.force_login(house.people["lookalike"])
    assert stranger.get(url(house)).status_code == 404


# ---- What it says


@pytest.fixture
def answered(house: House) -> House:
    """Three people: work/good 1 of (1, 2, 3 by weight), reach/good 3.5, reach/safe unknown, work/safe 0."""
    for role in ("director", "editor", "viewer"):
        says(house, role, files=1, tasks=1, tools=1, news=4, list=3, keys=0, login="?")
    return house


def test_the_heat_map_says_levels_in_numbers_and_words(answered: House) -> None:
    client = Client()
    client.force_login(answered.people["director"])
    html = client.get(url(answered)).content.decode()
    cells = re.findall(r'<td role="cell" class="cell (l[^"]+)">(.*?)</td>', html)
    shown = [(name, re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", inner)).strip()) for name, inner in cells]
    assert shown == [
        ("l1", "1.0 L1"),
        ("l0 weakest", "0.0 L0, lowest"),
        ("l4", "3.7 between 3 and 4"),
        ("l-none", "Not known"),
    ]
    assert html.count("#why") >= 4


def test_the_heading_is_made_from_the_data(answered: House) -> None:
    page = seen_by(answered, "director")
    assert "work is where you are furthest from the rest" in page
    assert "The strongest result is reach, good, 3.7. The lowest is work, safe, 0.0." in page


def test_the_page_opens_at_the_lowest_cell_and_explains_any_other(answered: House) -> None:
    page = seen_by(answered, "director")
    assert "Level 0.0 of 4: “L0”, from 1 of 1 question." in page
    page = seen_by(answered, "director", "?cell=work/good")
    assert "Level 1.0 of 4: “L1”, from 3 of 3 questions." in page
    assert "A question with weight 2 or 3 counts that many times." in page
    # targets 3, 3, 2 with the weights 1, 2, 3: gaps 2, 2, 1 -> 9/6; target (3 + 6 + 6) / 6 = 2.5
    assert re.search(r"Weighted mean 1 2\.5 1\.5", page)
    assert "Nobody guessed" in page
    assert seen_by(answered, "director", "?cell=no/such") == seen_by(answered, "director")


def test_what_nobody_knows_is_listed(answered: House) -> None:
    page = seen_by(answered, "director", "?cell=reach/safe")
    assert "What you do not know yet" in page
    assert "Not known: everybody who answered chose “I don’t know”." in page


def test_of_one_person_nobody_says_half_of_those_who_answered(house: House) -> None:
    says(house, "director", files=1, login="?")
    half = "At least half of those who answered said"
    page = seen_by(house, "director")
    assert (half in page, "You said “I don’t know”." in page) == (False, True)
    house.objects["assessment"].respondents.update(agrees_to_show=True)
    page = seen_by(house, "consultant")
    assert (half in page, "The one person who answered said “I don’t know”." in page) == (False, True)
    says(house, "editor", files=1, login="?")
    assert half in seen_by(house, "consultant")


def test_reasons_of_targets_are_for_those_who_see_the_results(house: House) -> None:
    for role, level in (("director", 1), ("editor", 2), ("respondent", 4)):
        says(house, role, files=level)
    set_targets(
        assessment=house.objects["assessment"],
        wishes=[
            Wish(cell="work/good", question="", level=4, reason="The board is worried about Ana"),
            Wish(cell="work/good", question="files", level=4, reason="Ana loses them"),
        ],
        user=house.people["director"],
        at=NOON,
    )
    for role in ("director", "editor", "consultant", "viewer"):
        page = seen_by(house, role, "?cell=work/good")
        assert ("worried about Ana" in page, "Ana loses them" in page) == (True, True), role
    assert "Ana" not in seen_by(house, "respondent", "?cell=work/good")


def test_a_range_comes_with_its_reason(house: House) -> None:
    says(house, "director", news="3?", list="?")
    page = seen_by(house, "director", "?cell=reach/good")
    # news 3 (2..4, weight 2), list unknown (0..4, weight 1): 4/3 .. 4
    assert "between 1.3 and 4.0, because 1 answer is “I don’t know” and 1 is a guess." in page


def test_the_base_counts_what_is_not_answered_apart(house: House) -> None:
    says(house, "director", files=1)
    page = seen_by(house, "director", "?cell=work/good")
    assert "from 1 of 1 answered question; 2 more are not answered." in page
    says(house, "director", tasks=1, tools="?")
    assert "from 2 of 3 questions." in seen_by(house, "director", "?cell=work/good")


def test_where_there_is_no_gap_the_button_leads_on(house: House) -> None:
    says(house, "director", files=2)
    assert "See what explains it" in seen_by(house, "director")
    says(house, "director", files=4)
    page = seen_by(house, "director")
    assert "See what explains it" not in page
    assert "Go on to what is next" in page


def test_best_answers_everywhere_leave_no_gap(house: House) -> None:
    top = dict.fromkeys(("files", "tasks", "tools", "keys", "locks", "guards", "news", "list", "login"), 4)
    says(house, "director", **top)
    page = seen_by(house, "director")
    assert "You are where you want to be" in page
    assert "All results are alike" not in page


def test_it_speaks_spanish_where_the_content_does(answered: House) -> None:
    director = answered.people["director"]
    director.language = "es"
    director.save(update_fields=["language"])
    assert "files (es)" in seen_by(answered, "director", "?cell=work/good")


def test_the_page_costs_the_same_for_one_person_and_for_many(
    house: House, django_assert_max_num_queries: Any
) -> None:
    client, counts = Client(), []
    client.force_login(house.people["director"])
    for role in ("director", "editor", "viewer"):
        says(house, role, files=1, tasks=2, news=3)
        with django_assert_max_num_queries(15) as captured:
            client.get(url(house) + "?cell=work/good")
        counts.append(len(captured))
    assert counts[0] == counts[-1]


def test_results_at_the_same_level_as_the_last_one_listed_are_counted(house: House) -> None:
    says(house, "director", files=2, tasks=2)
    result = result_of(house.objects["assessment"])
    reader = heat.Reader(instrument_content(house.objects["assessment"].instrument), "en")
    cells = [replace(result.cells[0], score=Fraction(score)) for score in (1, 1, 1, 1, 2, 2, 3, 4)]
    strongest, weakest = heat.strongest_and_weakest(replace(result, cells=tuple(cells)), reader)
    assert [(len(one.rows), len(one.more)) for one in (strongest, weakest)] == [(3, 1), (3, 1)]
    assert (strongest.named, weakest.named) == ("work, good", "work, good")


def test_a_result_without_a_level_says_which_of_three_it_is(house: House) -> None:
    says(house, "director", files="-", tasks="-", tools="-", keys="?")
    page = seen_by(house, "director")
    assert "Does not apply" in page
    assert "Not known" in page
    assert "Not answered" in page


def test_a_result_of_few_answers_does_not_say_what_one_person_chose(house: House) -> None:
    says(house, "director", files="-", tasks="-", tools="-", keys=2)
    says(house, "editor", keys=2)
    says(house, "viewer", keys=2)
    page = seen_by(house, "director")
    assert "Does not apply" not in page
    assert "Too few to show" in page


def test_the_lead_counts_the_open_questions_and_leads_on(house: House) -> None:
    says(house, "director", files=1, tasks=4)
    client = Client()
    client.force_login(house.people["director"])
    page = client.get(url(house)).text
    assert "questions are not answered yet, so this can change." in page
    assert f'href="{url(house, "area-detail", "work")}"' in page.split("not answered yet")[1].split("</p>")[0]
    content = instrument_content(house.objects["assessment"].instrument)
    says(house, "director", **{one.key: 2 for one in content.questions if one.key not in {"files", "tasks"}})
    assert "not answered yet" not in client.get(url(house)).text
