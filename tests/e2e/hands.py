"""Three ways to use a page: with a mouse, by keyboard alone, and without JavaScript.

A walk says what is done (`press`, `fill`, `choose`, `open_part`); the hands say how. The keyboard's hands never touch
an element but by Tab, arrows, Enter and Space, so what cannot be reached by them fails the walk.
"""

from pathlib import Path
from typing import Protocol

from playwright.sync_api import Download, Locator, Page

MOST_TABS = 250


class Hands(Protocol):
    """What a person does on a page."""

    page: Page

    def press(self, target: Locator) -> None:
        """Use a link or a button."""

    def fill(self, target: Locator, text: str) -> None:
        """Replace what stands in a field."""

    def choose(self, target: Locator) -> None:
        """Choose one radio button."""

    def pick(self, target: Locator, value: str) -> None:
        """Choose an entry of a list."""

    def open_part(self, target: Locator) -> None:
        """Open a closed part, by its summary."""


class Mouse:
    """Clicks and types."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, target: Locator) -> None:
        """Click."""
        target.click()

    def fill(self, target: Locator, text: str) -> None:
        """Type into the field."""
        target.fill(text)

    def choose(self, target: Locator) -> None:
        """Click the radio button's card."""
        target.check()

    def pick(self, target: Locator, value: str) -> None:
        """Choose by value."""
        target.select_option(value)

    def open_part(self, target: Locator) -> None:
        """Click the summary."""
        target.click()


class Keyboard:
    """Tab, arrows, Enter, Space and letters; nothing else."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, target: Locator) -> None:
        """Tab to it, then Enter."""
        self.reach(target)
        self.page.keyboard.press("Enter")

    def fill(self, target: Locator, text: str) -> None:
        """Tab to it, then type over what is selected."""
        self.reach(target)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def choose(self, target: Locator) -> None:
        """Tab to the group, then Space for its first or arrows to the wanted one."""
        self.page.keyboard.press("Tab")
        for _turn in range(MOST_TABS):
            if target.evaluate("radio => document.activeElement.name === radio.name"):
                break
            self.page.keyboard.press("Tab")
        place = target.evaluate(
            "radio => [...document.getElementsByName(radio.name)].indexOf(radio)"
            " - [...document.getElementsByName(radio.name)].indexOf(document.activeElement)"
        )
        for _turn in range(abs(place)):
            self.page.keyboard.press("ArrowDown" if place > 0 else "ArrowUp")
        if not place:
            self.page.keyboard.press("Space")
        assert target.is_checked()

    def pick(self, target: Locator, value: str) -> None:
        """Tab to the list, then arrows to the entry."""
        self.reach(target)
        steps = target.evaluate(
            "(list, value) => [...list.options].findIndex(one => one.value === value) - list.selectedIndex",
            value,
        )
        for _turn in range(abs(steps)):
            self.page.keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")
        assert target.input_value() == value

    def open_part(self, target: Locator) -> None:
        """Tab to the summary, then Enter."""
        self.press(target)

    def reach(self, target: Locator) -> None:
        """Tab until the element has the focus; the focus is then to be seen."""
        target.wait_for(state="visible")
        for _turn in range(MOST_TABS):
            if target.evaluate("one => one === document.activeElement"):
                break
            self.page.keyboard.press("Tab")
        else:
            raise AssertionError(f"{target} cannot be reached by Tab on {self.page.url}")
        ring = target.evaluate(
            "one => { const style = getComputedStyle(one), card = getComputedStyle(one.closest('label') || one);"
            " return [style, card].some(s => (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0)"
            " || s.boxShadow !== 'none'); }"
        )
        assert ring, f"{target} does not show that it has the focus on {self.page.url}"


def download(page: Page, hands: Hands, target: Locator, folder: Path) -> bytes:
    """Take a file by its link and return its bytes."""
    with page.expect_download() as waiting:
        hands.press(target)
    found: Download = waiting.value
    path = folder / found.suggested_filename
    found.save_as(path)
    return path.read_bytes()
