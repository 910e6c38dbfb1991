"""Write values of the document in one language: money, levels, days, quarters, names of cells.

Money is in the organization's currency; shown levels and hours are rounded half up. Every function
answers in the active language of gettext, which is that of the report.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.wording import short_word
from organizations import figures
from organizations.money import whole_money
from planning.sentences import labels
from planning.sentences.numbers import shown_rise
from reports.core.document import Amounts, Cell, Document, Text, Wording


@dataclass(frozen=True)
class Row:
    """A row with a head and what stands beside it."""

    head: str
    text: str
    note: str = ""


@dataclass(frozen=True)
class Say:
    """How this report writes things."""

    document: Document
    language: str

    def words(self, text: Text | None) -> str:
        """Return a text of the content in the language of the report."""
        return "" if text is None else text.in_(self.language)

    def money(self, cents: int) -> str:
        """Return an amount in whole units of its currency; the document has it to the cent."""
        return whole_money(cents, self.document.organization.currency, self.language)

    def cell_money(self, cents: int) -> str:
        """Return an amount for a table: a dash for nothing."""
        return self.money(cents) if cents else "–"

    def span(self, amount: Amounts) -> str:
        """Return low and high as a range."""
        return _("%(low)s to %(high)s") % {"low": self.money(amount.low), "high": self.money(amount.high)}

    def level(self, value: Fraction | None) -> str:
        return figures.level(value, self.language)

    def rise(self, cell: Cell) -> str:
        """Return what the plan adds to a result as it is shown, with its sign; nothing where that is nothing."""
        added = shown_rise(cell.score, cell.after)
        return f"+{self.level(added)}" if added > 0 else ""

    def hours(self, value: Fraction) -> str:
        return figures.hours(value, self.language)

    def in_hours(self, value: Fraction) -> str:
        """Return hours with their unit: 1 hour, 2.5 hours."""
        shown = self.hours(value)
        return ngettext("%(hours)s hour", "%(hours)s hours", 1 if shown == self.hours(Fraction(1)) else 2) % {
            "hours": shown
        }

    def number(self, value: int) -> str:
        return figures.number(value, 0, self.language)

    def decimal(self, value: Fraction, places: int) -> str:
        return figures.number(value, places, self.language)

    def day(self, value: date | None) -> str:
        return "" if value is None else date_format(value)

    def month(self, value: date | None) -> str:
        return "" if value is None else date_format(value, "YEAR_MONTH_FORMAT")

    def quarter(self, index: int | None) -> str:
        plan = self.document.plan
        return "" if index is None else labels.quarter(plan.start_year, plan.start_quarter, index)

    def quarters(self, start: int | None, end: int | None) -> str:
        """Return when something is done: one quarter, or from one to another."""
        if start is None or end is None:
            return _("not scheduled")
        if start == end:
            return self.quarter(start)
        return _("%(first)s to %(last)s") % {"first": self.quarter(start), "last": self.quarter(end)}

    @cached_property
    def years(self) -> tuple[str, ...]:
        return tuple(
            _("Year %(number)d") % {"number": n + 1} for n in range(self.document.plan.horizon_years)
        )

    @property
    def first_day(self) -> date:
        plan = self.document.plan
        return date(plan.start_year, 3 * plan.start_quarter - 2, 1)

    @property
    def last_day(self) -> date:
        """The first day of the last month of the plan."""
        months = self.first_day.month - 1 + 12 * self.document.plan.horizon_years - 1
        return date(self.first_day.year + months // 12, months % 12 + 1, 1)

    @property
    def period(self) -> str:
        return _("%(first)s to %(last)s") % {
            "first": self.month(self.first_day),
            "last": self.month(self.last_day),
        }

    def of_shown(self, sentence: str) -> str:
        return of_shown(self.document, sentence)

    # ---- names ----

    @cached_property
    def cell_names(self) -> dict[str, str]:
        """The name of each cell: area and quality, or the area alone where there is one quality."""
        found = {}
        for cell in self.document.cells:
            wording = self.document.instrument(cell.instrument)
            area = self.part(wording, cell.area)
            quality = self.part(wording, cell.quality)
            single = len(wording.qualities) < 2
            found[cell.key] = (
                area if single else _("%(area)s, %(quality)s") % {"area": area, "quality": quality.lower()}
            )
        return found

    def part(self, wording: Wording, key: str) -> str:
        """Return the title of an area or a quality."""
        for part in (*wording.areas, *wording.qualities):
            if part.key == key:
                return self.words(part.title)
        return key

    def area(self, key: str) -> str:
        """Return the title of an area, whichever instrument has it."""
        for wording in self.document.wording:
            for part in wording.areas:
                if part.key == key:
                    return self.words(part.title)
        return key

    def scale(self, wording: Wording) -> tuple[str, ...]:
        return tuple(self.words(step.label) for step in wording.scale)

    def word(self, score: Fraction | None, wording: Wording, empty: Text | None = None) -> str:
        """Return what stands in a cell of the heat map; `empty` where there is no score."""
        if score is None and empty is not None:
            return self.words(empty)
        return short_word(score, self.scale(wording))

    def range_of(self, low: Fraction | None, high: Fraction | None) -> str:
        """Return a range of levels; a dash where both ends read the same."""
        if low is None or high is None or self.level(low) == self.level(high):
            return "–"
        return f"{self.level(low)}–{self.level(high)}"

    @staticmethod
    def listed(words: Iterable[str]) -> str:
        """Return words as a list in a sentence: one, two and three."""
        found = list(words)
        if len(found) < 2:
            return "".join(found)
        return _("%(first)s and %(last)s") % {"first": ", ".join(found[:-1]), "last": found[-1]}

    @staticmethod
    def people(count: int) -> str:
        return ngettext("%(count)d person", "%(count)d people", count) % {"count": count}


def first_sentences(text: str, most: int) -> str:
    """Return the whole sentences of a text that fit into `most` characters, at least the first one."""
    parts = text.replace("\n", " ").split(". ")
    kept = parts[0]
    for part in parts[1:]:
        if len(kept) + len(part) + 2 > most:
            break
        kept += ". " + part
    return kept if kept.endswith((".", "!", "?", "…")) else f"{kept}."


def not_approved(undecided: str) -> str:
    """Return that a plan is not approved yet, by its state "draft" or "proposed"; '' for one that is."""
    return {
        "draft": _("This plan is a draft. It is not approved yet."),
        "proposed": _("This plan is proposed. It is not approved yet."),
    }.get(undecided, "")


def with_figures(document: Document, approved: str) -> str:
    """Return an approval, with what was approved where the figures of the plan are others now."""
    plan = document.plan
    amount = labels.approved_figures(plan.approved, plan.comes_to, document.organization.currency)
    if not amount:
        return approved
    return _("%(approved)s, at %(amount)s; the figures have changed since") % {
        "approved": approved,
        "amount": amount,
    }


def of_shown(document: Document, sentence: str) -> str:
    """Return a sentence that compares or counts results; in a copy without some it says that it knows no others."""
    if document.shown.security:
        return sentence
    return _("Going by the results shown here, %(sentence)s") % {"sentence": lower_first(sentence)}


def lower_first(text: str) -> str:
    """Return a title as it stands inside a sentence; a name in capitals stays."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
