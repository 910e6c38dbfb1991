"""The report's pictures: values of the document with their words, drawn by `assessments.charts`."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.charts import (
    Ages,
    CostYear,
    CostYears,
    GapBars,
    GapRow,
    HeatCell,
    HeatMap,
    Mosaic,
    Quarter,
    Roadmap,
    RoadRow,
    ScaleKey,
)
from planning.sentences.labels import quarter_short
from reports.core.document import OLD_YEARS, ActionPart, Cell, Document, Wording
from reports.render.context.index import Index
from reports.render.context.say import Say

MOST_SQUARES = 5  # more computers of one year than this are a bar
MOST_ROWS = 34
TIGHT_ROWS = 10  # more rows than this stand closer
WHOLE_ROWS = 14  # a roadmap with more rows may end a page after any goal
LEAST_ROWS = 7  # each picture repeats the years above its rows, so none has only a few


def heat_map(say: Say, wording: Wording, *, after: bool) -> HeatMap:
    """Return the heat map of one instrument, today or as expected after the plan."""
    cells = [cell for cell in say.document.cells if cell.instrument == wording.slug]
    shown: dict[tuple[str, str], HeatCell] = {}
    spoken = []
    for cell in cells:
        score = cell.after if after else cell.score
        note = say.rise(cell) if after else ""
        word = say.word(score, wording, cell.empty)
        shown[cell.area, cell.quality] = HeatCell(score, say.level(score), word, note)
        spoken.append(f"{say.cell_names[cell.key]} {word.lower() if score is None else say.level(score)}")
    title = _("Heat map after the plan, expected.") if after else _("Heat map today.")
    return HeatMap(
        title=title,
        desc="; ".join(spoken) + ".",
        areas=tuple((part.key, say.words(part.title)) for part in wording.areas if _has(cells, part.key, 0)),
        qualities=tuple(
            (part.key, say.words(part.title)) for part in wording.qualities if _has(cells, part.key, 1)
        ),
        cells=shown,
    )


def _has(cells: Sequence[Cell], key: str, place: int) -> bool:
    return any((cell.area, cell.quality)[place] == key for cell in cells)


def mosaic(say: Say) -> Mosaic:
    """Return the picture of the cover: all cells today and after the plan, without numbers."""
    wording = say.document.wording[0]
    cells = {(c.area, c.quality): c for c in say.document.cells if c.instrument == wording.slug}
    areas = [part.key for part in wording.areas if any(area == part.key for area, _q in cells)]
    qualities = [part.key for part in wording.qualities if any(q == part.key for _a, q in cells)]

    def grid(after: bool) -> tuple[tuple[Fraction | None, ...], ...]:
        rows = []
        for area in areas:
            row = [cells.get((area, quality)) for quality in qualities]
            rows.append(tuple((c.after if after else c.score) if c else None for c in row))
        return tuple(rows)

    grids = [(_("Today"), grid(after=False))]
    if say.document.plan.actions:
        grids.append((_("After the plan, expected"), grid(after=True)))
    return Mosaic(
        title=_("The heat map as a pattern: today, and as expected after the plan."),
        desc=_("The numbers are in the section about where we stand."),
        grids=tuple(grids),
    )


def scale_key(say: Say) -> ScaleKey:
    """Return the key to the levels."""
    scale = say.scale(say.document.wording[0])
    return ScaleKey(
        title=_("The five levels: %(levels)s.")
        % {"levels": ", ".join(f"{n} {word}" for n, word in enumerate(scale))},
        words=scale,
    )


def gap_bars(say: Say) -> GapBars:
    """Return one bar a cell, widest gap first."""
    cells = sorted(
        (cell for cell in say.document.scored if cell.target is not None),
        key=lambda cell: (-(cell.gap or 0), cell.score or 0, cell.key),
    )
    rows = tuple(
        GapRow(
            label=say.cell_names[cell.key],
            score=cell.score or Fraction(0),
            after=cell.after,
            target=cell.target,
            shown=say.level(cell.gap) if cell.gap else _("none"),
            hot=bool(cell.gap and cell.gap >= 1),
        )
        for cell in cells
    )
    spoken = "; ".join(f"{row.label}: {say.level(row.score)}, {row.shown}" for row in rows)
    return GapBars(
        title=_("Score today, expected score and target of each result, widest gap first."),
        desc=_("Score and gap: %(rows)s.") % {"rows": spoken} if rows else "",
        rows=rows,
        now=_("score today"),
        later=_("expected after the plan"),
        target=_("our target") if say.document.targets_set else _("suggested level"),
        last=_("Gap"),
    )


def ages(say: Say) -> Ages | None:
    """Return the computers by the year they were made; None without a year for any of them."""
    inventory = say.document.inventory
    if inventory is None:
        return None
    counts = inventory.computers_by_year
    if not counts:
        return None
    now: date = inventory.recorded_on
    spoken = ", ".join(f"{year}: {count}" for year, count in sorted(counts.items()))
    return Ages.of(
        counts,
        this_year=now.year,
        title=_("Computers by the year they were made."),
        desc=spoken + ".",
        old=now.year - OLD_YEARS - 1,
        limit=_("older than five years"),
        tallest=MOST_SQUARES,
    )


def roadmaps(say: Say, index: Index) -> list[Roadmap]:
    """Return the actions by quarter, grouped by the goal that each serves most; a long one in several pictures."""
    plan = say.document.plan
    rows: list[RoadRow] = []
    for goal, actions in index.groups:
        title = goal.title if goal else _("For the whole organization")
        number = f"G{index.goal_numbers[goal.key]}  " if goal else ""
        if len(index.groups) > 1 or goal:
            rows.append(RoadRow(f"{number}{title}", heading=True))
        rows += [_road_row(say, index, action) for action in actions if action.start_quarter is not None]
    quarters = tuple(
        Quarter(quarter_short(plan.start_quarter, n), say.years[n // 4] if n % 4 == 0 else "")
        for n in range(4 * plan.horizon_years)
    )
    title = ngettext(
        "Roadmap: %(count)d action by quarter, %(period)s.",
        "Roadmap: %(count)d actions by quarter, %(period)s.",
        len(plan.actions),
    ) % {"count": len(plan.actions), "period": say.period}
    parts = in_parts(rows)
    spoken = _("The dates stand beside each action.")
    return [Roadmap(title, spoken, tuple(part), quarters, tight=len(rows) > TIGHT_ROWS) for part in parts]


def in_parts(rows: list[RoadRow]) -> list[list[RoadRow]]:
    """Cut a long roadmap before headings, so that its parts flow from page to page; no part is too long for one."""
    parts: list[list[RoadRow]] = [[]]
    for place, row in enumerate(rows):
        here, left = len(parts[-1]), len(rows) - place
        at_goal = row.heading and len(rows) > WHOLE_ROWS and here >= LEAST_ROWS and left >= LEAST_ROWS
        if at_goal or here == MOST_ROWS:
            parts.append([])
        parts[-1].append(row)
    return parts


def _road_row(say: Say, index: Index, action: ActionPart) -> RoadRow:
    return RoadRow(
        label=say.words(action.title),
        start=action.start_quarter or 0,
        end=action.end_quarter or 0,
        number=f"A{index.action_numbers[action.key]}",
        note=initials(action.owner),
        hot=True,
        upkeep=any(amount.likely for line in action.lines for amount in line.yearly),
    )


def cost_years(say: Say) -> CostYears:
    """Return what each year costs, once and every year."""
    plan = say.document.plan
    rows = tuple(
        CostYear(label, once.likely, yearly.likely, say.money(once.likely + yearly.likely))
        for label, once, yearly in zip(say.years, plan.one_time, plan.yearly, strict=True)
    )
    return CostYears(
        title=_("Cost by year, in likely amounts."),
        desc=", ".join(f"{row.label}: {row.shown}" for row in rows) + ".",
        rows=rows,
        once=_("paid once"),
        every=_("paid every year"),
    )


def initials(name: str) -> str:
    """Return the first letters of a name, two at most."""
    words = [word for word in name.split() if word[:1].isalpha()]
    return "".join(word[0].upper() for word in (words[:1] + words[1:][-1:]))


def owners(document: Document) -> list[tuple[str, str]]:
    """Return (initials, name) of everybody who owns an action, in order of the names."""
    names = sorted({action.owner for action in document.plan.actions if action.owner})
    return [(initials(name), name) for name in names]
