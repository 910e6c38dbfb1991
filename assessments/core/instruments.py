"""Instruments: scored questions, each in one cell of areas and qualities. Plain Python, no framework.

Levels run from 0 (absent) to 4 (top), weights from 1 to 3, minutes are whole. Keys of challenges are
names only here: the catalogue of challenges is planning's.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field

from assessments.core.content import (
    ContentModel,
    Finding,
    Flag,
    Key,
    Level,
    Text,
    Whole,
    check,
    circle,
    read_yaml,
    show,
)

FormKind = Literal["quick", "full", "follow-up"]
MAX_PART = 60
MAX_QUESTIONS = 400


class Minutes(ContentModel):
    """How long the short and the full form take."""

    quick: Annotated[Whole, Field(ge=1)]
    full: Annotated[Whole, Field(ge=1)]


class ScaleLevel(ContentModel):
    """One level of the scale: its name and what it means anywhere."""

    level: Level
    key: Key
    label: Text
    meaning: Text


class Part(ContentModel):
    """An area or a quality."""

    key: Key
    title: Text
    summary: Text


class ShowIf(ContentModel):
    """Ask only when `question` was answered with this level or a higher one, or with 'I don't know'."""

    question: Key
    at_least: Level


class Question(ContentModel):
    """One question with its five level descriptions, the lowest first."""

    key: Key
    area: Key
    quality: Key
    quick: Flag = False
    text: Text
    why: Text
    levels: Annotated[tuple[Text, ...], Field(min_length=5, max_length=5)]
    weight: Annotated[Whole, Field(ge=1, le=3)]
    ask: Annotated[tuple[Literal["director", "staff", "tech"], ...], Field(min_length=1)]
    evidence: Text
    challenges: Annotated[tuple[Key, ...], Field(min_length=1)]
    show_if: ShowIf | None = None
    target: Level | None = None

    @property
    def cell(self) -> str:
        return f"{self.area}/{self.quality}"


class Instrument(ContentModel):
    """One version of a question set. A published version never changes."""

    slug: Key
    version: Annotated[Whole, Field(ge=1, le=32767)]
    title: Text
    summary: Text
    credits: Text
    minutes: Minutes
    scale: Annotated[tuple[ScaleLevel, ...], Field(min_length=5, max_length=5)]
    areas: Annotated[tuple[Part, ...], Field(min_length=1)]
    qualities: Annotated[tuple[Part, ...], Field(min_length=1)]
    questions: Annotated[tuple[Question, ...], Field(min_length=1, max_length=MAX_QUESTIONS)]

    @cached_property
    def by_key(self) -> dict[str, Question]:
        """The questions by their keys."""
        return {question.key: question for question in self.questions}

    @cached_property
    def by_cell(self) -> dict[str, tuple[Question, ...]]:
        """The questions of each cell, cells in the order areas by qualities."""
        cells: dict[str, list[Question]] = {
            f"{area.key}/{quality.key}": [] for area in self.areas for quality in self.qualities
        }
        for question in self.questions:
            cells[question.cell].append(question)
        return {cell: tuple(questions) for cell, questions in cells.items()}

    @cached_property
    def conditions(self) -> frozenset[str]:
        """The keys of the questions on which it hangs whether others are shown."""
        return frozenset(one.show_if.question for one in self.questions if one.show_if)

    @cached_property
    def follow_ups(self) -> frozenset[str]:
        """The keys of the questions that are shown only after certain answers."""
        return frozenset(one.key for one in self.questions if one.show_if)

    def deciding(self, cells: Iterable[str]) -> frozenset[str]:
        """Return the keys of the questions on which the scores of these cells hang: theirs and their conditions."""
        return frozenset(question.key for cell in cells for question in self.by_cell[cell]) | self.conditions

    @property
    def cells(self) -> tuple[str, ...]:
        """The keys of all cells, "area/quality", in the order areas by qualities."""
        return tuple(self.by_cell)

    def area(self, key: str) -> Part:
        """Return one area; raises KeyError when there is none."""
        return _part(self.areas, key)

    def quality(self, key: str) -> Part:
        """Return one quality; raises KeyError when there is none."""
        return _part(self.qualities, key)

    def asked(self, kind: FormKind | str, cells: Collection[str] = ()) -> tuple[Question, ...]:
        """Return the questions that a form asks, in order: the short one a cell, all, or all of `cells`."""
        match kind:
            case "quick":
                return tuple(question for question in self.questions if question.quick)
            case "full":
                return self.questions
            case "follow-up":
                return tuple(question for question in self.questions if question.cell in cells)
        raise ValueError(f"{kind!r} is not a kind of form")


