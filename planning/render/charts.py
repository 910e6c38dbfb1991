"""The pictures of the gaps page and of the plan page, with their words. The drawing itself is shared."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.charts import (
    CostYear,
    CostYears,
    Frontier,
    FrontierStep,
    GapBars,
    GapRow,
    Quarter,
    Roadmap,
    RoadRow,
)
from organizations.money import symbol, whole_money
from planning.selectors import CellPicture, PlanPicture, StepPicture
from planning.sentences import labels
from planning.sentences.numbers import decimal, half_up, level, listed, percent, shown_rise

ZERO = Fraction(0)
MOST_LABELS = 2
NEARLY_ALL = Fraction(19, 20)
AXIS, LETTER = 657, 7  # the width of the money axis and of a letter, in the picture's units


def gap_bars(cells: Sequence[CellPicture]) -> GapBars:
    """Return the picture of the gaps, the widest first."""
    scored = sorted((c for c in cells if c.score is not None), key=lambda c: (-(c.gap or ZERO), c.key))
    most = half_up(scored[0].gap or ZERO, 1) if scored else ZERO
    rows = tuple(
        GapRow(
            label=cell.title,
            score=cell.score or ZERO,
            after=cell.target if cell.gap else None,
            target=cell.target,
            shown=_("gap %(gap)s") % {"gap": level(cell.gap)} if cell.gap else _("no gap"),
            hot=half_up(cell.gap or ZERO, 1) == most > 0,
        )
        for cell in scored
    )
    told = listed(
        [
            _("%(cell)s %(score)s, target %(target)s")
            % {"cell": c.title, "score": level(c.score), "target": level(c.target)}
            for c in scored[:3]
        ]
    )
    return GapBars(
        title=_("Where you are and where you want to be"),
        desc=_("One bar for each result, the widest gap first: %(told)s.") % {"told": told},
        rows=rows,
        now=_("now"),
        later=_("to the target"),
        target=_("target"),
    )


def rising_most(cells: Sequence[CellPicture]) -> list[CellPicture]:
    """Return the results that rise most, all of those that rise as much as it is shown; none where nothing rises."""
    most = max((shown_rise(cell.score, cell.after) for cell in cells), default=ZERO)
    return [cell for cell in cells if shown_rise(cell.score, cell.after) == most > 0]


def now_and_after(cells: Sequence[CellPicture]) -> GapBars:
    """Return the picture of what the plan changes."""
    shown = [cell for cell in cells if cell.score is not None and (cell.rise or cell.gap)]
    most = rising_most(shown)
    rows = tuple(
        GapRow(
            label=cell.title,
            score=cell.score or ZERO,
            after=cell.after,
            target=cell.target,
            shown=_("%(now)s to %(after)s") % {"now": level(cell.score), "after": level(cell.after)},
            hot=cell in most,
        )
        for cell in shown
    )
    desc = _("One bar for each result: now, expected after the plan, and the target.")
    if len(most) == 1:
        (best,) = most
        desc = _("%(cell)s rises most, from %(now)s to %(after)s, with a target of %(target)s.") % {
            "cell": best.title,
            "now": level(best.score),
            "after": level(best.after),
            "target": level(best.target),
        }
    return GapBars(
        title=_("Levels now and after the plan"),
        desc=desc,
        rows=rows,
        now=_("now"),
        later=_("after the plan"),
        target=_("target"),
    )


def frontier(picture: PlanPicture) -> Frontier:
    """Return the picture of what each budget buys, with the plan marked where it stands: its own cost and gain."""
    show = partial(whole_money, currency=picture.currency)
    mark = _mark(picture)
    steps = _worth_showing(picture)
    told = listed(
        [
            _("%(amount)s closes %(share)s")
            % {"amount": show(step.cost_cents), "share": percent(step.closes)}
            for step in _some(steps)
        ]
    )
    plain = Frontier(
        title=_("What each budget closes"),
        desc=_("A rising line of steps. %(told)s.") % {"told": told},
        steps=tuple(FrontierStep(step.cost_cents, step.closes) for step in steps),
        budget_cents=mark,
        money=show,
        chosen=_("this plan") if picture.actions else show(mark) if mark is not None else "",
        says=_("closes %(share)s") % {"share": percent(_closed(picture))} if mark is not None else "",
        share=_closed(picture),
    )
    within = tuple(step for step in picture.frontier if step.cost_cents <= plain.end)
    words = _labels(picture, plain.end)
    return replace(
        plain,
        steps=tuple(
            FrontierStep(step.cost_cents, step.closes, words.get(place, ""))
            for place, step in enumerate(within)
        ),
    )


def _mark(picture: PlanPicture) -> int | None:
    """Return where on the axis of money the plan stands, else its budget; None where there is neither."""
    return picture.full_cents if picture.actions else picture.budget_cents


def best_for_its_money(picture: PlanPicture) -> Fraction:
    """Return what could be closed at best for what the plan costs."""
    return _bought(picture, picture.full_cents)


def _bought(picture: PlanPicture, cents: int) -> Fraction:
    """Return what an amount buys at best."""
    return max((step.closes for step in picture.frontier if step.cost_cents <= cents), default=ZERO)


def _worth_showing(picture: PlanPicture) -> tuple[StepPicture, ...]:
    """Return the steps up to where hardly anything is left to gain, and up to the plan's budget.

    The picture would else be mostly a flat line; the table behind it has every step.
    """
    steps = picture.frontier
    enough = next(step.cost_cents for step in steps if step.closes >= NEARLY_ALL * steps[-1].closes)
    last = max(enough, _mark(picture) or 0)
    return tuple(step for step in steps if step.cost_cents <= last)


def _labels(picture: PlanPicture, end: int) -> dict[int, str]:
    """Return by place what is written at a step: what the first one is, and the largest, where there is room.

    Words must not cross the mark of the budget, each other, or the edge. Shares of the axis, 0 to 1.
    """
    steps = picture.frontier
    found: dict[int, str] = {}
    taken: list[tuple[float, float]] = []
    mark = _mark(picture)
    if mark is not None:
        at = mark / end
        taken.append((at, at))
    first = _("your own time") if not steps[0].cost_cents else _("what stays in")
    rises = sorted(range(1, len(steps)), key=lambda i: (steps[i - 1].closes - steps[i].closes, i))
    largest = [(place, steps[place].added[0].title) for place in rises[:6] if steps[place].added]
    for place, words in [(0, first), *largest]:
        start = steps[place].cost_cents / end
        stop = start + (len(words) * LETTER + 12) / AXIS
        if stop <= 1 and len(found) < MOST_LABELS and not any(a <= stop and b >= start for a, b in taken):
            found[place] = words
            taken.append((start, stop))
    return found


@dataclass(frozen=True, slots=True)
class Slider:
    """The budget slider under the frontier, in whole units of money: its ends, its step and where it stands.

    `steps` is what the script says while the thumb moves: cents, then the words of what they buy, about: the choice
    for an amount may lie a hundredth lower and be cheaper. `says` is what the plan does, else what its budget could.
    """

    most: int
    step: int
    value: int
    says: str
    symbol: str
    steps: tuple[tuple[int, str], ...]


def slider(picture: PlanPicture) -> Slider:
    """Return the slider that lies under the frontier's picture."""
    most = frontier(picture).end // 100
    cents = picture.budget_cents if picture.budget_cents is not None else picture.cost.total.likely
    steps = tuple(
        (
            step.cost_cents,
            _("closes about %(share)s of the gap") % {"share": percent(step.closes)},
        )
        for step in picture.frontier
    )
    return Slider(
        most=most,
        step=max(1, most // 400 // 50 * 50 or most // 400),
        value=min(most, cents // 100),
        says=_slider_says(picture, steps),
        symbol=symbol(picture.currency),
        steps=steps,
    )


def _slider_says(picture: PlanPicture, steps: Sequence[tuple[int, str]]) -> str:
    if picture.actions:
        return _("This plan closes %(share)s of the gap and takes %(hours)s of %(limit)s staff hours.") % {
            "share": percent(picture.closes or ZERO),
            "hours": decimal(picture.hours),
            "limit": decimal(picture.hours_limit),
        }
    budget = picture.budget_cents or 0
    amount = whole_money(budget, picture.currency)
    bought = [words for cost, words in steps if cost <= budget]
    return _("%(amount)s: %(words)s") % {"amount": amount, "words": bought[-1]} if bought else amount


def _closed(picture: PlanPicture) -> Fraction:
    """Return what the plan closes, or, while nothing is chosen, what its budget could."""
    if picture.actions or picture.budget_cents is None:
        return picture.closes or ZERO
    return _bought(picture, picture.budget_cents)


def _some(steps: Sequence[StepPicture]) -> list[StepPicture]:
    """Return the first, the middle and the last of some steps."""
    places = sorted({0, len(steps) // 2, len(steps) - 1}) if steps else []
    return [steps[place] for place in places]


def cost_years(picture: PlanPicture) -> CostYears:
    """Return the picture of the cost by year."""
    rows = tuple(
        CostYear(
            label=label,
            one_time=once.likely,
            yearly=every.likely,
            shown=whole_money(once.likely + every.likely, picture.currency),
        )
        for label, once, every in zip(picture.years, picture.cost.one_time, picture.cost.yearly, strict=True)
    )
    told = listed([_("%(year)s: %(amount)s") % {"year": row.label, "amount": row.shown} for row in rows])
    return CostYears(
        title=_("Cost by year"),
        desc=told,
        rows=rows,
        once=_("one time"),
        every=_("every year"),
    )


def roadmap(picture: PlanPicture) -> Roadmap:
    """Return the picture of the work by quarter; the must-haves are the highlight."""
    actions = [action for action in picture.actions if action.start_quarter is not None]
    last = max((action.end_quarter or 0 for action in actions), default=0)
    quarters = tuple(
        Quarter(
            labels.quarter_short(picture.start_quarter, index),
            year=_year(picture, index) if index == 0 or _first_of_year(picture, index) else "",
        )
        for index in range(min(len(picture.quarters), max(4, last + 1)))
    )
    rows = tuple(
        RoadRow(
            label=action.title,
            start=action.start_quarter or 0,
            end=min(action.end_quarter or 0, len(quarters) - 1),
            hot=action.must_have,
        )
        for action in actions
    )
    return Roadmap(
        title=_("Roadmap by quarter"),
        desc=ngettext(
            "%(count)d action, from %(first)s to %(last)s.",
            "%(count)d actions, from %(first)s to %(last)s.",
            len(actions),
        )
        % {
            "count": len(actions),
            "first": picture.quarters[0],
            "last": picture.quarters[min(last, len(picture.quarters) - 1)],
        },
        rows=rows,
        quarters=quarters,
    )


def _first_of_year(picture: PlanPicture, index: int) -> bool:
    return (picture.start_quarter - 1 + index) % 4 == 0


def _year(picture: PlanPicture, index: int) -> str:
    return str(picture.start_year + (picture.start_quarter - 1 + index) // 4)
