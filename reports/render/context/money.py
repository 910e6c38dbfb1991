"""The budget: tables by year and category, every line with its justification, what comes first, what lasts."""

from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from planning.core.values import CATEGORIES
from planning.sentences import sources as prices
from planning.sentences.labels import category
from planning.sentences.numbers import percent
from reports.core.document import (
    Amounts,
    CostLine,
    Document,
    added,
)
from reports.render.context.index import Index
from reports.render.context.say import Row, Say, first_sentences, lower_first

MOST_NAMED = 3  # so many actions are named as what the money is for
MANY_LINES = 18  # more lines than this show their calculation and source alone


@dataclass(frozen=True)
class LineRow:
    """One budget line with its calculation."""

    number: int
    text: str
    calculation: str
    note: str
    action: int
    first: bool
    years: tuple[str, ...]
    total: str


@dataclass(frozen=True)
class MoneyRow:
    """A row of a table of money by year."""

    head: str
    years: tuple[str, ...]
    total: str


@dataclass(frozen=True)
class FirstRow:
    """One step of what comes first."""

    place: int
    number: int
    title: str
    money: str
    running: str
    share: str
    when: str


@dataclass(frozen=True)
class LastingRow:
    """What one category costs every year, with its budget lines."""

    head: str
    lines: tuple[int, ...]
    money: str


@dataclass(frozen=True)
class Money:
    """The tables of the budget."""

    years: tuple[str, ...]
    categories: tuple[MoneyRow, ...]
    total: MoneyRow
    once: MoneyRow
    yearly: MoneyRow
    span: str
    likely: str
    once_total: str
    yearly_total: str
    lasting: str = ""
    lines: tuple[LineRow, ...] = field(default_factory=tuple)
    sources: tuple[Row, ...] = field(default_factory=tuple)


def money(say: Say, index: Index) -> Money:
    """Return the tables of the budget; all add up the same lines."""
    plan = say.document.plan
    rows = [
        _money_row(say, category(key), plan.category(key))
        for key in CATEGORIES
        if any(line.category == key and (line.total.likely or line.total.high) for line in plan.lines)
    ]
    once, yearly = added(plan.one_time), added(plan.yearly)
    line_rows, sources = lines(say, index)
    lasting = plan.yearly[-1].likely if plan.yearly else 0
    return Money(
        years=say.years,
        categories=tuple(rows),
        total=_money_row(say, _("Whole plan"), plan.by_year),
        once=_money_row(say, _("of this, paid once"), plan.one_time),
        yearly=_money_row(say, _("of this, paid every year"), plan.yearly),
        span=say.span(plan.total),
        likely=say.money(plan.total.likely),
        once_total=say.money(once.likely),
        yearly_total=say.money(yearly.likely),
        lasting=say.money(lasting) if lasting else "",
        lines=tuple(line_rows),
        sources=tuple(sources),
    )


def _money_row(say: Say, head: str, years: tuple[Amounts, ...]) -> MoneyRow:
    return MoneyRow(
        head, tuple(say.cell_money(year.likely) for year in years), say.cell_money(added(years).likely)
    )


def lines(say: Say, index: Index) -> tuple[list[LineRow], list[Row]]:
    """Return every budget line with its justification, and the sources of prices with their letters."""
    sources: dict[str, str] = {}
    rows, before = [], None
    for number, action, line in index.lines:
        rows.append(
            LineRow(
                number=number,
                text=category(line.category),
                calculation=say.words(line.calculation),
                note=line_note(say, line, sources),
                action=index.action_numbers[action.key],
                first=action.key != before,
                years=tuple(say.cell_money(year.likely) for year in line.by_year),
                total=say.cell_money(line.total.likely),
            )
        )
        before = action.key
    return rows, [Row(letter, source) for source, letter in sources.items()]


def line_note(say: Say, line: CostLine, sources: dict[str, str]) -> str:
    """Return what the line pays for and where its price comes from; a new source gets the next letter."""
    if line.waived:
        return _("Done without outside help.")
    few = len(say.document.plan.lines) <= MANY_LINES
    what = first_sentences(say.words(line.note), 60) if line.note and few else ""
    if line.own:
        what = " ".join((what, _("Our own figure."))).strip()
    if not line.source:
        return what
    named = prices.source(line.source)
    named = f"{named}, {line.year}" if line.year else named
    letter = sources.setdefault(named, letter_of(len(sources)))
    return f"{what} ({letter})".strip()


