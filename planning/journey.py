"""What an organization's home says about its causes and its plan, and the link in the top bar."""

from dataclasses import dataclass, replace

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from assessments import journey
from assessments.models import Assessment
from assessments.selectors.visibility import Scope
from organizations import access, home, navigation
from organizations.models import Membership, Organization
from organizations.money import whole_money
from planning import selectors, services
from planning.models import Plan
from planning.selectors.said import said_by


def register() -> None:
    """Add the link and the steps. Called once, when the apps are ready.

    "Understand" replaces the step of the assessments, which knows nothing of causes.
    """
    link = navigation.Link("plan", 20, gettext_noop("Plan"), "planning:plan-list", access.VIEW)
    navigation.register(link)
    home.register("understand", 20, understand_step)
    home.register("plan", 30, plan_step)


def understand_step(organization: Organization, membership: Membership) -> home.Step | None:
    """Lead to the results, then to the causes that nobody has decided on, until there is a plan."""
    step = journey.understand_step(organization, membership)
    assessment = visible_result(organization, membership)
    if step is None or assessment is None or access.EDIT not in access.abilities(membership):
        return step
    if nothing_to_plan(assessment):
        return replace(step, status="done", text=_("No result is below its target."))
    if plans(organization, membership):
        return replace(step, status="done")
    return _undecided(organization, assessment, step)


def plans(organization: Organization, membership: Membership) -> list[Plan]:
    """Return the plans, the newest first; the totals of those that the home names are what they come to now."""
    return home.once(membership, "plans", lambda: _counted(organization))


def _counted(organization: Organization) -> list[Plan]:
    found = list(selectors.plans_of(organization).order_by("-number"))
    counts = selectors.counting_plan(found)
    services.count_outrun([plan for plan in found if plan in (found[0], counts)])
    return found


def visible_plans(organization: Organization, membership: Membership) -> list[Plan]:
    """Return those plans whose figures this member may see, the newest first."""
    found = plans(organization, membership)
    hidden = home.once(membership, "hidden plans", lambda: selectors.hidden_plans(found, membership))
    return [plan for plan in found if plan.pk not in hidden]


def hides_some(organization: Organization, membership: Membership) -> bool:
    """Whether figures of some plans are not for this member's eyes, as long as the results are not."""
    return len(visible_plans(organization, membership)) < len(plans(organization, membership))


def visible_result(organization: Organization, membership: Membership) -> Assessment | None:
    """Return the newest assessment when it has a result and this member may see all of it."""
    assessment = journey.newest_assessment(organization, membership)
    standing = getattr(assessment, "standing", None)
    if assessment is None or standing is None or standing.overall is None:
        return None
    return assessment if journey.scope_of(assessment, membership) is Scope.ALL else None


def nothing_to_plan(assessment: Assessment | None) -> bool:
    """Whether an assessment has a result and none is below its target, by what is stored."""
    standing = getattr(assessment, "standing", None)
    return standing is not None and standing.overall is not None and not standing.biggest_gap_cell


