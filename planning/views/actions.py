"""Actions of a plan: choose by hand, edit one, add one's own."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from organizations import access
from organizations.onetime import one_at_a_time
from planning import selectors, services
from planning.forms.actions import ActionForm, OwnActionForm
from planning.forms.goals import ReasonForm
from planning.forms.plans import KeysForm
from planning.models import Plan
from planning.views.changed import tell_what_was_put_in
from planning.views.frame import (
    Place,
    page,
    place,
    plan_or_404,
    press,
    revision_of,
    saved,
    stale_words,
    to_plan,
)


@login_required
@require_http_methods(["GET", "POST"])
def action_list(request: HttpRequest, org: str, number: int) -> HttpResponse:
    """Show every action with its standing; choose by hand."""
    here = place(request, org, access.EDIT if request.method == "POST" else access.VIEW)
    plan = plan_or_404(here, number)
    work = selectors.work_of(plan)
    offers = selectors.action_offers(work)
    choosable = [(offer.key, offer.title) for offer in offers if offer.may_be_chosen]
    form = KeysForm(
        request.POST or None,
        offered=choosable,
        initial={"revision": plan.revision, "ticked": list(work.chosen)},
    )
    stale = ""
    if request.method == "POST" and form.is_valid():
        try:
            with one_at_a_time(request, here.membership, access.EDIT):
                services.choose_by_hand(
                    plan=plan,
                    revision=revision_of(request),
                    chosen=form.cleaned_data["ticked"],
                    user=here.membership.user,
                )
            messages.success(request, _("Your choice is saved."), extra_tags="good")
            tell_what_was_put_in(request, work, selectors.kept_work(plan_or_404(here, number)))
            return to_plan(plan, "chosen")
        except services.StalePlan as old:
            plan, stale = old.plan, stale_words(old)
        except ValidationError as error:
            form.add_error(None, error)
    ticked = form.cleaned_data.get("ticked", []) if form.is_bound and form.is_valid() else list(work.chosen)
    return page(
        request,
        "planning/action_list.html",
        here,
        status=409 if stale else 422 if request.method == "POST" else 200,
        plan=plan,
        form=form,
        stale=stale,
        ticked=ticked,
        groups=selectors.grouped(offers),
        editable=here.may_edit and plan.state == Plan.State.DRAFT,
    )


@login_required
@require_http_methods(["GET", "POST"])
def action(request: HttpRequest, org: str, number: int, key: str) -> HttpResponse:
    """Show one action with everything about it, and edit what the plan says about it."""
    here = place(request, org, access.EDIT if request.method == "POST" else access.VIEW)
    plan = plan_or_404(here, number)
    work = selectors.work_of(plan)
    if key not in work.actions:
        raise Http404
    found = selectors.action_page(work, key)
    form = _form(here, work, found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        save = partial(_save, here, plan, work, key, form, revision_of(request))
        if saved(request, here, form, save):
            after = selectors.action_page(selectors.work_of(plan_or_404(here, number)), key)
            said = " ".join(filter(None, [_("Action saved."), after.start_words]))
            messages.success(request, said, extra_tags="good")
            return redirect("planning:action", org, number, key)
    return _show_action(request, here, plan, found, form, status=422 if request.method == "POST" else 200)


def _show_action(
    request: HttpRequest,
    here: Place,
    plan: Plan,
    found: selectors.ActionPage,
    form: ActionForm | OwnActionForm,
    *,
    reason: ReasonForm | None = None,
    status: int = 200,
) -> HttpResponse:
    return page(
        request,
        "planning/action.html",
        here,
        status=status,
        plan=plan,
        found=found,
        form=form,
        reason_form=reason or ReasonForm(prefix="exclude"),
        editable=here.may_edit and plan.state == Plan.State.DRAFT,
    )


def _form(
    here: Place, work: selectors.PlanWork, found: selectors.ActionPage, data: Any
) -> ActionForm | OwnActionForm:
    row, own = work.rows.get(found.picture.key), work.figures.get(found.picture.key, ())
    initial = {"revision": work.plan.revision}
    currency = here.organization.currency
    if found.picture.is_own:
        return OwnActionForm(
            data,
            row=row,
            own=own,
            quarters=found.quarters,
            cells=selectors.all_cells(work.situation),
            currency=currency,
            initial=initial,
        )
    return ActionForm(
        data,
        row=row,
        own=own,
        quarters=found.quarters,
        costs=found.catalogue_rows,
        currency=currency,
        may_do_alone=found.may_do_alone,
        usual_hours=found.usual_hours,
        initial=initial,
    )


def _save(
    here: Place,
    plan: Plan,
    work: selectors.PlanWork,
    key: str,
    form: ActionForm | OwnActionForm,
    revision: int,
) -> None:
    if isinstance(form, OwnActionForm):
        services.change_own_action(
            plan=plan, revision=revision, key=key, user=here.membership.user, **form.values()
        )
        return
    data = form.cleaned_data
    services.edit_action(
        plan=plan,
        revision=revision,
        key=key,
        user=here.membership.user,
        owner=data["owner"],
        start=data["start"],
        hours=data["hours"],
        without_help=data.get("without_help", False),
        costs=form.own_costs(),
    )


@login_required
@require_http_methods(["GET", "POST"])
def own_add(request: HttpRequest, org: str, number: int) -> HttpResponse:
    """Add an action that the catalogue does not have."""
    here = place(request, org, access.EDIT)
    plan = plan_or_404(here, number)
    work = selectors.work_of(plan)
    form = OwnActionForm(
        request.POST or None,
        row=None,
        quarters=selectors.quarter_names(plan),
        cells=selectors.all_cells(work.situation),
        currency=here.organization.currency,
        initial={"revision": plan.revision},
    )
    if request.method == "POST" and form.is_valid():
        add = partial(
            services.add_own_action,
            plan=plan,
            revision=revision_of(request),
            user=here.membership.user,
            **form.values(),
        )
        if saved(request, here, form, add):
            tell_what_was_put_in(request, work, selectors.kept_work(plan_or_404(here, number)))
            return to_plan(plan, "chosen")
    status = 422 if request.method == "POST" else 200
    return page(request, "planning/own_add.html", here, plan=plan, form=form, status=status)


@login_required
@require_POST
def own_remove(request: HttpRequest, org: str, number: int, key: str) -> HttpResponse:
    """Remove an action of one's own."""
    return _say(request, org, number, key, services.remove_own_action, own=True)


