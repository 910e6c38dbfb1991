"""From draft to approved and back, and what happened on the way."""

from functools import partial

from django.contrib.auth.decorators import login_required
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from organizations import access
from planning import selectors, services
from planning.core.figures import Figures
from planning.forms.plans import ApprovalForm
from planning.views.frame import (
    page,
    place,
    plan_or_404,
    press,
    revision_of,
    saved,
    to_plan,
)


@login_required
@require_POST
def plan_propose(request: HttpRequest, org: str, number: int) -> HttpResponse:
    """Put a draft before those who approve it."""
    here = place(request, org, access.EDIT)
    plan = plan_or_404(here, number)
    return press(
        request,
        here,
        plan,
        lambda revision: services.propose_plan(plan=plan, revision=revision, user=here.membership.user),
        done=_("The plan is proposed. It can be approved now."),
    )


@login_required
@require_http_methods(["GET", "POST"])
def plan_approve(request: HttpRequest, org: str, number: int) -> HttpResponse:
    """Record who approved the plan, and when."""
    here = place(request, org, access.REVIEW)
    plan = plan_or_404(here, number)
    work = selectors.kept_work(plan)
    now = work.comes_to
    shown = {"seen_cents": now.cents, "seen_percent": now.percent}
    form = ApprovalForm(
        request.POST or None,
        today=timezone.localdate(),
        initial={"revision": plan.revision, **shown},
    )
    if request.method == "POST" and form.is_valid():
        approve = partial(
            services.approve_plan,
            plan=plan,
            revision=revision_of(request),
            approved_by=form.cleaned_data["approved_by"],
            approved_on=form.cleaned_data["approved_on"],
            seen=Figures(form.cleaned_data["seen_cents"], form.cleaned_data["seen_percent"]),
            user=here.membership.user,
        )
        if saved(request, here, form, approve, ability=access.REVIEW):
            return to_plan(plan)
        if form.has_error(NON_FIELD_ERRORS, "moved"):
            form.data = {**request.POST.dict(), **shown}
    status = 422 if request.method == "POST" else 200
    return page(
        request,
        "planning/plan_approve.html",
        here,
        plan=plan,
        form=form,
        total=now.cents,
        share=work.share,
        actions_count=len(work.planned),
        unscheduled_count=len(work.schedule.left_out),
        status=status,
    )


@login_required
@require_POST
def plan_start(request: HttpRequest, org: str, number: int) -> HttpResponse:
    """Record that the work on an approved plan has begun."""
    here = place(request, org, access.EDIT)
    plan = plan_or_404(here, number)
    return press(
        request,
        here,
        plan,
        lambda revision: services.start_work(plan=plan, revision=revision, user=here.membership.user),
        done=_("The work is under way."),
    )


@login_required
@require_POST
def plan_finish(request: HttpRequest, org: str, number: int) -> HttpResponse:
    """Record that the work on a plan is done."""
    here = place(request, org, access.EDIT)
    plan = plan_or_404(here, number)
    return press(
        request,
        here,
        plan,
        lambda revision: services.finish_work(plan=plan, revision=revision, user=here.membership.user),
        done=_("The plan is finished. Answer the questions again to see what has changed."),
    )


@login_required
@require_POST
def plan_reopen(request: HttpRequest, org: str, number: int) -> HttpResponse:
    """Put a plan back to draft; an approved one only by whoever may approve."""
    here = place(request, org, access.EDIT)
    plan = plan_or_404(here, number)
    ability = access.REVIEW if plan.is_approved else access.EDIT
    access.require(here.membership, ability)
    return press(
        request,
        here,
        plan,
        lambda revision: services.reopen_plan(plan=plan, revision=revision, user=here.membership.user),
        ability=ability,
        done=_("The plan is a draft again."),
    )


@login_required
@require_GET
def plan_history(request: HttpRequest, org: str, number: int) -> HttpResponse:
    """Show what happened to the plan, the newest first."""
    here = place(request, org, access.VIEW)
    plan = plan_or_404(here, number)
    return page(request, "planning/plan_history.html", here, plan=plan, events=selectors.event_pictures(plan))
