"""The catalogue of challenges and actions, read once a process, and its texts in the page's language."""

from functools import lru_cache
from pathlib import Path

from django.utils.translation import get_language

from assessments.core.content import Text
from assessments.selectors.support import purposes
from planning.core.catalogue import Catalogue, read_catalogue

FOLDER = Path(__file__).resolve().parent.parent / "content"


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """Return the checked catalogue that the site ships with."""
    return read_catalogue(FOLDER)


def words(text: Text | None) -> str:
    """Return a content text in the active language; '' for none."""
    return text.in_(get_language() or "en") if text is not None else ""


def challenge_title(key: str) -> str:
    """Return the title of a challenge; its key where the catalogue no longer has it."""
    found = catalogue().challenges.get(key)
    return words(found.title) if found else key


def action_title(key: str) -> str:
    """Return the title of an action of the catalogue; its key where the catalogue no longer has it."""
    found = catalogue().actions.get(key)
    return words(found.title) if found else key


def purpose_titles() -> dict[str, str]:
    """Return what a service of the list can be for, by key."""
    return {one.key: words(one.label) for one in purposes()}
