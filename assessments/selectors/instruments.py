"""Published instruments as core values. A version never changes, so each is read once a process."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from django.db.models import QuerySet

from assessments.core.instruments import Instrument
from assessments.models import InstrumentVersion, Question

FIRST = "social-media-alignment"  # what an organization is asked first


def published(slug: str) -> QuerySet[InstrumentVersion]:
    """Return the versions of an instrument, the newest first, without their documents."""
    return InstrumentVersion.objects.filter(slug=slug).order_by("-version").defer("document")


def instrument_content(version: InstrumentVersion) -> Instrument:
    """Return what a published version asks."""
    return _content(version.pk, version.digest)


def question_ids(version: InstrumentVersion) -> Mapping[str, int]:
    """Return the database's number of each question, by its key."""
    return _question_ids(version.pk, version.digest)


def question_keys(version: InstrumentVersion) -> Mapping[int, str]:
    """Return the key of each question, by its number in the database."""
    return _question_keys(version.pk, version.digest)


@lru_cache(maxsize=64)
def _content(pk: int, _digest: str) -> Instrument:
    return Instrument.model_validate(InstrumentVersion.objects.values_list("document", flat=True).get(pk=pk))


@lru_cache(maxsize=64)
def _question_ids(pk: int, _digest: str) -> Mapping[str, int]:
    return MappingProxyType(dict(Question.objects.filter(instrument_id=pk).values_list("key", "pk")))


@lru_cache(maxsize=64)
def _question_keys(pk: int, digest: str) -> Mapping[int, str]:
    return MappingProxyType({number: key for key, number in _question_ids(pk, digest).items()})
