"""What a plan and its pictures say first: headings made from the data."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organizations.money import whole_money
from planning.render.charts import best_for_its_money, rising_most
from planning.selectors import CellPicture, PlanPicture
from planning.selectors.pictures import TargetsPicture
from planning.sentences import labels
from planning.sentences.numbers import (
    decimal,
    half_up,
    hours,
    level,
    listed,
    part,
    percent,
    shown_level,
    shown_rise,
)

ZERO = Fraction(0)
MOST_NAMED = 3  # results that share the widest gap; more than these are counted
NEAR = Fraction(2, 100)  # a choice may lie a hundredth below the best, so less is no difference to speak of


@dataclass(frozen=True, slots=True)
class PlanWords:
    """The sentences of a plan's page."""

    title: str
    lead: str
    budget: str
    counted: str
    gained: str
    chosen: str
    unscheduled: str
    changes: str
    costs: str
    roadmap: str
    hours: str


def plan_words(picture: PlanPicture) -> PlanWords:
    """Return the headings and findings of a plan's page."""
    return PlanWords(
        title=_title(picture),
        lead=_lead(picture),
        budget=_budget(picture),
        counted=_counted(picture),
        gained=_gained(picture),
        chosen=_chosen(picture),
        unscheduled=labels.unscheduled(len(picture.unscheduled)),
        changes=_changes(picture),
        costs=_costs(picture),
        roadmap=_roadmap(picture),
        hours=_hours(picture),
    )


def _title(picture: PlanPicture) -> str:
    if picture.best_everywhere:
        return _("You are where you want to be")
    if not picture.actions:
        return _("Nothing is chosen yet")
    cents = picture.cost.total.likely
    if not cents:
        return _("What your own time buys")
    return _("What %(amount)s buys") % {"amount": whole_money(cents, picture.currency)}


def _lead(picture: PlanPicture) -> str:
    if picture.best_everywhere and picture.actions:
        count = len(picture.actions)
        return ngettext(
            "No result is below its target any more. %(count)d chosen action is still in the plan, though no gap asks "
            "for it.",
            "No result is below its target any more. %(count)d chosen actions are still in the plan, though no gap "
            "asks for them.",
            count,
        ) % {"count": count}
    if picture.best_everywhere:
        return _("No result is below its target, so there is nothing to plan and nothing to pay for.")
    if not picture.actions:
        return _("Give a budget and let the exact choice find the best set, or choose actions by hand.")
    first = ngettext(
        "%(count)d action over %(years)d years.",
        "%(count)d actions over %(years)d years.",
        len(picture.actions),
    ) % {"count": len(picture.actions), "years": picture.horizon_years}
    words = {"share": percent(picture.closes or ZERO), "targets": targets_words(picture.targets)}
    second = _("That closes %(share)s of the distance between where you are and %(targets)s.") % words
    return " ".join(filter(None, [first, _apart(len(picture.unscheduled)), second]))


def _apart(count: int) -> str:
    """Return how many chosen actions the headline leaves out; '' for none."""
    if not count:
        return ""
    return ngettext(
        "%(count)d more is chosen, but does not fit into the time of the plan and is not counted here.",
        "%(count)d more are chosen, but do not fit into the time of the plan and are not counted here.",
        count,
    ) % {"count": count}


def targets_words(targets: TargetsPicture) -> str:
    """Return whose targets these are, as they stand in a sentence; suggested ones with their levels."""
    if targets.set_by_people:
        return _("your targets")
    if targets.lowest == targets.highest:
        return _("the suggested targets (level %(level)d of 4)") % {"level": targets.lowest}
    return _("the suggested targets (levels %(lowest)d to %(highest)d of 4)") % {
        "lowest": targets.lowest,
        "highest": targets.highest,
    }


def approved_words(picture: PlanPicture) -> str:
    """Return what was approved of the plan, where its figures are others now."""
    return labels.approved_at(picture.approved, picture.comes_to, picture.currency)


