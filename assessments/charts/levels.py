"""Pictures of levels: the heat map, its key, the mosaic of a cover, the strip of one line.

Scores are exact fractions 0..4 or None. The level nearest to the shown number colours it, halves up; the word comes in.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from assessments.charts.pen import Pen, clip, in_lines
from assessments.core.scoring import nearest_level

TOP = 4


def level_of(score: Fraction | int | float | None) -> int | None:
    """Return the level 0..4 nearest to the number that is shown, halves up; None where nothing is scored."""
    return None if score is None else max(0, min(TOP, nearest_level(Fraction(score))))


@dataclass(frozen=True, slots=True)
class HeatCell:
    """One cell: its score, the number and the word as shown, and a short note ("+0.4")."""

    score: Fraction | None
    shown: str
    word: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Areas x qualities. `areas` and `qualities` are (key, title); `cells` is by (area, quality).

    A cell that is not in `cells` was not asked or is not shown, and its place stays empty.
    """

    title: str
    desc: str
    areas: tuple[tuple[str, str], ...]
    qualities: tuple[tuple[str, str], ...]
    cells: Mapping[tuple[str, str], HeatCell]
    look: str = "chart"

    def draw(self, width: int, points: float | None = None) -> str:
        """Return the SVG."""
        pen = Pen(width, points)
        label = 84 if pen.narrow else 150
        wide = (width - label) / max(1, len(self.qualities))
        high, top = (60, 30) if pen.narrow else (62, 30)
        size = 13 if pen.narrow else 15
        for column, (_, title) in enumerate(self.qualities):
            pen.text(label + wide * column + 2, 20, clip(title, wide - 4, size), size, "b")
        for row, (area, title) in enumerate(self.areas):
            y = top + row * high
            self._beside(pen, title, 0, y + high / 2, label - 8, 15, "b")
            for column, (quality, _) in enumerate(self.qualities):
                cell = self.cells.get((area, quality))
                if cell is not None:
                    self._cell(pen, cell, label + wide * column, y, wide, high)
        return pen.picture(top + len(self.areas) * high + 2, self.title, self.desc, self.look)

    @staticmethod
    def _beside(pen: Pen, words: str, x: float, middle: float, room: float, size: float, look: str) -> None:
        """Write words around the middle of a row; where the page is narrow smaller, and in two lines if long."""
        if not pen.narrow:
            pen.text(x, middle + 5, clip(words, room, size), size, look)
            return
        lines = in_lines(words, room, 10.4)
        for number, line in enumerate(lines):
            pen.text(x, middle + 10 - 6 * len(lines) + 12 * number, line, 10.4, look)

    def _cell(self, pen: Pen, cell: HeatCell, x: float, y: float, wide: float, high: float) -> None:
        level = level_of(cell.score)
        if level is None:
            pen.box(x + 1.5, y + 1.5, wide - 5, high - 5, "none")
            self._beside(pen, cell.word or cell.shown, x + 10, y + high / 2, wide - 16, 13, "s")
            return
        pen.box(x + 1, y + 1, wide - 3, high - 3, f"f{level}")
        pen.box(x + 1.5, y + 1.5, wide - 4, high - 4, "cell-edge")
        pen.texture(x + 1, y + 1, 6, high - 3, level)
        ink = f"t{level}"
        left = x + (11 if pen.narrow else 13)
        pen.text(left, y + (24 if pen.narrow else 27), cell.shown, 20, f"serif {ink}")
        if cell.note:
            pen.text(
                x + wide - 8, y + (24 if pen.narrow else 26), cell.note, 11 if pen.narrow else 13, ink, "end"
            )
        if pen.narrow:
            for number, words in enumerate(in_lines(cell.word, wide - 14, 10.4)):
                pen.text(left, y + 39 + 11.4 * number, words, 10.4, ink)
        elif cell.word:
            pen.text(left, y + 47, clip(cell.word, wide - 12, 13), 13, ink)


@dataclass(frozen=True, slots=True)
class Mosaic:
    """Whole heat maps as plain colour, without numbers: (caption, rows of scores) side by side."""

    title: str
    desc: str
    grids: tuple[tuple[str, tuple[tuple[Fraction | None, ...], ...]], ...]

    def draw(self, width: int, points: float | None = None) -> str:
        """Return the SVG."""
        pen = Pen(width, points)
        apart, high = 34, 38
        side = (width - apart * (len(self.grids) - 1)) / max(1, len(self.grids))
        tallest = max((len(rows) for _, rows in self.grids), default=0)
        for number, (caption, rows) in enumerate(self.grids):
            left = number * (side + apart)
            for row, scores in enumerate(rows):
                wide = side / max(1, len(scores))
                for column, score in enumerate(scores):
                    x, y, level = left + column * wide, row * (high + 4), level_of(score)
                    if level is None:
                        pen.box(x + 1, y + 1, wide - 6, high - 2, "none")
                        continue
                    pen.box(x, y, wide - 4, high, f"f{level}")
                    pen.texture(x, y, 10, high, level)
            pen.text(left, tallest * (high + 4) + 15, caption, 13, "s b")
        return pen.picture(tallest * (high + 4) + 20, self.title, self.desc)


@dataclass(frozen=True, slots=True)
class ScaleKey:
    """The five levels with number and word: the key to every heat map."""

    title: str
    words: tuple[str, ...]
    desc: str = ""

    def draw(self, width: int, points: float | None = None) -> str:
        """Return the SVG."""
        pen = Pen(width, points)
        if pen.narrow:
            for level, word in enumerate(self.words):
                self._step(pen, level, word, 0, level * 34, width)
            return pen.picture(len(self.words) * 34, self.title, self.desc)
        step = width / max(1, len(self.words))
        for level, word in enumerate(self.words):
            self._step(pen, level, word, level * step, 0, step - 5)
        return pen.picture(34, self.title, self.desc)

    def _step(self, pen: Pen, level: int, word: str, x: float, y: float, wide: float) -> None:
        pen.box(x, y, wide, 30, f"f{level}")
        pen.texture(x, y, 9, 30, level)
        pen.text(x + 18, y + 21, str(level), 16, f"serif t{level}")
        pen.text(x + 35, y + 20.5, clip(word, wide - 36, 12), 12, f"t{level}")


@dataclass(frozen=True, slots=True)
class Strip:
    """One small bar a cell, grouped by area; height and colour both say the level."""

    title: str
    desc: str
    groups: tuple[tuple[Fraction | None, ...], ...]

    def draw(self, width: int = 136, points: float | None = None) -> str:
        """Return the SVG, 28 high."""
        high, apart = 28, 7
        pen = Pen(width, points)
        bars = sum(len(group) for group in self.groups)
        wide = (width - apart * max(0, len(self.groups) - 1)) / max(1, bars)
        x = 0.0
        for group in self.groups:
            for offset, score in enumerate(group):
                self._bar(pen, score, x + offset * wide, wide, high)
            pen.line(x, high - 0.5, x + wide * len(group) - 1, high - 0.5, "axis")
            x += wide * len(group) + apart
        return pen.picture(high, self.title, self.desc, "chart strip", sized=True)

    @staticmethod
    def _bar(pen: Pen, score: Fraction | None, x: float, wide: float, high: int) -> None:
        if score is None:
            pen.box(x + 0.5, high - 8.5, wide - 2, 7, "none")
            return
        tall = 4 + (high - 6) * float(score) / TOP
        pen.box(x + 0.5, high - 1.5 - tall, wide - 2, tall, f"f{level_of(score)}")
