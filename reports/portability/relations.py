"""Check what the rows of an export say about each other, before anything is written."""

from collections import Counter
from collections.abc import Iterator

from reports.portability.schema import AnswerRow, AssessmentPart, Export, Row

MOST_LINES = 20


def wrong_relations(export: Export) -> list[str]:
    """Return one line for each name that leads nowhere and each number that is there twice."""
    found = list(_wrong(export))
    if len(found) > MOST_LINES:
        found = [*found[:MOST_LINES], f"and {len(found) - MOST_LINES} more"]
    return found


def _wrong(export: Export) -> Iterator[str]:
    people = [person.email.lower() for person in export.people]
    yield from _twice("people", people)
    if not any(person.member and person.member.role == "director" for person in export.people):
        yield "people: nobody is a director"
    yield from _strangers("the export", export, frozenset(people))
    versions = {(part.slug, part.version): part for part in export.instruments}
    yield from _twice("instruments", [f"{slug} {version}" for slug, version in versions])
    numbers = [part.number for part in export.assessments]
    yield from _twice("assessments", numbers)
    for part in export.assessments:
        if (part.instrument, part.instrument_version) not in versions:
            asked = f"{part.instrument} {part.instrument_version}"
            yield f"assessments[{part.number}]: {asked} is not among the instruments"
        else:
            document = versions[(part.instrument, part.instrument_version)].document
            yield from _assessment(part, document)
    yield from _twice("plans", [part.number for part in export.plans])
    for plan in export.plans:
        for number in plan.assessments:
            if number not in numbers:
                yield f"plans[{plan.number}]: there is no assessment {number}"
    yield from _reports(export)


def _assessment(part: AssessmentPart, document: dict[str, object]) -> Iterator[str]:
    """Check that answers name questions of their instrument, and levels go with the answers that have one."""
    questions = document.get("questions")
    keys = (
        {one.get("key") for one in questions if isinstance(one, dict)}
        if isinstance(questions, list)
        else set()
    )
    place = f"assessments[{part.number}]"
    if (part.state == "closed") != (part.closed_at is not None):
        yield f"{place}: closed_at does not fit the state {part.state!r}"
    named = [row.question for row in part.consensus]
    named += [row.question for row in part.targets if row.question is not None]
    answers: list[AnswerRow] = [
        row for respondent in part.respondents for row in (*respondent.answers, *respondent.changes)
    ]
    for question in sorted({*named, *(row.question for row in answers)} - keys, key=str):
        yield f"{place}: {question!r} is not a question of this instrument"
    for row in answers:
        if (row.kind == "level") != (row.level is not None):
            yield f"{place}: the answer to {row.question!r} has no level that fits its kind"
    for number, respondent in enumerate(part.respondents):
        yield from _twice(
            f"{place}.respondents[{number}].answers", [row.question for row in respondent.answers]
        )


def _reports(export: Export) -> Iterator[str]:
    plans = {plan.number for plan in export.plans}
    keys = [part.key for part in export.snapshots]
    yield from _twice("snapshots", keys)
    for part in export.snapshots:
        if part.plan is not None and part.plan not in plans:
            yield f"snapshots[{part.key}]: there is no plan {part.plan}"
    yield from _twice("reports", [f"{row.audience} {row.number}" for row in export.reports])
    for row in export.reports:
        if row.snapshot not in keys:
            yield f"reports[{row.audience} {row.number}]: there is no snapshot {row.snapshot}"
    renderings = {row.number for row in export.reports if row.audience == "share"}
    yield from _twice("shares", [share.report for share in export.shares])
    for share in export.shares:
        if share.report not in renderings:
            yield f"shares[{share.recipient}]: there is no rendering {share.report} of a share"


PERSON_FIELDS = {
    *("person", "user", "started_by", "recorded_by", "set_by", "decided_by", "marked_by", "created_by"),
    "requested_by",
}


def _strangers(place: str, row: Row, people: frozenset[str]) -> Iterator[str]:
    """Find every address that is not among the people, at any depth."""
    for name in type(row).model_fields:
        value = getattr(row, name)
        if name in PERSON_FIELDS and isinstance(value, str) and value.lower() not in people:
            yield f"{place}.{name}: {value!r} is not among the people"
        elif isinstance(value, Row):
            yield from _strangers(f"{place}.{name}", value, people)
        elif isinstance(value, list):
            for number, one in enumerate(value):
                if isinstance(one, Row):
                    yield from _strangers(f"{name}[{number}]", one, people)


def _twice(place: str, values: list[object] | list[str] | list[int]) -> Iterator[str]:
    for value, times in Counter(values).items():
        if times > 1:
            yield f"{place}: {value!r} is there {times} times"
