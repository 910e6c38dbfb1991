"""What may be shown of one assessment, and its two views: the leadership's and the others'. Plain Python, no framework.

Unit: levels, exact fractions. Answers are confidential unless their author chose to be named, so a figure of a
question and a view are shown only where nobody's answer can be read out of them. Source: docs/arithmetic.md.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from assessments.core.instruments import Instrument
from assessments.core.scoring import median, shown, weighted_mean
from assessments.core.values import Response

LEADERSHIP = frozenset({"director", "board"})
ENOUGH = 3
DISAGREEMENT = Fraction(1)


@dataclass(frozen=True, slots=True)
class Person:
    """A respondent: `key` as in the answers, and what they chose before they answered."""

    key: str
    group: str
    named: bool = False
    agrees_to_show: bool = False

    @property
    def leads(self) -> bool:
        return self.group in LEADERSHIP


@dataclass(frozen=True, slots=True)
class Pair:
    """What the leadership and the others say of the same thing; people = those with a level in it."""

    leadership: Fraction
    others: Fraction
    leadership_people: int
    others_people: int

    @property
    def disagree(self) -> bool:
        """The views differ by a level or more."""
        return abs(self.leadership - self.others) >= DISAGREEMENT


@dataclass(frozen=True, slots=True)
class QuestionView:
    """One compared question; `pair` is None where it is hidden."""

    key: str
    pair: Pair | None


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell over its compared questions; `pair` is None where it is hidden or nothing can be compared."""

    key: str
    pair: Pair | None
    questions: tuple[QuestionView, ...]

    @property
    def hidden(self) -> bool:
        """Something could be compared, but the answers of single people would show."""
        return self.pair is None and bool(self.questions)


def seen_by(people: Sequence[Person], viewer: str | None) -> frozenset[str]:
    """Return whose answers the results may hold that this person sees; `viewer` None = not a respondent.

    With fewer than three respondents each sees only what comes of their own answers, until all agree.
    `people` are those who have answered something.
    """
    keys = frozenset(person.key for person in people)
    if len(people) >= ENOUGH or all(person.agrees_to_show for person in people):
        return keys
    return keys & {viewer}


def two_views(
    instrument: Instrument,
    *,
    asked: Collection[str],
    people: Iterable[Person],
    responses: Iterable[Response],
) -> tuple[CellView, ...]:
    """Return both views of each cell, over the questions to which both groups gave a level.

    The respondents' own answers count, never a consensus; those to questions that a respondent is not shown
    are kept out. A view of a cell, or of a question, needs three people with a level in it, or that all of
    those are named; when one view is hidden, so is the other. When exactly one question of a shown cell would
    stay hidden, its answers could be worked out from the rest: then one more is hidden, the one with the
    fewest people (ties: first key).
    """
    by_key = {person.key: person for person in people}
    levels = _levels(instrument, asked, by_key, responses)
    cells = []
    for cell, questions in instrument.by_cell.items():
        compared = [
            (question.key, question.weight)
            for question in questions
            if all(_side(levels.get(question.key, {}), by_key, leads=leads) for leads in (True, False))
        ]
        cells.append(_cell(cell, compared, levels, by_key))
    return tuple(cells)


def _levels(
    instrument: Instrument,
    asked: Collection[str],
    people: Mapping[str, Person],
    responses: Iterable[Response],
) -> dict[str, dict[str, int]]:
    """Return the levels that count: by question, by respondent."""
    own: dict[str, list[Response]] = {}
    for response in responses:
        if response.respondent not in people:
            raise ValueError(f"{response.respondent!r} is not among the people.")
        own.setdefault(response.respondent, []).append(response)
    levels: dict[str, dict[str, int]] = {}
    for person, given in own.items():
        visible = shown(instrument, given, asked=asked)
        for response in given:
            if response.level is not None and response.question in visible:
                levels.setdefault(response.question, {})[person] = response.level
    return levels


def _side(levels: Mapping[str, int], people: Mapping[str, Person], *, leads: bool) -> dict[str, int]:
    return {key: level for key, level in levels.items() if people[key].leads is leads}


def _cell(
    cell: str,
    compared: Sequence[tuple[str, int]],
    levels: Mapping[str, Mapping[str, int]],
    people: Mapping[str, Person],
) -> CellView:
    pairs, hidden, who = {}, set(), {True: set[str](), False: set[str]()}
    for key, _ in compared:
        sides = {leads: _side(levels[key], people, leads=leads) for leads in (True, False)}
        pairs[key] = Pair(
            leadership=median(list(sides[True].values())),
            others=median(list(sides[False].values())),
            leadership_people=len(sides[True]),
            others_people=len(sides[False]),
        )
        if not all(_enough(side, people) for side in sides.values()):
            hidden.add(key)
        for leads, side in sides.items():
            who[leads] |= side.keys()
    leadership = weighted_mean((pairs[key].leadership, weight) for key, weight in compared)
    others = weighted_mean((pairs[key].others, weight) for key, weight in compared)
    pair = None
    if leadership is not None and others is not None and all(_enough(side, people) for side in who.values()):
        pair = Pair(leadership, others, len(who[True]), len(who[False]))
        if len(hidden) == 1:
            hidden.add(_one_more(pairs, hidden))
    return CellView(
        key=cell,
        pair=pair,
        questions=tuple(QuestionView(key, None if key in hidden else pairs[key]) for key, _ in compared),
    )


def _enough(side: Iterable[str], people: Mapping[str, Person]) -> bool:
    """Three people, or all of them named."""
    keys = list(side)
    return len(keys) >= ENOUGH or all(people[key].named for key in keys)


def _one_more(pairs: Mapping[str, Pair], hidden: Collection[str]) -> str:
    """Return the question to hide beside a single hidden one.

    There always is one: a cell with one compared question has the same people as that question.
    """
    rest = [key for key in pairs if key not in hidden]
    return min(rest, key=lambda key: (pairs[key].leadership_people + pairs[key].others_people, key))
