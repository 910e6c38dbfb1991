"""Why an action is not in a choice, tried together with the prerequisites that it would need.

Order: what it is not a candidate for, then exclusion, then nothing left to gain, budget, hours, too little to gain.
What costs nothing is never kept out by money, what takes no hours never by hours.
"""

from fractions import Fraction

from planning.core.candidates import closure
from planning.core.solver import Problem
from planning.core.values import Candidate, Candidates, LeftOut, Limits, Reason, Standing

BEFORE_THE_CHOICE = {
    Standing.ASKS_NUMBER: Reason.NUMBER_MISSING,
    Standing.NONE_TO_COUNT: Reason.NONE_TO_COUNT,
    Standing.IMPOSSIBLE: Reason.PREREQUISITE,
}


def reasons(
    candidates: Candidates, limits: Limits, problem: Problem, chosen: frozenset[str]
) -> tuple[LeftOut, ...]:
    """Return a reason for every action that could matter and is not chosen, by key."""
    left = []
    tried = _Tried(candidates, limits, problem, chosen)
    for key, one in sorted(candidates.actions.items()):
        if key in chosen or one.standing in (Standing.DONE, Standing.NO_GAP):
            continue
        if one.standing is not Standing.CANDIDATE:
            left.append(_before(one))
        elif key in limits.excluded:
            left.append(LeftOut(key, Reason.EXCLUDED, gain=one.gain))
        elif key not in problem.by_key:
            left.append(_blocked(candidates, limits, one))
        else:
            left.append(tried(one))
    return tuple(left)


def _before(one: Candidate) -> LeftOut:
    return LeftOut(
        one.key,
        BEFORE_THE_CHOICE[one.standing],
        gain=one.gain,
        blocked_by=one.blocked_by,
        numbers_missing=one.numbers_missing,
    )


def _blocked(candidates: Candidates, limits: Limits, one: Candidate) -> LeftOut:
    actions = {key: found.action for key, found in candidates.actions.items()}
    needs = closure(one.action.requires, actions, candidates.done)
    blocked_by = tuple(sorted(needs & limits.excluded))
    return LeftOut(
        one.key, Reason.PREREQUISITE, needs=tuple(sorted(needs)), gain=one.gain, blocked_by=blocked_by
    )


class _Tried:
    """Says the reason of an action that could be chosen, by adding it with what it needs to what is chosen."""

    def __init__(
        self, candidates: Candidates, limits: Limits, problem: Problem, chosen: frozenset[str]
    ) -> None:
        self.limits, self.problem, self.chosen = limits, problem, chosen
        self.actions = {key: found.action for key, found in candidates.actions.items()}
        self.done = candidates.done
        self.gain, self.cost, self.hours = (
            problem.gain(chosen),
            problem.cost(chosen),
            problem.hours_of(chosen),
        )

    def __call__(self, one: Candidate) -> LeftOut:
        package = closure([one.key], self.actions, self.done) - self.chosen
        gain = self.problem.gain(self.chosen | package) - self.gain
        cost, hours = self.problem.cost(package), self.problem.hours_of(package)
        over_cents = _over(self.cost + cost, self.limits.budget_cents)
        over_hours = _over(self.hours + hours, self.limits.hours)
        short_cents, short_hours = (
            _over(self.cost, self.limits.budget_cents),
            _over(self.hours, self.limits.hours),
        )
        if not gain:
            reason = Reason.NOTHING_TO_GAIN
        elif over_cents and cost:
            reason = Reason.BUDGET
        elif over_hours and hours:
            reason = Reason.HOURS
        else:  # a set that breaks a limit was picked by hand, so it says nothing about what is worth its price
            reason = Reason.NOT_CHOSEN if short_cents or short_hours else Reason.TOO_LITTLE
        return LeftOut(
            action=one.key,
            reason=reason,
            needs=tuple(sorted(package - {one.key})),
            gain=gain,
            cost_cents=cost,
            hours=hours,
            over_cents=int(over_cents),
            over_hours=over_hours,
            short_cents=int(short_cents),
            short_hours=short_hours,
            no_gap=not one.reach,
            needed_by=tuple(key for key in one.needed_by if key not in self.chosen),
        )


def _over(amount: int | Fraction, limit: int | Fraction | None) -> Fraction:
    return Fraction(0) if limit is None else max(Fraction(0), Fraction(amount) - Fraction(limit))
