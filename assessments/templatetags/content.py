"""Show content texts, levels and times. Each filter formats one value and asks the database nothing."""

from datetime import datetime
from fractions import Fraction

from django import template
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
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
def clock(moment: datetime | None, exact: str = "minutes") -> SafeString:
    """Return the time of a moment of today, else its day, where the site is; site.js tells it where the reader is.

    `exact` is "minutes" or "seconds".
    """
    if moment is None:
        return SafeString("")
    local = timezone.localtime(moment)
    shown = f"{local:%H:%M:%S}" if exact == "seconds" else f"{local:%H:%M}"
    if local.date() != timezone.localdate():
        shown = formats.date_format(local, "DATE_FORMAT")
    return format_html('<time datetime="{}" data-clock="{}">{}</time>', local.isoformat(), exact, shown)


@register.simple_tag
def answering_rule() -> str:
    """Return how one chooses a level: the sentences that say so."""
    return wording.answering_rule()


@register.simple_tag
def closed_reason() -> str:
    """Return why results are closed to somebody who may look."""
    return wording.closed_reason()


@register.simple_tag
def showing_rule() -> str:
    """Return from when on results show: the one sentence that says so."""
    return wording.showing_rule()
