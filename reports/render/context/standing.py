"""What the first half of the report shows: the organization, how it was assessed, where it stands and why."""

from dataclasses import dataclass, field
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.core.inventory import COMPUTERS
from reports.core.document import (
    OLD_YEARS,
    OUT_OF_USE,
    Cell,
    Challenge,
    DeviceLine,
    Document,
    Order,
    Question,
    Wording,
)
from reports.render.context.index import Index
from reports.render.context.say import Say, first_sentences

CLEAR = Fraction(1, 2)
MOST_STRENGTHS = 4
MOST_IN_ORDER = 5
MOST_DEVICES = 18
# What the records show in order, most telling first; a rule that is not here comes after them.
TELLING = (
    "no-backups.restore-test",
    "no-backups.second-copy",
    "slow-connectivity.line",
    "weak-sign-in.two-step",
    "shared-passwords.logins",
    "no-shared-storage.users",
    "no-written-policy.policy",
    "no-tech-owner.person",
    "skills-gap.training",
    "no-data-home.service",
    "too-few-devices.owned",
    "no-support.hours",
    "no-tech-plan.plan",
    "open-access.leavers",
    "weak-wifi.guests",
    "aging-hardware.share",
)
MOST_LIFTING = 5
MOST_SENTENCES = 2
MOST_ASIDE = 4


@dataclass(frozen=True)
class Row:
    """A row with a head and what stands beside it."""

    head: str
    text: str
    note: str = ""


@dataclass(frozen=True)
class GoalRow:
    """A goal as the report shows it."""

    number: int
    title: str
    measure: str
    by: str
    areas: str
    actions: tuple[int, ...]


@dataclass(frozen=True)
class CellRow:
    """One row of the numbers behind the heat map."""

    anchor: str
    name: str
    score: str
    range: str
    base: str
    target: str
    gap: str
    after: str
    actions: tuple[int, ...]
    more: int
    new_area: bool


@dataclass(frozen=True)
class CauseRow:
    """One challenge with what it rests on."""

    number: int
    title: str
    measured: bool
    evidence: tuple[str, ...]
    strength: str
    met_by: tuple[int, ...]


@dataclass(frozen=True)
class AnswerRow:
    """One question of the appendix."""

    text: str
    level: str
    counts: tuple[tuple[int, int], ...]  # (level, people) for each level
    hidden: bool
    unknown: int
    reached: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class AnswerCell:
    """The questions of one cell."""

    name: str
    score: str
    anchor: str
    rows: tuple[AnswerRow, ...]


@dataclass(frozen=True)
class AnswerArea:
    """The questions of one area."""

    title: str
    cells: tuple[AnswerCell, ...] = field(default_factory=tuple)


# ---- the organization ----


def glance(say: Say) -> list[Row]:
    """Return the facts about the organization that are there."""
    org = say.document.organization
    fte = say.hours(org.full_time_equivalents)
    staff = ngettext("%(count)d paid person", "%(count)d paid people", org.staff_count) % {
        "count": org.staff_count
    }
    rows = [
        (_("Field"), org.field),
        (_("People"), staff if org.staff_count else _("volunteers only")),
        (_("Full-time"), fte if org.full_time_equivalents else ""),
        (_("Volunteers"), say.number(org.volunteers) if org.volunteers else ""),
        (_("Sites"), say.number(org.sites) if org.sites else ""),
        (_("Devices"), say.number(org.devices) if org.devices else ""),
        (_("Budget a year"), say.money(org.yearly_budget_cents) if org.yearly_budget_cents else ""),
        (
            _("Technology"),
            say.money(org.yearly_technology_budget_cents)
            if org.yearly_technology_budget_cents is not None
            else "",
        ),
    ]
    return [Row(head, text) for head, text in rows if text]


