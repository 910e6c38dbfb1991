"""The list of assessments, starting one, beginning to answer, closing and reopening."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assessments.forms.assessments import BeginForm, ReopenForm, StartForm
from assessments.models import Assessment
from assessments.selectors import instruments
from assessments.selectors.answering import form_minutes, respondent_of, sheet_of
from assessments.selectors.assessments import assessments_of, next_number, own_answer_counts
from assessments.selectors.targets import last_with_targets
from assessments.selectors.visibility import visibility_of
from assessments.services import answers as answer_services
from assessments.services import assessments as services
from assessments.views.common import assessment_or_404, frame, language
from assessments.views.heat import first_sentence
from organizations import access
from organizations.onetime import one_at_a_time


@login_required
def assessment_list(request: HttpRequest, org: str) -> HttpResponse:
    """Show the organization's assessments, the newest first."""
    membership = access.organization_or_404(request.user, org, access.MEMBER)
    found = list(assessments_of(membership.organization)[:100])
    own = own_answer_counts(membership.organization, membership.user_id)
    rows = [_row(assessment, own.get(assessment.pk, 0)) for assessment in found]
    context = frame(membership) | {
        "rows": rows,
        "has_open": any(row["open"] for row in rows),
    }
    return render(request, "assessments/assessment_list.html", context)


