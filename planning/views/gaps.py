"""Gaps and what explains them: challenges to accept or reject, with proof and arithmetic."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST

from assessments.models import Assessment
from assessments.remedy import remedy_of
from assessments.selectors import visibility
from assessments.selectors.assessments import assessment_numbered
from organizations import access
from organizations.onetime import one_at_a_time
from planning import selectors, services
from planning.forms.goals import ReasonForm
from planning.render import charts, findings
from planning.views.frame import Place, page, place


def _assessment(here: Place, number: int) -> Assessment:
    found = assessment_numbered(here.organization, number)
    if found is None:
        raise Http404
    return found


@login_required
@require_GET
def gaps(request: HttpRequest, org: str, number: int) -> HttpResponse:
    """Show the gaps of one assessment and what explains them."""
    here = place(request, org, access.VIEW)
    return _show(request, here, _assessment(here, number))


def _show(
    request: HttpRequest,
    here: Place,
    assessment: Assessment,
    *,
    wrong: ReasonForm | None = None,
    about: str = "",
    status: int = 200,
) -> HttpResponse:
    shown = selectors.visible_to(assessment, here.membership)
    if shown.scope is not visibility.Scope.ALL:
        remedy = remedy_of(assessment, here.membership) if shown.people else None
        template = "planning/gaps_hidden.html"
        return page(request, template, here, section="assess", assessment=assessment, remedy=remedy)
    picture = selectors.gaps_picture(here.organization, assessment)
    return page(
        request,
        "planning/gaps.html",
        here,
        section="assess",
        status=status,
        assessment=assessment,
        picture=picture,
        bars=charts.gap_bars(picture.cells),
        widest=findings.widest_words(picture.widest) if picture.widest else "",
        finding=findings.gaps_finding(picture.cells),
        plan=selectors.newest_draft(here.organization) if picture.without_gap and here.may_edit else None,
        all_causes=_all_causes(request) or any(cause.key == about for cause in picture.rest),
        wrong=wrong,
        about=about,
    )


def _all_causes(request: HttpRequest) -> bool:
    """Somebody asked for the causes that explain little, too; each is a table, so they are not there unasked."""
    return request.GET.get("causes") == "all"


@login_required
@require_POST
def challenge_accept(request: HttpRequest, org: str, number: int, challenge: str) -> HttpResponse:
    """Record that a challenge is true for the organization."""
    return _decide(
        request,
        org,
        number,
        challenge,
        lambda here: services.accept_challenge(
            organization=here.organization, challenge=challenge, user=here.membership.user
        ),
    )


@login_required
@require_POST
def challenge_reject(request: HttpRequest, org: str, number: int, challenge: str) -> HttpResponse:
    """Record that a challenge is not true for the organization, with the reason."""
    here = place(request, org, access.EDIT)
    form = ReasonForm(request.POST, prefix=challenge)
    if not form.is_valid() and challenge in selectors.catalogue().challenges:
        return _show(request, here, _assessment(here, number), wrong=form, about=challenge, status=422)
    return _decide(
        request,
        org,
        number,
        challenge,
        lambda here: services.reject_challenge(
            organization=here.organization,
            challenge=challenge,
            reason=form.cleaned_data["reason"],
            user=here.membership.user,
        ),
    )


@login_required
@require_POST
def challenge_withdraw(request: HttpRequest, org: str, number: int, challenge: str) -> HttpResponse:
    """Leave a challenge undecided again."""
    return _decide(
        request,
        org,
        number,
        challenge,
        lambda here: services.withdraw_decision(organization=here.organization, challenge=challenge),
    )


def _decide(
    request: HttpRequest, org: str, number: int, challenge: str, change: Callable[[Place], object]
) -> HttpResponse:
    here = place(request, org, access.EDIT)
    assessment = _assessment(here, number)
    if challenge not in selectors.catalogue().challenges:
        raise Http404
    with one_at_a_time(request, here.membership, access.EDIT):
        change(here)
    found = redirect("planning:gaps", org, assessment.number)
    found["Location"] += f"{'?causes=all' if _all_causes(request) else ''}#{challenge}"
    return found
