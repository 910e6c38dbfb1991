"""Pictures made of bars: gaps with their target, cost by year, computers by year of make. Money is cents."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from assessments.charts.pen import Pen, clip, fits

TOP = 4
MOST_YEARS = 18  # what a picture of ages shows


@dataclass(frozen=True, slots=True)
class GapRow:
    """One result: score now, expected after the plan, target, and the figure that ends the row as shown."""

    label: str
    score: Fraction
    after: Fraction | None
    target: Fraction | None
    shown: str
    hot: bool = False


@dataclass(frozen=True, slots=True)
class GapBars:
    """One bar a result: now (full), what the plan adds (hatched), the target as a mark."""

    title: str
    desc: str
    rows: tuple[GapRow, ...]
    now: str
    later: str
    target: str
    last: str = ""

    def draw(self, width: int, points: float | None = None) -> str:
        """Return the SVG."""
        pen = Pen(width, points)
        left = 4 if pen.narrow else 214
        unit = (width - left - (8 if pen.narrow else 104)) / TOP
        step, top = (48, 62) if pen.narrow else (25, 34)
        bottom = top + len(self.rows) * step
        for level in range(TOP + 1):
            x = left + level * unit
            pen.line(x, top - 8, x, bottom - 2, "grid")
            pen.text(x, top - 14, str(level), 13, "s", "middle")
        if self.last:
            pen.text(width, top - 14, self.last, 13, "s b", "end")
        for number, row in enumerate(self.rows):
            self._row(pen, row, left, top + number * step, unit)
        return pen.picture(self._key(pen, bottom), self.title, self.desc)

    @staticmethod
    def _row(pen: Pen, row: GapRow, left: float, y: float, unit: float) -> None:
        look = "b" if row.hot else ""
        if pen.narrow:
            pen.text(left, y + 11, clip(row.label, pen.width - 90, 13), 13, look)
            pen.text(pen.width, y + 11, row.shown, 13, look or "s", "end")
            y += 18
        else:
            pen.text(left - 14, y + 13, clip(row.label, left - 16, 14), 14, look, "end")
            pen.text(pen.width, y + 13, row.shown, 14, look, "end")
        now = float(row.score) * unit
        pen.box(left, y, TOP * unit, 17, "track")
        if row.after is not None and row.after > row.score:
            more = float(row.after - row.score) * unit
            pen.box(left + now, y, more, 17, "bar-soft")
            pen.hatch(left + now, y, more, 17)
        pen.box(left, y, now, 17, "bar")
        if row.target is not None:
            x = left + float(row.target) * unit
            pen.line(x, y - 3, x, y + 20, "mark")

    def _key(self, pen: Pen, bottom: float) -> float:
        """Draw what bar, hatching and mark mean; return the height of the picture."""
        if pen.narrow:
            pen.box(4, 4, 14, 10, "bar")
            pen.text(24, 14, self.now, 13, "s")
            pen.box(4, 22, 14, 10, "bar-soft")
            pen.text(24, 32, clip(self.later, 180, 13), 13, "s")
            pen.line(214, 20, 214, 36, "mark")
            pen.text(222, 32, clip(self.target, 100, 13), 13, "s")
            return bottom + 6
        y = bottom + 12
        x = 214.0
        pen.box(x, y, 17, 9, "bar")
        pen.text(x + 22, y + 9, self.now, 13, "s")
        x += 34 + len(self.now) * 6.6
        pen.box(x, y, 17, 9, "bar-soft")
        pen.hatch(x, y, 17, 9)
        pen.text(x + 22, y + 9, self.later, 13, "s")
        x += 40 + len(self.later) * 6.6
        pen.line(x, y - 3, x, y + 12, "mark")
        pen.text(x + 8, y + 9, self.target, 13, "s")
        return y + 18


@dataclass(frozen=True, slots=True)
class CostYear:
    """One year: money paid once and money that comes every year, in cents, and the sum as shown."""

    label: str
    one_time: int
    yearly: int
    shown: str


@dataclass(frozen=True, slots=True)
class CostYears:
    """One bar a year, split into what is paid once and what comes back every year."""

    title: str
    desc: str
    rows: tuple[CostYear, ...]
    once: str
    every: str

    def draw(self, width: int, points: float | None = None) -> str:
        """Return the SVG."""
        pen = Pen(width, points)
        longest = max((len(row.label) for row in self.rows), default=0)
        left = 0 if pen.narrow else min(240, max(120, longest * 8 + 20))
        most = max((row.one_time + row.yearly for row in self.rows), default=0) or 1
        room = width - left - 96
        pen.box(left, 4, 12, 12, "bar")
        pen.text(left + 18, 15, self.once, 13, "s")
        beside = left + 34 + len(self.once) * 6.6
        pen.box(beside, 4, 12, 12, "bar-soft")
        pen.text(beside + 18, 15, self.every, 13, "s")
        y = 32
        for row in self.rows:
            if pen.narrow:
                pen.text(0, y + 10, row.label, 14)
                y += 18
            else:
                pen.text(0, y + 17, clip(row.label, left - 8, 15), 15, "b")
            once, every = room * row.one_time / most, room * row.yearly / most
            pen.box(left, y, once, 24, "bar")
            pen.box(left + once + (2 if once else 0), y, every, 24, "bar-soft")
            pen.text(left + once + every + 12, y + 18, row.shown, 15, "b")
            y += 38
        return pen.picture(y, self.title, self.desc)


@dataclass(frozen=True, slots=True)
class Ages:
    """One square a computer, by the year it was made; those made in `old` or before are filled.

    `counts` is (year, how many), in order of the years; more than `tallest` squares become one bar.
    """

    title: str
    desc: str
    counts: tuple[tuple[int, int], ...]
    old: int
    limit: str
    tallest: int = 7

    @classmethod
    def of(
        cls,
        counts: Mapping[int, int],
        *,
        this_year: int,
        old: int,
        title: str,
        desc: str,
        limit: str,
        tallest: int = 7,
    ) -> "Ages":
        """Return how many were made in each year up to this one; those made before stand at its start."""
        first = max(min(counts), this_year - MOST_YEARS + 1)
        shown = {year: counts.get(year, 0) for year in range(first, max(this_year, *counts) + 1)}
        shown[first] += sum(count for year, count in counts.items() if year < first)
        return cls(title, desc, tuple(shown.items()), old, limit, tallest)

    def draw(self, width: int, points: float | None = None) -> str:
        """Return the SVG."""
        pen = Pen(width, points)
        wide = width / max(1, len(self.counts))
        most = max((count for _, count in self.counts), default=0)
        square = min(wide - 6, 17 if pen.narrow else 20)
        shown = min(most, self.tallest)
        base = shown * (square + 3) + 52
        for column, (year, count) in enumerate(self.counts):
            middle = wide * column + wide / 2
            look = "bar" if year <= self.old else "bar-edge"
            if most > self.tallest:
                tall = count / most * shown * (square + 3)
                pen.box(middle - square / 2, base - tall, square, tall, look, 2)
            else:
                tall = count * (square + 3)
                for place in range(count):
                    pen.box(middle - square / 2, base - (place + 1) * (square + 3), square, square, look, 2)
            if count:
                pen.text(middle, base - tall - 7, str(count), 14, "b", "middle")
            if wide >= 24 or column % 2 == 0 or count:
                word = f"’{year % 100:02d}" if wide < 40 else str(year)
                pen.text(middle, base + 18, word, 13 if wide >= 24 else 11, "" if count else "s", "middle")
        pen.line(0, base + 1, width, base + 1, "axis")
        self._limit(pen, wide, base)
        return pen.picture(base + 24, self.title, self.desc)

    def _limit(self, pen: Pen, wide: float, base: float) -> None:
        old = [column for column, (year, _) in enumerate(self.counts) if year <= self.old]
        if not old or len(old) == len(self.counts):
            return
        x = wide * (old[-1] + 1)
        pen.line(x, 6, x, base + 22, "mark")
        if fits(self.limit, x - 10, 14):
            pen.text(x - 10, 17, self.limit, 14, "b", "end")
        else:
            pen.text(x + 10, 17, clip(self.limit, pen.width - x - 12, 14), 14, "b")