def _undecided(organization: Organization, assessment: Assessment, step: home.Step) -> home.Step:
    """Ask to look at the results when nothing is decided, and to decide on what is left of the first causes."""
    said = said_by(organization)
    if not said.decisions:
        return replace(
            step,
            status="now",
            next_title=_("See where you stand, and why"),
            next_text=_("Your results, and what explains them. You say which challenges are true for you."),
            button=_("See the results"),
        )
    known = selectors.situation(organization, [assessment], said)
    left = len([key for key in known.findings.first if key not in said.decisions])
    if not left:
        return replace(step, status="done", status_text=_("Decided"))
    url = reverse("planning:gaps", args=[organization.slug, assessment.number])
    return replace(
        step,
        status="now",
        status_text=_("Under way"),
        url=f"{url}#causes",
        next_title=ngettext(
            "%(count)d challenge waits for your decision", "%(count)d challenges wait for your decision", left
        )
        % {"count": left},
        next_text=_("Say which are true for you; actions are proposed against challenges."),
        button=_("Decide on the challenges"),
    )


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a plan asks for next, and which ability that takes."""

    ability: str
    title: str
    text: str


def ahead_of(state: str) -> Ahead | None:
    """Return what a plan in this state asks for next, on the home and on the desk; None when it is finished."""
    match state:
        case Plan.State.DRAFT:
            text = _("Then those who decide can approve it.")
            return Ahead(access.EDIT, _("Propose the plan"), text)
        case Plan.State.PROPOSED:
            text = _("When it is decided, say who approved it, and when.")
            return Ahead(access.REVIEW, _("The plan waits to be approved"), text)
        case Plan.State.APPROVED:
            return Ahead(
                access.EDIT, _("Start the work"), _("The plan is approved. Say when the work has begun.")
            )
        case Plan.State.UNDER_WAY:
            text = _("The work is under way. Say when it is finished.")
            return Ahead(access.EDIT, _("Carry out the plan"), text)
    return None


def plan_step(organization: Organization, membership: Membership) -> home.Step | None:
    """Say what is planned, or what has to come before; the plan that counts is named beside a newer one."""
    step = _newest_step(organization, membership)
    counts = selectors.counting_plan(visible_plans(organization, membership))
    if step is None or counts is None or counts == plans(organization, membership)[0]:
        return step
    text = _("%(state)s: %(title)s, %(chosen)s") % {
        "state": counts.get_state_display(),
        "title": counts.title,
        "chosen": _chosen(counts, organization),
    }
    url = reverse("planning:plan", args=[organization.slug, counts.number])
    return replace(step, also_text=text, also_url=url)


def _chosen(plan: Plan, organization: Organization) -> str:
    """Return how many actions a plan has, and what they likely cost."""
    count = plan.actions_count
    return ngettext("%(count)d action, %(amount)s.", "%(count)d actions, %(amount)s.", count) % {
        "count": count,
        "amount": whole_money(plan.total_likely_cents, organization.currency),
    }


def _newest_step(organization: Organization, membership: Membership) -> home.Step | None:
    can = access.abilities(membership)
    if access.VIEW not in can:
        return None
    plan = next(iter(plans(organization, membership)), None)
    if plan is None:
        return _no_plan(organization, membership)
    if plan not in visible_plans(organization, membership):
        text = _("Its figures show when the results do.")
        return home.Step("plan", _("Plan"), "wait", str(plan.get_state_display()), text, "")
    url = reverse("planning:plan", args=[organization.slug, plan.number])
    count = plan.actions_count
    if not count and nothing_to_plan(visible_result(organization, membership)):
        return home.Step(
            "plan", _("Plan"), "done", _("Nothing to do"), _("It says that nothing is needed."), url
        )
    if not count and not plan.unscheduled_count and plan.state == Plan.State.DRAFT:
        return home.Step(
            kind="plan",
            title=_("Plan"),
            status="now",
            status_text=_("Begun"),
            text=_("Nothing is chosen yet."),
            url=url,
            next_title=_("Choose what to do") if access.EDIT in can else "",
            next_text=_("Give a budget, and see the best set of actions for it."),
            button=_("Open the plan"),
        )
    ahead = ahead_of(plan.state)
    asked = ahead if ahead is not None and ahead.ability in can else None
    return home.Step(
        kind="plan",
        title=_("Plan"),
        status="done" if ahead is None else "now",
        status_text=str(plan.get_state_display()),
        text=_chosen(plan, organization),
        url=url,
        next_title=asked.title if asked else "",
        next_text=asked.text if asked else "",
        button=_("Open the plan"),
        may_wait=True,
    )


def _no_plan(organization: Organization, membership: Membership) -> home.Step:
    assessment = visible_result(organization, membership)
    ready = assessment is not None and access.EDIT in access.abilities(membership)
    best = ready and nothing_to_plan(assessment)
    title, text = (
        _("Turn the results into a plan"),
        _("Actions against the challenges behind your gaps, with what they cost."),
    )
    if best:
        title = _("You are where you want to be")
        text = _(
            "No result is below its target. Start a plan all the same if you want a report that says so."
        )
    return home.Step(
        kind="plan",
        title=_("Plan"),
        status="wait",
        status_text=_("Not begun"),
        text=_("Nothing is needed now.") if best else _("Actions with money, people and dates."),
        url=reverse("planning:plan-create", args=[organization.slug]) if ready else "",
        next_title=title if ready else "",
        next_text=text,
        button=_("Start a plan"),
    )
