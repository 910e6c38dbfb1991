"""What an organization's home says about its assessments and its inventory, and the link in the top bar."""

from dataclasses import replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from assessments import wording
from assessments.models import Assessment, InventoryRecord
from assessments.remedy import before_inviting
from assessments.selectors.answering import sheet_of
from assessments.selectors.visibility import Scope, Visibility, visibility_of
from organizations import access, home, inviting, navigation
from organizations.models import Membership, Organization


def register() -> None:
    """Add the link, the two steps and the section. Called once, when the apps are ready."""
    link = navigation.Link("assess", 10, gettext_noop("Assess"), "assessments:assessment-list", access.MEMBER)
    navigation.register(link)
    home.register("assess", 10, assess_step)
    home.register("understand", 20, understand_step)
    home.register_spread("inventory", 50, inventory_spread)
    inviting.register(before_inviting)


def newest_assessment(organization: Organization, membership: Membership) -> Assessment | None:
    """Return the newest assessment with its instrument and its stored standing."""
    found = (
        Assessment.objects.filter(organization=organization)
        .select_related("instrument", "standing")
        .defer("instrument__document")
        .order_by("-number")
    )
    return home.once(membership, "assessment", found.first)


def scope_of(assessment: Assessment, membership: Membership) -> Scope:
    """Return how much of the newest assessment's results this member sees."""
    return _visibility(assessment, membership).scope


def _visibility(assessment: Assessment, membership: Membership) -> Visibility:
    return home.once(membership, "visibility", lambda: visibility_of(assessment, membership))


def assess_step(organization: Organization, membership: Membership) -> home.Step | None:
    """Say what is to be answered."""
    can = access.abilities(membership)
    url = reverse("assessments:assessment-list", args=[organization.slug])
    assessment = newest_assessment(organization, membership)
    if assessment is None:
        may_start = access.EDIT in can
        return home.Step(
            kind="assess",
            title=_("Answer"),
            status="wait",
            status_text=_("Not begun"),
            text=_("Twelve questions about how you work."),
            url=reverse("assessments:assessment-start", args=[organization.slug]) if may_start else url,
            next_title=_("See where you stand, in ten minutes") if may_start else "",
            next_text=_("Twelve questions, no technical knowledge. You can stop at any time."),
            button=_("Start the ten-minute check"),
        )
    if assessment.state == Assessment.State.OPEN and access.ANSWER in can:
        return _open_step(organization, membership, assessment)
    done = assessment.state == Assessment.State.CLOSED
    return home.Step(
        kind="assess",
        title=_("Answer"),
        status="done" if done else "now",
        status_text=_("Done") if done else _("Under way"),
        text=_("The answers are in.") if done else _("People are answering."),
        url=url,
    )


def _open_step(organization: Organization, membership: Membership, assessment: Assessment) -> home.Step:
    sheet = sheet_of(assessment, membership.user)
    count = sheet.count()
    where = "assessments:assessment-begin"
    args = [organization.slug, assessment.number]
    if sheet.respondent is None:
        text, title = _("You have not begun yet."), _("Your answers are missing")
        wait = _("Each person answers for themselves. It takes about %(minutes)d minutes.") % {
            "minutes": sheet.minutes
        }
        button = _("Answer the questions")
    else:
        where, args = "assessments:area-detail", [*args, sheet.resume_area]
        text = _("You have answered %(answered)d of %(expected)d questions.") % {
            "answered": count.answered,
            "expected": count.expected,
        }
        title = ngettext(
            "%(count)d question is left for you", "%(count)d questions are left for you", count.left
        ) % {"count": count.left}
        wait = ngettext(
            "It takes about %(minutes)d minute.", "It takes about %(minutes)d minutes.", sheet.minutes_left
        ) % {"minutes": sheet.minutes_left}
        button = _("Go on answering")
    finished = sheet.respondent is not None and count.done
    begun = _("Under way") if sheet.respondent else _("Not begun")
    return home.Step(
        kind="assess",
        title=_("Answer"),
        status="done" if finished else "now",
        status_text=_("Done") if finished else begun,
        text=text,
        url=reverse(where, args=args),
        next_title="" if finished else title,
        next_text="" if finished else wait,
        button="" if finished else button,
    )


def understand_step(organization: Organization, membership: Membership) -> home.Step | None:
    """Say whether there are results to read."""
    assessment = newest_assessment(organization, membership)
    title, can = _("Understand"), access.abilities(membership)
    if assessment is None:
        text = _("Results, and why they are so.") if access.VIEW in can else _own_result_words()
        return home.Step("understand", title, "wait", _("Not begun"), text, "")
    seen = _visibility(assessment, membership)
    scope = seen.scope
    if scope is Scope.OWN and access.VIEW in access.abilities(membership):
        return _closed_step(organization, membership, assessment, agrees=seen.agrees)
    if scope is Scope.NOTHING:
        text = (
            _("Results show when enough people have answered.") if access.VIEW in can else _own_result_words()
        )
        return home.Step("understand", title, "wait", _("Waiting"), text, "")
    return home.Step(
        kind="understand",
        title=title,
        status="done" if assessment.state == Assessment.State.CLOSED else "now",
        status_text=_("Ready to read"),
        text=_("Where you stand, and why.") if scope is Scope.ALL else _("The result of your own answers."),
        url=reverse("assessments:result-detail", args=[organization.slug, assessment.number]),
    )


def _own_result_words() -> str:
    """Return what somebody sees who answers and reads no results of others."""
    return _("When you have answered, the result of your own answers shows here.")


def _closed_step(
    organization: Organization, membership: Membership, assessment: Assessment, *, agrees: bool
) -> home.Step:
    """Lead somebody who answered, and now sees only their own result, to what lets the results of all show."""
    page = reverse("assessments:result-detail", args=[organization.slug, assessment.number])
    step = home.Step(
        kind="understand",
        title=_("Understand"),
        status="now",
        status_text=_("Waiting"),
        text=_("Only the result of your own answers shows."),
        url=page,
    )
    if not agrees:
        return replace(
            step,
            next_title=_("Choose whether the results show"),
            next_text=" ".join((wording.closed_reason(), _("Plans and reports wait with the results."))),
            button=_("Choose"),
            next_url=reverse("assessments:assessment-begin", args=[organization.slug, assessment.number]),
        )
    if access.MANAGE in access.abilities(membership):
        return replace(
            step,
            next_title=_("Results wait for the others"),
            next_text=_(
                "You agree to show them. They show when everybody agrees, or a third person answers."
            ),
            button=_("Invite a person"),
            next_url=reverse("organizations:invite", args=[organization.slug]),
        )
    return step


def inventory_spread(organization: Organization, membership: Membership) -> home.Spread | None:
    """Say what equipment is recorded, and where to change it."""
    if access.VIEW not in access.abilities(membership):
        return None
    record = InventoryRecord.objects.filter(organization=organization).first()
    return home.Spread(
        title=_("What you have"),
        note=_("Old equipment explains much. A list of it makes the plan fit, and its prices right."),
        template="assessments/_home_inventory.html",
        context={"record": record},
    )
