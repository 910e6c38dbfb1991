"""Documents for the tests of reports, made from numbers alone: no database, the same every time.

`small` has one area and two sides, with everything that redaction must find. `large` is as big as a demonstration
organization's. Everything in them is invented.
"""

from datetime import UTC, date, datetime
from fractions import Fraction

from reports.core import document as doc
from reports.core.document import Document

HALF = Fraction(1, 2)
NAMES = ("Rafe Linde", "Linde", "Tamsin Orrow", "Wilf Ashdown", "Petra Nook")
OPEN, SAFE = "social/work/efficient", "social/work/secure"
LEVELS = ("Not yet", "Now and then", "Basics in place", "Well managed", "Leading")
SENTENCE = "People wait for old machines, and what takes minutes elsewhere takes an hour here."


def words(text: str) -> doc.Text:
    return doc.Text({"en": text, "es": f"{text} (es)"})


def named(key: str) -> doc.Named:
    return doc.Named(key=key, title=words(key.title()), summary=words(f"What {key} covers."))


def profile(**changes: object) -> doc.Profile:
    values = {
        "name": "Alder House",
        "slug": "alder-house",
        "mission": "We keep a roof over people.",
        "field": "Housing",
        "staff_count": 11,
        "full_time_equivalents": Fraction(19, 2),
        "volunteers": 4,
        "devices": 23,
        "sites": 1,
        "yearly_budget_cents": 105000000,
        "yearly_technology_budget_cents": 1400000,
        "currency": "USD",
        "language": "en",
        "is_demo": False,
        "contact": doc.Contact(name="Ada Quill", email="ada@example.org"),
    }
    return doc.Profile(**{**values, **changes})


def wording(areas: tuple[str, ...], qualities: tuple[str, ...]) -> doc.Wording:
    return doc.Wording(
        slug="social",
        version=1,
        title=words("Is your technology ready?"),
        credits=words("Written for these tests."),
        scale=tuple(
            doc.ScaleLevel(level=n, label=words(label), meaning=words(f"Meaning of {n}."))
            for n, label in enumerate(LEVELS)
        ),
        areas=tuple(named(key) for key in areas),
        qualities=tuple(named(key) for key in qualities),
    )


def cell(area: str, quality: str, score: Fraction | None, actions: tuple[str, ...] = ()) -> doc.Cell:
    gap = None if score is None else max(Fraction(0), 3 - score)
    return doc.Cell(
        key=f"social/{area}/{quality}",
        instrument="social",
        area=area,
        quality=quality,
        score=score,
        low=score,
        high=None if score is None else min(Fraction(4), score + Fraction(1, 4)),
        target=Fraction(3),
        gap=gap,
        after=None if score is None or gap is None else score + min(gap, HALF),
        base=0 if score is None else 4,
        applicable=4,
        answers=17,
        unknown=1,
        guesses=0,
        actions=actions,
    )


def question(key: str, cell_key: str, level: Fraction, **changes: object) -> doc.Question:
    values = {
        "key": f"social/{key}",
        "cell": cell_key,
        "text": words(f"Question {key}?"),
        "state": "level",
        "level": level,
        "target": 3,
        "gap": max(Fraction(0), 3 - level),
        "counts": (0, 1, 2, 1, 0),
        "unknown": 1,
        "reached": words(f"Reached {key}."),
        "target_reason": f"Reason {key}",
        "notes": (doc.Note(text=f"Note {key}", name="Petra Nook"),),
    }
    return doc.Question(**{**values, **changes})


def part(key: str, cell_key: str, amount: Fraction) -> doc.Contribution:
    return doc.Contribution(question=f"social/{key}", cell=cell_key, amount=amount)


def challenge(key: str, kind: str, strength: Fraction, *parts: doc.Contribution) -> doc.Challenge:
    return doc.Challenge(
        key=key,
        kind=kind,
        title=words(f"Title {key}"),
        explanation=words(SENTENCE),
        strength=strength,
        shown=True,
        first=True,
        stance="accepted",
        reason=f"Because {key}",
        proof=(doc.Evidence(code=f"{key}.x", holds=True, text=words(f"Proof {key}.")),),
        questions=len(parts),
        contributions=parts,
        cells=tuple(dict.fromkeys(one.cell for one in parts)),
    )


