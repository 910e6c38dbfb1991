"""Who may see the results of an assessment. Only people who have given at least one answer count.

With three or more of them the results show to every member who may look. With fewer, nobody but each of them sees a
result, of their own answers only, until all of them agree. A director who answers alone sees everything.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import Combinable

from assessments.core.views import ENOUGH, Person, seen_by
from assessments.models import Answer, Assessment, Respondent
from organizations import access
from organizations.models import Membership, User


class Scope(StrEnum):
    """What this member sees."""

    ALL = "all"
    OWN = "own"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Visibility:
    """What one member sees of the results: `people` answered.

    `own` is the key of the member's own respondent, if they have answered; `agrees` says whether that one lets the
    results show.
    """

    scope: Scope
    people: int
    own: int | None
    agrees: bool = False

    @property
    def only_own(self) -> bool:
        """The result rests on this member's answers alone."""
        return self.scope is Scope.OWN or (self.own is not None and self.people == 1)

    @property
    def shows_single_answers(self) -> bool:
        """Answers as dots appear from three people up."""
        return self.people >= ENOUGH


def visibility_of(assessment: Assessment, membership: Membership) -> Visibility:
    """Return what this member sees of the results of an assessment."""
    rows = list(
        Respondent.objects.filter(assessment=assessment)
        .filter(Exists(Answer.objects.filter(respondent=OuterRef("pk"))))
        .only("pk", "user_id", "group", "agrees_to_show")
    )
    mine = next((one for one in rows if one.user_id == membership.user_id), None)
    own = mine.pk if mine else None
    people = [Person(str(one.pk), one.group, agrees_to_show=one.agrees_to_show) for one in rows]
    seen = seen_by(people, None if own is None else str(own))
    scope = _scope(membership, people, seen, own)
    return Visibility(scope, len(people), own, agrees=mine is not None and mine.agrees_to_show)


def answered_in(assessment: Assessment) -> int:
    """Return how many people have answered something."""
    answers = Answer.objects.filter(respondent=OuterRef("pk"))
    return Respondent.objects.filter(Exists(answers), assessment=assessment).count()


def hidden_of(assessments: Iterable[Assessment], membership: Membership) -> frozenset[int]:
    """Return the keys of those assessments whose results this member, who may look, does not see whole. One query."""
    return hidden(Respondent.objects.filter(assessment__in=assessments), membership, by="assessment")


def hidden(respondents: QuerySet[Respondent], membership: Membership, *, by: str) -> frozenset[int]:
    """Return for which keys this member, who may look, does not see a result of these respondents whole. One query.

    `by` is the field of a respondent that is the key: its assessment, or what rests on that.
    """
    rows = respondents.filter(Exists(Answer.objects.filter(respondent=OuterRef("pk")))).values_list(
        by, "assessment_id", "pk", "user_id", "group", "agrees_to_show"
    )
    people: dict[tuple[int, int], list[Person]] = {}
    own: dict[int, str] = {}
    for key, assessment, pk, user, group, agrees in rows:
        people.setdefault((key, assessment), []).append(Person(str(pk), group, agrees_to_show=agrees))
        if user == membership.user_id:
            own[assessment] = str(pk)
    return frozenset(
        key for (key, one), found in people.items() if len(seen_by(found, own.get(one))) < len(found)
    )


def unseen_by(user: User | AnonymousUser) -> QuerySet[Assessment]:
    """Return the assessments whose results this person, where they may look, does not see whole, by what is stored."""
    return Assessment.objects.filter(hidden_from(user.pk or 0))


def hidden_from(user: int | Combinable, *, way: str = "") -> Q:
    """Return the condition that results are not shown whole to a person, by what is stored.

    `user` is the person's key; `way` leads from the rows that are asked for to their assessment ("assessment__").
    """
    others = Respondent.objects.filter(assessment=OuterRef(f"{way}pk"), answers__isnull=False)
    return Q(Exists(others.exclude(user=user)), **{f"{way}standing__own_shown": False})


def _scope(membership: Membership, people: Sequence[Person], seen: Collection[str], own: int | None) -> Scope:
    if people and len(seen) == len(people) and access.VIEW in access.abilities(membership):
        return Scope.ALL
    return Scope.OWN if own is not None else Scope.NOTHING
