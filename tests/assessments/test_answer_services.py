"""Saving answers: history, stale pages, follow-up questions, stored scores."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessments.core.scoring import shown
from assessments.core.standing import stored
from assessments.core.values import Kind, Response
from assessments.models import Answer, AnswerChange, Assessment, Respondent, Standing
from assessments.selectors.instruments import instrument_content
from assessments.selectors.results import result_of
from assessments.services.answers import Offer, Outcome, join, save_answers
from organizations.models import Membership, Organization
from tests.factories.asked import begin, joined
from tests.factories.assessments import NOON, answer, new_organization, new_respondent, new_user
from tests.factories.instruments import small_document

pytestmark = pytest.mark.django_db


@pytest.fixture
def me() -> Membership:
    return Membership.objects.create(
        organization=new_organization(), user=new_user(), role="director", answers_as="director"
    )


@pytest.fixture
def assessment(me: Membership) -> Assessment:
    found = begin(me.organization)
    joined(found, me)
    return found


def save(assessment: Assessment, me: Membership, *offers: Offer) -> Outcome:
    with transaction.atomic():
        standing = (
            Standing.objects.select_for_update(of=("self",))
            .select_related("assessment__instrument")
            .get(assessment=assessment)
        )
        return save_answers(standing=standing, user_id=me.user_id, offers=offers, at=NOON)


def level(key: str, value: int, **more: Any) -> Offer:
    return Offer(question=key, kind="level", level=value, **more)


def kept(key: str) -> tuple[Any, ...]:
    answer = Answer.objects.get(question__key=key)
    return answer.kind, answer.level, answer.guess, answer.note, answer.reason, answer.revision


def test_an_answer_is_saved_with_its_history_and_scores(assessment: Assessment, me: Membership) -> None:
    save(assessment, me, level("files", 1, guess=True, note="Two places"))
    save(assessment, me, level("files", 3, revision=1))
    outcome = save(assessment, me, Offer("files", "not-applicable", reason="No files", revision=2))
    assert outcome.saved["files"].revision == 3
    assert kept("files") == ("not-applicable", None, False, "", "No files", 3)
    history = AnswerChange.objects.order_by("revision")
    assert [(one.revision, one.kind, one.level, one.guess, one.note, one.reason) for one in history] == [
        (1, "level", 1, True, "Two places", ""),
        (2, "level", 3, False, "", ""),
        (3, "not-applicable", None, False, "", "No files"),
    ]
    standing = Standing.objects.get(assessment=assessment)
    assert standing.cells == stored(result_of(assessment))
    assert (standing.answered, standing.expected) == (1, 7)


@pytest.mark.parametrize("said", [0, 1, 4, "dont-know", "not-applicable"])
def test_the_count_for_others_is_the_same_whatever_a_person_says(
    assessment: Assessment, me: Membership, said: int | str
) -> None:
    save(assessment, me, level("keys", said) if isinstance(said, int) else Offer("keys", said))
    standing = Standing.objects.get(assessment=assessment)
    assert (standing.answered, standing.expected) == (1, 7)
    if isinstance(said, int) and said:
        save(assessment, me, level("locks", 4))
        standing = Standing.objects.get(assessment=assessment)
        assert (standing.answered, standing.expected) == (1, 7)


def test_the_same_value_again_writes_nothing(assessment: Assessment, me: Membership) -> None:
    save(assessment, me, level("files", 2))
    outcome = save(assessment, me, level("files", 2, revision=0))  # even from a page that shows none
    assert (outcome.saved["files"].revision, dict(outcome.refused)) == (1, {})
    assert AnswerChange.objects.count() == 1


def test_a_stale_page_is_refused_and_the_others_of_it_are_saved(
    assessment: Assessment, me: Membership
) -> None:
    save(assessment, me, level("files", 2))
    save(assessment, me, level("files", 3, revision=1))
    outcome = save(assessment, me, level("files", 0, revision=1), level("tasks", 4))
    assert (set(outcome.saved), outcome.refused["files"].level) == ({"tasks"}, 3)
    assert kept("files") == ("level", 3, False, "", "", 2)
    save(assessment, me, level("files", 0, revision=2))  # 'keep this one'
    assert kept("files") == ("level", 0, False, "", "", 3)


def test_follow_up_questions_come_and_go_and_their_answers_stay(
    assessment: Assessment, me: Membership
) -> None:
    outcome = save(assessment, me, level("keys", 1))
    assert (outcome.appeared, outcome.disappeared) == ({"locks"}, frozenset())
    assert save(assessment, me, level("locks", 2)).appeared == {"guards"}
    outcome = save(assessment, me, level("keys", 0, revision=1))
    assert outcome.disappeared == {"locks", "guards"}
    outcome = save(assessment, me, Offer("keys", "dont-know", revision=2))
    assert outcome.appeared == {"locks", "guards"}
    assert outcome.sheet.answers["locks"].level == 2
    assert Standing.objects.get(assessment=assessment).answered == 1  # follow-ups are not counted for others


def test_what_is_not_asked_or_not_begun_is_refused(assessment: Assessment, me: Membership) -> None:
    with pytest.raises(ValidationError, match="not part"):
        save(assessment, me, level("nothing-of-the-kind", 1))
    other = Membership.objects.create(organization=me.organization, user=new_user(), role="editor")
    with pytest.raises(ValidationError, match="Read first"):
        save(assessment, other, level("files", 1))
    assert Answer.objects.count() == 0


def test_a_question_of_the_full_form_is_not_asked_in_the_quick_one(me: Membership) -> None:
    quick = begin(me.organization, kind="quick")
    joined(quick, me)
    with pytest.raises(ValidationError, match="not part"):
        save(quick, me, level("tasks", 1))


def test_a_condition_may_stand_in_another_cell_than_what_hangs_on_it(me: Membership) -> None:
    """Saving scores the touched cells only, and these may hang on answers of others, and of other people."""
    questions = small_document()["questions"]
    hanging = next(one for one in questions if one["key"] == "list")
    hanging["show_if"] = {"question": "guards", "at_least": 3}
    assessment = begin(me.organization, slug="linked", questions=questions)
    other = new_respondent(assessment)
    answer(other, keys=4, locks=4, guards=4, list=2)
    joined(assessment, me)  # scores what is there
    for key, value in (("news", 1), ("keys", 4), ("locks", 3), ("guards", 3), ("list", 4)):
        save(assessment, me, level(key, value))
        cells = Standing.objects.get(assessment=assessment).cells
        assert cells == stored(result_of(assessment))
        assert cells["reach/good"]["base"] == 2
    save(assessment, me, level("guards", 0, revision=1))
    cells = Standing.objects.get(assessment=assessment).cells
    assert cells == stored(result_of(assessment))
    assert cells["reach/good"]["score"] == "4/3"  # news 1 (weight 2) and the other's list 2


KEYS = ("files", "tasks", "tools", "keys", "locks", "guards", "news", "list", "login")
FOLLOW_UPS = {"locks", "guards"}
ANSWERS = st.one_of(st.integers(0, 4), st.sampled_from(("dont-know", "not-applicable")))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(KEYS), ANSWERS, st.booleans()), max_size=12))
def test_stored_scores_and_progress_equal_those_worked_out_anew(
    steps: list[tuple[str, int | str, bool]], assessment: Assessment, me: Membership
) -> None:
    with transaction.atomic():
        for key, said, guess in steps:
            row = Answer.objects.filter(question__key=key).first()
            revision = row.revision if row else 0
            if isinstance(said, int):
                outcome = save(assessment, me, level(key, said, guess=guess, revision=revision))
            else:
                outcome = save(assessment, me, Offer(key, said, revision=revision))
            standing = Standing.objects.get(assessment=assessment)
            assert standing.cells == stored(result_of(assessment))
            assert (standing.answered, standing.expected) == (
                len(outcome.sheet.answers.keys() - FOLLOW_UPS),
                7,
            )
        assert AnswerChange.objects.count() == sum(Answer.objects.values_list("revision", flat=True))
        transaction.set_rollback(True)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    agree=st.lists(st.booleans(), min_size=4, max_size=4),
    steps=st.lists(st.tuples(st.integers(0, 3), st.sampled_from(KEYS), ANSWERS), max_size=14),
)
def test_what_few_people_said_stays_closed_whoever_saves_next(
    agree: list[bool], steps: list[tuple[int, str, int | str]], assessment: Assessment, me: Membership
) -> None:
    with transaction.atomic():
        people = [me, *(_another(me.organization) for _ in range(3))]
        for member, agrees in zip(people, agree, strict=True):
            join(assessment=assessment, membership=member, named=False, agrees_to_show=agrees, at=NOON)
        for who, key, said in steps:
            row = Answer.objects.filter(question__key=key, respondent__user=people[who].user).first()
            offer = level(key, said) if isinstance(said, int) else Offer(key, said)
            save(assessment, people[who], replace(offer, revision=row.revision if row else 0))
            standing = Standing.objects.get(assessment=assessment)
            assert standing.cells == stored(result_of(assessment))
            _no_cell_of_few(assessment, standing)
        transaction.set_rollback(True)


def _another(organization: Organization) -> Membership:
    return Membership.objects.create(
        organization=organization, user=new_user(), role="editor", answers_as="staff"
    )


def _gave_a_level(respondent: Respondent, cell: str) -> bool:
    """Whether this person gave a level in the cell to a question that they are shown."""
    instrument = instrument_content(respondent.assessment.instrument)
    said = [
        Response(one.question.key, str(respondent.pk), Kind(one.kind), one.level)
        for one in respondent.answers.select_related("question")
    ]
    seen = shown(instrument, said)
    return any(
        one.level is not None and one.question in seen and instrument.by_key[one.question].cell == cell
        for one in said
    )


def _no_cell_of_few(assessment: Assessment, standing: Standing) -> None:
    """Where three have answered, a cell with a score has levels of three, or of people who agree."""
    answers = Answer.objects.filter(respondent__assessment=assessment)
    if answers.values("respondent").distinct().count() < 3:
        return
    respondents = list(assessment.respondents.all())
    for cell, row in standing.cells.items():
        if row["score"] is not None:
            people = {one for one in respondents if _gave_a_level(one, cell)}
            assert len(people) >= 3 or all(one.agrees_to_show for one in people)
