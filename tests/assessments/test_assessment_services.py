"""Starting, continuing, closing and reopening: once is as good as twice, and everything is written down."""

import pytest
from django.core.exceptions import ValidationError

from assessments.models import Assessment, AssessmentEvent, Standing
from assessments.selectors.targets import targets_of
from assessments.services.answers import Offer, join, save_answers
from assessments.services.assessments import (
    close_assessment,
    continue_as_full,
    reopen_assessment,
    start_assessment,
)
from assessments.services.targets import Wish, set_targets
from organizations.models import AuditEvent, Membership
from tests.factories.asked import begin, joined
from tests.factories.assessments import NOON, new_organization, new_user, small_version

pytestmark = pytest.mark.django_db


def member(organization: object = None, role: str = "director") -> Membership:
    return Membership.objects.create(
        organization=organization or new_organization(),
        user=new_user(),
        role=role,
        answers_as="director" if role == "director" else "staff",
    )


def say(assessment: Assessment, membership: Membership, **levels: int) -> None:
    """Save answers as the page does."""
    standing = (
        Standing.objects.select_for_update()
        .select_related("assessment__instrument")
        .get(assessment=assessment)
    )
    save_answers(
        standing=standing,
        user_id=membership.user_id,
        offers=[Offer(question=key, kind="level", level=level) for key, level in levels.items()],
        at=NOON,
    )


def kinds(assessment: Assessment) -> list[str]:
    return list(assessment.events.values_list("kind", flat=True))


def test_starting_twice_with_the_same_form_starts_once() -> None:
    me = member()
    first = begin(me.organization, user=me.user, kind="quick")
    again = begin(me.organization, user=me.user, kind="quick")
    assert (first.pk, first.number, first.state) == (again.pk, 1, "open")
    assert kinds(first) == ["started"]
    assert Standing.objects.get(assessment=first).is_current is True


def test_the_number_of_somebody_else_is_not_taken_over() -> None:
    me, other = member(), new_user()
    begin(me.organization, user=me.user)
    with pytest.raises(ValidationError, match="Somebody else has just started"):
        begin(me.organization, user=other)


def test_a_second_open_assessment_of_the_same_questions_is_refused_a_later_one_is_not() -> None:
    me = member()
    first = begin(me.organization, user=me.user)
    with pytest.raises(ValidationError, match="open already"):
        begin(me.organization, user=me.user, number=2)
    with pytest.raises(ValidationError, match="out of date"):
        begin(me.organization, user=me.user, number=5)
    joined(first, me)
    say(first, me, files=2)
    close_assessment(assessment=first, user=me.user, at=NOON)
    second = begin(me.organization, user=me.user, number=2)
    assert list(Standing.objects.order_by("assessment__number").values_list("is_current", flat=True)) == [
        False,
        True,
    ]
    assert Standing.objects.get(assessment=second).earlier["work/good"]["score"] == "2"


def test_a_new_assessment_begins_with_the_targets_of_the_last_one() -> None:
    me = member()
    first = begin(me.organization, user=me.user)
    wishes = [Wish("work/good", "", 1, reason="Enough"), Wish("work/good", "files", 4)]
    set_targets(assessment=first, wishes=wishes, user=me.user, at=NOON)
    joined(first, me)
    say(first, me, files=2)
    close_assessment(assessment=first, user=me.user, at=NOON)
    second = begin(me.organization, user=None, number=2)
    found = targets_of(second)
    assert {key: (one.level, one.reason, one.set_by) for key, one in found.items()} == {
        "work/good": (1, "Enough", me.user),
        "files": (4, "", me.user),
    }
    assert first.targets.count() == 2
    set_targets(assessment=second, wishes=[Wish("work/good", "", None)], user=me.user, at=NOON)
    assert set(targets_of(first)) == {"work/good", "files"}


def test_a_quick_check_goes_on_as_full_and_keeps_its_answers() -> None:
    me = member()
    assessment = begin(me.organization, kind="quick")
    joined(assessment, me)
    say(assessment, me, files=2, keys=1, news=3, login=0)
    before = Standing.objects.get(assessment=assessment)
    assert (before.answered, before.expected) == (4, 4)
    full = continue_as_full(assessment=assessment, user=me.user, at=NOON)
    continue_as_full(assessment=assessment, user=me.user, at=NOON)
    after = Standing.objects.get(assessment=assessment)
    assert (full.kind, after.answered, after.expected) == ("full", 4, 7)  # all but the follow-ups
    assert after.cells["work/good"]["score"] == before.cells["work/good"]["score"] == "2"
    assert kinds(assessment) == ["started", "continued"]


def test_closing_keeps_the_scores_and_reopening_needs_a_reason() -> None:
    me = member()
    assessment = begin(me.organization)
    with pytest.raises(ValidationError, match="Nobody has answered"):
        close_assessment(assessment=assessment, user=me.user, at=NOON)
    joined(assessment, me)
    say(assessment, me, files=2)
    close_assessment(assessment=assessment, user=me.user, at=NOON)
    closed = close_assessment(assessment=assessment, user=me.user, at=NOON)
    assert (closed.state, closed.closed_at) == ("closed", NOON)
    with pytest.raises(ValidationError, match="closed"):
        say(assessment, me, files=3)
    with pytest.raises(ValidationError, match="Reopen"):
        continue_as_full(
            assessment=Assessment.objects.create(
                organization=me.organization,
                number=9,
                instrument=small_version(),
                kind="quick",
                state="closed",
                created_at=NOON,
                closed_at=NOON,
            ),
            user=me.user,
            at=NOON,
        )
    with pytest.raises(ValidationError, match="Say in a sentence"):
        reopen_assessment(assessment=assessment, user=me.user, reason="  ", at=NOON)
    opened = reopen_assessment(assessment=assessment, user=me.user, reason="Two people were away", at=NOON)
    assert (opened.state, opened.closed_at) == ("open", None)
    say(assessment, me, tasks=3)
    assert kinds(assessment) == ["started", "closed", "reopened"]
    assert AssessmentEvent.objects.get(kind="reopened").reason == "Two people were away"
    assert sorted(AuditEvent.objects.values_list("kind", flat=True)) == [
        "assessment-closed",
        "assessment-reopened",
    ]
    with pytest.raises(ValidationError, match="not closed"):
        reopen_assessment(assessment=assessment, user=me.user, reason="Again", at=NOON)


def test_an_instrument_with_another_name_may_be_open_beside_it() -> None:
    me = member()
    begin(me.organization, user=me.user)
    other = start_assessment(
        organization=me.organization,
        instrument=small_version(slug="other"),
        kind="full",
        number=2,
        user=me.user,
        at=NOON,
    )
    assert other.number == 2


def test_joining_takes_the_view_from_the_membership_and_can_be_changed() -> None:
    me = member(role="editor")
    assessment = begin(me.organization)
    first = joined(assessment, me)
    again = join(assessment=assessment, membership=me, named=True, agrees_to_show=True, at=NOON)
    assert (first.pk, first.group, first.name) == (again.pk, "staff", "Ana")
    assert (again.named, again.agrees_to_show) == (True, True)
    assert Standing.objects.get(assessment=assessment).expected == 7  # all but locks and guards
