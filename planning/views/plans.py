"""Plans: list, start, the plan's page, and what is set for a plan as a whole."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.remedy import remedy_for
from organizations import access
from organizations.onetime import first_time, one_at_a_time
from planning import selectors, services
from planning.forms.plans import BudgetForm, KeysForm, NumbersForm, PlanForm
from planning.models import Plan
from planning.render import charts, findings
from planning.views.changed import tell_what_moved
from planning.views.frame import (
    Place,
    page,
    place,
    plan_or_404,
    press,
    require_results,
    revision_of,
    saved,
    stale_words,
    to_plan,
)

FIRST_ACTIONS = 6  # what the page shows of the actions that cost money before the others are opened


@login_required
@require_GET
def plan_list(request: HttpRequest, org: str) -> HttpResponse:
    """Show the plans of an organization."""
    here = place(request, org, access.VIEW)
    plans = list(selectors.plans_of(here.organization))
    services.count_outrun(plans)
    ready = bool(plans) or bool(selectors.current_assessments(here.organization))
    hidden = selectors.hidden_plans(plans, here.membership)
    remedy = remedy_for(here.membership) if hidden else None
    return page(
        request, "planning/plan_list.html", here, plans=plans, hidden=hidden, ready=ready, remedy=remedy
    )


def _plan_form(here: Place, data: Any = None, plan: Plan | None = None) -> PlanForm:
    return PlanForm(
        data,
        today=timezone.localdate(),
        capacity=selectors.usual_capacity(here.organization),
        currency=here.organization.currency,
        plan=plan,
    )


@login_required
@require_http_methods(["GET", "POST"])
def plan_create(request: HttpRequest, org: str) -> HttpResponse:
    """Start a plan on what the current assessments found."""
    here = place(request, org, access.EDIT)
    assessments = selectors.current_assessments(here.organization)
    require_results(here.membership, assessments)
    form = _plan_form(here, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            # A plan that is refused does not use up its form: both are one transaction.
            with one_at_a_time(request, here.membership, access.EDIT):
                plan = _create_once(here, form)
            return to_plan(plan) if plan else redirect("planning:plan-list", org)
        except ValidationError as error:
            form.add_error(None, error)
    status = 422 if request.method == "POST" else 200
    return page(request, "planning/plan_create.html", here, form=form, assessments=assessments, status=status)


def _create_once(here: Place, form: PlanForm) -> Plan | None:
    """Start the plan; a form that was sent before leads to the last plan that this person started."""
    organization, who = here.organization, here.membership.user
    key = form.cleaned_data["once"]
    if first_time(organization=organization, user=who, key=key, at=timezone.now()):
        return services.create_plan(organization=organization, user=who, **form.values())
    return selectors.plans_of(organization).filter(created_by=who).order_by("-number").first()


@login_required
@require_GET
def plan(request: HttpRequest, org: str, number: int) -> HttpResponse:
    """Show a plan: budget, actions, what changes, costs, roadmap."""
    here = place(request, org, access.VIEW)
    return _show(request, here, plan_or_404(here, number))


def _show(
    request: HttpRequest,
    here: Place,
    found: Plan,
    *,
    budget: BudgetForm | None = None,
    numbers: NumbersForm | None = None,
    stale: str = "",
    status: int = 200,
) -> HttpResponse:
    work = selectors.kept_work(found)
    picture = selectors.kept_picture(work, with_frontier=work.kept_frontier is not None)
    editable = here.may_edit and found.state == Plan.State.DRAFT
    context: dict[str, Any] = {
        "words": findings.plan_words(picture),
        "over": findings.over_words(picture, may_change=editable),
        "approved_words": findings.approved_words(picture),
        "stale": stale,
        "moved": found.moved or selectors.totals_moved(found, work),
        "outdated": work.newer,
        "budget_form": budget or _budget_form(here, found),
        "numbers_form": numbers or _numbers_form(work, picture),
        "years_chart": charts.cost_years(picture),
        "roadmap_chart": charts.roadmap(picture),
        "changes_chart": charts.now_and_after(picture.cells),
        **_tables(picture),
        **_frontier(found, work, picture, editable=editable),
    }
    if editable:
        context["passed_over"] = selectors.passed_over(work)
    if editable and not picture.best_everywhere:
        context["must_haves"] = selectors.must_have_offers(work)
        context["kept_in"], context["kept_out"] = selectors.said_by_hand(work)
    return page(request, "planning/plan.html", here, status=status, **context)


def _tables(picture: selectors.PlanPicture) -> dict[str, Any]:
    """Return the rows of the page's tables."""
    costing = sorted((one for one in picture.actions if one.total.likely), key=lambda one: -one.total.likely)
    shown = FIRST_ACTIONS if len(costing) > FIRST_ACTIONS + 1 else len(costing)
    return {
        "costing": costing[:shown],
        "costing_more": costing[shown:],
        "timely": [one for one in picture.actions if not one.total.likely],
        "cost_categories": [
            {
                "title": one.title,
                "years": list(zip(picture.years, one.by_year, strict=True)),
                "total": one.total,
            }
            for one in picture.cost.categories
        ],
        "cost_years": [
            {"label": label, "one_time": once, "yearly": yearly, "total": total}
            for label, once, yearly, total in zip(
                picture.years,
                picture.cost.one_time,
                picture.cost.yearly,
                picture.cost.by_year,
                strict=True,
            )
        ],
    }