def _row(assessment: Assessment, own: int) -> dict[str, Any]:
    instrument = instruments.instrument_content(assessment.instrument)
    # Questions that stay hidden count as asked here: then the list says 'Go on', and the page knows better.
    return {
        "assessment": assessment,
        "instrument": instrument,
        "own": own,
        "all_answered": own >= len(instrument.asked(assessment.kind, assessment.cells)),
        "open": assessment.state == Assessment.State.OPEN,
    }


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assessment_start(request: HttpRequest, org: str) -> HttpResponse:
    """Say how long each form takes; start one. Who sees what is said where each person begins."""
    membership = access.organization_or_404(request.user, org, access.EDIT)
    version = instruments.published(instruments.FIRST).first()
    number = next_number(membership.organization)
    form = StartForm(
        request.POST or None, initial={"number": number, "kind": request.GET.get("form", "quick")}
    )
    if version is not None and request.method == "POST" and form.is_valid():
        try:
            with one_at_a_time(request, membership, access.EDIT):
                assessment = services.start_assessment(
                    organization=membership.organization,
                    instrument=version,
                    kind=form.cleaned_data["kind"],
                    number=form.cleaned_data["number"],
                    user=membership.user,
                    at=timezone.now(),
                )
        except ValidationError as error:
            messages.error(request, error.messages[0], extra_tags="attention")
            return redirect("assessments:assessment-list", org)
        if access.ANSWER in access.abilities(membership):
            return redirect("assessments:assessment-begin", org, assessment.number)
        return redirect("assessments:assessment-detail", org, assessment.number)
    context = frame(membership) | {"form": form, "chosen": form["kind"].value()}
    if version is not None:
        content = instruments.instrument_content(version)
        context |= {
            "instrument": content,
            # The first sentence says what it is about; how one answers is one rule on every page.
            "about": first_sentence(content.summary.in_(language())),
            "targets_from": last_with_targets(membership.organization, version),
            "quick_count": len(content.asked("quick")),
            "full_count": len(content.asked("full")),
        }
    return render(request, "assessments/assessment_start.html", context, status=422 if form.errors else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def assessment_begin(request: HttpRequest, org: str, number: int) -> HttpResponse:
    """Say who will see what before the first answer; take whether the name is shown."""
    membership, assessment = assessment_or_404(request.user, org, number, access.ANSWER)
    respondent = respondent_of(assessment, membership.user)
    closed = assessment.state != Assessment.State.OPEN
    if closed and respondent is None and request.method != "POST":
        return redirect("assessments:assessment-detail", org, number)
    initial = (
        {"named": "yes" if respondent.named else "no", "agrees_to_show": respondent.agrees_to_show}
        if respondent
        else {"named": "no"}
    )
    form = BeginForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            with one_at_a_time(request, membership, access.ANSWER):
                answer_services.join(
                    assessment=assessment,
                    membership=membership,
                    named=form.cleaned_data["named"],
                    agrees_to_show=form.cleaned_data["agrees_to_show"],
                    at=timezone.now(),
                )
        except ValidationError as error:
            messages.error(request, error.messages[0], extra_tags="attention")
            return redirect("assessments:assessment-detail", org, number)
        if closed:
            messages.success(request, _("Saved."), extra_tags="good")
            return redirect("assessments:assessment-detail", org, number)
        sheet = sheet_of(assessment, membership.user)
        return redirect("assessments:area-detail", org, number, sheet.resume_area)
    instrument = instruments.instrument_content(assessment.instrument)
    context = frame(membership) | {
        "assessment": assessment,
        "instrument": instrument,
        "form": form,
        "begun": respondent is not None,
        "alone": not membership.organization.memberships.exclude(pk=membership.pk).exists(),
        "closed": closed,
        "minutes": form_minutes(assessment, instrument),
        "count": len(instrument.asked(assessment.kind, assessment.cells)),
    }
    return render(request, "assessments/assessment_begin.html", context, status=422 if form.errors else 200)


@login_required
def assessment_detail(request: HttpRequest, org: str, number: int) -> HttpResponse:
    """Show where an assessment stands and what can be done with it."""
    membership, assessment = assessment_or_404(request.user, org, number, access.MEMBER)
    return render(request, "assessments/assessment_detail.html", _detail(request, membership, assessment))


def _detail(
    request: HttpRequest, membership: Any, assessment: Assessment, reopen: ReopenForm | None = None
) -> dict[str, Any]:
    can = access.abilities(membership)
    sheet = sheet_of(assessment, membership.user)
    return frame(membership) | {
        "assessment": assessment,
        "instrument": sheet.instrument,
        "sheet": sheet,
        "total": sheet.count(),
        "areas": [{"area": area, "count": sheet.count(area=area.key)} for area in sheet.areas],
        "resume_area": sheet.resume_area,
        "may_answer": access.ANSWER in can and not sheet.closed,
        "may_edit": access.EDIT in can,
        "may_review": access.REVIEW in can,
        "visibility": visibility_of(assessment, membership),
        "events": assessment.events.select_related("user"),
        "reopen": reopen or ReopenForm(),
        "full_count": len(sheet.instrument.questions),
        "full_minutes": sheet.instrument.minutes.full,
    }


@login_required
@require_POST
def assessment_continue(request: HttpRequest, org: str, number: int) -> HttpResponse:
    """Continue the ten-minute check as the full questionnaire."""
    membership, assessment = assessment_or_404(request.user, org, number, access.EDIT)
    try:
        with one_at_a_time(request, membership, access.EDIT):
            services.continue_as_full(assessment=assessment, user=membership.user, at=timezone.now())
    except ValidationError as error:
        messages.error(request, error.messages[0], extra_tags="attention")
        return redirect("assessments:assessment-detail", org, number)
    messages.success(
        request, _("The full questionnaire is open now. Your answers are still here."), extra_tags="good"
    )
    return redirect("assessments:assessment-detail", org, number)


@login_required
@require_POST
def assessment_close(request: HttpRequest, org: str, number: int) -> HttpResponse:
    """Close an assessment."""
    membership, assessment = assessment_or_404(request.user, org, number, access.REVIEW)
    try:
        with one_at_a_time(request, membership, access.REVIEW):
            services.close_assessment(assessment=assessment, user=membership.user, at=timezone.now())
    except ValidationError as error:
        messages.error(request, error.messages[0], extra_tags="attention")
    else:
        messages.success(
            request, _("This assessment is closed. Its results stay as they are."), extra_tags="good"
        )
    return redirect("assessments:assessment-detail", org, number)


@login_required
@require_POST
def assessment_reopen(request: HttpRequest, org: str, number: int) -> HttpResponse:
    """Open a closed assessment for answers again, with a reason."""
    membership, assessment = assessment_or_404(request.user, org, number, access.REVIEW)
    form = ReopenForm(request.POST)
    if form.is_valid():
        try:
            with one_at_a_time(request, membership, access.REVIEW):
                services.reopen_assessment(
                    assessment=assessment,
                    user=membership.user,
                    reason=form.cleaned_data["reason"],
                    at=timezone.now(),
                )
        except ValidationError as error:
            messages.error(request, error.messages[0], extra_tags="attention")
        else:
            messages.success(request, _("This assessment is open for answers again."), extra_tags="good")
        return redirect("assessments:assessment-detail", org, number)
    context = _detail(request, membership, assessment, form)
    return render(request, "assessments/assessment_detail.html", context, status=422)
