"""The forms of a page of questions, made from a person's sheet.

The page owns the one <form>; each part of it, the questions of one quality, is laid out by crispy-forms at once.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Layout, LayoutObject
from django import forms
from django.http import QueryDict
from django.template.loader import render_to_string
from django.urls import reverse

from assessments.forms.answers import AnswerForm, Spot
from assessments.selectors.answering import Sheet

FIELDS = ("choice", "guess", "note", "reason", "revision")


@dataclass(frozen=True)
class Asked:
    """A question on the page; a follow-up that is not shown keeps its place."""

    form: AnswerForm
    shown: bool

    @property
    def key(self) -> str:
        """The key of the question."""
        return self.form.question.key

    @property
    def card(self) -> dict[str, Any]:
        """What its template shows."""
        return self.form.card()


class QuestionCards(LayoutObject):
    """Lay out questions: legend, five descriptions as radio cards, the other answers, the note, the state."""

    template = "assessments/_questions.html"

    def __init__(self, asked: Sequence[Asked]) -> None:
        self.asked = asked
        self.fields: list[Any] = []

    def render(self, form: forms.BaseForm, context: Any, template_pack: Any = None, **kwargs: Any) -> str:
        """Return the questions as HTML."""
        return str(render_to_string(self.template, {"asked": self.asked}))


class PartForm(forms.Form):
    """The questions of one part of a page; each answer is checked by its own AnswerForm."""

    def __init__(self, asked: Sequence[Asked]) -> None:
        super().__init__()
        self.helper = FormHelper()
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(QuestionCards(asked))


def area_forms(
    sheet: Sheet, org: str, area: str, *, language: str, data: QueryDict | None = None
) -> dict[str, AnswerForm]:
    """Return the forms of an area's questions by key; bound where the page has sent the question."""
    forms = {}
    for question in sheet.questions(area):
        sent = data if data is not None and f"{question.key}-revision" in data else None
        forms[question.key] = question_form(sheet, question.key, org, language=language, data=sent)
    return forms


def question_form(
    sheet: Sheet, key: str, org: str, *, language: str, data: QueryDict | None = None
) -> AnswerForm:
    """Return the form of one question."""
    question = sheet.instrument.by_key[key]
    keys = [one.key for one in sheet.questions(question.area)]
    number = sheet.assessment.number
    return AnswerForm(
        data,
        question=question,
        instrument=sheet.instrument,
        language=language,
        answer=sheet.answers.get(key),
        spot=Spot(
            number=keys.index(key) + 1,
            of=len(keys),
            save_url=reverse("assessments:answer-save", args=[org, number, key]),
            card_url=reverse("assessments:answer-card", args=[org, number, key]),
            edition=sheet.assessment.instrument.digest,
            closed=sheet.closed,
        ),
    )


def with_choices_kept(data: QueryDict, sheet: Sheet, area: str) -> QueryDict:
    """Return the posted page with the decisions about conflicts ('keep') worked in.

    'This one' takes the revision that the person has seen; 'the other one' takes the answer out of the page.
    """
    decided = data.copy()
    for question in sheet.questions(area):
        keep = data.get(f"{question.key}-keep", "")
        if keep.isdecimal():
            decided[f"{question.key}-revision"] = keep
        elif keep == "other":
            for name in FIELDS:
                decided.pop(f"{question.key}-{name}", None)
    return decided
