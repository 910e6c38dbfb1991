"""Organizations, people, assessments and answers for tests; the caller says what matters."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from assessments.core.instruments import checked_instrument
from assessments.models import Answer, Assessment, InstrumentVersion, Respondent
from assessments.selectors.instruments import question_ids
from assessments.services.content import import_instrument
from organizations.models import Organization, User
from tests.factories.instruments import say, small_document

NOON = datetime(2026, 3, 16, 12, tzinfo=UTC)
_numbers = count(1)


def new_organization(name: str = "Brightwater", **fields: Any) -> Organization:
    return Organization.objects.create(**{"name": name, "slug": f"org-{next(_numbers)}", **fields})


def new_user(name: str = "Ana") -> User:
    return User.objects.create(email=f"person-{next(_numbers)}@example.org", name=name)


def small_version(**changes: Any) -> InstrumentVersion:
    """Return the small instrument, published; `changes` go into its document."""
    instrument = checked_instrument({**small_document(), **changes}, name="small.yaml")
    return import_instrument(instrument=instrument, name="small.yaml")[0]


def new_assessment(
    organization: Organization, version: InstrumentVersion, *, kind: str = "full", **fields: Any
) -> Assessment:
    number = fields.pop("number", organization.assessments.count() + 1)
    return Assessment.objects.create(
        organization=organization,
        instrument=version,
        kind=kind,
        number=number,
        **{"created_at": NOON, "opened_at": NOON, **fields},
    )


def new_respondent(assessment: Assessment, *, group: str = "staff", **fields: Any) -> Respondent:
    return Respondent.objects.create(assessment=assessment, group=group, **{"created_at": NOON, **fields})


def answer(respondent: Respondent, **answers: int | str | None) -> None:
    """Save answers written short (see `say`), over those given before; None takes one away."""
    ids = question_ids(respondent.assessment.instrument)
    for key, short in answers.items():
        if short is None:
            Answer.objects.filter(respondent=respondent, question_id=ids[key]).delete()
            continue
        said = say(key, short)
        Answer.objects.update_or_create(
            respondent=respondent,
            question_id=ids[key],
            defaults={
                "kind": said.kind.value,
                "level": said.level,
                "guess": said.guess,
                "saved_at": NOON,
            },
        )
