"""Tags of the printed report: section heads and references to other pages. Nothing here asks the database."""

import re
from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from reports.render.context.say import not_approved

register = template.Library()
PAGE_REACHED = re.compile(r"Page (\d+)")


@register.simple_tag(takes_context=True)
def head(context: dict[str, Any], key: str) -> SafeString:
    """Return the heading of a section. The running head takes its words from `data-title`."""
    section = context["by_key"][key]
    return format_html(
        '<h2 id="{}" data-title="{}"><span class="num">{}</span>{}</h2>',
        section.key,
        section.title,
        section.number,
        section.title,
    )


@register.simple_tag(takes_context=True)
def see(context: dict[str, Any], key: str) -> SafeString:
    """Return a reference to a section with its page; nothing where the report does not have it."""
    section = context["by_key"].get(key)
    if section is None:
        return SafeString("")
    words = _("Section %(number)d, page") % {"number": section.number}
    return format_html('<a class="n" href="#{}">{}&#160;</a>', section.key, words)


@register.simple_tag
def links(prefix: str, numbers: Iterable[int]) -> SafeString:
    """Return numbers as links inside the report: A1, A4, A5."""
    return format_html_join(", ", '<a href="#{0}{1}">{0}{1}</a>', ((prefix, number) for number in numbers))


@register.simple_tag
def link(prefix: str, number: int) -> SafeString:
    """Return one number as a link with its page: A2, p. 9."""
    return format_html('<a class="p" href="#{0}{1}">{0}{1}, </a>', prefix, number)


@register.simple_tag
def span_of(prefix: str, numbers: tuple[int, ...]) -> SafeString:
    """Return a run of numbers as one link with its page: B3–B5, p. 14."""
    if not numbers:
        return SafeString("")
    first, last = numbers[0], numbers[-1]
    words = f"{prefix}{first}" if first == last else f"{prefix}{first}–{prefix}{last}"
    return format_html('<a class="p" href="#{}{}">{}, </a>', prefix, first, words)


@register.filter
def progress(message: str) -> str:
    """Return how far a report is in the reader's language; it is stored in English, a page with its number."""
    page = PAGE_REACHED.fullmatch(message)
    return _("Page %(page)d") % {"page": int(page[1])} if page else _(message)


register.filter("not_approved", not_approved)
