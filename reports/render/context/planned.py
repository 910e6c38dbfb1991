"""What the second half of the report shows: the actions, the roadmap, the money, what comes first, who does it."""

from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from planning.core.values import CATEGORIES
from planning.sentences import sources as prices
from planning.sentences.labels import category
from reports.core.document import ActionPart, Amounts, CostLine, GoalPart, added
from reports.render.context.index import Index
from reports.render.context.pictures import initials
from reports.render.context.say import Say, first_sentences
from reports.render.context.standing import Row, lower_first

MOST_LEFT_OUT = 12
MOST_STEPS = 2
MOST_LIFTS = 3
MANY = 14  # more actions than this are told in fewer words
CROWD = 22  # and more than this in as few as there are
MANY_LINES = 18  # more lines than this show their calculation and source alone
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


@dataclass(frozen=True)
class LineRow:
    """One budget line with its calculation."""

    number: int
    text: str
    calculation: str
    note: str
    action: int
    first: bool
    years: tuple[str, ...]
    total: str


@dataclass(frozen=True)
class MoneyRow:
    """A row of a table of money by year."""

    head: str
    years: tuple[str, ...]
    total: str


@dataclass(frozen=True)
class Measure:
    """What will be seen of one action, by when, and who looks."""

    number: int
    what: str
    when: str
    who: str


@dataclass(frozen=True)
class PersonRow:
    """Somebody who carries a part of the plan."""

    name: str
    actions: tuple[int, ...]
    hours: str
    when: str


@dataclass(frozen=True)
class FirstRow:
    """One step of what comes first."""

    place: int
    number: int
    title: str
    money: str
    running: str
    share: str


@dataclass(frozen=True)
class LastingRow:
    """What one category costs every year, with its budget lines."""

    head: str
    lines: tuple[int, ...]
    money: str


@dataclass(frozen=True)
class Money:
    """The tables of the budget."""

    years: tuple[str, ...]
    categories: tuple[MoneyRow, ...]
    total: MoneyRow
    once: MoneyRow
    yearly: MoneyRow
    span: str
    likely: str
    once_total: str
    yearly_total: str
    lasting: str = ""
    lines: tuple[LineRow, ...] = field(default_factory=tuple)
    sources: tuple[Row, ...] = field(default_factory=tuple)


# ---- actions ----


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
                training=say.hours(training_hours(say, actions)),
            )
        )
    return rows


def _goal_title(goal: GoalPart | None) -> str:
    return goal.title if goal else _("For the whole organization")


def _part(actions: tuple[ActionPart, ...], name: str) -> int:
    return sum(amount.likely for a in actions for line in a.lines for amount in getattr(line, name))


def training_hours(say: Say, actions: tuple[ActionPart, ...]) -> Fraction:
    """Return the training hours of everybody together."""
    people = say.document.organization.staff_count
    return sum((action.training_hours_per_person * people for action in actions), Fraction(0))


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
        steps=tuple(say.words(step) for step in action.first_steps[: 1 if many else MOST_STEPS]),
        meets=tuple(index.challenge_numbers[key] for key in shown),
        lifts="" if crowd and (shown or action.lines) else lifts(say, action),
        after=index.numbers(action.requires),
        lines=index.lines_of(action.key),
        facts=tuple(facts(say, action)),
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


def lifts(say: Say, action: ActionPart) -> str:
    """Return the cells that the action lifts, with its expected rise in each, most first."""
    rows = sorted((lift for lift in action.lifts if lift.levels > 0), key=lambda x: (-x.levels, x.cell))
    named = [(say.cell_names[lift.cell], lift.levels) for lift in rows if lift.cell in say.cell_names]
    parts = [f"{name} +{_short(say, levels)}" for name, levels in named[:MOST_LIFTS]]
    if len(named) > MOST_LIFTS:
        parts.append(
            ngettext("%(count)d more result", "%(count)d more results", len(named) - MOST_LIFTS)
            % {"count": len(named) - MOST_LIFTS}
        )
    return "; ".join(parts)


def _short(say: Say, levels: Fraction) -> str:
    """Return a lift with as many places as it needs, two at most."""
    places = 0 if levels.denominator == 1 else 1 if (levels * 10).denominator == 1 else 2
    return say.decimal(levels, places)


