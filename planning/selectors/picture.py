"""Fill the picture of a plan from the plan worked out. See `pictures` for what each field means."""

from collections.abc import Iterable
from fractions import Fraction

from django.utils import translation
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from planning.core.values import Amount, Candidate, LeftOut, Reason, Scheduled, Spot, Standing
from planning.models import Plan
from planning.selectors.causes import cell_pictures, challenge_pictures, facts_without_gap, goal_pictures
from planning.selectors.content import action_title, catalogue, challenge_title, purpose_titles, words
from planning.selectors.costing import cost_picture, row_picture, total
from planning.selectors.ordering import order_if_part_funded
from planning.selectors.pictures import (
    ActionPicture,
    CostRowPicture,
    DoneAlready,
    FirstPicture,
    GoalPicture,
    LeftOutPicture,
    Named,
    NumberPicture,
    PlanPicture,
    StepPicture,
    TargetsPicture,
)
from planning.selectors.work import PlanWork, work_of
from planning.sentences import labels
from planning.sentences.done import done_sentences
from planning.sentences.reasons import left_out_sentence, thread_sentences

ZERO = Fraction(0)
# What a picture takes over from the row of its plan.
AS_STORED = (
    *("number", "title", "state", "revision", "approved_on", "approved_by"),
    *("approved_cents", "approved_percent"),
    *("created_at", "updated_at"),
    *("start_year", "start_quarter", "horizon_years", "budget_cents", "yearly_limit_cents"),
)
ORDER = [
    *(Reason.BUDGET, Reason.HOURS, Reason.YEAR_LIMIT, Reason.HORIZON, Reason.STAFF_HOURS, Reason.EXCLUDED),
    *(Reason.NUMBER_MISSING, Reason.PREREQUISITE, Reason.NOT_CHOSEN, Reason.TOO_LITTLE),
    *(Reason.NOTHING_TO_GAIN, Reason.NONE_TO_COUNT),
]


def plan_picture(
    plan: Plan,
    work: PlanWork | None = None,
    *,
    language: str | None = None,
    with_frontier: bool = False,
    with_causes: bool = False,
) -> PlanPicture:
    """Return everything that a page or a report says about a plan, in a language (the active one).

    What not every reader needs is filled only when asked for: the frontier, which is costly, and the causes with
    their arithmetic (`challenges`, `without_gap`), which only a report tells.
    """
    with translation.override(language or get_language() or "en"):
        painter = Painter(work or work_of(plan))
        return painter.paint(with_frontier=with_frontier, with_causes=with_causes)


