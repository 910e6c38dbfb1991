"""Publish instruments. A published version never changes: its answers belong to its exact wording."""

from django.db import transaction

from assessments.core.canonical import digest
from assessments.core.content import ContentError
from assessments.core.instruments import Instrument, document
from assessments.models import InstrumentVersion, Question


@transaction.atomic
def import_instrument(*, instrument: Instrument, name: str) -> tuple[InstrumentVersion, bool]:
    """Publish one version of an instrument, and say whether it is new; doing it again changes nothing.

    Raises ContentError when this version is published already with another content; `name` is the file's.
    """
    plain = document(instrument)
    mark = digest(plain)
    version, created = InstrumentVersion.objects.get_or_create(
        slug=instrument.slug, version=instrument.version, defaults={"digest": mark, "document": plain}
    )
    if created:
        Question.objects.bulk_create(
            Question(
                instrument=version,
                key=question.key,
                area=question.area,
                quality=question.quality,
                position=position,
                quick=question.quick,
            )
            for position, question in enumerate(instrument.questions)
        )
    elif version.digest != mark:
        published = f"version {instrument.version} of {instrument.slug} is published and never changes"
        raise ContentError([f"{name}: version: {published}; give the changed questions a new version"])
    return version, created