def over_words(picture: PlanPicture, *, may_change: bool) -> list[str]:
    """Return by how much the plan breaks its budget or its hours, what causes it, and what whoever may can do."""
    said = []
    show = partial(whole_money, currency=picture.currency)
    if picture.must_short_cents:
        said.append(
            _("The must-haves need %(amount)s more than this budget.")
            % {"amount": show(picture.must_short_cents)}
        )
    elif picture.short_cents:
        said.append(
            ngettext(
                "Counted for the full year, the chosen actions come to %(cost)s: %(over)s more than the budget "
                "of %(budget)s.",
                "Counted for the full %(years)d years, the chosen actions come to %(cost)s: %(over)s more than "
                "the budget of %(budget)s.",
                picture.horizon_years,
            )
            % {
                "years": picture.horizon_years,
                "cost": show(picture.counted_cents),
                "over": show(picture.short_cents),
                "budget": show(picture.budget_cents or 0),
            }
        )
        if may_change:
            said.append(_("Take some out, raise the budget, or work it out again."))
    if picture.must_short_hours:
        said.append(
            _("The must-haves need %(hours)s staff hours more than you can give.")
            % {"hours": decimal(picture.must_short_hours)}
        )
    elif picture.short_hours:
        said.append(
            _("The chosen actions take %(hours)s staff hours more than you can give.")
            % {"hours": decimal(picture.short_hours)}
        )
        if may_change:
            said.append(_("Take some out, or give more hours."))
    return said


def _budget(picture: PlanPicture) -> str:
    steps = picture.frontier
    if not steps:
        return ""
    said, closes = _best_budgets(picture), picture.closes or ZERO
    best = best_for_its_money(picture)
    if not picture.actions or best - closes <= NEAR:
        return said
    own = _(
        "The dot is this plan: it closes %(share)s, and the best choice for its money would close %(best)s."
    )
    return " ".join([said, own % {"share": percent(closes), "best": percent(best)}])


def _best_budgets(picture: PlanPicture) -> str:
    steps = picture.frontier
    first = {"share": percent(steps[0].closes)}
    if len(steps) == 1:
        return _("There is one best choice, and it closes %(share)s.") % first
    said = (
        _("Your must-haves and what you put in, with all that is free, close %(share)s.") % first
        if steps[0].cost_cents
        else _("Your own time alone closes %(share)s.") % first
    )
    if picture.suggested_cents is None or picture.yearly_limit_cents is not None:
        return said
    enough = _("A budget of %(amount)s buys nine tenths of what any budget could close, for %(cost)s.") % {
        "amount": whole_money(picture.suggested_cents, picture.currency),
        "cost": whole_money(picture.suggested_cost_cents or 0, picture.currency),
    }
    return f"{said} {enough}"


def _counted(picture: PlanPicture) -> str:
    """Return what a budget counts, where that is not what the plan costs; '' without a budget."""
    if picture.budget_cents is None or picture.counted_cents == picture.cost.total.likely:
        return ""
    if picture.unscheduled:
        said = ngettext(
            "A budget counts every chosen action for the whole year, also what does not fit into the time: "
            "%(counted)s of %(budget)s.",
            "A budget counts every chosen action for all %(years)d years, also what does not fit into the time: "
            "%(counted)s of %(budget)s.",
            picture.horizon_years,
        )
    else:
        said = ngettext(
            "A budget counts every action for the whole year: %(counted)s of %(budget)s.",
            "A budget counts every action for all %(years)d years: %(counted)s of %(budget)s.",
            picture.horizon_years,
        )
    return said % {
        "years": picture.horizon_years,
        "counted": whole_money(picture.counted_cents, picture.currency),
        "budget": whole_money(picture.budget_cents, picture.currency),
    }


def _gained(picture: PlanPicture) -> str:
    """Return the levels that are gained, and what part of the gap that is where goals make it another."""
    count = sum(1 for cell in picture.cells if cell.score is not None)
    levels = ngettext(
        "%(gained)s of %(gap)s levels over %(count)d result",
        "%(gained)s of %(gap)s levels over %(count)d results",
        count,
    ) % {"gained": level(picture.gained), "gap": level(picture.gap), "count": count}
    plain = percent(picture.gained / picture.gap) if picture.gap else ""
    if not plain or plain == percent(picture.closes):
        return levels
    return _("Areas of your goals weigh more; without that it is %(levels)s, %(share)s.") % {
        "levels": levels,
        "share": plain,
    }


def _chosen(picture: PlanPicture) -> str:
    paid = sum(1 for action in picture.actions if action.total.likely)
    if not paid:
        return _("Everything here costs only time.")
    return ngettext(
        "%(count)d that costs money, the largest first.",
        "%(count)d that cost money, the largest first.",
        paid,
    ) % {"count": paid}


def _changes(picture: PlanPicture) -> str:
    """Return what rises and what reaches its target, by the levels that the picture shows."""
    rising = [cell for cell in picture.cells if shown_rise(cell.score, cell.after) > 0]
    if not rising:
        return _("Nothing changes yet.")
    reached = sum(1 for c in rising if c.target is not None and shown_level(c.after) >= shown_level(c.target))
    first = _rising(rising)
    if not reached:
        return first
    second = ngettext("%(count)d reaches its target.", "%(count)d reach their targets.", reached) % {
        "count": reached
    }
    return f"{first} {second}"