def line(row: int, once: int, yearly: int, category: str = "gear") -> doc.CostLine:
    def amounts(cents: int) -> doc.Amounts:
        return doc.Amounts(low=cents // 2, likely=cents, high=2 * cents)

    zero = doc.Amounts()
    return doc.CostLine(
        row=row,
        category=category,
        number=11,
        calculation=words("11 × $500 to $1,500 once"),
        note=words("Business machines with setup. The price is that of a program."),
        source="Price list of a seller",
        year=2026,
        one_time=(amounts(once), zero, zero),
        yearly=(zero, amounts(yearly), amounts(yearly)),
    )


def action(key: str, *cells: str, **changes: object) -> doc.ActionPart:
    values = {
        "key": key,
        "own": False,
        "kind": "gear",
        "title": words(f"Do {key}"),
        "summary": words(f"{SENTENCE} This ends it."),
        "must_have": False,
        "by_hand": False,
        "first_steps": (words("Make a list."), words("Ask for two offers.")),
        "measures": (words("Share of machines in time"),),
        "owner": "Rafe Linde",
        "start_quarter": 0,
        "end_quarter": 1,
        "hours": Fraction(20),
        "hours_by_quarter": {0: Fraction(15), 1: Fraction(5)},
        "training_hours_per_person": HALF,
        "assistance_hours": (Fraction(0), Fraction(6)),
        "lifts": tuple(doc.Lift(cell=one, levels=HALF) for one in cells),
    }
    return doc.ActionPart(**{**values, **changes})


def plan(actions: tuple[doc.ActionPart, ...], **changes: object) -> doc.PlanPart:
    running, first = 0, []
    for one in actions:
        running += one.total.likely
        first.append(doc.FirstStep(action=one.key, cost_cents=one.total.likely, running_cents=running))
    values = {
        "number": 1,
        "title": "Technology plan",
        "state": "draft",
        "approved_on": None,
        "approved_by": "",
        "start_year": 2026,
        "start_quarter": 4,
        "horizon_years": 3,
        "budget_cents": 2500000,
        "yearly_limit_cents": None,
        "capacity": Fraction(71, 2),
        "gained": Fraction(5, 7),
        "actions": actions,
        "first": tuple(first),
    }
    return doc.PlanPart(**{**values, **changes})


def small(**changes: object) -> Document:
    """Return a document with one area, two sides, two actions, and a trace of everything that can be hidden."""
    values = {
        "schema_version": 1,
        "taken_at": datetime(2026, 10, 1, 9, tzinfo=UTC),
        "organization": profile(),
        "wording": (wording(("work",), ("efficient", "secure")),),
        "assessments": (
            doc.AssessmentPart(
                number=1,
                instrument="social",
                kind="full",
                state="closed",
                opened_on=date(2026, 3, 1),
                closed_on=date(2026, 3, 16),
                people=3,
                groups={"director": 1, "staff": 2},
            ),
        ),
        "cells": (
            cell("work", "efficient", Fraction(7, 3), ("buy",)),
            cell("work", "secure", Fraction(13, 9), ("buy", "lock")),
        ),
        "questions": (
            question("slow", OPEN, Fraction(2)),
            question("password", SAFE, Fraction(1)),
        ),
        "challenges": (
            challenge("weak-sign-in", "security", Fraction(9), part("password", SAFE, Fraction(9))),
            challenge(
                "skills-gap",
                "people",
                Fraction(5),
                part("slow", OPEN, Fraction(1)),
                part("password", SAFE, Fraction(4)),
            ),
            challenge("aging-hardware", "hardware", Fraction(3), part("slow", OPEN, Fraction(3))),
            challenge("no-data-home", "data", Fraction(2), part("password", SAFE, Fraction(2))),
        ),
        "contradictions": ("weak-sign-in",),
        "in_order": (
            doc.Order(challenge="no-backups", kind="data", text=words("Copied daily.")),
            doc.Order(challenge="slow-connectivity", kind="connectivity", text=words("Fast line.")),
        ),
        "inventory": doc.InventoryPart(
            recorded_on=date(2026, 3, 16),
            devices=(
                doc.DeviceLine(kind="desktop", count=5, year=2014, os="Windows 7", past_support=True),
                doc.DeviceLine(kind="laptop", count=3, year=2023, used_by="Wilf Ashdown"),
            ),
            services=(doc.ServiceLine(name="Mail", users=11, yearly_cost_cents=120000),),
        ),
        "goals": (
            doc.GoalPart(
                key="1",
                title="Reach every member in two hours",
                measure="Hours, from 26 to 2",
                by=date(2027, 6, 30),
                areas=("work",),
                actions=("buy", "lock"),
            ),
        ),
        "plan": plan(
            (
                action(
                    "buy",
                    OPEN,
                    SAFE,
                    challenges=("aging-hardware", "weak-sign-in"),
                    goals=("1",),
                    lines=(line(0, 1534500, 45000), line(1, 120000, 0, "consulting")),
                ),
                action(
                    "lock",
                    SAFE,
                    challenges=("weak-sign-in",),
                    goals=("1",),
                    requires=("buy",),
                    lines=(line(0, 30000, 66000, "software"),),
                ),
            ),
            approved_on=date(2026, 9, 30),
            approved_by="Tamsin Orrow",
            left_out=(
                doc.LeftOutPart(
                    key="guard",
                    title=words("Guard"),
                    reason="budget",
                    sentence=words("Too dear."),
                    said="S-guard",
                    cost_cents=5,
                    cells=(SAFE,),
                ),
                doc.LeftOutPart(
                    key="teach",
                    title=words("Teach"),
                    reason="excluded",
                    sentence=words("Not now."),
                    said="S-teach",
                    cost_cents=5,
                    cells=(OPEN, SAFE),
                ),
            ),
            done=(
                doc.DonePart(key="vault", title=words("Vault"), challenges=("weak-sign-in",)),
                doc.DonePart(key="list", title=words("Keep a list"), cells=(OPEN,)),
            ),
        ),
    }
    return Document(**{**values, **changes})


def large(actions: int = 14) -> Document:
    """Return a document as big as that of a demonstration organization: 12 cells, 48 questions."""
    areas = ("collaboration", "communication", "monitoring", "multimedia")
    qualities = ("effective", "efficient", "secure")
    keys = [f"social/{area}/{quality}" for area in areas for quality in qualities]
    names = [f"step-{n + 1}" for n in range(actions)]
    causes = [f"cause-{n + 1}" for n in range(10)]
    cells = [
        cell(area, quality, Fraction(3 + 2 * n % 11, 4), tuple(names[n % 3 :: 4]))
        for n, (area, quality) in enumerate((a, q) for a in areas for q in qualities)
    ]
    questions = [
        question(f"q-{n + 1}", keys[n // 4], Fraction(n % 7, 2), notes=()) for n in range(4 * len(keys))
    ]
    chosen = tuple(
        action(
            name,
            *keys[n % 6 : n % 6 + 4],
            title=words(f"Do the {n + 1}th thing that this organization needs"),
            challenges=(causes[n % 10], causes[(n + 3) % 10]),
            goals=(str(n % 3 + 1),),
            start_quarter=n % 5,
            end_quarter=n % 5 + 1,
            hours_by_quarter={n % 5: Fraction(12), n % 5 + 1: Fraction(8)},
            lines=(line(0, 120000 + 1000 * n, 24000), line(1, 60000, 0, "consulting")) if n % 3 else (),
        )
        for n, name in enumerate(names)
    )
    return small(
        wording=(wording(areas, qualities),),
        cells=tuple(cells),
        questions=tuple(questions),
        challenges=tuple(
            challenge(
                key,
                "hardware",
                Fraction(30 - 2 * n, 4),
                *(part(f"q-{4 * n + k + 1}", keys[n], Fraction(2)) for k in range(4)),
            )
            for n, key in enumerate(causes)
        ),
        contradictions=(),
        goals=tuple(
            doc.GoalPart(
                key=str(n + 1),
                title=f"Goal {n + 1} of the organization, in some more words than a few",
                measure="Numbers, from 2 to 12",
                by=date(2027, 12, 31),
                areas=areas[n : n + 2],
                actions=tuple(names[n::3]),
            )
            for n in range(3)
        ),
        plan=plan(chosen),
    )
