"""What the frame around every page needs: the links of the top bar and the languages."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.conf import settings
from django.forms import BaseForm
from django.utils.translation import get_language

from organizations import navigation

register = template.Library()

A_LINE = 36  # letters that stand beside each other on a telephone


@register.simple_tag(takes_context=True)
def organization_links(context: dict[str, Any]) -> list[navigation.Shown]:
    """Return the links of the organization that the page is about; none on other pages."""
    membership = context.get("membership")
    return navigation.of_organization(membership, context.get("section", "")) if membership else []


@register.simple_tag(takes_context=True)
def person_links(context: dict[str, Any]) -> list[navigation.Shown]:
    """Return the links of the person who is signed in, to what belongs to no single organization."""
    user = getattr(context.get("request"), "user", None)
    if user is None or not user.is_authenticated:
        return []
    return navigation.of_person(user, context.get("section", ""))


@register.simple_tag
def many_words(messages: Iterable[Any]) -> bool:
    """Say whether messages take more than a few lines on a telephone."""
    return sum(len(str(message)) + A_LINE for message in messages) > 4 * A_LINE


@register.simple_tag
def mistakes(form: BaseForm) -> int:
    """Return how many mistakes a form tells: one field may have several."""
    return sum(len(told) for told in form.errors.values())


@register.simple_tag
def other_languages() -> list[tuple[str, str]]:
    """Return code and own name of each language but the one that the page speaks."""
    names = {"en": "English", "es": "Español"}
    return [(code, names.get(code, code)) for code, _title in settings.LANGUAGES if code != get_language()]


@register.simple_tag
def manage_command() -> str:
    """Return what the person who runs this site types before the name of a management command."""
    return "script/manage" if settings.EMBEDDED else "python manage.py"


@register.simple_tag
def mail_works() -> bool:
    """Say whether this site can send mail."""
    return bool(settings.EMAIL_CONFIGURED)