def _rising(rising: Sequence[CellPicture]) -> str:
    """Return how many results rise and which most; those that rise as much are named with it, or counted."""
    most = rising_most(rising)
    rise = level(shown_rise(most[0].score, most[0].after))
    words = {"count": len(rising), "cell": most[0].title, "rise": rise}
    if len(rising) == 1:
        return _("1 result rises: %(cell)s.") % words
    if len(most) == 1:
        return _("%(count)d results rise, most of all %(cell)s.") % words
    if len(most) == len(rising):
        return _("%(count)d results rise by %(rise)s levels each.") % words
    if len(most) > MOST_NAMED:
        return _("%(count)d results rise, %(most)d of them most: by %(rise)s levels each.") % {
            **words,
            "most": len(most),
        }
    return _("%(count)d results rise, most of all %(cells)s.") % {
        **words,
        "cells": listed([_quoted(cell.title) for cell in most]),
    }


def _costs(picture: PlanPicture) -> str:
    total = picture.cost.total.likely
    if not total:
        return _("No money is needed; the plan costs staff time.")
    yearly = picture.cost.yearly[-1].likely if picture.cost.yearly else 0
    first = percent(Fraction(picture.cost.by_year[0].likely, total))
    if not yearly:
        return _("%(share)s of the money is needed in the first year; nothing comes back every year.") % {
            "share": first
        }
    return _("%(share)s of the money is needed in the first year; %(yearly)s a year remains at the end.") % {
        "share": first,
        "yearly": whole_money(yearly, picture.currency),
    }


def _roadmap(picture: PlanPicture) -> str:
    timed = [action for action in picture.actions if action.end_quarter is not None]
    if not timed:
        return _("Nothing is scheduled yet.")
    last = max(timed, key=lambda action: (action.end_quarter or 0, action.key))
    opening = [action.title for action in timed if not action.start_quarter][:2]
    if not opening:
        return _("The last action ends in %(quarter)s.") % {"quarter": last.ends}
    return _("It begins with %(names)s, and the last action ends in %(quarter)s.") % {
        "names": listed([_quoted(title) for title in opening]),
        "quarter": last.ends,
    }


def _hours(picture: PlanPicture) -> str:
    busiest = max(picture.hours_by_quarter, default=ZERO)
    return _("Staff time stays within %(hours)s a quarter.") % {
        "hours": hours(max(busiest, picture.capacity))
    }


def widest_words(widest: Sequence[CellPicture]) -> str:
    """Return where the widest gap is; those as wide as it is shown are named with it, more than three counted."""
    words = {"gap": level(widest[0].gap), "cells": listed([_quoted(cell.title) for cell in widest])}
    if len(widest) == 1:
        return _("The widest gap is %(cell)s: %(gap)s levels.") % {**words, "cell": widest[0].title}
    if len(widest) > MOST_NAMED:
        return _("%(count)d results share the widest gap: %(gap)s levels.") % {**words, "count": len(widest)}
    return _("The widest gaps are %(cells)s: %(gap)s levels each.") % words


def _quoted(title: str) -> str:
    return _("“%(title)s”") % {"title": title}


def gaps_finding(cells: Sequence[CellPicture]) -> str:
    """Return where most of the distance lies: in which quality, or in which area."""
    gaps = [cell for cell in cells if cell.gap]
    whole = sum((cell.gap or ZERO for cell in gaps), ZERO)
    if not whole:
        return ""
    by_quality = _sums([(cell.quality.title, cell.gap or ZERO) for cell in gaps])
    by_area = _sums([(cell.area.title, cell.gap or ZERO) for cell in gaps])
    many = len({cell.quality.key for cell in cells}) > 1
    sums = by_quality if many else by_area
    most = max(sums.values())
    names = [name for name, levels in sums.items() if half_up(levels, 1) == half_up(most, 1)]
    words = {"part": part(most / whole), "name": names[0], "names": listed(names)}
    if len(names) == 1:
        return _("Of the distance to your targets, %(part)s lies in %(name)s.") % words
    if len(names) == len(sums):
        return ""
    return _("Of the distance to your targets, %(part)s lies in each of these: %(names)s.") % words


def _sums(pairs: Sequence[tuple[str, Fraction]]) -> dict[str, Fraction]:
    found: dict[str, Fraction] = {}
    for name, levels in pairs:
        found[name] = found.get(name, ZERO) + levels
    return found
