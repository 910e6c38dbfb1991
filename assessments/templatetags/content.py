"""Show content texts, levels and times. Each filter formats one value and asks the database nothing."""

from datetime import datetime
from fractions import Fraction

from django import template
from django.utils import formats, timezone
from django.utils.translation import get_language

from assessments import wording
from assessments.core.content import Text

register = template.Library()


@register.filter
def in_language(text: Text | None) -> str:
    """Return a content text in the language of the page; '' for no text."""
    return text.in_(get_language() or "en") if text is not None else ""


@register.filter
def level(value: Fraction | int | None, places: int = 1) -> str:
    """Return a level as it is shown: rounded half up to `places`, in the form of the language."""
    return wording.number(value, places=places)


@register.filter
def exact_level(value: Fraction | int | None) -> str:
    """Return a level with up to three places and no zeros at the end."""
    return wording.number(value, places=3, trim=True)


@register.filter
def clock(moment: datetime) -> str:
    """Return the time of a moment of today, else its day, both where the site is."""
    local = timezone.localtime(moment)
    if local.date() == timezone.localdate():
        return f"{local:%H:%M}"
    return formats.date_format(local, "DATE_FORMAT")
