"""Where results that wait for more people, or for everybody to agree, are let show: its words and its address."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from assessments import wording
from assessments.core.views import ENOUGH
from assessments.models import Assessment, Respondent
from assessments.selectors.visibility import answered_in, unseen_by
from organizations import access, inviting
from organizations.models import Membership


@dataclass(frozen=True, slots=True)
class Remedy:
    """The address, and the words of its link."""

    url: str
    link: str


class ResultsClosed(access.Refused):
    """Too few people have answered, and not all agree: the page says so and leads to where one agrees."""

    def __init__(self, assessment: Assessment, membership: Membership) -> None:
        found = remedy_of(assessment, membership)
        super().__init__(
            f"{wording.closed_reason()} {wording.showing_rule()}",
            title=_("These results are not shown yet"),
            url=found.url,
            link=found.link,
        )


def remedy_of(assessment: Assessment, membership: Membership) -> Remedy:
    """Return where this member agrees; who does not answer is led to what the assessment says of its people."""
    args = [membership.organization.slug, assessment.number]
    may_answer = access.ANSWER in access.abilities(membership)
    own = Respondent.objects.filter(assessment=assessment, user=membership.user_id)
    if may_answer and (assessment.state == Assessment.State.OPEN or own.exists()):
        return Remedy(reverse("assessments:assessment-begin", args=args), _("Choose whether results show"))
    return Remedy(reverse("assessments:assessment-detail", args=args), _("See how far the answers are"))


def remedy_for(membership: Membership) -> Remedy | None:
    """Return the same for the newest assessment whose results this member does not see whole."""
    hidden = unseen_by(membership.user).filter(organization=membership.organization).order_by("-number")
    found = hidden.first()
    return remedy_of(found, membership) if found is not None else None


def before_inviting(membership: Membership) -> inviting.Notice | None:
    """Warn a director that a second person's answers close the results, where fewer than two have answered."""
    open_ones = Assessment.objects.filter(
        organization=membership.organization, state=Assessment.State.OPEN
    ).order_by("-number")
    for assessment in open_ones:
        if answered_in(assessment) < ENOUGH - 1:
            found = remedy_of(assessment, membership)
            text = _(
                "When two people have answered, neither sees more than their own result, and plans and reports wait, "
                "until a third person has answered or both have ticked to show the results."
            )
            return inviting.Notice(text, found.url, found.link)
    return None
