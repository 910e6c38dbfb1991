"""The blocks of the plan: each action with what, why, who, when and what it costs, by goal."""

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from planning.core.values import Reason
from reports.core.document import (
    ActionPart,
    GoalPart,
    LeftOutPart,
    added,
)
from reports.render.context.calm import nothing_needed
from reports.render.context.index import Index
from reports.render.context.say import Row, Say, first_sentences

MOST_LEFT_OUT = 8
FEW_LEFT_OUT = 4  # beside a crowd of actions
MOST_STEPS = 2
MOST_LIFTS, FEW_LIFTS = 3, 2  # the fewer where there are many actions
MANY = 14  # more actions than this are told in fewer words
CROWD = 22  # and more than this in as few as there are
MANY_WORDS, FEW_WORDS = 110, 190


@dataclass(frozen=True)
class ActionRow:
    """One block of the plan."""

    number: int
    title: str
    what: str
    why: str
    steps: tuple[str, ...]
    meets: tuple[int, ...]
    lifts: str
    after: tuple[int, ...]
    lines: tuple[int, ...]
    facts: tuple[Row, ...]
    who_when: str
    total: str
    must: bool


@dataclass(frozen=True)
class GoalBlock:
    """The actions of one goal (number 0: those that serve none)."""

    number: int
    title: str
    actions: tuple[ActionRow, ...]
    money: str
    hours: str
    once: str = ""
    yearly: str = ""
    training: str = ""


def plan_lead(say: Say) -> str:
    """Return how many actions there are, what each block says, and what some of them still lack."""
    rows = say.document.plan.actions
    number = len(rows)
    if not number:
        if nothing_needed(say.document):
            return _("No action is needed: no result lies below its target.")
        return _("No action is in the plan yet.")
    named = say.document.shown.names
    unnamed = sum(not action.owner for action in rows) if named else 0
    undated = sum(action.start_quarter is None or action.end_quarter is None for action in rows)
    said = (
        ngettext(
            "%(count)d action, with who does it, when, and what it costs.",
            "%(count)d actions, each with who does it, when, and what it costs.",
            number,
        )
        if named
        else ngettext(
            "%(count)d action, with when it is done, and what it costs.",
            "%(count)d actions, each with when it is done, and what it costs.",
            number,
        )
    )
    parts = [said % {"count": number}]
    if unnamed == number:
        parts.append(_("Nobody is named yet."))
    elif unnamed:
        parts.append(_("Nobody is named yet for %(count)d of them.") % {"count": unnamed})
    if undated == number:
        parts.append(_("Nothing is scheduled yet."))
    elif undated:
        parts.append(
            ngettext("%(count)d is not scheduled yet.", "%(count)d are not scheduled yet.", undated)
            % {"count": undated}
        )
    return " ".join(parts)


def blocks(say: Say, index: Index) -> list[GoalBlock]:
    """Return the plan by goal."""
    used: set[str] = set()
    rows = []
    for goal, actions in index.groups:
        rows.append(
            GoalBlock(
                number=index.goal_numbers[goal.key] if goal else 0,
                title=_goal_title(goal),
                actions=tuple(action_row(say, index, action, used) for action in actions),
                money=say.money(added(action.total for action in actions).likely),
                hours=say.hours(sum((action.hours for action in actions), Fraction(0))),
                once=say.cell_money(_part(actions, "one_time")),
                yearly=say.cell_money(_part(actions, "yearly")),
                training=training_hours(say, actions) or "–",
            )
        )
    return rows


def _goal_title(goal: GoalPart | None) -> str:
    return goal.title if goal else _("For the whole organization")


def _part(actions: tuple[ActionPart, ...], name: str) -> int:
    return sum(amount.likely for a in actions for line in a.lines for amount in getattr(line, name))


def training_hours(say: Say, actions: tuple[ActionPart, ...]) -> str:
    """Return the training hours of everybody together; '' while nobody has said how many people are paid."""
    people = say.document.organization.staff_count
    if people is None:
        return ""
    return say.hours(sum((action.training_hours_per_person * people for action in actions), Fraction(0)))


def action_row(say: Say, index: Index, action: ActionPart, used: set[str]) -> ActionRow:
    """Return one action; `used` are the challenges that gave a reason before, so that reasons vary."""
    shown = [key for key in index.challenge_numbers if key in action.challenges]
    many, crowd = len(index.actions) > MANY, len(index.actions) > CROWD
    return ActionRow(
        number=index.action_numbers[action.key],
        title=say.words(action.title),
        what=first_sentences(say.words(action.summary), MANY_WORDS if many else FEW_WORDS)
        if action.summary
        else "",
        why=why(say, index, action, shown, used, most=90 if crowd else 170),
        steps=tuple(
            say.words(step) for step in action.first_steps[: 0 if crowd else 1 if many else MOST_STEPS]
        ),
        meets=tuple(index.challenge_numbers[key] for key in shown),
        lifts=""
        if crowd and (shown or action.lines)
        else lifts(say, action, FEW_LIFTS if many else MOST_LIFTS),
        after=index.numbers(action.requires),
        lines=index.lines_of(action.key),
        facts=tuple(effort(say, action) if crowd else facts(say, action)),
        who_when=", ".join(part for part in (_who(say, action), _when(say, action)) if part),
        total=total(say, action),
        must=action.must_have,
    )


