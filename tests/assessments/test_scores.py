"""Stored scores: they equal those worked out anew, and lists read nothing else."""

from decimal import Decimal
from fractions import Fraction as F
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.core.standing import stored
from assessments.core.values import Kind, Response
from assessments.models import Assessment, Consensus, Standing, Target
from assessments.selectors.facts import facts_of
from assessments.selectors.instruments import question_ids
from assessments.selectors.results import (
    change_between,
    current_result,
    people_of,
    result_from,
    result_of,
    views_of,
)
from assessments.services.scores import refresh_scores, store_scores
from tests.factories.assessments import (
    NOON,
    answer,
    new_assessment,
    new_organization,
    new_respondent,
    new_user,
    small_version,
)

pytestmark = pytest.mark.django_db


def standing_of(assessment: Assessment) -> Standing:
    return Standing.objects.get(assessment=assessment)


def agree(assessment: Assessment, key: str, level: int | None) -> None:
    ids = question_ids(assessment.instrument)
    Consensus.objects.update_or_create(
        assessment=assessment, question_id=ids[key], defaults={"level": level, "at": NOON}
    )


def aim(assessment: Assessment, level: int, *, key: str = "", cell: str = "") -> None:
    question = question_ids(assessment.instrument)[key] if key else None
    Target.objects.update_or_create(
        assessment=assessment, question_id=question, cell=cell, defaults={"level": level, "at": NOON}
    )


def test_a_new_standing_is_empty_and_current() -> None:
    assessment = new_assessment(new_organization(), small_version(), kind="quick")
    standing = refresh_scores(assessment=assessment, at=NOON)
    empty = dict.fromkeys(("score", "low", "high", "target", "gap")) | {"base": 0, "applicable": 0}
    assert standing == standing_of(assessment)
    assert standing.cells == dict.fromkeys(("work/good", "work/safe", "reach/good", "reach/safe"), empty)
    assert (standing.is_current, standing.overall, standing.weakest_cell) == (True, None, "")
    assert (standing.answered, standing.expected) == (0, 0)


def test_scores_are_stored_as_fractions_and_summed_up_for_lists() -> None:
    assessment = new_assessment(new_organization(), small_version())
    # work/good: files 1 (weight 1), tasks 3 (weight 2): score 7/3; gaps 2 and 0: 2/3
    # reach/good: news 0 of target 1: gap 1; overall (7/3 + 0) / 2 = 7/6 = 1.16666...
    answer(new_respondent(assessment), files=1, tasks=3, news=0, keys="?")
    aim(assessment, 1, key="news")
    standing = refresh_scores(assessment=assessment, at=NOON)
    standing.refresh_from_db()
    assert standing.cells["work/good"] == {
        **{"score": "7/3", "low": "7/3", "high": "7/3", "target": "3", "gap": "2/3"},
        **{"base": 2, "applicable": 2},
    }
    assert standing.current == standing.cells
    assert standing.areas == {"work": 2.3333, "reach": 0.0}
    assert (standing.overall, standing.weakest_cell) == (Decimal("1.1667"), "reach/good")
    assert (standing.biggest_gap_cell, standing.biggest_gap) == ("reach/good", Decimal("1.0000"))
    # of the seven questions that are no follow-ups
    assert (standing.answered, standing.expected, standing.last_activity) == (4, 7, NOON)


def test_an_answer_that_is_hidden_now_is_not_counted_as_progress() -> None:
    assessment = new_assessment(new_organization(), small_version())
    answer(new_respondent(assessment), keys=0, locks=4)
    new_respondent(assessment)
    standing = refresh_scores(assessment=assessment, at=NOON)
    assert (standing.answered, standing.expected) == (1, 14)  # two people, 7 questions each


def test_best_answers_leave_no_gap_to_sort_by() -> None:
    assessment = new_assessment(new_organization(), small_version(), kind="quick")
    answer(new_respondent(assessment), files=4, keys=4, news=4, login=4)
    standing = refresh_scores(assessment=assessment, at=NOON)
    assert (standing.biggest_gap_cell, standing.biggest_gap, standing.weakest_cell) == (
        "",
        None,
        "reach/good",
    )


