"""A plan worked out: rows of the database become the core's values, and the core does the arithmetic.

Money is integer cents, levels and hours are exact fractions, quarters count from 0 at the start of the plan.
What is chosen stays chosen until somebody changes it, also when the results change: its rows count as added by hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef

from assessments.models import Assessment
from planning.core.candidates import Marks, Survey, candidates_of, gain_of, survey
from planning.core.choice import choose, judge, project
from planning.core.costs import capacity, cost_table
from planning.core.figures import Figures
from planning.core.schedule import make_schedule
from planning.core.suggest import frontier, suggest_budget, suggest_must_haves
from planning.core.values import (
    Action,
    Candidates,
    Choice,
    CostRow,
    CostTable,
    Judgement,
    Lift,
    Limits,
    MustHave,
    Numbers,
    OwnFigures,
    OwnRow,
    ProjectedCell,
    Schedule,
    Suggestion,
)
from planning.models import Plan, PlanAction, PlanCost
from planning.selectors.content import catalogue
from planning.selectors.frontiers import Frontier, frontier_key, frontier_of, kept_frontier
from planning.selectors.said import said_by
from planning.selectors.situation import (
    Situation,
    assessments_by_number,
    current_of_all,
    goal_values,
    situation,
)

QUARTERS_A_YEAR = 4


@dataclass(frozen=True)
class PlanWork:
    """One plan with everything that it rests on. What is costly is worked out when it is first asked for."""

    plan: Plan
    situation: Situation
    rows: Mapping[str, PlanAction]
    figures: Mapping[str, tuple[PlanCost, ...]]
    numbers: Mapping[str, int]
    newer: tuple[Assessment, ...] = ()
    pictures: dict[tuple[str, bool], Any] = field(default_factory=dict, compare=False)  # see `kept`

    @cached_property
    def actions(self) -> dict[str, Action]:
        """The catalogue and the plan's own actions."""
        own = {
            key: own_action(row, self.figures.get(key, ())) for key, row in self.rows.items() if row.is_own
        }
        return {**catalogue().arithmetic, **own}

    @cached_property
    def marked_chosen(self) -> frozenset[str]:
        """What is stored as chosen."""
        return frozenset(key for key, row in self.rows.items() if row.chosen and key in self.actions)

    @cached_property
    def candidates(self) -> Candidates:
        """Where each action stands, with what is chosen kept in."""
        return self.candidates_with(self.marked_chosen)

    @cached_property
    def open_candidates(self) -> Candidates:
        """Where each action stands for a new choice: only what was added by hand is kept in."""
        return self.candidates_with(frozenset())

    @cached_property
    def counted(self) -> Numbers:
        """What prices are multiplied by."""
        return numbers_of(self.situation, self.numbers)

    @cached_property
    def surveyed(self) -> Survey:
        """What each action costs and reaches, whatever is kept in."""
        return survey(
            self.actions,
            self.situation.findings,
            goal_values(self.situation.goals),
            self.counted,
            figures={key: own_figures(row, self.figures.get(key, ())) for key, row in self.rows.items()},
        )

    def candidates_with(self, keep: frozenset[str]) -> Candidates:
        """Return where each action stands; `keep` are candidates although no gap asks for them."""
        marks = self.situation.marks
        by_hand = {key for key, row in self.rows.items() if row.by_hand or row.is_own or row.must_have}
        return candidates_of(
            self.surveyed,
            Marks(
                done=frozenset(key for key, mark in marks.items() if mark.done),
                not_done=frozenset(key for key, mark in marks.items() if not mark.done),
                proposed=self.situation.facts,
                by_hand=frozenset(by_hand) & self.actions.keys() | keep,
            ),
        )

    @cached_property
    def quarters(self) -> int:
        return QUARTERS_A_YEAR * self.plan.horizon_years

    @cached_property
    def capacity(self) -> Fraction:
        """Staff hours a quarter."""
        full_time = self.situation.organization.full_time_equivalents
        return capacity(None if full_time is None else Fraction(full_time), self.plan.hours_per_quarter)

    @cached_property
    def must(self) -> frozenset[str]:
        return frozenset(key for key, row in self.rows.items() if row.must_have and key in self.actions)

    @cached_property
    def excluded(self) -> frozenset[str]:
        return frozenset(key for key, row in self.rows.items() if row.excluded and key in self.actions)

    @cached_property
    def by_hand(self) -> frozenset[str]:
        """What somebody put in by hand, own actions as well: it stays in whatever a budget would choose."""
        return frozenset(key for key in self.marked_chosen if self.rows[key].by_hand or self.rows[key].is_own)

    def limits(self, budget_cents: int | None) -> Limits:
        """Return what a choice keeps, under this budget."""
        return Limits(
            budget_cents=budget_cents,
            hours=self.capacity * self.quarters,
            must=self.must | self.by_hand,
            excluded=self.excluded,
            years=self.plan.horizon_years,
        )

    @cached_property
    def chosen(self) -> tuple[str, ...]:
        """What is chosen and can still be done: not done already, no number missing."""
        return tuple(sorted(self.marked_chosen & self.candidates.open.keys()))

    @cached_property
    def judged(self) -> Judgement:
        """The stored choice under the plan's budget and hours: why the others are left out."""
        limits = replace(self.limits(self.plan.budget_cents), must=self.must)
        return judge(self.candidates, self.chosen, limits)

    @cached_property
    def planned(self) -> tuple[str, ...]:
        """What is chosen and has its time in the plan: these are the plan's actions, everywhere."""
        return tuple(sorted(found.action for found in self.schedule.actions))

    @cached_property
    def full_cents(self) -> int:
        """What the plan's actions cost for its whole length, as budgets count."""
        costs = [self.candidates.actions[key].cost for key in self.planned]
        return sum(cost.over(self.plan.horizon_years).likely for cost in costs if cost is not None)

    @cached_property
    def gain(self) -> Fraction:
        """What the actions of the plan gain together."""
        reaches = [self.candidates.actions[key].reach for key in self.planned]
        return gain_of(reaches, self.candidates.parts, self.candidates.relevance)

    def choice_under(self, budget_cents: int | None) -> Choice:
        """Return the exact choice under a budget."""
        return choose(self.open_candidates, self.limits(budget_cents))

    @cached_property
    def frontier_key(self) -> str:
        """What the frontier depends on, as a digest."""
        return frontier_key(self.open_candidates, self.limits(None))

    @cached_property
    def kept_frontier(self) -> Frontier | None:
        """What each budget buys, when a worker has worked it out for the plan as it is."""
        return kept_frontier(self.plan.frontier, self.frontier_key)

    @cached_property
    def frontier(self) -> Frontier:
        """What each budget buys, worked out now when it is not kept: seconds."""
        return self.kept_frontier or self.worked_out_frontier()

    def worked_out_frontier(self) -> Frontier:
        """Work out what each budget buys, and the suggested budget: seconds."""
        choices = frontier(self.open_candidates, self.limits(None))
        return frontier_of(choices, self.suggested_budget)

    @cached_property
    def suggested_budget(self) -> Suggestion | None:
        return suggest_budget(self.open_candidates, self.limits(None))

    @cached_property
    def suggested_must_haves(self) -> tuple[MustHave, ...]:
        return suggest_must_haves(
            self.open_candidates, self.situation.findings, years=self.plan.horizon_years
        )

    @cached_property
    def schedule(self) -> Schedule:
        return make_schedule(
            self.candidates,
            self.chosen,
            capacity=self.capacity,
            years=self.plan.horizon_years,
            yearly_limit_cents=self.plan.yearly_limit_cents,
            earliest={
                key: row.start
                for key, row in self.rows.items()
                if row.start is not None and key in self.chosen
            },
        )

    @cached_property
    def costs(self) -> CostTable:
        return cost_table(self.candidates, self.schedule)

    @cached_property
    def projected(self) -> tuple[ProjectedCell, ...]:
        return project(self.candidates, self.situation.findings, self.planned)

    @cached_property
    def whole_gap(self) -> Fraction:
        """All that could be closed: relevance x gap over the cells, the parts without a cause as well."""
        relevance = self.candidates.relevance
        cells = self.situation.findings.cells
        return sum((relevance.get(c.key, Fraction(1)) * (c.gap or 0) for c in cells), Fraction(0))

    @property
    def share(self) -> Fraction | None:
        """The share of the whole gap that the plan closes; None where there is no gap."""
        return self.closes(self.gain) if self.whole_gap else None

    @property
    def comes_to(self) -> Figures:
        """What an approval keeps."""
        return Figures.of(self.costs.total.likely, self.share)

    def closes(self, gain: Fraction) -> Fraction:
        """Return a gain as a share of the whole gap; 0 where there is no gap."""
        return gain / self.whole_gap if self.whole_gap else Fraction(0)


