"""The forms of a page of questions, made from a person's sheet."""

from django.http import QueryDict
from django.urls import reverse

from assessments.forms.answers import AnswerForm, Spot
from assessments.selectors.answering import Sheet

FIELDS = ("choice", "guess", "note", "reason", "revision")


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