def goals(say: Say, index: Index) -> list[GoalRow]:
    """Return the goals with the actions that serve each."""
    return [
        GoalRow(
            number=index.goal_numbers[goal.key],
            title=goal.title,
            measure=goal.measure,
            by=say.month(goal.by),
            areas=say.listed(say.area(area) for area in goal.areas),
            actions=index.under(goal.key),
        )
        for goal in say.document.goals
    ]


def kind_of_device(kind: str, count: int) -> str:
    """Return what kind of device a line is about."""
    names = {
        "desktop": ngettext("Desktop computer", "Desktop computers", count),
        "laptop": ngettext("Laptop", "Laptops", count),
        "phone": ngettext("Phone", "Phones", count),
        "tablet": ngettext("Tablet", "Tablets", count),
        "server": ngettext("Server", "Servers", count),
        "camera": ngettext("Camera", "Cameras", count),
        "microphone": ngettext("Microphone", "Microphones", count),
        "printer": ngettext("Printer", "Printers", count),
        "network": ngettext("Network device", "Network devices", count),
    }
    return names.get(kind) or ngettext("Other device", "Other devices", count)


def device_state(row: DeviceLine, year: int) -> str:
    """Return what the list says about the state of a device."""
    old = row.year is not None and year - row.year > OLD_YEARS
    if row.condition == OUT_OF_USE:
        return _("out of use")
    if old and row.past_support:
        return _("past its years, no safety updates")
    if row.past_support:
        return _("no safety updates")
    if old:
        return _("past its years")
    if row.year is None:
        return _("age not recorded")
    return _("within its years")


def equipment(say: Say) -> tuple[list[tuple[DeviceLine, str, str]], int]:
    """Return the devices (line, kind, state), oldest computers first, and how many lines are left out."""
    inventory = say.document.inventory
    if inventory is None:
        return [], 0
    now = inventory.recorded_on.year
    ordered = sorted(
        inventory.devices,
        key=lambda row: (row.kind not in COMPUTERS, row.kind, row.year or 9999, row.used_by),
    )
    rows = [(row, kind_of_device(row.kind, row.count), device_state(row, now)) for row in ordered]
    return rows[:MOST_DEVICES], sum(row.count for row, _k, _s in rows[MOST_DEVICES:])


def services_sentence(say: Say) -> str:
    """Return how many programs and lines there are and what they cost, as one sentence."""
    inventory = say.document.inventory
    if inventory is None or not (inventory.services or inventory.lines):
        return ""
    known = [row.yearly_cost_cents for row in inventory.services]
    known += [row.yearly_cost_cents for row in inventory.lines]
    cents = sum(cost for cost in known if cost is not None)
    number = len(inventory.services)
    return ngettext(
        "Beside the equipment there is %(count)d program or online service; "
        "with the internet it costs %(money)s a year.",
        "Beside the equipment there are %(count)d programs and online services; "
        "with the internet they cost %(money)s a year.",
        number,
    ) % {"count": number, "money": say.money(cents)}


# ---- how it was assessed ----


def base_rows(say: Say) -> list[Row]:
    """Return the numbers that the results rest on."""
    document = say.document
    answers = sum(cell.answers for cell in document.cells)
    unknown = sum(cell.unknown for cell in document.cells)
    questions = sum(cell.applicable for cell in document.cells)
    people = max((part.people for part in document.assessments), default=0)
    days = [part.closed_on or part.opened_on for part in document.assessments]
    rows = [
        Row(_("Answered"), "; ".join(dict.fromkeys(say.day(day) for day in days if day))),
        Row(_("People"), _groups(say, people)),
        Row(_("Questions"), say.number(questions)),
        Row(_("Answers"), say.number(answers)),
        Row(_("Not known"), say.number(unknown)),
    ]
    if document.inventory:
        rows.append(Row(_("Equipment"), say.day(document.inventory.recorded_on)))
    return [row for row in rows if row.text]


