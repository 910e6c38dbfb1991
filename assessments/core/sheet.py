"""How far one person is with one assessment: answered of expected, and the time that is left. No framework.

Only questions that the person is shown are expected; an answer to one that has become hidden is kept, and counts
again when the question comes back. Time is whole minutes.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Count:
    """How much is answered of what can be answered; `hidden` questions come only after certain other answers."""

    answered: int
    expected: int
    hidden: int = 0

    @property
    def done(self) -> bool:
        return self.answered >= self.expected

    @property
    def left(self) -> int:
        return max(0, self.expected - self.answered)


def progress(keys: Iterable[str], *, visible: Collection[str], answered: Collection[str]) -> Count:
    """Return how many of those `keys` that are visible have an answer."""
    asked = list(keys)
    expected = [key for key in asked if key in visible]
    answers = sum(key in answered for key in expected)
    return Count(answered=answers, expected=len(expected), hidden=len(asked) - len(expected))


def minutes_left(count: Count, *, minutes: int, asked: int) -> int:
    """Return the minutes that the open questions will take when all `asked` take `minutes`; 0 when none is open."""
    if not count.left or asked <= 0:
        return 0
    return max(1, -(-minutes * count.left // asked))
