"""What an organization's home says about its plan, and the link in the top bar."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from assessments.models import Standing
from organizations import access, home, navigation
from organizations.models import Membership, Organization
from organizations.money import money
from planning.models import Plan


def register() -> None:
    """Add the link and the step. Called once, when the apps are ready."""
    link = navigation.Link("plan", 20, gettext_noop("Plan"), "planning:plan-list", access.VIEW)
    navigation.register(link)
    home.register("plan", 30, plan_step)


def plan_step(organization: Organization, membership: Membership) -> home.Step | None:
    """Say what is planned, or what has to come before."""
    can = access.abilities(membership)
    if access.VIEW not in can:
        return None
    plan = Plan.objects.filter(organization=organization).order_by("-number").first()
    if plan is None:
        return _no_plan(organization, may_edit=access.EDIT in can)
    url = reverse("planning:plan", args=[organization.slug, plan.number])
    count = plan.actions.filter(chosen=True).count()
    chosen = ngettext("%(count)d action, %(amount)s.", "%(count)d actions, %(amount)s.", count) % {
        "count": count,
        "amount": money(plan.total_likely_cents, organization.currency),
    }
    if not count and plan.state == Plan.State.DRAFT:
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
    done = plan.state in (Plan.State.APPROVED, Plan.State.UNDER_WAY, Plan.State.FINISHED)
    return home.Step(
        kind="plan",
        title=_("Plan"),
        status="done" if done else "now",
        status_text=str(plan.get_state_display()),
        text=chosen,
        url=url,
    )


def _no_plan(organization: Organization, *, may_edit: bool) -> home.Step:
    standing = Standing.objects.filter(organization=organization, is_current=True).first()
    ready = standing is not None and standing.overall is not None
    return home.Step(
        kind="plan",
        title=_("Plan"),
        status="wait",
        status_text=_("Not begun"),
        text=_("Actions with money, people and dates."),
        url=reverse("planning:plan-create", args=[organization.slug])
        if ready and may_edit
        else reverse("planning:plan-list", args=[organization.slug]),
        next_title=_("Turn the results into a plan") if ready and may_edit else "",
        next_text=_("Actions against the causes of your gaps, with what they cost."),
        button=_("Start a plan"),
    )
