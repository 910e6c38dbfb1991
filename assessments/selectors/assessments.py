"""The assessments of an organization."""

from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from assessments.models import Answer, Assessment, Respondent, Standing
from organizations import access
from organizations.models import Organization, User

# What an autosave reads; each field more costs time a hundred times a day.
ANSWERING = (
    *("organization_id", "is_current", "cells", "earlier", "earlier_shown", "answered", "expected"),
    *("assessment__organization_id", "assessment__number", "assessment__state", "assessment__kind"),
    *("assessment__cells", "assessment__instrument__slug", "assessment__instrument__digest"),
)


def assessments_of(organization: Organization) -> QuerySet[Assessment]:
    """Return its assessments, the newest first, each with how many people have answered something."""
    return (
        Assessment.objects.filter(organization=organization)
        .select_related("instrument", "standing")
        .defer("instrument__document", "standing__cells", "standing__earlier", "standing__current")
        .annotate(
            people=Count(
                "respondents",
                filter=Q(Exists(Answer.objects.filter(respondent=OuterRef("respondents__pk")))),
                distinct=True,
            )
        )
        .order_by("-number")
    )


def assessment_numbered(organization: Organization, number: int) -> Assessment | None:
    """Return the assessment with this number, with its instrument and its organization."""
    found = (
        Assessment.objects.filter(organization=organization, number=number)
        .select_related("instrument", "standing")
        .defer("instrument__document")
        .first()
    )
    if found is not None:
        found.organization = organization
    return found


def own_answer_counts(organization: Organization, user_id: int) -> dict[int, int]:
    """Return how many answers this person has given, by the assessment's key in the database."""
    rows = (
        Respondent.objects.filter(assessment__organization=organization, user_id=user_id)
        .annotate(given=Count("answers"))
        .values_list("assessment_id", "given")
    )
    return dict(rows)


def next_number(organization: Organization) -> int:
    """Return the number that the next assessment of this organization gets."""
    last = (
        Assessment.objects.filter(organization=organization)
        .order_by("-number")
        .values_list("number", flat=True)
        .first()
    )
    return (last or 0) + 1


def standing_to_answer(user: User | AnonymousUser, slug: str, number: int) -> Standing | None:
    """Return, locked, the standing of an assessment in which this person may answer; None where there is none.

    Finding, permitting and locking are one query, because every autosave begins with it.
    """
    found = (
        Standing.objects.select_for_update(of=("self",))
        .select_related("assessment__instrument")
        .only(*ANSWERING)
        .filter(
            access.held_by(user, access.ANSWER, "organization__memberships__"),
            organization__slug=slug,
            assessment__number=number,
        )
    )
    return next(iter(found), None)  # a person is a member once, and a number stands once: one row at most