@login_required
@require_POST
def action_put_in(request: HttpRequest, org: str, number: int, key: str) -> HttpResponse:
    """Put one action into the plan by hand, with what it needs."""
    return _choose(request, org, number, key, lambda chosen: [*chosen, key])


@login_required
@require_POST
def action_take_out(request: HttpRequest, org: str, number: int, key: str) -> HttpResponse:
    """Take one action out of the plan, with what needs it."""
    return _choose(request, org, number, key, lambda chosen: selectors.without(chosen, key), taken_out=[key])


def _choose(
    request: HttpRequest,
    org: str,
    number: int,
    key: str,
    change: Callable[[Sequence[str]], Sequence[str]],
    taken_out: Sequence[str] | None = None,
) -> HttpResponse:
    here = place(request, org, access.EDIT)
    plan = plan_or_404(here, number)
    work = selectors.work_of(plan)
    if key not in work.actions:
        raise Http404
    answer = press(
        request,
        here,
        plan,
        lambda revision: services.choose_by_hand(
            plan=plan,
            revision=revision,
            chosen=change(work.chosen),
            taken_out=taken_out,
            user=here.membership.user,
        ),
        anchor="chosen",
    )
    tell_what_was_put_in(request, work, selectors.kept_work(plan_or_404(here, number)))
    return answer


@login_required
@require_POST
def action_must_have(request: HttpRequest, org: str, number: int, key: str) -> HttpResponse:
    """Make an action a must-have."""
    return _say(request, org, number, key, services.require_action)


@login_required
@require_POST
def action_free(request: HttpRequest, org: str, number: int, key: str) -> HttpResponse:
    """Let the choice decide about an action again."""
    return _say(request, org, number, key, services.free_action)


@login_required
@require_POST
def action_exclude(request: HttpRequest, org: str, number: int, key: str) -> HttpResponse:
    """Leave an action out, with a reason."""
    here = place(request, org, access.EDIT)
    plan = plan_or_404(here, number)
    form = ReasonForm(request.POST, prefix="exclude")
    if not form.is_valid():
        work = selectors.work_of(plan)
        if key not in work.actions:
            raise Http404
        found = selectors.action_page(work, key)
        return _show_action(
            request, here, plan, found, _form(here, work, found, None), reason=form, status=422
        )
    return _say(request, org, number, key, services.exclude_action, reason=form.cleaned_data["reason"])


def _say(
    request: HttpRequest,
    org: str,
    number: int,
    key: str,
    service: Callable[..., Plan],
    *,
    own: bool = False,
    **values: Any,
) -> HttpResponse:
    here = place(request, org, access.EDIT)
    plan = plan_or_404(here, number)
    known = selectors.own_keys(plan) if own else {*selectors.own_keys(plan), *selectors.catalogue().actions}
    if key not in known:
        raise Http404
    return press(
        request,
        here,
        plan,
        lambda revision: service(plan=plan, revision=revision, key=key, user=here.membership.user, **values),
        anchor="chosen",
    )


@login_required
@require_POST
def action_done(request: HttpRequest, org: str, number: int, key: str) -> HttpResponse:
    """Record that an action is done already."""
    return _mark(request, org, number, key, done=True)


@login_required
@require_POST
def action_not_done(request: HttpRequest, org: str, number: int, key: str) -> HttpResponse:
    """Record that an action is not done, whatever the inventory says."""
    return _mark(request, org, number, key, done=False)


def _mark(request: HttpRequest, org: str, number: int, key: str, *, done: bool) -> HttpResponse:
    here = place(request, org, access.EDIT)
    plan = plan_or_404(here, number)
    if key not in selectors.catalogue().actions:
        raise Http404
    who = here.membership.user
    with one_at_a_time(request, here.membership, access.EDIT):
        services.mark_action(organization=here.organization, action=key, done=done, user=who)
    messages.success(
        request,
        _("Recorded as done.") if done else _("Recorded as not done."),
        extra_tags="good",
    )
    if request.POST.get("back") == "plan":
        return to_plan(plan, "proposed-done")
    return redirect("planning:action", org, plan.number, key)
