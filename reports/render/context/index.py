"""The numbers that cross-references use: G for goals, C for challenges, A for actions, B for budget lines.

Actions are numbered in the order in which the report shows them: by goal, then by start. Challenges are
those that the report shows, strongest first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from reports.core.document import ActionPart, Challenge, CostLine, Document, GoalPart

MOST_CHALLENGES = 10


@dataclass(frozen=True)
class Index:
    """The order of everything that has a number."""

    document: Document

    @cached_property
    def taken_on(self) -> tuple[Challenge, ...]:
        """The challenges that the plan takes for true: not rejected, and telling, shown by the records, or met."""
        return tuple(row for row in self._told if row.first or row.shown or row.key in self._met)

    @cached_property
    def _met(self) -> frozenset[str]:
        return frozenset(key for action in self.document.plan.actions for key in action.challenges)

    @cached_property
    def _told(self) -> tuple[Challenge, ...]:
        """The challenges that weigh, are telling, show in the records or are met, none rejected; strongest first."""
        open_ones = [row for row in self.document.challenges if row.stance != "rejected"]
        told = [row for row in open_ones if _weighs(row) or row.first or row.shown or row.key in self._met]
        return tuple(sorted(told, key=lambda row: (-row.strength, row.key)))

    @property
    def challenges(self) -> tuple[Challenge, ...]:
        """The challenges that the report shows: the strongest, whatever makes them known."""
        return self._told[:MOST_CHALLENGES]

    @cached_property
    def more_challenges(self) -> int:
        """How many challenges with some strength are not shown; none of them is stronger than one that is."""
        return sum(row.strength > 0 for row in self._told[MOST_CHALLENGES:])

    @cached_property
    def rejected(self) -> tuple[Challenge, ...]:
        return tuple(row for row in self.document.challenges if row.stance == "rejected")

    @cached_property
    def groups(self) -> tuple[tuple[GoalPart | None, tuple[ActionPart, ...]], ...]:
        """The actions by the goal that each serves most; those that serve none stand last."""
        goals = {goal.key: goal for goal in self.document.goals}
        placed: dict[str, list[ActionPart]] = {key: [] for key in goals}
        rest: list[ActionPart] = []
        for action in sorted(self.document.plan.actions, key=_start):
            home = self._home(action, goals)
            (placed[home] if home else rest).append(action)
        rows: list[tuple[GoalPart | None, tuple[ActionPart, ...]]]
        rows = [(goals[key], tuple(found)) for key, found in placed.items() if found]
        return (*rows, *([(None, tuple(rest))] if rest else []))

    def _home(self, action: ActionPart, goals: dict[str, GoalPart]) -> str | None:
        """Return the goal in whose areas the action lifts most, times the weight of the goal."""
        best: tuple[Fraction, str] | None = None
        for key in action.goals:
            goal = goals.get(key)
            if goal is None:
                continue
            lifted = sum(
                (lift.levels for lift in action.lifts if lift.cell.split("/")[1] in goal.areas), Fraction(0)
            )
            if best is None or lifted * goal.weight > best[0]:
                best = (lifted * goal.weight, key)
        return best[1] if best else None

    @cached_property
    def actions(self) -> tuple[ActionPart, ...]:
        return tuple(action for _, actions in self.groups for action in actions)

    @cached_property
    def action_numbers(self) -> dict[str, int]:
        return {action.key: number for number, action in enumerate(self.actions, 1)}

    @cached_property
    def challenge_numbers(self) -> dict[str, int]:
        return {row.key: number for number, row in enumerate(self.challenges, 1)}

    @cached_property
    def goal_numbers(self) -> dict[str, int]:
        return {goal.key: number for number, goal in enumerate(self.document.goals, 1)}

    @cached_property
    def lines(self) -> tuple[tuple[int, ActionPart, CostLine], ...]:
        """Every budget line that costs something, with its number and its action."""
        found = [(a, line) for a in self.actions for line in a.lines if line.total.high or line.total.likely]
        return tuple((number, action, line) for number, (action, line) in enumerate(found, 1))

    def lines_of(self, action: str) -> tuple[int, ...]:
        """Return the numbers of an action's budget lines."""
        return tuple(number for number, owner, _ in self.lines if owner.key == action)

    def under(self, goal: str) -> tuple[int, ...]:
        """Return the numbers of the actions that the report shows under a goal."""
        for one, actions in self.groups:
            if one is not None and one.key == goal:
                return tuple(self.action_numbers[action.key] for action in actions)
        return ()

    def meeting(self, challenge: str) -> tuple[int, ...]:
        """Return the numbers of the actions that meet a challenge."""
        return tuple(
            self.action_numbers[action.key] for action in self.actions if challenge in action.challenges
        )

    def numbers(self, actions: Iterable[str]) -> tuple[int, ...]:
        """Return the numbers of actions that the report shows, in order."""
        return tuple(sorted(self.action_numbers[key] for key in actions if key in self.action_numbers))


def _weighs(row: Challenge) -> bool:
    """Say whether a challenge has some strength, and the records do not speak against it."""
    return row.strength > 0 and not row.against


def _start(action: ActionPart) -> tuple[int, int, str]:
    last = 10_000
    start = last if action.start_quarter is None else action.start_quarter
    return (start, last if action.end_quarter is None else action.end_quarter, action.key)