def test_consensus_and_targets_count() -> None:
    assessment = new_assessment(new_organization(), small_version())
    answer(new_respondent(assessment), files=1, news=1)
    agree(assessment, "files", 2)
    agree(assessment, "news", None)
    aim(assessment, 4, cell="work/good")
    cells = refresh_scores(assessment=assessment, at=NOON).cells
    assert (cells["work/good"]["score"], cells["work/good"]["gap"]) == ("2", "2")
    assert (cells["reach/good"]["score"], cells["reach/good"]["applicable"]) == (None, 0)


def test_the_newest_assessment_is_current_and_starts_from_what_stood_before() -> None:
    organization, version = new_organization(), small_version()
    first = new_assessment(organization, version)
    answer(new_respondent(first), files=1, keys=2)
    refresh_scores(assessment=first, at=NOON)
    second = new_assessment(organization, version, kind="follow-up", cells=["work/good"])
    person = new_respondent(second)
    refresh_scores(assessment=second, at=NOON)
    answer(person, files=3)
    refresh_scores(assessment=second, at=NOON)
    assert [standing_of(one).is_current for one in (first, second)] == [False, True]
    assert standing_of(second).earlier == standing_of(first).cells
    assert {key: row["score"] for key, row in standing_of(second).current.items()} == {
        "work/good": "3",
        "work/safe": "2",
        "reach/good": None,
        "reach/safe": None,
    }


def test_a_change_of_an_earlier_assessment_reaches_the_later_ones() -> None:
    organization, version = new_organization(), small_version()
    assessments = [new_assessment(organization, version) for _ in range(3)]
    people = [new_respondent(one) for one in assessments]
    for one in assessments:
        refresh_scores(assessment=one, at=NOON)
    answer(people[1], files=2)
    refresh_scores(assessment=assessments[1], at=NOON)
    answer(people[0], files=4, login=1)
    refresh_scores(assessment=assessments[0], at=NOON)
    currents = [standing_of(one).current for one in assessments]
    assert [rows["work/good"]["score"] for rows in currents] == ["4", "2", "2"]
    assert [rows["reach/safe"]["score"] for rows in currents] == ["1", "1", "1"]
    assert [standing_of(one).overall for one in assessments] == [
        Decimal("2.5"),
        Decimal("1.5"),
        Decimal("1.5"),
    ]


def test_another_instrument_and_another_organization_stay_apart() -> None:
    organization, version = new_organization(), small_version()
    other_version = small_version(slug="other")
    first = new_assessment(organization, version)
    answer(new_respondent(first), files=1)
    refresh_scores(assessment=first, at=NOON)
    second = new_assessment(organization, other_version)
    third = new_assessment(new_organization(), version)
    for one in (second, third):
        refresh_scores(assessment=one, at=NOON)
        assert (standing_of(one).earlier, standing_of(one).is_current) == ({}, True)
    assert standing_of(first).current["work/good"]["score"] == "1"
    assert current_result(organization, slug="small") == result_of(first)


def test_an_older_assessment_added_later_is_not_the_current_one() -> None:
    organization, version = new_organization(), small_version()
    newer = new_assessment(organization, version, number=2)
    refresh_scores(assessment=newer, at=NOON)
    older = new_assessment(organization, version, number=1)
    answer(new_respondent(older), files=1)
    refresh_scores(assessment=older, at=NOON)
    assert [standing_of(one).is_current for one in (older, newer)] == [False, True]
    assert standing_of(newer).current["work/good"]["score"] == "1"


def test_storing_takes_one_query_whatever_the_number_of_answers(django_assert_num_queries: Any) -> None:
    assessment = new_assessment(new_organization(), small_version())
    refresh_scores(assessment=assessment, at=NOON)
    for people in (1, 8):
        for _ in range(people):
            answer(new_respondent(assessment), files=1, keys=2, locks=3, news="?")
        standing = Standing.objects.select_related("assessment__instrument").get(assessment=assessment)
        with django_assert_num_queries(2):
            store_scores(standing=standing, facts=facts_of(assessment), at=NOON)