def _frontier(
    plan: Plan, work: selectors.PlanWork, picture: selectors.PlanPicture | None, *, editable: bool
) -> dict[str, Any]:
    """Return what the part of the page about budgets needs: the picture, or the job that makes it."""
    context: dict[str, Any] = {"plan": plan, "picture": picture, "editable": editable}
    kept = work.kept_frontier
    if kept is not None and picture is not None:
        return {
            **context,
            "frontier_chart": charts.frontier(picture),
            "slider": charts.slider(picture),
        }
    if work.situation.best_everywhere:
        return context
    return {
        **context,
        "frontier_job": selectors.job_of(services.FRONTIER, services.job_key(plan, work.frontier_key)),
    }


@login_required
@require_GET
def plan_frontier(request: HttpRequest, org: str, number: int) -> HttpResponse:
    """Show what each budget buys, alone: the plan's page asks for it until it is there."""
    here = place(request, org, access.VIEW)
    return _show_frontier(request, here, plan_or_404(here, number))


@login_required
@require_POST
def plan_frontier_request(request: HttpRequest, org: str, number: int) -> HttpResponse:
    """Ask a worker for what each budget buys."""
    here = place(request, org, access.EDIT)
    found = plan_or_404(here, number)
    with one_at_a_time(request, here.membership, access.EDIT):
        services.request_frontier(plan=found)
    if request.headers.get("HX-Request"):
        return redirect("planning:plan-frontier", org, number)
    return to_plan(found, "budget")


def _show_frontier(request: HttpRequest, here: Place, found: Plan) -> HttpResponse:
    work = selectors.kept_work(found)
    if work.kept_frontier is None:
        return page(
            request,
            "planning/_frontier.html",
            here,
            **_frontier(found, work, None, editable=False),
        )
    picture = selectors.kept_picture(work, with_frontier=True)
    return page(
        request,
        "planning/_frontier.html",
        here,
        words=findings.plan_words(picture),
        **_frontier(found, work, picture, editable=here.may_edit and found.state == Plan.State.DRAFT),
    )


def _budget_form(here: Place, plan: Plan, data: Any = None) -> BudgetForm:
    return BudgetForm(
        data,
        currency=here.organization.currency,
        initial={
            "budget": plan.budget_cents,
            "hours": plan.hours_per_quarter,
            "revision": plan.revision,
        },
    )


def _numbers_form(work: selectors.PlanWork, picture: selectors.PlanPicture, data: Any = None) -> NumbersForm:
    return NumbersForm(
        data,
        asked=picture.numbers,
        places=selectors.places_of_work(work),
        initial={"revision": work.plan.revision},
    )


