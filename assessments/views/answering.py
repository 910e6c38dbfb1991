"""The questions of one area, and the saving of answers: one by one (autosave) or all of a page."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assessments.forms.answers import AnswerForm
from assessments.forms.pages import Asked, PartForm, area_forms, question_form, with_choices_kept
from assessments.models import Respondent, Standing
from assessments.selectors.answering import Sheet, empty_sheet, sheet_of
from assessments.selectors.assessments import standing_to_answer
from assessments.services import answers as services
from assessments.views.common import assessment_or_404, frame, language, signed_in
from organizations import access

ANSWER_HEADER = "TechPlan-Answer"  # what became of an autosave; a page without it did not come from here
REVISION_HEADER = "TechPlan-Revision"


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def area_detail(request: HttpRequest, org: str, number: int, area: str) -> HttpResponse:
    """Show the questions of one area; without JavaScript its buttons save all answers of the page."""
    if request.method == "POST":
        return _save_page(request, org, number, area)
    membership, assessment = assessment_or_404(request.user, org, number, access.ANSWER)
    sheet = sheet_of(assessment, request.user)
    if sheet.respondent is None:
        return redirect("assessments:assessment-begin", org, number)
    _require_area(sheet, area)
    forms = area_forms(sheet, org, area, language=language())
    context = frame(membership) | _page(sheet, sheet.respondent, org, area, forms)
    return render(request, "assessments/area_detail.html", context)


def _save_page(request: HttpRequest, org: str, number: int, area: str) -> HttpResponse:
    membership, assessment = assessment_or_404(request.user, org, number, access.ANSWER)
    with transaction.atomic():
        standing = _locked_or_404(request, org, number)
        sheet = sheet_of(assessment, request.user)
        if sheet.respondent is None:
            return redirect("assessments:assessment-begin", org, number)
        _require_area(sheet, area)
        forms = area_forms(
            sheet, org, area, language=language(), data=with_choices_kept(request.POST, sheet, area)
        )
        offered = [form for form in forms.values() if form.is_bound and form.is_valid() and not form.empty()]
        try:
            outcome = services.save_answers(
                standing=standing,
                user_id=int(request.user.pk or 0),
                offers=[form.offer() for form in offered],
                at=timezone.now(),
            )
        except ValidationError as error:
            messages.error(request, error.messages[0], extra_tags="wrong")
            return redirect("assessments:area-detail", org, number, area)
    troubled = _told(forms, offered, outcome)
    if troubled:
        context = frame(membership) | _page(outcome.sheet, sheet.respondent, org, area, forms)
        context |= {"troubled": troubled, "saved": len(outcome.saved)}
        status = 409 if outcome.refused else 422
        return render(request, "assessments/area_detail.html", context, status=status)
    return _after_page(request, org, number, area, outcome)


def _told(
    forms: dict[str, AnswerForm], offered: list[AnswerForm], outcome: services.Outcome
) -> list[AnswerForm]:
    """Tell each form what became of it; return those that need the person."""
    for form in offered:
        key = form.question.key
        if key in outcome.refused:
            form.refuse(outcome.refused[key])
        else:
            form.saved(outcome.saved[key])
    troubled = [form for form in forms.values() if form.is_bound and (form.errors or form.state.conflict)]
    for form in troubled:
        if form.errors:
            form.wrong(form.sentences())
    return troubled


def _after_page(
    request: HttpRequest, org: str, number: int, area: str, outcome: services.Outcome
) -> HttpResponse:
    """Go on: to follow-up questions that have just appeared here, to the next area, or back to this page."""
    here = [question.key for question in outcome.sheet.questions(area)]
    more = [key for key in here if key in outcome.appeared]
    page = reverse("assessments:area-detail", args=[org, number, area])
    if more:
        text = ngettext(
            "Saved. %(count)d more question follows from your answer.",
            "Saved. %(count)d more questions follow from your answers.",
            len(more),
        )
        messages.info(request, text % {"count": len(more)})
        return redirect(f"{page}#q-{more[0]}")
    if request.POST.get("then") == "next":
        return redirect(_next_url(outcome.sheet, org, area))
    messages.success(request, _("Your answers are saved."), extra_tags="good")
    return redirect(page)


@never_cache
@require_POST
def answer_save(request: HttpRequest, org: str, number: int, question: str) -> HttpResponse:
    """Save one answer; the reply holds its saved line, the progress and follow-up questions that come or go.

    A header says what became of it, because a sign-in page or a proxy's page can come back with status 200 as well.
    """
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    with transaction.atomic():
        standing = _locked_or_404(request, org, number)
        sheet = empty_sheet(standing.assessment)
        _require_question(sheet, question)
        form = question_form(sheet, question, org, language=language(), data=request.POST)
        if not form.is_valid() or form.empty():
            form.wrong(form.sentences() or [_("Choose an answer first; the note is saved with it.")])
            return _reply(form, "refused", status=422)
        try:
            outcome = services.save_answers(
                standing=standing, user_id=request.user.pk, offers=[form.offer()], at=timezone.now()
            )
        except ValidationError as error:
            form.wrong(error.messages)
            return _reply(form, "closed" if error.code == services.CLOSED else "refused", status=409)
    if question in outcome.refused:
        form.refuse(outcome.refused[question])
        return _reply(form, "conflict", status=409)
    form.saved(outcome.saved[question])
    return _reply(form, "saved", outcome=outcome, org=org)


@signed_in
@never_cache
@require_GET
def answer_card(request: HttpRequest, org: str, number: int, question: str) -> HttpResponse:
    """Return one question as the server has it, for who keeps the other value."""
    _membership, assessment = assessment_or_404(request.user, org, number, access.ANSWER)
    sheet = sheet_of(assessment, request.user)
    if sheet.respondent is None:
        raise Http404
    _require_question(sheet, question)
    form = question_form(sheet, question, org, language=language())
    return render(request, "assessments/_asked.html", {"one": Asked(form, question in sheet.visible)})


def _reply(
    form: AnswerForm,
    became: str,
    *,
    status: int = 200,
    outcome: services.Outcome | None = None,
    org: str = "",
) -> HttpResponse:
    context: dict[str, Any] = {"key": form.question.key, "state": form.state}
    if outcome is not None:
        sheet, area = outcome.sheet, form.question.area
        moved = outcome.appeared | outcome.disappeared
        context |= _progress(sheet, org, area)
        context["progress"] = True
        context["moved"] = [
            Asked(question_form(sheet, one.key, org, language=language()), one.key in sheet.visible)
            for one in sheet.questions(area)
            if one.key in moved
        ]
    # Without the request: a reply of a few lines needs nothing of what the frame of a page reads from it.
    response = HttpResponse(render_to_string("assessments/_answer_reply.html", context), status=status)
    response[ANSWER_HEADER] = became
    if became == "saved" and form.answer is not None:
        response[REVISION_HEADER] = str(form.answer.revision)
    return response


def _locked_or_404(request: HttpRequest, org: str, number: int) -> Standing:
    standing = standing_to_answer(request.user, org, number)
    if standing is None:
        access.organization_or_404(request.user, org, access.ANSWER)
        raise Http404
    return standing


def _require_area(sheet: Sheet, area: str) -> None:
    if area not in {part.key for part in sheet.areas}:
        raise Http404


def _require_question(sheet: Sheet, question: str) -> None:
    if question not in {one.key for one in sheet.asked}:
        raise Http404


def _next_url(sheet: Sheet, org: str, area: str) -> str:
    _before, after = sheet.neighbours(area)
    if after is not None:
        return reverse("assessments:area-detail", args=[org, sheet.assessment.number, after.key])
    page = "result-detail" if sheet.count().done else "assessment-detail"
    return reverse(f"assessments:{page}", args=[org, sheet.assessment.number])


def _progress(sheet: Sheet, org: str, area: str) -> dict[str, Any]:
    """Return what the margin says: how much is answered, in all, in each quality here, elsewhere; and what is next."""
    number = sheet.assessment.number
    _before, after = sheet.neighbours(area)
    return {
        "after": after,
        "next_url": _next_url(sheet, org, area),
        "total": sheet.count(),
        "minutes_left": sheet.minutes_left,
        "parts": [
            {
                "title": quality.title,
                "anchor": f"#part-{quality.key}",
                "count": sheet.count(area=area, quality=quality.key),
            }
            for quality in sheet.instrument.qualities
            if sheet.keys(area, quality.key)
        ],
        "others": [
            {
                "title": part.title,
                "url": reverse("assessments:area-detail", args=[org, number, part.key]),
                "count": sheet.count(area=part.key),
            }
            for part in sheet.areas
            if part.key != area
        ],
    }


def _page(
    sheet: Sheet, respondent: Respondent, org: str, area: str, forms: dict[str, AnswerForm]
) -> dict[str, Any]:
    before, _after = sheet.neighbours(area)
    return _progress(sheet, org, area) | {
        "assessment": sheet.assessment,
        "instrument": sheet.instrument,
        "area": sheet.instrument.area(area),
        "respondent": respondent,
        "closed": sheet.closed,
        "groups": [
            {
                "quality": quality,
                "form": PartForm(
                    [Asked(forms[key], key in sheet.visible) for key in sheet.keys(area, quality.key)]
                ),
            }
            for quality in sheet.instrument.qualities
            if sheet.keys(area, quality.key)
        ],
        "before": before,
        "minutes": sheet.minutes,
    }
