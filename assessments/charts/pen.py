"""One pen draws every picture: escaped text, boxes, lines; classes for the screen, attributes for paper.

Unit: units of the view box. WeasyPrint takes the alternative text from a direct <title>, and SVG text
does not inherit the font of the page, so a picture on paper names both itself.
"""

from functools import lru_cache
from hashlib import blake2s
from html import escape
from typing import Protocol

WIDE, NARROW = 720, 324
SANS, SERIF = "Source Sans 3", "Source Serif 4"
INK, SOFT, LINE, EDGE = "#1D2B2F", "#4A5A5F", "#E3DDD2", "#7D878A"
BRAND, STRONG, ATTENTION, MARK, SUNK, TINT = "#0F5257", "#0A3B3F", "#A8431F", "#B5770F", "#F4EFE6", "#E6F0EE"
LEVELS = ("#F6E7CE", "#CFDCC4", "#8FC1B5", "#2F7F86", "#0A3B3F")
ON_LEVELS = (INK, INK, INK, "#FFFFFF", "#FFFFFF")
CHARACTER = 0.47  # mean width of a character of Source Sans 3, in sizes of its type

# What a class of the stylesheet looks like on paper.
LOOKS: dict[str, dict[str, str]] = {
    "s": {"fill": SOFT},
    "b": {"font-weight": "600"},
    "serif": {"font-family": SERIF, "font-weight": "600"},
    "att": {"fill": ATTENTION},
    "brand": {"fill": BRAND},
    "on-brand": {"fill": "#FFFFFF"},
    "grid": {"stroke": LINE, "stroke-width": "1"},
    "axis": {"stroke": EDGE, "stroke-width": "1"},
    "bar": {"fill": BRAND},
    "bar-soft": {"fill": LEVELS[2]},
    "bar-edge": {"fill": "#FFFFFF", "stroke": BRAND, "stroke-width": "1"},
    "mark": {"stroke": MARK, "stroke-width": "3", "fill": "none"},
    "mark-fill": {"fill": MARK},
    "line": {"stroke": BRAND, "stroke-width": "2.5", "fill": "none", "stroke-linejoin": "round"},
    "upkeep": {"stroke": BRAND, "stroke-width": "1.8", "fill": "none", "stroke-dasharray": "2 4"},
    "area": {"fill": TINT},
    "track": {"fill": SUNK},
    "dot": {"fill": BRAND, "stroke": "#FFFFFF", "stroke-width": "2"},
    "none": {"fill": "none", "stroke": EDGE, "stroke-dasharray": "3 3"},
    "cell-edge": {"fill": "none"},
    "hatch": {"stroke": "#FFFFFF", "stroke-width": "1.2", "fill": "none"},
    **{f"f{level}": {"fill": colour} for level, colour in enumerate(LEVELS)},
    **{f"t{level}": {"fill": colour} for level, colour in enumerate(ON_LEVELS)},
    **{
        f"texture{level}": {
            "stroke": "#FFFFFF" if level > 2 else STRONG,
            "stroke-width": "1",
            "fill": "none",
        }
        for level in range(5)
    },
}


class Picture(Protocol):
    """Whatever draws itself."""

    @property
    def title(self) -> str: ...

    @property
    def desc(self) -> str: ...

    def draw(self, width: int, points: float | None = None) -> str:
        """Return the SVG for a view box of this width; with `points` for paper of that width."""
        ...


@lru_cache(maxsize=4096)
def short(value: float) -> str:
    """Return a coordinate with at most one decimal."""
    return f"{value:.1f}".rstrip("0").rstrip(".") or "0"


def clip(words: str, room: float, size: float) -> str:
    """Cut words at a space so that they fit into `room`; the table behind a picture has them whole."""
    most = max(4, int(room / (size * CHARACTER)))
    if len(words) <= most:
        return words
    cut = words[: most - 1]
    whole = cut.rsplit(" ", 1)[0]
    return (whole if len(whole) > most / 2 else cut).rstrip(" ,;.") + "…"


def fits(words: str, room: float, size: float) -> bool:
    """Say whether words fit into `room`."""
    return len(words) * size * CHARACTER <= room