def why(say: Say, index: Index, action: ActionPart, shown: list[str], used: set[str], *, most: int) -> str:
    """Return why the action is in the plan: what the records show, else what the challenge means."""
    fresh = [key for key in shown if key not in used] or shown
    for key in fresh:
        used.add(key)
        challenge = say.document.by_challenge[key]
        if challenge.proof:
            return say.words(challenge.proof[0].text)
        return first_sentences(say.words(challenge.explanation), most)
    followers = [one for one in index.actions if action.key in one.requires]
    if followers:
        number = index.action_numbers[followers[0].key]
        return _("It has to come before A%(number)d.") % {"number": number}
    if action.by_hand:
        return _("We added it ourselves.")
    return ""


def lifts(say: Say, action: ActionPart, most: int) -> str:
    """Return the cells that the action lifts, with its expected rise in each, most first."""
    rows = sorted((lift for lift in action.lifts if lift.levels > 0), key=lambda x: (-x.levels, x.cell))
    named = [(say.cell_names[lift.cell], lift.levels) for lift in rows if lift.cell in say.cell_names]
    parts = [f"{name} +{_short(say, levels)}" for name, levels in named[:most]]
    if len(named) > most:
        parts.append(
            ngettext("%(count)d more result", "%(count)d more results", len(named) - most)
            % {"count": len(named) - most}
        )
    return "; ".join(parts)


def _short(say: Say, levels: Fraction) -> str:
    """Return a lift with as many places as it needs, two at most."""
    places = 0 if levels.denominator == 1 else 1 if (levels * 10).denominator == 1 else 2
    return say.decimal(levels, places)


def _who(say: Say, action: ActionPart) -> str:
    """Return who does it; '' in a copy without people's names."""
    return (action.owner or _("to be named")) if say.document.shown.names else ""


def _when(say: Say, action: ActionPart) -> str:
    return say.quarters(action.start_quarter, action.end_quarter)


def facts(say: Say, action: ActionPart) -> list[Row]:
    """Return who, when and how much time."""
    rows = [Row(_("Who"), _who(say, action)), Row(_("When"), _when(say, action))]
    return [*(row for row in rows if row.text), *effort(say, action)]


def effort(say: Say, action: ActionPart) -> list[Row]:
    """Return how much time an action takes: our own, for learning, and of others."""
    low, high = action.assistance_hours
    people = say.document.organization.staff_count
    learning = outside = ""
    if action.training_hours_per_person and people:
        learning = f"{people} × {say.in_hours(action.training_hours_per_person)}"
    if action.without_help:
        outside = _("we do it ourselves")
    elif not high:
        outside = ""
    elif low == high:
        outside = say.in_hours(high)
    else:
        outside = _("%(low)s to %(high)s hours") % {"low": say.hours(low), "high": say.hours(high)}
    rows = [
        Row(_("Staff time"), say.in_hours(action.hours)),
        Row(_("Training"), learning),
        Row(_("Outside help"), outside),
    ]
    return [row for row in rows if row.text]


def total(say: Say, action: ActionPart) -> str:
    """Return what the action costs over the plan, with its range."""
    amount = action.total
    if not amount.high and not amount.likely:
        return _("no money")
    if amount.low == amount.high:
        return say.money(amount.likely)
    return f"{say.money(amount.likely)} ({say.span(amount)})"


def left_out_note(say: Say) -> str:
    """Return what the budget is and how it counts; nothing where no action is left out for it."""
    plan = say.document.plan
    if not any(
        row.reason == Reason.BUDGET.value and not row.said for row in plan.left_out[: _most_left_out(say)]
    ):
        return ""
    return ngettext(
        "The budget is %(budget)s. It counts every action at its full cost over %(years)d year; the request is lower "
        "where an action starts later.",
        "The budget is %(budget)s. It counts every action at its full cost over %(years)d years; the request is lower "
        "where an action starts later.",
        plan.horizon_years,
    ) % {"years": plan.horizon_years, "budget": say.money(plan.budget_cents or 0)}


def left_out(say: Say) -> tuple[list[Row], int]:
    """Return what was considered and left out with its reason, and how many more there are."""
    rows = [
        Row(say.words(row.title), row.said or _why_left_out(say, row)) for row in say.document.plan.left_out
    ]
    most = _most_left_out(say)
    return rows[:most], max(0, len(rows) - most)


def _why_left_out(say: Say, row: LeftOutPart) -> str:
    """Return the reason; of money without what is over or left, which follows from a budget that stands elsewhere."""
    if row.reason == Reason.BUDGET.value:
        said = _("The budget has no room for its %(cost)s.")
        if row.with_needs:
            said = _("The budget has no room for the %(cost)s that it costs with what it needs first.")
        return said % {"cost": say.money(row.cost_cents)}
    return say.words(row.sentence)


def _most_left_out(say: Say) -> int:
    return FEW_LEFT_OUT if len(say.document.plan.actions) > CROWD else MOST_LEFT_OUT
