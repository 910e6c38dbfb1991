"""What the report says about strengths, gaps and the challenges behind them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from reports.core.document import (
    Cell,
    Challenge,
    Order,
)
from reports.render.context.index import Index
from reports.render.context.profile import has_list
from reports.render.context.say import Row, Say, lower_first
from reports.render.context.standing import no_gap

MOST_STRENGTHS = 4
MOST_TIED = 3
MOST_IN_ORDER = 5
# What the records show in order, most telling first; a rule that is not here comes after them.
TELLING = (
    "no-backups.restore-test",
    "no-backups.second-copy",
    "slow-connectivity.line",
    "weak-sign-in.two-step",
    "shared-passwords.logins",
    "no-shared-storage.users",
    "no-written-policy.policy",
    "no-tech-owner.person",
    "skills-gap.training",
    "no-data-home.service",
    "too-few-devices.owned",
    "no-support.hours",
    "no-tech-plan.plan",
    "open-access.leavers",
    "weak-wifi.guests",
    "aging-hardware.share",
)
# A good fact about the same things as another challenge: that there are enough computers, and that they are old.
SAME_THINGS = {"too-few-devices.owned": "aging-hardware"}
MOST_SENTENCES = 2
MOST_ASIDE = 4


@dataclass(frozen=True)
class CauseRow:
    """One challenge with what it rests on."""

    number: int
    title: str
    measured: bool
    evidence: tuple[str, ...]
    strength: str
    met_by: tuple[int, ...]


def strengths(say: Say, index: Index) -> list[Row]:
    """Return what is strong: results at their target or at 3, then the good facts of the list of equipment.

    The best of low results is no strength.
    """
    cells = [cell for cell in say.document.scored if cell.gap == 0 or (cell.score or 0) >= 3]
    cells.sort(key=lambda cell: (-(cell.score or 0), cell.key))
    rows = []
    for cell in cells[:MOST_STRENGTHS]:
        if not cell.score:
            continue
        wording = say.document.instrument(cell.instrument)
        mine = _("at our target") if say.document.targets_set else _("at the suggested level")
        at_target = mine if cell.gap == 0 else _among_the_best(say)
        words = {"score": say.level(cell.score), "word": say.word(cell.score, wording), "place": at_target}
        says = _("Level %(score)s of 4 (%(word)s), %(place)s.")
        rows.append(Row(say.cell_names[cell.key], says % words, _("said")))
    return rows + [Row("", say.words(row.text), _("measured")) for row in _in_order(say, index)]


def _among_the_best(say: Say) -> str:
    if say.document.shown.security:
        return _("among our best results")
    return _("among the best results shown here")


def _in_order(say: Say, index: Index) -> list[Order]:
    """Return what speaks best for the organization: one sentence a challenge, in the order of TELLING.

    Nothing about a challenge that the plan takes on, or about the same things: what is a weakness on one page is no
    strength on another.
    """
    place = {code: number for number, code in enumerate(TELLING)}
    weak = {row.key for row in (*index.taken_on, *index.challenges)}
    rows = [row for row in say.document.in_order if not weak & {row.challenge, SAME_THINGS.get(row.code)}]
    rows.sort(key=lambda row: place.get(row.code, len(TELLING)))
    found: dict[str, Order] = {}
    for row in rows:
        found.setdefault(row.challenge, row)
    return list(found.values())[:MOST_IN_ORDER]


def gaps_lead(say: Say) -> str:
    """Return how many gaps are a level wide or more, and where the widest is."""
    below = sorted((c for c in say.document.scored if c.gap), key=lambda c: (-(c.gap or 0), c.key))
    if not below:
        return no_gap(say)
    wide = [cell for cell in below if cell.gap and cell.gap >= 1]
    first = _widest(say, below)
    if len(wide) < 2:
        return say.of_shown(first)
    more = ngettext(
        "%(count)d result is a whole level or more away.",
        "%(count)d results are a whole level or more away.",
        len(wide),
    ) % {"count": len(wide)}
    return say.of_shown(f"{first} {more}")


def _widest(say: Say, below: list[Cell]) -> str:
    """Return where the widest gap is, of these results, widest first; all of those whose gap reads the same."""
    gap = say.level(below[0].gap)
    names = [say.cell_names[cell.key] for cell in below if say.level(cell.gap) == gap]
    place = _("below our target") if say.document.targets_set else _("below the suggested level")
    words = {"cell": names[0], "cells": "; ".join(names), "count": len(names), "gap": gap, "place": place}
    if len(names) == 1:
        return _("The widest gap is %(cell)s: %(gap)s levels %(place)s.") % words
    if len(names) <= MOST_TIED:
        return _("The widest gap, %(gap)s levels %(place)s, is the same in: %(cells)s.") % words
    return _("The widest gap, %(gap)s levels %(place)s, is the same in %(count)d results.") % words


def causes(say: Say, index: Index) -> list[CauseRow]:
    """Return the challenges that the report shows, strongest first."""
    return [
        CauseRow(
            number=index.challenge_numbers[row.key],
            title=say.words(row.title),
            measured=row.shown,
            evidence=_evidence(say, row),
            strength="–" if row.closed else say.level(row.strength),
            met_by=index.meeting(row.key),
        )
        for row in index.challenges
    ]


def _evidence(say: Say, row: Challenge) -> tuple[str, ...]:
    proof = tuple(say.words(part.text) for part in row.proof)
    if proof:
        return proof[:MOST_SENTENCES]
    against = [
        _("Our list speaks against it: %(fact)s") % {"fact": say.words(p.text)} for p in row.against[:1]
    ]
    if not row.questions:
        return (_("Somebody here said so."), *against)
    return (
        ngettext(
            "%(count)d question with a gap points to it.",
            "%(count)d questions with a gap point to it.",
            row.questions,
        )
        % {"count": row.questions},
        *against,
    )


def causes_lead(say: Say, index: Index) -> str:
    """Return how many challenges the records show, and which weighs most."""
    rows = [row for row in index.challenges if row.strength]
    if not rows:
        return _nothing_behind(say, index)
    most = (
        _("What weighs most: %(title)s.")
        if say.document.shown.security
        else _("Of the challenges shown here this weighs most: %(title)s.")
    )
    first = most % {"title": lower_first(say.words(rows[0].title))}
    return f"{first} {_measured(say, index)}"


def _nothing_behind(say: Say, index: Index) -> str:
    """Return why no cause is shown: there is no gap, or none of the causes explains one."""
    if not say.document.shown.security:
        return _("None of the challenges shown here explains a gap.")
    if not any(cell.gap for cell in say.document.scored):
        return _("Nothing stands behind a gap, because there is none.")
    if index.rejected:
        return _("We rejected the challenges that the answers point to.")
    return _("None of the challenges that we looked at explains the gaps.")


def _measured(say: Say, index: Index) -> str:
    """Return how many of the challenges our records show, and whether they speak against some."""
    count = len(index.challenges)
    measured = sum(row.shown for row in index.challenges)
    if measured == count:
        return ngettext(
            "It shows in our records, not only in answers.",
            "All %(count)d challenges below show in our records, not only in answers.",
            count,
        ) % {"count": count}
    if measured:
        return ngettext(
            "%(measured)d of the %(count)d challenges below shows in our records, not only in answers.",
            "%(measured)d of the %(count)d challenges below show in our records, not only in answers.",
            measured,
        ) % {"measured": measured, "count": count}
    if not has_list(say.document):
        return _("All of it was said; we have no records yet to check it with.")
    if any(row.against for row in index.challenges):
        return _("All of it was said; our records speak against some of it, and each row says so.")
    return _("All of it was said; our records neither show it nor speak against it.")


def set_aside(say: Say, index: Index) -> list[Row]:
    """Return the challenges that we rejected. Nobody set aside one that only the records speak against."""
    rows = []
    for row in index.rejected:
        said = [_sentence(row.reason)] if row.reason else []
        if row.shown and row.proof:
            said.append(_("Our records say otherwise: %(proof)s") % {"proof": say.words(row.proof[0].text)})
        if not said and not say.document.shown.notes:
            said = [_("The reason is not in this copy.")]
        rows.append(Row(say.words(row.title), " ".join(said), _("rejected by us")))
    return rows[:MOST_ASIDE]


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."