class Painter:
    """Puts one plan into words; holds what several parts need."""

    def __init__(self, work: PlanWork) -> None:
        self.work = work
        self.plan = work.plan
        self.known = work.situation
        self.currency = work.situation.organization.currency
        self.years = work.plan.horizon_years
        self.titles = {key: row.title for key, row in work.rows.items() if row.is_own}

    def title(self, key: str) -> str:
        """Return the title of an action, whether own or of the catalogue."""
        return self.titles.get(key) or action_title(key)

    def named(self, keys: Iterable[str]) -> tuple[Named, ...]:
        return tuple(Named(key, self.title(key)) for key in keys)

    def paint(self, *, with_frontier: bool, with_causes: bool) -> PlanPicture:
        """Return the whole picture."""
        work, plan, known = self.work, self.plan, self.known
        actions = self.actions()
        gap = sum((cell.gap or ZERO for cell in known.findings.cells), ZERO)
        gained = sum(((c.after or ZERO) - (c.score or ZERO) for c in work.projected if c.after), ZERO)
        return PlanPicture(
            **{name: getattr(plan, name) for name in AS_STORED},
            language=get_language() or "en",
            currency=self.currency,
            state_words=str(plan.get_state_display()),
            quarters=tuple(self.quarter(index) for index in range(work.quarters)),
            years=tuple(self.year(index) for index in range(self.years)),
            capacity=work.capacity,
            hours_limit=work.capacity * work.quarters,
            hours=sum((action.hours for action in actions), ZERO),
            hours_by_quarter=tuple(work.schedule.hours(index) for index in range(work.quarters)),
            assessments=tuple(assessment.number for assessment in known.assessments),
            actions=actions,
            unscheduled=tuple(self.left_out(found, untimed=True) for found in work.schedule.left_out),
            left_out=self.all_left_out(),
            done=self.named(sorted(work.candidates.done)),
            proposed_done=self.all_done_already(),
            challenges=challenge_pictures(known, work.candidates) if with_causes else (),
            contradictions=tuple(Named(key, challenge_title(key)) for key in known.findings.contradictions),
            without_gap=facts_without_gap(known) if with_causes else (),
            unreached=tuple(self.spot(spot) for spot in work.candidates.unreached),
            cells=cell_pictures(known, {cell.key: cell for cell in work.projected}, self.titles),
            goals=self.goals(actions),
            numbers=self.numbers(),
            cost=cost_picture(work.costs),
            gap=gap,
            gained=gained,
            closes=work.share,
            first=self.first(actions),
            best_everywhere=known.best_everywhere,
            short_cents=work.judged.short_cents,
            short_hours=work.judged.short_hours,
            must_short_cents=work.judged.must_short_cents,
            must_short_hours=work.judged.must_short_hours,
            full_cents=work.full_cents,
            counted_cents=work.judged.cost_cents,
            targets=self.targets(),
            frontier=self.frontier() if with_frontier else (),
            suggested_cents=work.frontier.suggested_cents if with_frontier else None,
            suggested_cost_cents=work.frontier.suggested_cost_cents if with_frontier else None,
        )

    def targets(self) -> TargetsPicture:
        """Return whose targets the gaps are measured by, and their levels."""
        levels = [q.target for result in self.known.results for q in result.questions if q.level is not None]
        return TargetsPicture(self.known.targets_set, min(levels, default=0), max(levels, default=0))

    def goals(self, actions: tuple[ActionPicture, ...]) -> tuple[GoalPicture, ...]:
        """Return the goals, each with the actions that serve it."""
        serving: dict[str, list[Named]] = {}
        for action in actions:
            for goal in action.goals:
                serving.setdefault(goal.key, []).append(Named(action.key, action.title))
        return goal_pictures(self.known, {key: tuple(found) for key, found in serving.items()})

    def quarter(self, index: int) -> str:
        return labels.quarter(self.plan.start_year, self.plan.start_quarter, index)

    def year(self, index: int) -> str:
        return labels.plan_year(self.plan.start_year, self.plan.start_quarter, index)

    def spot(self, spot: Spot) -> tuple[Named, Named]:
        return self.known.cell(spot.cell), Named(spot.challenge, challenge_title(spot.challenge))

    # ---- Chosen actions

    def actions(self) -> tuple[ActionPicture, ...]:
        """Return the actions of the plan in order of their start: those chosen that found their time."""
        return tuple(
            self.action(self.work.candidates.actions[found.action]) for found in self.work.schedule.actions
        )

    def action(self, found: Candidate) -> ActionPicture:
        """Return one action with everything that is known about it; of an own one the content is just its summary."""
        work, key, action = self.work, found.key, found.action
        row, when, rows = work.rows.get(key), work.schedule.of(key), self.cost_rows(found)
        content = catalogue().actions.get(key)
        return ActionPicture(
            key=key,
            title=self.title(key),
            kind=action.kind,
            kind_title=labels.action_kind(action.kind),
            is_own=action.own,
            must_have=bool(row and row.must_have),
            by_hand=bool(row and row.by_hand),
            thread=self.thread(found),
            why=self.thread(found, brief=True),
            challenges=self.causes(found),
            cells=tuple(self.known.cell(cell) for cell in found.cells),
            goals=self.served(found),
            requires=self.needs(found),
            gains=self.gains(found),
            owner=row.owner if row else "",
            hours=found.hours,
            training_hours_per_person=action.training_hours_per_person,
            assistance_hours=action.assistance_hours,
            without_help=bool(row and row.without_help),
            proposed_done=self.done_already(found),
            first_week=when.first_week if when else None,
            last_week=when.last_week if when else None,
            start_quarter=when.start_quarter if when else None,
            end_quarter=when.end_quarter if when else None,
            when=self.when(when),
            ends=self.quarter(when.end_quarter) if when else "",
            hours_by_quarter=dict(when.hours) if when else {},
            rows=rows,
            one_time=total([total(cost.by_year_one_time) for cost in rows]),
            yearly=found.cost.yearly if found.cost else Amount(),
            by_year=tuple(total([cost.by_year[year] for cost in rows]) for year in range(self.years)),
            total=total([cost.total for cost in rows]),
            summary=words(content.summary) if content else row.summary if row else "",
            first_steps=tuple(words(step) for step in content.first_steps) if content else (),
            measures=tuple(words(measure) for measure in content.measures) if content else (),
            funding=words(content.funding) if content else "",
            resources=tuple((one.title, str(one.url)) for one in content.resources) if content else (),
        )

    def causes(self, found: Candidate) -> tuple[Named, ...]:
        """Return the challenges that an action is there to resolve; an own action names none."""
        return tuple(Named(one, challenge_title(one)) for one in found.challenges)

    def served(self, found: Candidate) -> tuple[Named, ...]:
        """Return the goals that an action serves."""
        return tuple(Named(str(g.pk), g.title) for g in self.known.goals if str(g.pk) in found.goals)

    def needs(self, found: Candidate) -> tuple[Named, ...]:
        """Return what an action needs first, without what is done; of a chosen one, what is chosen with it."""
        work = self.work
        first = work.chosen if found.key in work.chosen else work.actions.keys() - work.candidates.done
        return self.named(one for one in found.action.requires if one in first)

    def done_already(self, found: Candidate) -> DoneAlready | None:
        """Return what the list of equipment shows of an action that is done by it; None where it says nothing."""
        done_when, known = found.action.done_when, self.known
        if not found.proposed_done or done_when is None or known.inventory is None:
            return None
        shown_by = done_sentences(
            done_when, known.inventory, known.readings, sites=known.sites, purposes=purpose_titles()
        )
        return DoneAlready(found.key, self.title(found.key), tuple(filter(None, shown_by)))

    def all_done_already(self) -> tuple[DoneAlready, ...]:
        """Return every action that is done by what the list of equipment shows."""
        every = (self.done_already(found) for _key, found in sorted(self.work.candidates.actions.items()))
        return tuple(filter(None, every))

    def thread(self, found: Candidate, *, brief: bool = False) -> str:
        """Return why an action is in the plan; `brief` leaves out the areas that it lifts and the goals."""
        row = self.work.rows.get(found.key)
        cells = () if brief else found.cells
        areas = dict.fromkeys(self.known.area(cell.split("/")[1]).title for cell in cells)
        return thread_sentences(
            challenges=[one.title for one in self.causes(found)[:2]],
            areas=tuple(areas),
            goals=[] if brief else [goal.title for goal in self.served(found)],
            all_goals=len(self.known.goals),
            needed_by=[self.title(key) for key in found.needed_by if key in self.work.chosen],
            requires=[one.title for one in self.needs(found)],
            must_have=bool(row and row.must_have),
            by_hand=bool(row and row.by_hand),
        )

    def gains(self, found: Candidate) -> tuple[tuple[Named, Fraction], ...]:
        """Return the levels that an action adds by cell on its own."""
        sums: dict[str, Fraction] = {}
        for spot, levels in found.reach.items():
            part = self.work.candidates.parts.get(spot, ZERO)
            sums[spot.cell] = sums.get(spot.cell, ZERO) + min(part, levels)
        return tuple((self.known.cell(cell), sums[cell]) for cell in found.cells if sums.get(cell))

    def when(self, found: Scheduled | None) -> str:
        if found is None:
            return _("No time found")
        first, last = self.quarter(found.start_quarter), self.quarter(found.end_quarter)
        return first if first == last else _("%(first)s to %(last)s") % {"first": first, "last": last}

    def cost_rows(self, found: Candidate) -> tuple[CostRowPicture, ...]:
        lines = {line.cost.row: line for line in self.work.costs.of(found.key)}
        scheduled = self.work.schedule.of(found.key) is not None
        return tuple(
            row_picture(
                cost,
                lines.get(cost.row) if scheduled else None,
                own=self.work.figures.get(found.key, ()),
                own_action=found.action.own,
                currency=self.currency,
                years=self.years,
            )
            for cost in (found.cost.rows if found.cost else ())
        )

    # ---- Left out, numbers, order

    def all_left_out(self) -> tuple[LeftOutPicture, ...]:
        """Return what is left out: first what money or hours keep out, the most gain first."""
        found = (self.left_out(one) for one in self.work.judged.left_out)
        return tuple(sorted(found, key=lambda one: (ORDER.index(Reason(one.reason)), -one.gain, one.key)))

    def left_out(self, found: LeftOut, *, untimed: bool = False) -> LeftOutPicture:
        """Return why an action is left out; `untimed`: it is chosen, but has no time in the plan."""
        row = self.work.rows.get(found.action)
        return LeftOutPicture(
            key=found.action,
            title=self.title(found.action),
            reason=found.reason.value,
            sentence=left_out_sentence(
                found,
                title=self.title,
                currency=self.currency,
                budget_cents=self.plan.budget_cents,
                excluded_reason=row.excluded_reason if row else "",
                untimed=untimed,
            ),
            cost_cents=found.cost_cents,
            gain=found.gain,
            needs=self.named(found.needs),
            numbers_missing=found.numbers_missing,
        )

    def numbers(self) -> tuple[NumberPicture, ...]:
        """Return the numbers that are asked for, and those that were given."""
        waiting: dict[str, list[str]] = {key: [] for key in self.work.numbers}
        for key, found in sorted(self.work.candidates.actions.items()):
            if found.standing is Standing.ASKS_NUMBER:
                for count in found.numbers_missing:
                    waiting.setdefault(count, []).append(key)
        return tuple(
            NumberPicture(
                count, labels.number_title(count), self.work.numbers.get(count), self.named(waiting[count])
            )
            for count in sorted(waiting)
        )

    def first(self, actions: tuple[ActionPicture, ...]) -> tuple[FirstPicture, ...]:
        """Return the order in which actions come first if part is funded."""
        cents = {action.key: action.total.likely for action in actions}
        order = order_if_part_funded(
            self.work.candidates, self.work.planned, must=self.work.must, cents=cents
        )
        running, found = 0, []
        for key, gain in order:
            running += cents[key]
            when = self.when(self.work.schedule.of(key))
            found.append(
                FirstPicture(key, self.title(key), cents[key], running, self.work.closes(gain), when)
            )
        return tuple(found)

    def frontier(self) -> tuple[StepPicture, ...]:
        """Return what each budget buys, the cheapest first, each with the actions that no cheaper one has."""
        found, seen = [], set[str]()
        for choice in self.work.frontier.steps:
            added = self.named(key for key in choice.chosen if key not in seen)
            closes = self.work.closes(choice.gain)
            found.append(StepPicture(choice.cost_cents, closes, choice.hours, choice.chosen, added))
            seen.update(choice.chosen)
        return tuple(found)
