"""What tests of answering share: the page of questions, and what one does and reads there."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from assessments.models import Answer
from tests.e2e.conftest import Site

ONE = pytest.mark.parametrize("site", [("en", 1280)], indirect=True)
SAVES = "**/answers/*/"


def choose(page: Page, key: str, value: str) -> None:
    page.locator(f"input[name='{key}-choice'][value='{value}']").check()


def state(page: Page, key: str) -> Any:
    return page.locator(f"#state-{key}")


def saved(page: Page, key: str, *, within: float = 5_000) -> None:
    line = page.locator(f"#state-{key} > .saved")
    expect(line).to_have_text(re.compile(r"^\s*Saved \d\d:\d\d\s*$"), timeout=within)


def nothing_kept(page: Page) -> None:
    """Wait until the browser keeps no unsent answer; the page's own rules forbid waiting by a script."""
    for _turn in range(100):
        if page.evaluate("localStorage.length") == 0:
            return
        page.wait_for_timeout(50)
    raise AssertionError("an answer is still kept in the browser")


def stored_level(key: str) -> int | None:
    row = Answer.objects.filter(question__key=key, respondent__user__email="director@example.org").first()
    return row.level if row else None


def forget_troubles(site: Site) -> None:
    """What the test itself broke is no fault of the page."""
    site.troubles.clear()