def _groups(say: Say, people: int) -> str:
    names = {
        "director": _("director"),
        "board": _("board"),
        "staff": _("staff"),
        "tech": _("looks after technology"),
    }
    found: dict[str, int] = {}
    for part in say.document.assessments:
        for key, count in part.groups.items():
            found[key] = max(found.get(key, 0), count)
    if people < 2 or len(found) < 2:
        return say.number(people)
    parts = ", ".join(f"{names.get(key, key)} {count}" for key, count in sorted(found.items()))
    return f"{say.number(people)}: {parts}"


def widest(document: Document) -> Cell | None:
    """Return the cell with the widest range; None where no range is wider than half a level."""
    wide = [cell for cell in document.scored if cell.wide]
    return max(wide, key=lambda c: ((c.high or 0) - (c.low or 0), c.key), default=None)


# ---- where it stands ----


def finding(say: Say) -> str:
    """Return what the results say first: the quality or area that is clearly lowest, as one sentence."""
    document = say.document
    wording = document.wording[0]
    scored = [cell for cell in document.scored if cell.instrument == wording.slug]
    if not scored:
        return _("There is no result yet.")
    if not any(cell.gap for cell in scored):
        return _("No result lies below its target.")
    qualities = _known(
        {part.key: document.quality_mean(wording.slug, part.key) for part in wording.qualities}
    )
    lowest = min(qualities, key=lambda key: (qualities[key], key))
    others = [value for key, value in qualities.items() if key != lowest]
    if others and min(others) - qualities[lowest] >= CLEAR:
        said = {
            "effective": _("Our work does not yet reach as far as it could."),
            "efficient": _("Our work does its job, and it takes too long."),
            "secure": _("Our work gets done, and it is not well protected."),
        }.get(lowest)
        if said:
            return said
    areas = _known({part.key: document.area_mean(wording.slug, part.key) for part in wording.areas})
    low = min(areas, key=lambda key: (areas[key], key))
    if len(areas) > 1 and max(areas.values()) - areas[low] >= CLEAR:
        return _("%(area)s is where we are furthest from the rest.") % {"area": say.area(low)}
    return _("We stand at about the same level everywhere.")


def extremes(say: Say) -> str:
    """Return the strongest and the lowest result in one sentence."""
    scored = sorted(say.document.scored, key=lambda cell: (cell.score or 0, cell.key))
    if len(scored) < 2 or scored[0].score == scored[-1].score:
        return ""
    return _(
        "Of our %(count)d results the strongest is %(best)s (%(high)s of 4), the lowest %(worst)s (%(low)s)."
    ) % {
        "count": len(scored),
        "best": say.cell_names[scored[-1].key],
        "high": say.level(scored[-1].score),
        "worst": say.cell_names[scored[0].key],
        "low": say.level(scored[0].score),
    }


def _known(means: dict[str, Fraction | None]) -> dict[str, Fraction]:
    return {key: value for key, value in means.items() if value is not None}


def map_lead(say: Say) -> str:
    """Return what the heat map shows, and how many cells reach their target after the plan."""
    document = say.document
    below = [cell for cell in document.scored if cell.gap]
    if not below or not document.plan.actions:
        return finding(say)
    reached = [c for c in below if c.after is not None and c.target is not None and c.after >= c.target]
    raised = [cell for cell in below if cell.rise]
    if not reached:
        rest = ngettext(
            "With this plan %(raised)d of %(below)d result below its target is expected to rise.",
            "With this plan %(raised)d of %(below)d results below their target are expected to rise.",
            len(below),
        ) % {"below": len(below), "raised": len(raised)}
    elif len(reached) == len(below):
        rest = _("After the plan every result is expected to reach its target.")
    else:
        rest = ngettext(
            "Of %(below)d result below its target, %(reached)d is expected to reach it with this plan.",
            "Of %(below)d results below their target, %(reached)d are expected to reach it with this plan.",
            len(below),
        ) % {"below": len(below), "reached": len(reached)}
    return f"{finding(say)} {rest}"


