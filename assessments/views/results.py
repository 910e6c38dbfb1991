"""The results of an assessment: the heat map, why each number is so, and the targets."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assessments import wording
from assessments.core.instruments import Question
from assessments.core.values import Result, Targets
from assessments.forms.targets import TargetForm
from assessments.models import Assessment
from assessments.selectors.facts import facts_of
from assessments.selectors.instruments import instrument_content
from assessments.selectors.notes import notes_of
from assessments.selectors.results import result_from
from assessments.selectors.targets import targets_of
from assessments.selectors.visibility import Scope, Visibility, visibility_of
from assessments.services.targets import set_targets
from assessments.views import heat
from assessments.views.common import assessment_or_404, frame, language, signed_in
from organizations import access
from organizations.models import Membership
from organizations.onetime import one_at_a_time


@signed_in
def result_detail(request: HttpRequest, org: str, number: int) -> HttpResponse:
    """Show what an assessment found, as far as this member may see it; `?cell=` opens why a number is so."""
    membership, assessment = assessment_or_404(request.user, org, number, access.MEMBER)
    visibility = visibility_of(assessment, membership)
    context = frame(membership) | {
        "assessment": assessment,
        "instrument": instrument_content(assessment.instrument),
        "visibility": visibility,
        "may_answer": access.ANSWER in access.abilities(membership)
        and assessment.state == Assessment.State.OPEN,
        "may_edit": access.EDIT in access.abilities(membership),
    }
    if visibility.scope is not Scope.NOTHING:
        context |= _results(request, membership, assessment, visibility)
    return render(request, "assessments/result_detail.html", context)


def _results(
    request: HttpRequest, membership: Membership, assessment: Assessment, visibility: Visibility
) -> dict[str, Any]:
    reader = heat.Reader(instrument_content(assessment.instrument), language())
    result = _result(assessment, visibility)
    asked_for = request.GET.get("cell", "")
    chosen = asked_for if asked_for in reader.instrument.by_cell else heat.first_cell(result)
    strongest, weakest = heat.strongest_and_weakest(result, reader)
    shown: dict[str, Any] = {
        "resume_area": heat.first_open_area(result),
        "finding": wording.finding(result, area_titles=reader.areas, quality_titles=reader.qualities),
        "still_open": wording.still_open(result),
        "heat": heat.heat_map(result, reader, chosen),
        "strongest": strongest,
        "weakest": weakest,
        "unknown": heat.unknown_questions(result, reader),
        "unknown_says": _who_does_not_know(visibility),
        "opened": asked_for == chosen,
        "scored": any(cell.score is not None for cell in result.cells),
        "any_gap": any(cell.gap for cell in result.cells),
    }
    if chosen:
        own_only = visibility.scope is Scope.OWN
        # Who only sees their own answers sees no words about all of them; who sets targets has written these.
        told = not own_only or access.EDIT in access.abilities(membership)
        shown["why"] = heat.why(
            result.cell(chosen),
            reader,
            single_answers=visibility.shows_single_answers and not own_only,
            notes=notes_of(assessment, chosen, own=visibility.own, own_only=own_only),
            targets=targets_of(assessment) if told else {},
        )
    return shown


def _who_does_not_know(visibility: Visibility) -> str:
    """Return the sentence over what nobody, or at least half, could answer."""
    if visibility.only_own:
        return _("You said “I don’t know”. Finding out is a good first step.")
    if visibility.people == 1:
        return _("The one person who answered said “I don’t know”. Finding out is a good first step.")
    return _("At least half of those who answered said “I don’t know”. Finding out is a good first step.")


def _result(assessment: Assessment, visibility: Visibility) -> Result:
    only = frozenset({str(visibility.own)}) if visibility.scope is Scope.OWN else None
    return result_from(assessment, facts_of(assessment), only=only)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def target_edit(request: HttpRequest, org: str, number: int, area: str, quality: str) -> HttpResponse:
    """Set the targets of one cell and of its questions."""
    membership, assessment = assessment_or_404(request.user, org, number, access.EDIT)
    reader = heat.Reader(instrument_content(assessment.instrument), language())
    cell = f"{area}/{quality}"
    if cell not in reader.instrument.by_cell:
        raise Http404
    with one_at_a_time(request, membership, access.EDIT):
        return _targets(request, membership, assessment, reader, cell)


def _targets(
    request: HttpRequest, membership: Membership, assessment: Assessment, reader: heat.Reader, cell: str
) -> HttpResponse:
    forms = _target_forms(request, assessment, reader, cell)
    area, quality = cell.split("/")
    if request.method == "POST" and all(form.is_valid() for form in forms):
        set_targets(
            assessment=assessment,
            wishes=[form.wish() for form in forms],
            user=membership.user,
            at=timezone.now(),
        )
        messages.success(request, _("The targets are saved."), extra_tags="good")
        page = reverse("assessments:result-detail", args=[membership.organization.slug, assessment.number])
        return redirect(f"{page}?cell={cell}#why")
    context = frame(membership) | {
        "assessment": assessment,
        "name": wording.cell_name(area, quality, areas=reader.areas, qualities=reader.qualities),
        "cell": cell,
        "cell_form": forms[0],
        "question_forms": [
            {"form": form, "text": reader.instrument.by_key[form.question].text.in_(reader.language)}
            for form in forms[1:]
        ],
    }
    status = 422 if any(form.errors for form in forms) else 200
    return render(request, "assessments/target_edit.html", context, status=status)


def _target_forms(
    request: HttpRequest, assessment: Assessment, reader: heat.Reader, cell: str
) -> list[TargetForm]:
    data = request.POST if request.method == "POST" else None
    targets = targets_of(assessment)
    forms = [
        TargetForm(
            data,
            labels=reader.labels,
            default=_suggested(reader, assessment, cell),
            cell=cell,
            target=targets.get(cell),
        )
    ]
    for question in _asked(reader, assessment, cell):
        forms.append(
            TargetForm(
                data,
                labels=reader.labels,
                default=_("The same as for the whole"),
                cell=cell,
                question=question.key,
                target=targets.get(question.key),
            )
        )
    return forms


def _asked(reader: heat.Reader, assessment: Assessment, cell: str) -> list[Question]:
    asked = {question.key for question in reader.instrument.asked(assessment.kind, assessment.cells)}
    return [question for question in reader.instrument.by_cell[cell] if question.key in asked]


def _suggested(reader: heat.Reader, assessment: Assessment, cell: str) -> str:
    """Return the words for no target of one's own; with the level where all questions of the cell suggest the same."""
    levels = {Targets().of(one.key, cell, one.target) for one in _asked(reader, assessment, cell)}
    if len(levels) != 1:
        return _("As the questionnaire suggests")
    level = levels.pop()
    return _("As the questionnaire suggests: %(level)d, %(label)s") % {
        "level": level,
        "label": reader.labels[level],
    }