def letter_of(place: int) -> str:
    """Return a, b, ... z, aa, ab for 0, 1, ..."""
    letters = ""
    while place >= 0:
        letters = chr(ord("a") + place % 26) + letters
        place = place // 26 - 1
    return letters


def budget_lead(say: Say) -> str:
    """Return in which year most falls, and what stays every year."""
    plan = say.document.plan
    by_year = [year.likely for year in plan.by_year]
    if not sum(by_year):
        return _("This plan costs staff time only.")
    lasting = plan.yearly[-1].likely
    if not lasting:
        return " ".join((_largest_year(say, by_year), _("Nothing of it comes back every year.")))
    rest = _("After %(year)s about %(money)s a year stays, which is not part of this request.") % {
        "money": say.money(lasting),
        "year": lower_first(say.years[-1]),
    }
    return f"{_largest_year(say, by_year)} {rest}"


def _largest_year(say: Say, by_year: list[int]) -> str:
    """Return in which year most of the money falls: all of it, more than half, or just more than in others."""
    top = max(range(len(by_year)), key=lambda year: (by_year[year], -year))
    words = {
        "year": lower_first(say.years[top]),
        "money": say.money(by_year[top]),
        "total": say.money(sum(by_year)),
    }
    if by_year[top] == sum(by_year):
        return _("All of the money is needed in %(year)s: %(money)s.") % words
    if 2 * by_year[top] > sum(by_year):
        return _("Most of the money is needed in %(year)s: %(money)s of %(total)s.") % words
    if by_year.count(by_year[top]) > 1:
        return _("No year needs more than %(money)s of the %(total)s.") % words
    return _("The year that needs most is %(year)s: %(money)s of %(total)s.") % words


def ask_sentence(say: Say) -> str:
    """Return what the money is for: the dearest actions by name."""
    paid = sorted(
        (action for action in say.document.plan.actions if action.total.likely),
        key=lambda action: (-action.total.likely, action.key),
    )
    if not paid:
        return _("No money is asked for; the plan costs staff time.")
    named = {"actions": "; ".join(lower_first(say.words(action.title)) for action in paid[:MOST_NAMED])}
    more = len(paid) - MOST_NAMED
    if more <= 0:
        return _("It is for: %(actions)s.") % named
    largest = sum(action.total.likely for action in paid[:MOST_NAMED])
    whole = sum(action.total.likely for action in paid)
    text = (
        _("Most of it is for: %(actions)s.")
        if 2 * largest > whole
        else _("The largest parts are for: %(actions)s.")
    )
    rest = ngettext(
        "%(count)d other action needs money as well.", "%(count)d other actions need money as well.", more
    ) % {"count": more}
    return f"{text % named} {rest}"


def exact_choice(document: Document) -> bool:
    """Say whether the actions are the exact choice under a budget: none was put in by hand."""
    plan = document.plan
    return plan.budget_cents is not None and bool(plan.actions) and not any(a.by_hand for a in plan.actions)


def first_rows(say: Say, index: Index) -> list[FirstRow]:
    """Return the paid steps of what comes first, whole actions only, with the sum that each step has used."""
    paid = [step for step in say.document.plan.first if step.cost_cents]
    whole = paid[-1].running_cents if paid else 0
    rows = []
    for place, step in enumerate(paid, 1):
        action = say.document.by_action.get(step.action)
        if action is None:
            continue
        rows.append(
            FirstRow(
                place=place,
                number=index.action_numbers[step.action],
                title=say.words(action.title),
                money=say.cell_money(step.cost_cents),
                running=say.money(step.running_cents),
                share=percent(Fraction(step.running_cents, whole)),
                when=say.quarter(action.start_quarter),
            )
        )
    return rows


def free_steps(say: Say, index: Index) -> tuple[int, ...]:
    """Return the numbers of the actions that need no money: they are done in any case."""
    return index.numbers(step.action for step in say.document.plan.first if not step.cost_cents)


def lasting_rows(say: Say, index: Index) -> list[LastingRow]:
    """Return what comes back every year once everything runs, by category: the yearly part of the last year."""
    rows = []
    for key in CATEGORIES:
        lines = [(n, line.yearly[-1].likely) for n, _a, line in index.lines if line.category == key]
        cents = sum(amount for _n, amount in lines)
        if cents:
            rows.append(
                LastingRow(category(key), tuple(n for n, amount in lines if amount), say.money(cents))
            )
    return rows