def cell_rows(say: Say, index: Index, wording: Wording) -> list[CellRow]:
    """Return the numbers behind one heat map, area by area."""
    rows, before = [], None
    for cell in (c for c in say.document.cells if c.instrument == wording.slug):
        rows.append(
            CellRow(
                anchor=anchor(cell.key),
                name=say.cell_names[cell.key],
                score=say.level(cell.score),
                range=say.range_of(cell.low, cell.high) if cell.score is not None else "–",
                base=_("%(base)d of %(count)d, %(answers)d")
                % {"base": cell.base, "count": cell.applicable, "answers": cell.answers},
                target=say.level(cell.target),
                gap=say.level(cell.gap) if cell.gap else "–",
                after=say.level(cell.after),
                actions=index.numbers(cell.actions[:MOST_LIFTING]),
                more=max(0, len(cell.actions) - MOST_LIFTING),
                new_area=before not in (None, cell.area),
            )
        )
        before = cell.area
    return rows


def anchor(key: str) -> str:
    """Return the name of the place of a cell in the report."""
    return "cell-" + key.replace("/", "-")


# ---- strengths, gaps, challenges ----


def strengths(say: Say) -> list[Row]:
    """Return what is strong: the results at their target, then what the list of equipment shows in order."""
    cells = [cell for cell in say.document.scored if not cell.gap or (cell.score or 0) >= 3]
    cells.sort(key=lambda cell: (-(cell.score or 0), cell.key))
    if not cells:
        cells = sorted(say.document.scored, key=lambda cell: (-(cell.score or 0), cell.key))[:2]
    rows = []
    for cell in cells[:MOST_STRENGTHS]:
        wording = say.document.instrument(cell.instrument)
        at_target = _("at our target") if not cell.gap else _("among our best results")
        rows.append(
            Row(
                say.cell_names[cell.key],
                _("Level %(score)s of 4 (%(word)s), %(place)s.")
                % {"score": say.level(cell.score), "word": say.word(cell.score, wording), "place": at_target},
                _("said"),
            )
        )
    return rows + [Row("", say.words(row.text), _("measured")) for row in _in_order(say)]


def _in_order(say: Say) -> list[Order]:
    """Return what speaks best for the organization: one sentence a challenge, in the order of TELLING."""
    place = {code: number for number, code in enumerate(TELLING)}
    rows = sorted(say.document.in_order, key=lambda row: place.get(row.code, len(TELLING)))
    found: dict[str, Order] = {}
    for row in rows:
        found.setdefault(row.challenge, row)
    return list(found.values())[:MOST_IN_ORDER]


def gaps_lead(say: Say) -> str:
    """Return how many gaps are a level wide or more, and where the widest is."""
    below = sorted((c for c in say.document.scored if c.gap), key=lambda c: (-(c.gap or 0), c.key))
    if not below:
        if not say.document.plan.actions:
            return _("No result lies below its target.")
        return _("No result lies below its target. What follows keeps it so.")
    wide = [cell for cell in below if cell.gap and cell.gap >= 1]
    first = _("The widest gap is %(cell)s: %(gap)s levels to our target.") % {
        "cell": say.cell_names[below[0].key],
        "gap": say.level(below[0].gap),
    }
    if len(wide) < 2:
        return first
    more = ngettext(
        "%(count)d result is a whole level or more away.",
        "%(count)d results are a whole level or more away.",
        len(wide),
    ) % {"count": len(wide)}
    return f"{first} {more}"


def causes(say: Say, index: Index) -> list[CauseRow]:
    """Return the challenges that the report shows, strongest first."""
    return [
        CauseRow(
            number=index.challenge_numbers[row.key],
            title=say.words(row.title),
            measured=row.shown,
            evidence=_evidence(say, row),
            strength=say.level(row.strength),
            met_by=index.meeting(row.key),
        )
        for row in index.challenges
    ]


