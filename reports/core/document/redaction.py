"""What one reader may see: a copy of the document from which everything else is absent. Plain Python.

Four things are granted one by one. *Security*: the cells of the quality "secure", their questions,
targets and gaps; the challenges that speak of security, and what those cells give to the others; actions
for security that are not in the plan, and the measures of those that are; what the inventory says about
updates. *Notes*: what people wrote beside their answers, and their reasons for targets, rejections and
omissions. *Appendix*: every question with its answer, and what single questions give to a challenge.
*Names*: who does what, who uses a device, who approved, who wrote a note; the director named as contact stays.

No figure stays from which a hidden one can be worked out: strengths are summed again over what remains,
the challenges shown first are found again, means are not stored, and the share of the gap that the plan
closes is left out. Source: docs/adr/0006-snapshot-and-redaction.md.
"""

import re
from collections.abc import Collection, Iterable
from fractions import Fraction
from typing import TypeVar

from reports.core.document.base import Text
from reports.core.document.planned import ActionPart, DonePart, LeftOutPart, PlanPart
from reports.core.document.standing import (
    SECURE,
    SECURITY,
    Challenge,
    InventoryPart,
    Question,
    Wording,
)
from reports.core.document.whole import Document, Shown

# Challenges of other kinds whose very name says how safe the organization is.
SECURITY_CHALLENGES = frozenset({"no-backups", "unprotected-personal-data", "unsupported-software"})
BRACKET = re.compile(r" ?[(（][^()（）]*[)）]")
MOST_FIRST = 8
Row = TypeVar("Row", LeftOutPart, DonePart)


def redact(document: Document, *, security: bool, notes: bool, appendix: bool, names: bool) -> Document:
    """Return the copy for a reader who is granted these parts; what is not there already stays absent."""
    copy = document
    if not names:
        copy = _without_names(copy)
    if not notes:
        copy = _without_notes(copy)
    if not security:
        copy = _without_security(copy)
    if not appendix:
        copy = _without_appendix(copy)
    shown = Shown(
        security=document.shown.security and security,
        notes=document.shown.notes and notes,
        appendix=document.shown.appendix and appendix,
        names=document.shown.names and names,
    )
    return copy.model_copy(update={"shown": shown})


def speaks_of_security(challenge: str, kind: str) -> bool:
    """Say whether a challenge is a finding about security."""
    return kind == SECURITY or challenge in SECURITY_CHALLENGES


# ---- names ----


def _without_names(document: Document) -> Document:
    actions = tuple(row.model_copy(update={"owner": ""}) for row in document.plan.actions)
    inventory = document.inventory
    if inventory is not None:
        devices = tuple(row.model_copy(update={"used_by": ""}) for row in inventory.devices)
        inventory = inventory.model_copy(update={"devices": devices})
    return document.model_copy(
        update={
            "questions": tuple(_nameless(question) for question in document.questions),
            "inventory": inventory,
            "plan": document.plan.model_copy(update={"approved_by": "", "actions": actions}),
        }
    )


def _nameless(question: Question) -> Question:
    notes = tuple(note.model_copy(update={"name": ""}) for note in question.notes)
    return question.model_copy(update={"notes": notes})


# ---- notes ----


def _without_notes(document: Document) -> Document:
    plan = document.plan.model_copy(
        update={"left_out": tuple(row.model_copy(update={"said": ""}) for row in document.plan.left_out)}
    )
    return document.model_copy(
        update={
            "questions": tuple(_bare(question) for question in document.questions),
            "challenges": tuple(row.model_copy(update={"reason": ""}) for row in document.challenges),
            "plan": plan,
        }
    )


def _bare(question: Question) -> Question:
    return question.model_copy(update={"notes": (), "target_reason": ""})


# ---- appendix ----


def _without_appendix(document: Document) -> Document:
    challenges = tuple(row.model_copy(update={"contributions": ()}) for row in document.challenges)
    return document.model_copy(update={"questions": (), "challenges": challenges})


# ---- security ----


def _without_security(document: Document) -> Document:
    hidden = frozenset(cell.key for cell in document.cells if cell.quality == SECURE)
    challenges = _first_again(_challenges(document.challenges, hidden))
    open_challenges = frozenset(row.key for row in challenges)
    gone = frozenset(row.key for row in document.challenges) - open_challenges
    return document.model_copy(
        update={
            "wording": tuple(_wording(row) for row in document.wording),
            "cells": tuple(cell for cell in document.cells if cell.key not in hidden),
            "questions": tuple(row for row in document.questions if row.cell not in hidden),
            "challenges": challenges,
            "contradictions": tuple(key for key in document.contradictions if key in open_challenges),
            "in_order": tuple(
                row for row in document.in_order if not speaks_of_security(row.challenge, row.kind)
            ),
            "unreached": tuple(
                (cell, challenge)
                for cell, challenge in document.unreached
                if cell not in hidden and challenge in open_challenges
            ),
            "inventory": _inventory(document.inventory),
            "plan": _plan(document.plan, hidden, gone),
        }
    )


