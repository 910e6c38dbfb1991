"""Pictures of plans: what each budget buys, when the work is done. Money is cents, quarters count from 0."""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from assessments.charts.pen import Pen, clip
from organizations.figures import in_percent


@dataclass(frozen=True, slots=True)
class FrontierStep:
    """What one budget buys: its cost, and the share 0..1 of what can be gained."""

    cost_cents: int
    share: Fraction
    label: str = ""


@dataclass(frozen=True, slots=True)
class Frontier:
    """Steps from the cheapest choice to the fullest one, with the chosen budget marked.

    `money` writes an amount; `chosen` and `says` are the two lines at the mark ("$21,000", "closes 84%"). `share` is
    how high the mark stands where that is not what the steps buy: a set that people put together.
    """

    title: str
    desc: str
    steps: tuple[FrontierStep, ...]
    budget_cents: int | None
    money: Callable[[int], str]
    chosen: str = ""
    says: str = ""
    share: Fraction | None = None

    def draw(self, width: int, points: float | None = None) -> str:
        """Return the SVG."""
        pen = Pen(width, points)
        high, left, right, top, bottom = (250, 40, 13, 52, 40) if pen.narrow else (300, 50, 13, 52, 40)
        most = self.end
        room, floor = width - left - right, high - bottom
        for quarter in range(5):
            y = floor - (floor - top) * quarter / 4
            pen.line(left, y, width - right, y, "grid")
            pen.text(left - 8, y + 5, in_percent(str(25 * quarter)), 13, "s", "end")
        for number in range(0, 5, 2 if pen.narrow else 1):
            x = left + room * number / 4
            anchor = "end" if number == 4 else "start" if number == 0 else "middle"
            pen.text(x, high - 14, self.money(most * number // 4), 13, "s", anchor)
        self._line(pen, left, room, top, floor, most)
        if self.budget_cents is not None:
            self._budget(pen, left, room, top, floor, most)
        pen.line(left, floor, width - right, floor, "axis")
        return pen.picture(high, self.title, self.desc)

    @property
    def end(self) -> int:
        """Return the end of the money axis: a round amount past the dearest step and the budget."""
        most: int = max([step.cost_cents for step in self.steps] + [self.budget_cents or 0, 100])
        unit = int("1" + "0" * (len(str(most)) - 1))
        for factor in (1, 2, 4, 6, 8, 10, 12, 16, 20):
            if unit * factor >= most * 1.04:
                return unit * factor
        return unit * 20

    def _line(self, pen: Pen, left: float, room: float, top: float, floor: float, most: int) -> None:
        steps, last = f"M{left:.1f} {floor:.1f}", floor
        for step in sorted(self.steps, key=lambda step: step.cost_cents):
            x = left + room * step.cost_cents / most
            last = floor - (floor - top) * float(step.share)
            steps += f"H{x:.1f}V{last:.1f}"
        steps += f"H{left + room:.1f}"
        pen.path(f"{steps}V{floor:.1f}H{left:.1f}Z", "area")
        pen.path(steps, "line")
        if pen.narrow:
            return
        for step in self.steps:
            if step.label:
                x = left + room * step.cost_cents / most
                y = floor - (floor - top) * float(step.share)
                pen.dot(x, y, 4, "dot")
                pen.text(x + 8, y + 18, clip(step.label, left + room - x - 8, 14), 14)

    def _budget(self, pen: Pen, left: float, room: float, top: float, floor: float, most: int) -> None:
        budget = self.budget_cents or 0
        bought = [step.share for step in self.steps if step.cost_cents <= budget]
        x = left + room * budget / most
        high = max(bought, default=Fraction(0)) if self.share is None else self.share
        y = floor - (floor - top) * float(high)
        pen.line(x, top - 4, x, floor, "mark")
        pen.dot(x, y, 7, "dot")
        half = max(len(self.chosen) * 8, len(self.says) * 7) / 2
        at = min(max(x, half), pen.width - half)
        pen.text(at, top - 26, self.chosen, 16, "serif", "middle")
        pen.text(at, top - 10, self.says, 14, "s", "middle")


@dataclass(frozen=True, slots=True)
class Quarter:
    """One quarter of the axis; `year` is written above the first quarter of a year."""

    label: str
    year: str = ""


@dataclass(frozen=True, slots=True)
class RoadRow:
    """One action, or (`heading`) the name of the group that follows. Quarters count from 0, both included.

    `number` is a short mark before the label, `note` stands in the bar; `upkeep` draws the years after.
    """

    label: str
    start: int = 0
    end: int = 0
    hot: bool = False
    number: str = ""
    note: str = ""
    upkeep: bool = False
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Roadmap:
    """Bars by quarter. `tight` is for one of several parts that stand below each other."""

    title: str
    desc: str
    rows: tuple[RoadRow, ...]
    quarters: tuple[Quarter, ...]
    tight: bool = False

    def draw(self, width: int, points: float | None = None) -> str:
        """Return the SVG."""
        pen = Pen(width, points)
        left = 0 if pen.narrow else 318
        unit = (width - left) / max(1, len(self.quarters))
        places: list[float] = []
        y = 54.0
        step = 19.5 if self.tight else 25 if len(self.rows) <= 18 else 21
        for row in self.rows:
            y += 12 if row.heading and places else 0
            places.append(y)
            y += 46 if pen.narrow and not row.heading else step
        for number, quarter in enumerate(self.quarters):
            x = left + unit * number
            for top, bottom in self._stretches(places, y):
                above = 26 if quarter.year else 36
                pen.line(x, above if top == 54 else top, x, bottom, "axis" if quarter.year else "grid")
            pen.text(
                x + 4, 42, clip(quarter.label, unit, 9 if pen.narrow else 11), 11 if pen.narrow else 12, "s"
            )
            if quarter.year:
                shown = quarter.year if self._room_for_year(number, unit) else f"’{quarter.year[-2:]}"
                pen.text(x + 4, 20, clip(shown, unit * 4, 14), 14, "b")
        for row, place in zip(self.rows, places, strict=True):
            self._row(pen, row, left, place, unit)
        return pen.picture(y + 4, self.title, self.desc)

    def _room_for_year(self, number: int, unit: float) -> bool:
        """Whether four digits fit before the next year begins; two do otherwise."""
        later = [place for place, quarter in enumerate(self.quarters) if place > number and quarter.year]
        return unit * ((later[0] if later else len(self.quarters)) - number) >= 38

    def _stretches(self, places: list[float], end: float) -> list[tuple[float, float]]:
        """Return from where to where the lines of the quarters run: everywhere but through the names of groups."""
        found, top = [], 54.0
        for row, place in zip(self.rows, places, strict=True):
            if row.heading:
                found.append((top, place))
                top = place + 20
        found.append((top, end))
        return [(top, bottom) for top, bottom in found if bottom > top or top == 54]

    @staticmethod
    def _row(pen: Pen, row: RoadRow, left: float, y: float, unit: float) -> None:
        if row.heading:
            pen.text(0, y + 14, clip(row.label, pen.width * 0.8, 13), 13, "brand b")
            pen.line(0, y + 20, pen.width, y + 20, "grid")
            return
        indent = 32 if row.number else 0
        if row.number:
            pen.text(0, y + 14, row.number, 12.5, "s b")
        room = (pen.width if pen.narrow else left) - indent - 8
        size = 13 if pen.narrow else 12.5
        pen.text(indent, y + 14, clip(row.label, room, size), size, "b" if row.hot else "")
        if pen.narrow:
            y += 19
        x, wide = left + unit * row.start + 1, unit * (row.end - row.start + 1) - 2
        pen.box(x, y + 2, wide, 16, "bar" if row.hot or row.note else "bar-soft", 2)
        if row.note and len(row.note) * 6.2 < wide:
            pen.text(x + 5, y + 14, row.note, 10.5, "on-brand b")
        if row.upkeep:
            pen.line(x + wide + 3, y + 10, pen.width - 2, y + 10, "upkeep")
