"""What the pages of planning share: who looks, which plan, and what happens when it was changed meanwhile."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.models import Assessment
from assessments.remedy import ResultsClosed
from assessments.selectors.visibility import hidden_of
from organizations import access
from organizations.models import Membership, Organization
from organizations.onetime import one_at_a_time
from planning import selectors
from planning.models import Plan
from planning.services import StalePlan


@dataclass(frozen=True, slots=True)
class Place:
    """Who looks at what."""

    membership: Membership
    organization: Organization
    abilities: frozenset[str]

    @property
    def may_edit(self) -> bool:
        return access.EDIT in self.abilities

    @property
    def may_approve(self) -> bool:
        return access.REVIEW in self.abilities


def place(request: HttpRequest, org: str, ability: str) -> Place:
    """Return who looks at which organization; raises Http404 or PermissionDenied."""
    membership = access.organization_or_404(request.user, org, ability)
    return Place(membership, membership.organization, access.abilities(membership))


def plan_or_404(here: Place, number: int) -> Plan:
    """Return a plan of this organization; raises PermissionDenied when its results are not for this member yet."""
    found = selectors.plan_numbered(here.organization, number)
    if found is None:
        raise Http404
    require_results(here.membership, found.assessments.all())
    return found


def require_results(membership: Membership, assessments: Iterable[Assessment]) -> None:
    """Raise ResultsClosed, which leads to the remedy, when this member may not see what these assessments found."""
    hidden = hidden_of(assessments, membership)
    if hidden:
        newest = Assessment.objects.filter(pk__in=hidden).order_by("-number")[0]
        raise ResultsClosed(newest, membership)


def page(
    request: HttpRequest,
    template: str,
    here: Place,
    *,
    section: str = "plan",
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """Show a page of an organization."""
    return render(
        request,
        template,
        {
            "organization": here.organization,
            "membership": here.membership,
            "abilities": here.abilities,
            "may_edit": here.may_edit,
            "may_approve": here.may_approve,
            "currency": here.organization.currency,
            "section": section,
            **context,
        },
        status=status,
    )


def to_plan(plan: Plan, anchor: str = "") -> HttpResponse:
    """Go back to the plan."""
    found = redirect("planning:plan", plan.organization.slug, plan.number)
    if anchor:
        found["Location"] += f"#{anchor}"
    return found


def revision_of(request: HttpRequest) -> int:
    """Return the revision that the page showed; one that is missing or no number never fits."""
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def with_revision(request: HttpRequest, plan: Plan) -> QueryDict:
    """Return what was typed, with the revision of the plan as it stands now, so that it can be saved."""
    data = request.POST.copy()
    data["revision"] = str(plan.revision)
    return data


def stale_words(found: StalePlan) -> str:
    """Return what happened, and what to do."""
    return _(
        "Somebody changed this plan at %(time)s, after you opened it. What you typed is kept below; "
        "nothing was saved. Look at the plan as it is now, then save again."
    ) % {"time": f"{timezone.localtime(found.plan.updated_at):%H:%M}"}


def saved(
    request: HttpRequest,
    here: Place,
    form: BaseForm,
    save: Callable[[], object],
    *,
    ability: str = access.EDIT,
) -> bool:
    """Save what a form says; when that is refused, say why at the form, ready to be saved again, and return False."""
    try:
        with one_at_a_time(request, here.membership, ability):
            save()
    except StalePlan as old:
        form.add_error(None, stale_words(old))
        form.data = with_revision(request, old.plan)
    except ValidationError as error:
        form.add_error(None, error)
    else:
        return True
    return False


def press(
    request: HttpRequest,
    here: Place,
    plan: Plan,
    change: Callable[[int], Plan],
    *,
    ability: str = access.EDIT,
    anchor: str = "",
    done: str = "",
) -> HttpResponse:
    """Do what a button without fields asks for, and go back to the plan; say it when that was refused."""
    try:
        with one_at_a_time(request, here.membership, ability):
            change(revision_of(request))
    except StalePlan:
        messages.warning(
            request,
            _(
                "Somebody changed this plan after you opened it. Nothing was saved. This is how it stands now."
            ),
            extra_tags="attention",
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages), extra_tags="wrong")
    else:
        if done:
            messages.success(request, done, extra_tags="good")
    return to_plan(plan, anchor)
