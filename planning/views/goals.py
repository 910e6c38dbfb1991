"""Goals of the organization: list, add, edit, remove, order."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from organizations import access
from organizations.onetime import first_time, one_at_a_time
from planning import selectors, services
from planning.forms.goals import GoalForm
from planning.models import Goal
from planning.sentences import labels
from planning.views.frame import Place, page, place


def _areas(here: Place) -> tuple[selectors.Named, ...]:
    return selectors.area_choices(here.organization)


@login_required
def goal_list(request: HttpRequest, org: str) -> HttpResponse:
    """Show the goals, with a form for one more."""
    here = place(request, org, access.VIEW)
    return _list(request, here, GoalForm(areas=_areas(here)))


def _list(request: HttpRequest, here: Place, form: GoalForm, status: int = 200) -> HttpResponse:
    titles = {area.key: area.title for area in _areas(here)}
    goals = [
        {
            "goal": goal,
            "areas": [titles.get(key, key) for key in goal.areas],
            "weight": labels.weight(goal.weight),
        }
        for goal in selectors.goals_of(here.organization)
    ]
    return page(request, "planning/goals.html", here, goals=goals, form=form, status=status)


@login_required
@require_POST
def goal_add(request: HttpRequest, org: str) -> HttpResponse:
    """Add a goal."""
    here = place(request, org, access.EDIT)
    with one_at_a_time(request, here.membership, access.EDIT):
        return _add(request, here)


def _add(request: HttpRequest, here: Place) -> HttpResponse:
    form = GoalForm(request.POST, areas=_areas(here))
    if not form.is_valid():
        return _list(request, here, form, status=422)
    key = form.cleaned_data.pop("once")
    try:
        with transaction.atomic():  # a goal that is refused does not use up its form
            _add_once(here, key, form.cleaned_data)
    except ValidationError as error:
        form.add_error(None, error)
        return _list(request, here, form, status=422)
    messages.success(request, _("Goal added."), extra_tags="good")
    return redirect("planning:goal-list", here.organization.slug)


def _add_once(here: Place, key: UUID | None, values: dict[str, Any]) -> None:
    who = here.membership.user
    if first_time(organization=here.organization, user=who, key=key, at=timezone.now()):
        services.add_goal(organization=here.organization, **values)


def _goal(here: Place, pk: int) -> Goal:
    return get_object_or_404(selectors.goals_of(here.organization), pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def goal_edit(request: HttpRequest, org: str, goal: int) -> HttpResponse:
    """Change a goal."""
    here = place(request, org, access.EDIT)
    with one_at_a_time(request, here.membership, access.EDIT):
        return _edit(request, here, _goal(here, goal))


def _edit(request: HttpRequest, here: Place, found: Goal) -> HttpResponse:
    form = GoalForm(request.POST or None, areas=_areas(here), goal=found)
    if request.method == "POST" and form.is_valid():
        services.change_goal(goal=found, **form.cleaned_data)
        messages.success(request, _("Goal saved."), extra_tags="good")
        return redirect("planning:goal-list", here.organization.slug)
    status = 422 if request.method == "POST" else 200
    return page(request, "planning/goal.html", here, goal=found, form=form, status=status)


@login_required
@require_POST
def goal_remove(request: HttpRequest, org: str, goal: int) -> HttpResponse:
    """Remove a goal."""
    here = place(request, org, access.EDIT)
    with one_at_a_time(request, here.membership, access.EDIT):
        services.remove_goal(goal=_goal(here, goal))
    messages.success(request, _("Goal removed."), extra_tags="good")
    return redirect("planning:goal-list", org)


@login_required
@require_POST
def goal_up(request: HttpRequest, org: str, goal: int) -> HttpResponse:
    """Move a goal up."""
    return _move(request, org, goal, up=True)


@login_required
@require_POST
def goal_down(request: HttpRequest, org: str, goal: int) -> HttpResponse:
    """Move a goal down."""
    return _move(request, org, goal, up=False)


def _move(request: HttpRequest, org: str, goal: int, *, up: bool) -> HttpResponse:
    here = place(request, org, access.EDIT)
    with one_at_a_time(request, here.membership, access.EDIT):
        services.move_goal(goal=_goal(here, goal), up=up)
    return redirect("planning:goal-list", org)