def _wording(wording: Wording) -> Wording:
    """Return an instrument without the quality "secure", nor the brackets of its credits: one lists the qualities.

    All of them go, whatever they say: no word tells in every language which it is.
    """
    qualities = tuple(row for row in wording.qualities if row.key != SECURE)
    if len(qualities) == len(wording.qualities):
        return wording
    credits_ = Text({key: _without_brackets(said) for key, said in wording.credits.items()})
    return wording.model_copy(update={"qualities": qualities, "credits": credits_})


def _without_brackets(said: str) -> str:
    while BRACKET.search(said):  # the inner ones first
        said = BRACKET.sub("", said)
    return said


def _challenges(challenges: Iterable[Challenge], hidden: frozenset[str]) -> tuple[Challenge, ...]:
    """Return the challenges that remain, summed again over the questions that remain, strongest first."""
    kept = []
    for row in challenges:
        if speaks_of_security(row.key, row.kind):
            continue
        touches = any(cell in hidden for cell in row.cells)
        contributions = tuple(part for part in row.contributions if part.cell not in hidden)
        if touches and not contributions:
            continue  # it rests on hidden answers alone, or on what this copy no longer tells apart
        if touches:
            row = row.model_copy(
                update={
                    "contributions": contributions,
                    "cells": tuple(cell for cell in row.cells if cell not in hidden),
                    "questions": len(contributions),
                    "strength": sum((part.amount for part in contributions), Fraction(0)),
                }
            )
        kept.append(row)
    return tuple(sorted(kept, key=lambda row: (-row.strength, row.key)))


def _first_again(challenges: tuple[Challenge, ...]) -> tuple[Challenge, ...]:
    """Mark the fewest strongest whose sum reaches half of all strength, at most eight."""
    whole = sum((row.strength for row in challenges), Fraction(0))
    reached, marked = Fraction(0), []
    for place, row in enumerate(challenges):
        first = row.strength > 0 and 2 * reached < whole and place < MOST_FIRST
        reached += row.strength
        marked.append(row.model_copy(update={"first": first}))
    return tuple(marked)


def _inventory(inventory: InventoryPart | None) -> InventoryPart | None:
    if inventory is None:
        return None
    devices = tuple(row.model_copy(update={"os": "", "past_support": None}) for row in inventory.devices)
    return inventory.model_copy(update={"devices": devices})


def _plan(plan: PlanPart, hidden: frozenset[str], gone: frozenset[str]) -> PlanPart:
    return plan.model_copy(
        update={
            "gained": None,
            "approved_percent": None,
            "actions": tuple(_action(row, hidden, gone) for row in plan.actions),
            "left_out": _telling_nothing(plan.left_out, _others(plan.left_out, hidden, gone)),
            "done": _others(plan.done, hidden, gone),
        }
    )


def _action(action: ActionPart, hidden: frozenset[str], gone: frozenset[str]) -> ActionPart:
    """Return a chosen action without what it does for security; it stays, because its money is asked for."""
    security = _is_for_security(action.cells, action.challenges, hidden, gone)
    return action.model_copy(
        update={
            "measures": () if security else action.measures,
            "lifts": tuple(lift for lift in action.lifts if lift.cell not in hidden),
            "challenges": tuple(key for key in action.challenges if key not in gone),
        }
    )


def _is_for_security(
    cells: Collection[str], challenges: Collection[str], hidden: frozenset[str], gone: frozenset[str]
) -> bool:
    """Say whether half or more of what an action lifts, or of the causes that it meets, is about security."""
    met = sum(key in gone or key in SECURITY_CHALLENGES for key in challenges)
    lifted = sum(cell in hidden for cell in cells)
    return (lifted > 0 and 2 * lifted >= len(cells)) or (met > 0 and 2 * met >= len(challenges))


def _others(rows: Iterable[Row], hidden: frozenset[str], gone: frozenset[str]) -> tuple[Row, ...]:
    """Return the actions that are not in the plan without those for security: their titles would tell what is weak."""
    return tuple(
        _less(row, hidden, gone)
        for row in rows
        if not _is_for_security(row.cells, row.challenges, hidden, gone)
    )


def _telling_nothing(before: Iterable[LeftOutPart], rows: tuple[LeftOutPart, ...]) -> tuple[LeftOutPart, ...]:
    """Return the rows whose reason does not name an action that went: “it needs X first” tells of X."""
    kept = {row.key for row in rows}
    titles = [row.title for row in before if row.key not in kept]
    gone = {title.in_(language) for title in titles for language in title}
    named = [mark for title in gone for mark in (f"“{title}”", f"«{title}»")]
    return tuple(
        row
        for row in rows
        if not any(mark in row.sentence.in_(language) for language in row.sentence for mark in named)
    )


def _less(row: Row, hidden: frozenset[str], gone: frozenset[str]) -> Row:
    return row.model_copy(
        update={
            "cells": tuple(cell for cell in row.cells if cell not in hidden),
            "challenges": tuple(key for key in row.challenges if key not in gone),
        }
    )
