"""Freeze a plan: everything that a report says, as one self-contained document in the database.

Later changes of the plan, the answers or the content do not touch it. Words of the content are kept in
both languages, sentences about numbers are written in both on the day of the snapshot.
"""

from datetime import datetime

from django.db import transaction

from organizations.models import User
from planning.models import Plan
from planning.selectors import plan_picture, work_of
from reports.core.document import SCHEMA_VERSION, Document, digest, dump
from reports.models import Snapshot
from reports.snapshot import planned, standing
from reports.snapshot.words import Both

__all__ = ["document_of", "take"]


@transaction.atomic
def take(plan: Plan, *, by: User | None, at: datetime) -> Snapshot:
    """Write the snapshot of a plan as it is at this moment."""
    locked = Plan.objects.select_for_update(of=("self",)).select_related("organization").get(pk=plan.pk)
    document = document_of(locked, at=at)
    snapshot = Snapshot.objects.create(
        organization=locked.organization,
        plan=locked,
        schema_version=SCHEMA_VERSION,
        document=dump(document),
        digest=digest(document),
        created_by=by,
        created_at=at,
    )
    snapshot.assessments.set(locked.assessments.all())
    return snapshot


def document_of(plan: Plan, *, at: datetime) -> Document:
    """Return the document of a plan as it is now, made from the database and the content alone."""
    work = work_of(plan)
    pictures = Both(
        plan_picture(plan, work, language="en", with_causes=True),
        plan_picture(plan, work, language="es", with_causes=True),
    )
    known = work.situation
    return Document(
        schema_version=SCHEMA_VERSION,
        taken_at=at,
        organization=standing.profile(plan.organization),
        wording=standing.wording(known),
        assessments=standing.assessments(known),
        cells=standing.cells(known, pictures.en),
        questions=standing.questions(known),
        challenges=standing.challenges(known, pictures),
        contradictions=tuple(named.key for named in pictures.en.contradictions),
        in_order=standing.in_order(known),
        unreached=tuple((cell.key, challenge.key) for cell, challenge in pictures.en.unreached),
        inventory=standing.inventory(known),
        goals=planned.goals(known, pictures.en),
        plan=planned.plan_part(plan, work, pictures),
        targets_set=known.targets_set,
    )
