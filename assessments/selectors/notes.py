"""Notes that may be shown: those of people who chose to answer with their name, and one's own."""

from assessments.models import Answer, Assessment
from assessments.selectors.instruments import instrument_content, question_keys


def notes_of(assessment: Assessment, cell: str, *, own: int | None, own_only: bool) -> list[dict[str, str]]:
    """Return the notes to the questions of one cell: `note`, `question` (its key), `name` ('' for one's own).

    `private` is 'yes' for a note of one's own that nobody else is shown.
    """
    instrument = instrument_content(assessment.instrument)
    keys = question_keys(assessment.instrument)
    in_cell = {question.key for question in instrument.by_cell[cell]}
    rows = (
        Answer.objects.filter(respondent__assessment=assessment)
        .exclude(note="")
        .select_related("respondent")
        .order_by("question__position", "respondent_id")
    )
    return [
        {
            "note": row.note,
            "question": keys[row.question_id],
            "name": "" if row.respondent_id == own else row.respondent.name,
            "private": "" if row.respondent.named else "yes",
        }
        for row in rows
        if keys[row.question_id] in in_cell
        and (row.respondent_id == own or (row.respondent.named and not own_only))
    ]