def _evidence(say: Say, row: Challenge) -> tuple[str, ...]:
    proof = tuple(say.words(part.text) for part in row.proof)
    if proof:
        return proof[:MOST_SENTENCES]
    if not row.questions:
        return (_("Somebody here said so."),)
    return (
        ngettext(
            "%(count)d question with a gap points to it.",
            "%(count)d questions with a gap point to it.",
            row.questions,
        )
        % {"count": row.questions},
    )


def causes_lead(say: Say, index: Index) -> str:
    """Return how many challenges the records show, and which weighs most."""
    rows = [row for row in index.challenges if row.strength]
    if not rows:
        return _("Nothing stands behind a gap, because there is none.")
    measured = sum(row.shown for row in index.challenges)
    first = _("What weighs most: %(title)s.") % {"title": lower_first(say.words(rows[0].title))}
    if not measured:
        rest = _("All of it was said; our records neither show it nor speak against it.")
        return f"{first} {rest}"
    return (
        first
        + " "
        + ngettext(
            "%(measured)d of the %(count)d challenges below shows in our records, not only in answers.",
            "%(measured)d of the %(count)d challenges below show in our records, not only in answers.",
            measured,
        )
        % {"measured": measured, "count": len(index.challenges)}
    )


def set_aside(say: Say, index: Index) -> list[Row]:
    """Return the challenges that we rejected, and those that answers point to while the records speak against it."""
    rows = []
    for row in index.rejected:
        said = row.reason or _("We do not see this here.")
        if row.shown and row.proof:
            said = _("%(reason)s Our records say otherwise: %(proof)s") % {
                "reason": _sentence(said),
                "proof": say.words(row.proof[0].text),
            }
        rows.append(Row(say.words(row.title), said, _("rejected by us")))
    shown = {row.key for row in index.challenges}
    for row in say.document.challenges:
        if row.against and row.key not in shown and row.strength and row.stance != "rejected":
            said = " ".join(say.words(part.text) for part in row.against[:1])
            rows.append(Row(say.words(row.title), said))
    return rows[:MOST_ASIDE]


def _sentence(text: str) -> str:
    text = text.strip()
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def lower_first(text: str) -> str:
    """Return a title as it stands inside a sentence; a name in capitals stays."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


# ---- the thread and the appendix ----


def answered(say: Say) -> list[AnswerArea]:
    """Return every question with its answer, by area and quality."""
    document = say.document
    by_cell: dict[str, list[Question]] = {}
    for question in document.questions:
        by_cell.setdefault(question.cell, []).append(question)
    areas = []
    for wording in document.wording:
        for part in wording.areas:
            cells = [
                AnswerCell(
                    name=say.part(wording, cell.quality) if len(wording.qualities) > 1 else "",
                    score=say.level(cell.score),
                    anchor=anchor(cell.key),
                    rows=tuple(answer_row(say, row) for row in by_cell.get(cell.key, [])),
                )
                for cell in document.cells
                if (cell.instrument, cell.area) == (wording.slug, part.key) and by_cell.get(cell.key)
            ]
            if cells:
                areas.append(AnswerArea(say.words(part.title), tuple(cells)))
    return areas


def answer_row(say: Say, row: Question) -> AnswerRow:
    """Return one question as the appendix shows it."""
    state = {
        "not-applicable": _("does not apply"),
        "dont-know": _("not known"),
        "unanswered": _("no answer"),
        "hidden": _("not shown"),
        "not-asked": _("not asked"),
    }
    level = say.level(row.level) if row.level is not None else state.get(row.state, "–")
    notes = [f"{note.name}: {note.text}" if note.name else note.text for note in row.notes]
    return AnswerRow(
        text=say.words(row.text),
        level=level,
        counts=tuple(enumerate(row.counts or ())),
        hidden=row.counts is None,
        unknown=row.unknown,
        reached=first_sentences(say.words(row.reached), 160) if row.reached else "",
        notes=tuple(notes),
    )