def test_the_current_result_takes_each_cells_latest_score(django_assert_num_queries: Any) -> None:
    organization, version = new_organization(), small_version()
    assert current_result(organization) is None
    first, second = new_assessment(organization, version), new_assessment(organization, version)
    answer(new_respondent(first), files=1, keys=2)
    answer(new_respondent(second), files=3)
    result_of(first)  # reads the questionnaire, once a process
    for _ in range(2):
        with django_assert_num_queries(4):
            result = current_result(organization)
        answer(new_respondent(new_assessment(organization, version)), login="?")
    assert result is not None
    assert [cell.score for cell in result.cells] == [F(3), F(2), None, None]
    assert result.cell("work/good").questions[0].people == 1


def test_results_may_hold_only_some_peoples_answers() -> None:
    assessment = new_assessment(new_organization(), small_version())
    own = new_respondent(assessment, group="director")
    answer(own, files=4)
    answer(new_respondent(assessment), files=0)
    new_respondent(assessment)
    mine = result_from(assessment, facts_of(assessment), only=frozenset({str(own.pk)}))
    assert mine.cell("work/good").score == F(4)
    assert len(people_of(assessment)) == 2


def test_views_and_change_come_from_rows() -> None:
    organization, version = new_organization(), small_version()
    first, second = new_assessment(organization, version), new_assessment(organization, version)
    ana = new_user()
    answer(new_respondent(first, group="director", named=True, user=ana), files=3)
    answer(new_respondent(first, group="tech", named=True), files=1)
    answer(new_respondent(second, group="director", user=ana), files=4)
    pair = views_of(first)[0].pair
    assert pair is not None
    assert (pair.leadership, pair.others) == (F(3), F(1))
    change = change_between(first, second)
    shift = change.cell("work/good").shift
    assert shift is not None
    assert (shift.before, shift.after) == (F(2), F(4))
    assert (change.who.before, change.who.after, change.who.both) == (2, 1, 1)


ANSWERS = st.sampled_from([0, 1, 2, 3, 4, "0?", "3?", "4?", "?", "-", None])
KEYS = st.sampled_from(["files", "tasks", "tools", "keys", "locks", "guards", "news", "list", "login"])
STEPS = st.one_of(
    st.tuples(st.just("answer"), st.integers(0, 1), st.integers(0, 2), KEYS, ANSWERS),
    st.tuples(st.just("agree"), st.integers(0, 1), KEYS, st.sampled_from([0, 2, 4, None])),
    st.tuples(st.just("aim"), st.integers(0, 1), KEYS, st.integers(0, 4)),
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEPS, min_size=1, max_size=12))
def test_stored_scores_equal_recomputed_ones_after_any_series_of_saves(db: None, steps: list[Any]) -> None:
    with transaction.atomic():
        organization, version = new_organization(), small_version()
        rounds = [new_assessment(organization, version) for _ in range(2)]
        people = [[new_respondent(one) for _ in range(3)] for one in rounds]
        for one in rounds:
            refresh_scores(assessment=one, at=NOON)
        for what, at, *rest in steps:
            if what == "answer":
                answer(people[at][rest[0]], **{rest[1]: rest[2]})
            elif what == "agree":
                agree(rounds[at], rest[0], rest[1])
            else:
                aim(rounds[at], rest[1], key=rest[0])
            refresh_scores(assessment=rounds[at], at=NOON)
        results = [result_of(one) for one in rounds]
        assert [standing_of(one).cells for one in rounds] == [stored(result) for result in results]
        now = current_result(organization)
        assert now is not None
        assert standing_of(rounds[1]).current == stored(now)
        transaction.set_rollback(True)


def test_an_answer_names_its_respondent() -> None:
    assessment = new_assessment(new_organization(), small_version())
    person = new_respondent(assessment)
    answer(person, files="2?")
    assert list(facts_of(assessment).responses()) == [
        Response("files", str(person.pk), Kind.LEVEL, level=2, guess=True)
    ]
