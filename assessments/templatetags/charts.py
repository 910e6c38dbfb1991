"""Put a picture of `assessments.charts` on a page or on paper.

``{% picture spec %}`` draws it for a wide and for a narrow page (the stylesheet shows one of them); ``{%
picture_as spec 136 %}`` draws one view box; ``{% printed spec 504 %}`` draws it for paper, so many points
wide, and ``{% printed spec 243 "narrow" %}`` uses the narrow drawing for half a sheet. All text is
escaped. ``{% captions areas %}`` writes short figures under a strip, one for each pair of title and figure.
"""

from collections.abc import Iterable

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from assessments.charts import NARROW, WIDE, Picture

register = template.Library()


@register.simple_tag
def picture(spec: Picture) -> SafeString:
    """Return the picture drawn for a wide and for a narrow page."""
    wide, narrow = spec.draw(WIDE), spec.draw(NARROW)
    return mark_safe(f'<div class="wide">{wide}</div><div class="narrow">{narrow}</div>')  # noqa: S308  # the pen escapes


@register.simple_tag
def picture_as(spec: Picture, width: int) -> SafeString:
    """Return the picture drawn for one view box."""
    return mark_safe(spec.draw(width))  # noqa: S308  # the pen escapes


@register.simple_tag
def printed(spec: Picture, points: float, drawing: str = "wide") -> SafeString:
    """Return the picture drawn for paper, `points` wide."""
    return mark_safe(spec.draw(NARROW if drawing == "narrow" else WIDE, points))  # noqa: S308  # the pen escapes


@register.simple_tag
def captions(figures: Iterable[tuple[str, str]]) -> SafeString:
    """Return figures in a row; what each is of can be pointed at and is read out."""
    one = '<i title="{0}"><span class="visually-hidden">{0} </span>{1}</i>'
    return format_html_join("", one, figures)