def work_of(plan: Plan, known: Situation | None = None) -> PlanWork:
    """Return a plan worked out; `known` saves loading what the caller has already."""
    said = said_by(plan.organization, plan)
    used, newer = assessments_of(plan)
    rows, costs = rows_of(plan)
    return PlanWork(
        plan=plan,
        situation=known or situation(plan.organization, used, said),
        rows=rows,
        figures=costs,
        numbers=said.numbers,
        newer=newer,
    )


def assessments_of(plan: Plan) -> tuple[list[Assessment], tuple[Assessment, ...]]:
    """Return the assessments that a plan rests on, and the current ones that it does not rest on."""
    link = Plan.assessments.through.objects.filter(plan=plan, assessment=OuterRef("pk"))
    used: list[Assessment] = []
    others: list[Assessment] = []
    for row in assessments_by_number(plan.organization).annotate(in_plan=Exists(link)):
        (used if row.in_plan else others).append(row)
    current = current_of_all(sorted([*used, *others], key=lambda one: -one.number))
    return used, tuple(one for one in current if one in others)


def rows_of(plan: Plan) -> tuple[dict[str, PlanAction], dict[str, tuple[PlanCost, ...]]]:
    """Return by key what the plan says about actions, and the organization's own figures, in one query."""
    fields = [field.attname for field in PlanAction._meta.concrete_fields]
    more = [field.attname for field in PlanCost._meta.concrete_fields]
    found = PlanAction.objects.filter(plan=plan).order_by("key", "costs__row")
    rows: dict[str, PlanAction] = {}
    costs: dict[str, list[PlanCost]] = {}
    for values in found.values_list(*fields, *(f"costs__{name}" for name in more)):
        row = PlanAction(**dict(zip(fields, values[: len(fields)], strict=True)))
        rows.setdefault(row.key, row)
        cost = dict(zip(more, values[len(fields) :], strict=True))
        if cost["id"] is not None:
            costs.setdefault(row.key, []).append(PlanCost(**cost))
    return rows, {key: tuple(found) for key, found in costs.items()}