def read_instrument(path: Path) -> Instrument:
    """Return the instrument of one content file; raises ContentError with a line an error."""
    return checked_instrument(read_yaml(path), name=path.name)


def checked_instrument(data: Any, *, name: str) -> Instrument:
    """Return plain data as an instrument; raises ContentError with a line an error."""
    return check(Instrument, data, name=name, relate=relate)


def document(instrument: Instrument) -> dict[str, Any]:
    """Return the instrument as plain data for JSON; `Instrument.model_validate` reads it again."""
    return instrument.model_dump(mode="json", exclude_none=True)


def relate(instrument: Instrument) -> Iterator[Finding]:
    """Yield what is wrong between the parts of an instrument."""
    if instrument.minutes.quick > instrument.minutes.full:
        yield "minutes", "quick is longer than full"
    if [level.level for level in instrument.scale] != [0, 1, 2, 3, 4]:
        yield "scale", "must have the levels 0, 1, 2, 3 and 4, in this order"
    yield from _repeated("scale", (level.key for level in instrument.scale))
    for name, parts in (("areas", instrument.areas), ("qualities", instrument.qualities)):
        yield from _repeated(name, (part.key for part in parts))
        for part in parts:
            if len(part.key) > MAX_PART:
                yield f"{name}[{part.key}].key", f"is longer than {MAX_PART} letters"
    yield from _repeated("questions", (question.key for question in instrument.questions))
    yield from _relate_questions(instrument)


def _relate_questions(instrument: Instrument) -> Iterator[Finding]:
    areas = {part.key for part in instrument.areas}
    qualities = {part.key for part in instrument.qualities}
    keys = {question.key for question in instrument.questions}
    for question in instrument.questions:
        at = f"questions[{question.key}]"
        if question.area not in areas:
            yield f"{at}.area", f"{show(question.area)} is not an area of this instrument"
        if question.quality not in qualities:
            yield f"{at}.quality", f"{show(question.quality)} is not a quality of this instrument"
        yield from _repeated(f"{at}.challenges", question.challenges)
        yield from _repeated(f"{at}.ask", question.ask)
        if question.show_if is not None:
            if question.show_if.question not in keys:
                source = show(question.show_if.question)
                yield f"{at}.show_if.question", f"{source} is not a question of this instrument"
            if question.quick:
                yield f"{at}.show_if", "a quick question is always asked"
    quick = Counter(question.cell for question in instrument.questions if question.quick)
    for area in instrument.areas:
        for quality in instrument.qualities:
            if (found := quick[f"{area.key}/{quality.key}"]) != 1:
                yield "questions", f"{area.key} x {quality.key} needs exactly one quick question, has {found}"
    graph = {one.key: [one.show_if.question] if one.show_if else [] for one in instrument.questions}
    if found_circle := circle(graph):
        yield "questions", f"show_if conditions go in a circle: {' -> '.join(found_circle)}"


def _repeated(at: str, keys: Iterable[str]) -> Iterator[Finding]:
    for key, times in Counter(keys).items():
        if times > 1:
            yield at, f"{show(key)} comes {times} times"


def _part(parts: tuple[Part, ...], key: str) -> Part:
    for part in parts:
        if part.key == key:
            return part
    raise KeyError(key)