@login_required
@require_POST
def plan_choose(request: HttpRequest, org: str, number: int) -> HttpResponse:
    """Replace what is chosen by the exact choice under a budget."""
    here = place(request, org, access.EDIT)
    found = plan_or_404(here, number)
    form = _budget_form(here, found, request.POST)
    stale = ""
    if form.is_valid():
        try:
            before = selectors.kept_work(found).planned
            with one_at_a_time(request, here.membership, access.EDIT):
                services.choose_under_budget(
                    plan=found,
                    revision=revision_of(request),
                    budget_cents=form.cleaned_data["budget"],
                    hours_per_quarter=form.cleaned_data["hours"],
                    set_hours=True,
                    user=here.membership.user,
                )
            tell_what_moved(request, before, selectors.kept_work(plan_or_404(here, number)))
            return to_plan(found, "budget")
        except services.StalePlan as old:
            found, stale = old.plan, stale_words(old)
        except ValidationError as error:
            form.add_error(None, error)
    return _show(request, here, found, budget=form, stale=stale, status=409 if stale else 422)


@login_required
@require_POST
def plan_must_haves(request: HttpRequest, org: str, number: int) -> HttpResponse:
    """Tick or untick the suggested must-haves."""
    here = place(request, org, access.EDIT)
    found = plan_or_404(here, number)
    offered = [offer.key for offer in selectors.must_have_offers(selectors.kept_work(found))]
    form = KeysForm(request.POST, offered=[(key, key) for key in offered])
    ticked = form.cleaned_data["ticked"] if form.is_valid() else []
    return press(
        request,
        here,
        found,
        lambda revision: services.set_must_haves(
            plan=found, revision=revision, ticked=ticked, offered=offered, user=here.membership.user
        ),
        anchor="must-haves",
        done=_("Must-haves saved. Work out the choice again to put them in."),
    )


@login_required
@require_POST
def plan_numbers(request: HttpRequest, org: str, number: int) -> HttpResponse:
    """Record the numbers that the inventory does not give."""
    here = place(request, org, access.EDIT)
    found = plan_or_404(here, number)
    work = selectors.work_of(found)
    form = _numbers_form(work, selectors.plan_picture(found, work), request.POST)
    stale = ""
    if form.is_valid():
        try:
            with one_at_a_time(request, here.membership, access.EDIT):
                services.set_numbers(
                    plan=found,
                    revision=revision_of(request),
                    numbers=form.values(),
                    user=here.membership.user,
                )
            messages.success(request, _("Numbers saved."), extra_tags="good")
            return to_plan(found, "numbers")
        except services.StalePlan as old:
            found, stale = old.plan, stale_words(old)
        except ValidationError as error:
            form.add_error(None, error)
    return _show(request, here, found, numbers=form, stale=stale, status=409 if stale else 422)


@login_required
@require_POST
def plan_refresh(request: HttpRequest, org: str, number: int) -> HttpResponse:
    """Take over today's results and numbers."""
    here = place(request, org, access.EDIT)
    found = plan_or_404(here, number)
    require_results(here.membership, selectors.current_assessments(here.organization))
    return press(
        request,
        here,
        found,
        lambda revision: services.rest_on_current(plan=found, revision=revision, user=here.membership.user),
        done=_("The plan now rests on today’s results and numbers."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def plan_settings(request: HttpRequest, org: str, number: int) -> HttpResponse:
    """Change title, start, years, hours and the limit for each year."""
    here = place(request, org, access.EDIT)
    found = plan_or_404(here, number)
    form = _plan_form(here, request.POST or None, found)
    if request.method == "POST" and form.is_valid():
        change = partial(
            services.change_plan,
            plan=found,
            revision=revision_of(request),
            user=here.membership.user,
            **form.values(),
        )
        if saved(request, here, form, change):
            return redirect("planning:plan", org, number)
    status = 422 if request.method == "POST" else 200
    return page(request, "planning/plan_settings.html", here, plan=found, form=form, status=status)
