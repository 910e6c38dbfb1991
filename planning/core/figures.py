"""What an approval keeps of a plan, and whether that has moved since. Money is cents; a share is whole percent."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Self

from assessments.core.scoring import rounded


@dataclass(frozen=True, slots=True)
class Figures:
    """What a plan likely comes to, and how much of the whole gap it closes; None where that is not known."""

    cents: int | None
    percent: int | None = None

    @classmethod
    def of(cls, cents: int, share: Fraction | None) -> Self:
        """Return the figures of a plan that closes this share, 0 to 1; the percent as pages show it."""
        return cls(cents, None if share is None else int(rounded(100 * share, 0)))

    def closes_otherwise(self, now: Self) -> bool:
        """Say whether the plan closes another share now, as far as both are known."""
        return None not in {self.percent, now.percent} and self.percent != now.percent

    def moved(self, now: Self) -> bool:
        """Say whether a figure that was kept is another now."""
        return self.cents not in {None, now.cents} or self.closes_otherwise(now)
