"""A small instrument for hand-worked tests: two areas, two qualities, nine questions; short answers."""

from functools import cache
from pathlib import Path
from typing import Any

from assessments.core.instruments import Instrument, checked_instrument, read_instrument
from assessments.core.values import Kind, Response

CONTENT = Path(__file__).parents[2] / "assessments" / "content"
SOCIAL = "social-media-alignment"
MATURITY = "capability-and-maturity"


@cache
def shipped(slug: str = SOCIAL) -> Instrument:
    """Return an instrument that the site ships with, read once a run."""
    return read_instrument(CONTENT / "instruments" / f"{slug}.yaml")


def text(words: str) -> dict[str, str]:
    return {"en": words, "es": f"{words} (es)"}


def question(key: str, cell: str, weight: int = 1, **more: Any) -> dict[str, Any]:
    """Return one question as a content file has it."""
    area, quality = cell.split("/")
    return {
        **{"key": key, "area": area, "quality": quality, "weight": weight, "ask": ["staff"]},
        **{"text": text(key), "why": text("why"), "evidence": text("look")},
        "levels": [text(f"level {level}") for level in range(5)],
        "challenges": ["old", "slow"],
        **more,
    }


def document(*questions: dict[str, Any]) -> dict[str, Any]:
    """Return an instrument with areas `work`, `reach` and qualities `good`, `safe`, as a file has it."""
    return {
        **{"slug": "small", "version": 1, "title": text("Small"), "summary": text("s"), "credits": text("c")},
        "minutes": {"quick": 2, "full": 5},
        "scale": [
            {"level": level, "key": f"l-{level}", "label": text(f"L{level}"), "meaning": text("m")}
            for level in range(5)
        ],
        "areas": [{"key": key, "title": text(key), "summary": text("s")} for key in ("work", "reach")],
        "qualities": [{"key": key, "title": text(key), "summary": text("s")} for key in ("good", "safe")],
        "questions": list(questions),
    }


def small_document() -> dict[str, Any]:
    return document(
        question("files", "work/good", quick=True),
        question("tasks", "work/good", weight=2),
        question("tools", "work/good", weight=3, target=2),
        question("keys", "work/safe", quick=True),
        question("locks", "work/safe", show_if={"question": "keys", "at_least": 1}),
        question("guards", "work/safe", show_if={"question": "locks", "at_least": 2}),
        question("news", "reach/good", quick=True, weight=2),
        question("list", "reach/good"),
        question("login", "reach/safe", quick=True),
    )


def small() -> Instrument:
    """Return the small instrument.

    work/good: files (weight 1), tasks (2), tools (3, target 2). work/safe: keys, locks (from keys 1 on),
    guards (from locks 2 on). reach/good: news (2), list. reach/safe: login.
    """
    return checked_instrument(small_document(), name="small.yaml")


def say(question_key: str, answer: int | str, who: str = "a") -> Response:
    """Return an answer written short: 3, '3?' (a guess), '?' (I don't know), '-' (does not apply)."""
    match answer:
        case int():
            return Response(question_key, who, Kind.LEVEL, answer)
        case "?":
            return Response(question_key, who, Kind.UNKNOWN)
        case "-":
            return Response(question_key, who, Kind.NOT_APPLICABLE)
    return Response(question_key, who, Kind.LEVEL, int(answer[0]), guess=True)


def says(who: str = "a", **answers: int | str) -> list[Response]:
    """Return the answers of one person: `says("a", files=3, tasks="2?", keys="?")`."""
    return [say(key, answer, who) for key, answer in answers.items()]