def numbers_of(known: Situation, typed: Mapping[str, int]) -> Numbers:
    """Return what prices are multiplied by: what somebody typed in the plan, else what is known. None = not known.

    Devices are then those on the list as soon as there is one. Places of work are those of the profile, and those on
    the list only where the profile says nothing: it needs no place but those whose lines or devices are looked at.
    """
    organization, inventory = known.organization, known.inventory
    listed = sum(device.count for device in inventory.devices if device.in_use) if inventory else 0
    places = (len(inventory.sites) or None) if inventory else None
    counts = {**known.counts, **typed}
    return Numbers(
        people=typed.get("people", organization.staff_count),
        devices=typed.get("devices", listed or organization.devices_count),
        sites=typed.get("sites", places if organization.sites_count is None else organization.sites_count),
        counts=counts,
    )


def own_figures(row: PlanAction, costs: tuple[PlanCost, ...]) -> OwnFigures:
    """Return the organization's own figures for one action."""
    if row.is_own:
        return OwnFigures()
    return OwnFigures(
        rows={
            cost.row: OwnRow(
                number=cost.number,
                one_time_cents=cost.one_time_cents,
                yearly_cents=cost.yearly_cents,
                lots=tuple(cost.lots),
            )
            for cost in costs
        },
        without_help=row.without_help,
        hours=None if row.hours is None else Fraction(row.hours),
    )


def own_action(row: PlanAction, costs: tuple[PlanCost, ...]) -> Action:
    """Return an organization's own action as the arithmetic sees it: its prices have no range."""
    hours = Fraction(row.hours or 0)
    return Action(
        key=row.key,
        kind=row.kind or "policy",
        lifts=tuple(Lift(lift["cell"], Fraction(str(lift["levels"]))) for lift in row.lifts),
        weeks=max(1, row.weeks or 1),
        staff_hours=(hours, hours),
        costs=tuple(own_row(cost) for cost in costs),
        own=True,
    )


def own_row(cost: PlanCost) -> CostRow:
    """Return one cost row of an own action."""
    once, yearly = cost.one_time_cents or 0, cost.yearly_cents or 0
    return CostRow(
        category=cost.category, basis="per-organisation", one_time=(once, once), yearly=(yearly, yearly)
    )