def in_lines(words: str, room: float, size: float) -> tuple[str, ...]:
    """Return words as one line that leaves some room, else as two of about the same length, each cut if need be."""
    parts = words.split()
    if fits(words, room * 0.85, size) or len(parts) < 2:
        return (clip(words, room, size),)
    splits = [(" ".join(parts[:n]), " ".join(parts[n:])) for n in range(1, len(parts))]
    first, second = min(splits, key=lambda pair: max(map(len, pair)))
    return clip(first, room, size), clip(second, room, size)


@lru_cache(maxsize=256)
def _looks(look: str, paper: bool) -> str:
    if not look:
        return ""
    if not paper:
        return f' class="{look}"'
    merged: dict[str, str] = {}
    for name in look.split():
        merged |= LOOKS.get(name, {})
    return "".join(f' {key}="{value}"' for key, value in merged.items())


class Pen:
    """Collects the parts of one picture."""

    def __init__(self, width: int, points: float | None = None) -> None:
        self.width = width
        self.points = points
        self.paper = points is not None
        self.narrow = width < 500
        self.parts: list[str] = []

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float = 15,
        look: str = "",
        anchor: str = "start",
    ) -> None:
        """Write words with their baseline at y; `anchor` is start, middle or end."""
        at = "" if anchor == "start" else f' text-anchor="{anchor}"'
        self.parts.append(
            f'<text x="{short(x)}" y="{short(y)}" font-size="{short(size)}"{_looks(look, self.paper)}{at}>'
            f"{escape(words)}</text>"
        )

    def box(self, x: float, y: float, width: float, height: float, look: str, corner: float = 0) -> None:
        """Draw a box; one without width is left out."""
        if width <= 0 or height <= 0:
            return
        rounded = f' rx="{short(corner)}"' if corner else ""
        self.parts.append(
            f'<rect x="{short(x)}" y="{short(y)}" width="{short(width)}" height="{short(height)}"'
            f"{rounded}{_looks(look, self.paper)}/>"
        )

    def line(self, x1: float, y1: float, x2: float, y2: float, look: str) -> None:
        """Draw a straight line."""
        self.path(f"M{short(x1)} {short(y1)}L{short(x2)} {short(y2)}", look)

    def path(self, steps: str, look: str) -> None:
        """Draw a path."""
        self.parts.append(f'<path d="{steps}"{_looks(look, self.paper)}/>')

    def dot(self, x: float, y: float, radius: float, look: str) -> None:
        """Draw a dot."""
        self.parts.append(
            f'<circle cx="{short(x)}" cy="{short(y)}" r="{short(radius)}"{_looks(look, self.paper)}/>'
        )

    def texture(self, x: float, y: float, width: float, height: float, level: int) -> None:
        """Draw a band of ticks whose density is the level, so that a printed cell reads in gray. One path a cell."""
        if level < 1 or not self.paper:
            return
        step = (0, 10, 6.4, 4.3, 2.9)[level]
        ticks, at = [], y + step / 2
        while at < y + height - 0.2:
            ticks.append(f"M{short(x)} {short(at)}h{short(width)}")
            at += step
        self.path("".join(ticks), f"texture texture{level}")

    def hatch(self, x: float, y: float, width: float, height: float) -> None:
        """Draw upright hatching inside a box, as one path."""
        ticks, at = [], x + 4.0
        while at < x + width - 1.5:
            ticks.append(f"M{short(at)} {short(y)}v{short(height)}")
            at += 5
        if ticks:
            self.path("".join(ticks), "hatch")

    def picture(self, height: float, title: str, desc: str, look: str = "chart", sized: bool = False) -> str:
        """Return the SVG. Its ids come from its words, so the same picture has the same bytes."""
        body = "".join(self.parts)
        frame = f'viewBox="0 0 {self.width} {short(height)}"'
        if self.points is not None:
            tall = self.points * height / self.width
            spoken = f"{title} {desc}".strip()
            return (
                f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.points:.2f}pt" height="{tall:.2f}pt" '
                f'{frame} font-family="{SANS}" fill="{INK}"><title>{escape(spoken)}</title>{body}</svg>'
            )
        name = "p" + blake2s(f"{self.width}{title}{desc}{body}".encode(), digest_size=6).hexdigest()
        size = f' width="{self.width}" height="{short(height)}"' if sized else ""
        return (
            f'<svg class="{look}" {frame} role="img" aria-labelledby="{name}t {name}d"{size}>'
            f'<title id="{name}t">{escape(title)}</title><desc id="{name}d">{escape(desc)}</desc>{body}</svg>'
        )
