"""Two languages at once: pairs of pictures, and sentences written in both."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils import translation

from planning.selectors import PlanPicture
from reports.core.document import Text


@dataclass(frozen=True)
class Both:
    """The same plan put into words twice."""

    en: PlanPicture
    es: PlanPicture


def text(en: str, es: str) -> Text:
    """Return words in both languages; what is missing in Spanish falls back to English."""
    return Text({"en": en, "es": es or en})


def some(en: str, es: str) -> Text | None:
    """Return words in both languages, or None where there are none."""
    return text(en, es) if en.strip() else None


def said(write: Callable[[], str]) -> Text | None:
    """Return what a function says in each language; None where it says nothing."""
    with translation.override("en"):
        en = write()
    with translation.override("es"):
        es = write()
    return some(en, es)