def facts(say: Say, action: ActionPart) -> list[Row]:
    """Return who, when and how much time."""
    low, high = action.assistance_hours
    people = say.document.organization.staff_count
    learning = outside = ""
    if action.training_hours_per_person and people:
        learning = _("%(people)d × %(hours)s hours") % {
            "people": people,
            "hours": say.hours(action.training_hours_per_person),
        }
    if action.without_help:
        outside = _("we do it ourselves")
    elif not high:
        outside = ""
    elif low == high:
        outside = _("%(hours)s hours") % {"hours": say.hours(high)}
    else:
        outside = _("%(low)s to %(high)s hours") % {"low": say.hours(low), "high": say.hours(high)}
    rows = [
        Row(_("Who"), action.owner or _("to be named")),
        Row(_("When"), say.quarters(action.start_quarter, action.end_quarter)),
        Row(_("Staff time"), _("%(hours)s hours") % {"hours": say.hours(action.hours)}),
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


def left_out(say: Say) -> tuple[list[Row], int]:
    """Return what was considered and left out with its reason, and how many more there are."""
    rows = [
        Row(say.words(row.title), row.said or say.words(row.sentence)) for row in say.document.plan.left_out
    ]
    return rows[:MOST_LEFT_OUT], max(0, len(rows) - MOST_LEFT_OUT)


# ---- time ----


def load(say: Say) -> tuple[list[str], list[str], str]:
    """Return the quarters with work in them, the staff hours of each, and their sum."""
    hours = _hours_by_quarter(say)
    if not hours:
        return [], [], ""
    quarters = range(max(hours) + 1)
    return (
        [say.quarter(quarter) for quarter in quarters],
        [say.hours(hours.get(quarter, Fraction(0))) for quarter in quarters],
        say.hours(sum(hours.values(), Fraction(0))),
    )


def _hours_by_quarter(say: Say) -> dict[int, Fraction]:
    hours: dict[int, Fraction] = {}
    for action in say.document.plan.actions:
        for quarter, amount in action.hours_by_quarter.items():
            hours[quarter] = hours.get(quarter, Fraction(0)) + amount
    return hours


def roadmap_lead(say: Say) -> str:
    """Return when the work is done, and what the fullest quarter asks for."""
    plan = say.document.plan
    ends = [action.end_quarter for action in plan.actions if action.end_quarter is not None]
    if not ends:
        return _("Nothing is scheduled yet.")
    first = _("The work is done by the end of %(quarter)s.") % {"quarter": say.quarter(max(ends))}
    hours = _hours_by_quarter(say)
    fullest = max(hours.items(), key=lambda pair: (pair[1], -pair[0]), default=None)
    if fullest is None or not fullest[1]:
        return first
    rest = _("The fullest quarter is %(quarter)s with %(hours)s hours of staff time, of %(capacity)s.")
    return (
        first
        + " "
        + rest
        % {
            "quarter": say.quarter(fullest[0]),
            "hours": say.hours(fullest[1]),
            "capacity": say.hours(plan.capacity),
        }
    )


# ---- money ----


def money(say: Say, index: Index) -> Money:
    """Return the tables of the budget; all add up the same lines."""
    plan = say.document.plan
    rows = [
        _money_row(say, category(key), plan.category(key))
        for key in CATEGORIES
        if any(line.category == key and (line.total.likely or line.total.high) for line in plan.lines)
    ]
    once, yearly = added(plan.one_time), added(plan.yearly)
    line_rows, sources = lines(say, index)
    lasting = plan.yearly[-1].likely if plan.yearly else 0
    return Money(
        years=say.years,
        categories=tuple(rows),
        total=_money_row(say, _("Whole plan"), plan.by_year),
        once=_money_row(say, _("of this, paid once"), plan.one_time),
        yearly=_money_row(say, _("of this, paid every year"), plan.yearly),
        span=say.span(plan.total),
        likely=say.money(plan.total.likely),
        once_total=say.money(once.likely),
        yearly_total=say.money(yearly.likely),
        lasting=say.money(lasting) if lasting else "",
        lines=tuple(line_rows),
        sources=tuple(sources),
    )


def _money_row(say: Say, head: str, years: tuple[Amounts, ...]) -> MoneyRow:
    return MoneyRow(
        head, tuple(say.cell_money(year.likely) for year in years), say.cell_money(added(years).likely)
    )


def lines(say: Say, index: Index) -> tuple[list[LineRow], list[Row]]:
    """Return every budget line with its justification, and the sources of prices with their letters."""
    sources: dict[str, str] = {}
    rows, before = [], None
    for number, action, line in index.lines:
        rows.append(
            LineRow(
                number=number,
                text=category(line.category),
                calculation=say.words(line.calculation),
                note=line_note(say, line, sources),
                action=index.action_numbers[action.key],
                first=action.key != before,
                years=tuple(say.cell_money(year.likely) for year in line.by_year),
                total=say.cell_money(line.total.likely),
            )
        )
        before = action.key
    return rows, [Row(letter, source) for source, letter in sources.items()]


def line_note(say: Say, line: CostLine, sources: dict[str, str]) -> str:
    """Return what the line pays for and where its price comes from; a new source gets the next letter."""
    if line.waived:
        return _("Done without outside help.")
    few = len(say.document.plan.lines) <= MANY_LINES
    what = first_sentences(say.words(line.note), 60) if line.note and few else ""
    if line.own:
        return " ".join((what, _("Our own figure."))).strip()
    if not line.source:
        return what
    named = prices.source(line.source)
    named = f"{named}, {line.year}" if line.year else named
    letter = sources.setdefault(named, letter_of(len(sources)))
    return f"{what} ({letter})".strip()


def letter_of(place: int) -> str:
    """Return a, b, ... z, aa, ab for 0, 1, ..."""
    letters = ""
    while place >= 0:
        letters = chr(ord("a") + place % 26) + letters
        place = place // 26 - 1
    return letters


def budget_lead(say: Say) -> str:
    """Return in which year most falls, and what stays every year."""
    plan = say.document.plan
    by_year = [year.likely for year in plan.by_year]
    if not sum(by_year):
        return _("This plan costs staff time only.")
    top = max(range(len(by_year)), key=lambda year: (by_year[year], -year))
    first = _("Most of the money is needed in %(year)s: %(money)s of %(total)s.") % {
        "year": lower_first(say.years[top]),
        "money": say.money(by_year[top]),
        "total": say.money(sum(by_year)),
    }
    lasting = plan.yearly[-1].likely
    if not lasting:
        return " ".join((first, _("Nothing of it comes back every year.")))
    rest = _("What comes back every year is %(money)s in the last one.") % {"money": say.money(lasting)}
    return f"{first} {rest}"


def first_rows(say: Say, index: Index) -> list[FirstRow]:
    """Return the paid steps of what comes first, whole actions only, with the sum that each step has used."""
    paid = [step for step in say.document.plan.first if step.cost_cents]
    whole = paid[-1].running_cents if paid else 0
    rows = []
    for place, step in enumerate(paid, 1):
        action = say.document.by_action.get(step.action)
        if action is None:
            continue
        share = say.decimal(Fraction(100 * step.running_cents, whole), 0)
        rows.append(
            FirstRow(
                place=place,
                number=index.action_numbers[step.action],
                title=say.words(action.title),
                money=say.cell_money(step.cost_cents),
                running=say.money(step.running_cents),
                share=f"{share}\u00a0%",
            )
        )
    return rows


def free_steps(say: Say, index: Index) -> tuple[int, ...]:
    """Return the numbers of the actions that need no money: they are done in any case."""
    return index.numbers(step.action for step in say.document.plan.first if not step.cost_cents)


def lasting_rows(say: Say, index: Index) -> list[LastingRow]:
    """Return what comes back every year once everything runs, by category: the yearly part of the last year."""
    rows = []
    for key in CATEGORIES:
        lines = [(n, line.yearly[-1].likely) for n, _a, line in index.lines if line.category == key]
        cents = sum(amount for _n, amount in lines)
        if cents:
            rows.append(
                LastingRow(category(key), tuple(n for n, amount in lines if amount), say.money(cents))
            )
    return rows


# ---- people and measures ----


def persons(say: Say, index: Index) -> list[PersonRow]:
    """Return who carries which actions; those without a name stand last."""
    names = sorted({action.owner for action in index.actions}, key=lambda name: (not name, name.lower()))
    rows = []
    for name in names:
        mine = [action for action in index.actions if action.owner == name]
        starts = [action.start_quarter for action in mine if action.start_quarter is not None]
        ends = [action.end_quarter for action in mine if action.end_quarter is not None]
        shown = f"{name} ({initials(name)})" if name else _("To be named")
        rows.append(
            PersonRow(
                name=shown,
                actions=tuple(index.action_numbers[action.key] for action in mine),
                hours=say.hours(sum((action.hours for action in mine), Fraction(0))),
                when=say.quarters(min(starts), max(ends)) if starts and ends else _("not scheduled"),
            )
        )
    return rows


def measures(say: Say, index: Index) -> list[Measure]:
    """Return one measure for each action that names one."""
    return [
        Measure(
            index.action_numbers[action.key],
            say.words(action.measures[0]),
            say.quarter(action.end_quarter),
            action.owner or _("to be named"),
        )
        for action in index.actions
        if action.measures
    ]


def in_pairs(rows: list[Measure]) -> list[tuple[Measure, Measure | None]]:
    """Return the measures side by side: the second half beside the first."""
    half = (len(rows) + 1) // 2
    return [(row, rows[half + n] if half + n < len(rows) else None) for n, row in enumerate(rows[:half])]


def results_after(say: Say) -> list[tuple[str, str, str, str]]:
    """Return the results that rise most: (name, today, expected, target)."""
    cells = [cell for cell in say.document.scored if cell.rise and cell.rise >= Fraction(1, 20)]
    cells.sort(key=lambda cell: (-(cell.rise or 0), cell.key))
    return [
        (say.cell_names[c.key], say.level(c.score), say.level(c.after), say.level(c.target))
        for c in cells[:4]
    ]


def ask_sentence(say: Say) -> str:
    """Return what the money is for: the dearest actions by name."""
    actions = sorted(say.document.plan.actions, key=lambda action: (-action.total.likely, action.key))
    named = [lower_first(say.words(action.title)) for action in actions if action.total.likely][:3]
    if not named:
        return _("No money is asked for; the plan costs staff time.")
    more = len([action for action in actions if action.total.likely]) - len(named)
    text = _("Most of it is for: %(actions)s.") % {"actions": "; ".join(named)}
    if more <= 0:
        return text
    rest = ngettext(
        "%(count)d other action needs money as well.", "%(count)d other actions need money as well.", more
    ) % {"count": more}
    return f"{text} {rest}"
