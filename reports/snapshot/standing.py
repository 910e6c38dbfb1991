"""What stood where on the day of the snapshot: profile, wording, answers, cells, challenges, inventory."""

from base64 import b64encode
from collections import Counter
from fractions import Fraction
from typing import Any

from assessments.core.instruments import Question as QuestionContent
from assessments.core.values import CellResult, QuestionResult, State
from assessments.core.views import ENOUGH
from assessments.models import Answer, Target
from assessments.selectors.inventory import record_of
from assessments.selectors.results import people_of
from assessments.selectors.support import support_ends
from assessments.wording import empty_word
from organizations.models import Membership, Organization
from planning.core.rules.evidence import past_support
from planning.core.values import Part as RulePart
from planning.core.values import RuleReading, RuleState
from planning.selectors import ChallengePicture, PlanPicture, Situation, catalogue
from planning.sentences.good import good_sentence
from planning.sentences.rules import part_sentence
from reports.core import document as doc
from reports.snapshot.words import Both, said, text


def profile(organization: Organization) -> doc.Profile:
    """Return the organization as it describes itself."""
    full_time = organization.full_time_equivalents
    return doc.Profile(
        name=organization.name,
        slug=organization.slug,
        mission=organization.mission,
        field=organization.field,
        staff_count=organization.staff_count,
        full_time_equivalents=None if full_time is None else Fraction(full_time),
        volunteers=organization.volunteers,
        devices=organization.devices_count,
        sites=organization.sites_count,
        yearly_budget_cents=organization.yearly_budget_cents,
        yearly_technology_budget_cents=organization.yearly_technology_budget_cents,
        currency=organization.currency,
        language=organization.language,
        is_demo=organization.is_demo,
        contact=_contact(organization),
        logo=_logo(organization),
    )


def _contact(organization: Organization) -> doc.Contact | None:
    """Return the director who has been there longest."""
    row = (
        Membership.objects.filter(organization=organization, role=Membership.Role.DIRECTOR)
        .select_related("user")
        .order_by("pk")
        .first()
    )
    return doc.Contact(name=row.user.name or row.user.email, email=row.user.email) if row else None


def _logo(organization: Organization) -> str:
    """Return the logo in base64; a file that is gone or too large is left out."""
    if not organization.logo:
        return ""
    try:
        with organization.logo.storage.open(str(organization.logo.name), "rb") as file:
            data = file.read(doc.LARGEST_LOGO + 1)
    except OSError:
        return ""
    return b64encode(data).decode() if len(data) <= doc.LARGEST_LOGO else ""


def wording(known: Situation) -> tuple[doc.Wording, ...]:
    """Return the words of every instrument that the plan rests on."""
    return tuple(
        doc.Wording(
            slug=one.slug,
            version=one.version,
            title=one.title,
            credits=one.credits,
            scale=tuple(
                doc.ScaleLevel(level=step.level, label=step.label, meaning=step.meaning) for step in one.scale
            ),
            areas=tuple(doc.Named(key=p.key, title=p.title, summary=p.summary) for p in one.areas),
            qualities=tuple(doc.Named(key=p.key, title=p.title, summary=p.summary) for p in one.qualities),
        )
        for one in known.instruments.values()
    )


def assessments(known: Situation) -> tuple[doc.AssessmentPart, ...]:
    """Return the assessments with how many people answered, by whose view it is."""
    parts = []
    for row in known.assessments:
        people = people_of(row)
        opened = row.opened_at or row.created_at
        parts.append(
            doc.AssessmentPart(
                number=row.number,
                instrument=row.instrument.slug,
                kind=row.kind,
                state=row.state,
                opened_on=opened.date(),
                closed_on=row.closed_at.date() if row.closed_at else None,
                people=len(people),
                groups=dict(sorted(Counter(str(person.group) for person in people).items())),
            )
        )
    return tuple(parts)


# ---- cells and questions ----


def cells(known: Situation, picture: PlanPicture) -> tuple[doc.Cell, ...]:
    """Return every cell that was asked, with what the plan makes of it."""
    shown = {cell.key: cell for cell in picture.cells}
    rows = []
    for result in known.results:
        for cell in result.cells:
            key = f"{result.instrument}/{cell.key}"
            asked = [q for q in cell.questions if q.state is not State.NOT_ASKED]
            if not asked or key not in shown:
                continue
            rows.append(_cell(key, result.instrument, cell, asked, picture))
    return tuple(rows)


def _cell(
    key: str, instrument: str, cell: CellResult, asked: list[QuestionResult], picture: PlanPicture
) -> doc.Cell:
    shown = next(one for one in picture.cells if one.key == key)
    closed = any(question.closed for question in asked)
    told = [] if closed else asked
    return doc.Cell(
        key=key,
        instrument=instrument,
        area=cell.area,
        quality=cell.quality,
        score=cell.score,
        low=None if closed else cell.low,
        high=None if closed else cell.high,
        target=cell.target,
        gap=cell.gap,
        after=shown.after,
        base=0 if closed else cell.base,
        applicable=0 if closed else cell.applicable,
        answers=sum(sum(question.counts) for question in told),
        unknown=sum(question.unknown for question in told),
        guesses=sum(question.guesses for question in told),
        actions=tuple(action.key for action in shown.actions),
        empty=said(lambda: empty_word(cell)) if cell.score is None else None,
        closed=closed,
    )


def questions(known: Situation) -> tuple[doc.Question, ...]:
    """Return every question that was asked, with its answer, its notes and the reason for its target."""
    notes, reasons = _notes(known), _reasons(known)
    rows = []
    for result in known.results:
        instrument = known.instruments[result.instrument]
        for question in result.questions:
            if question.state is State.NOT_ASKED:
                continue
            content = instrument.by_key[question.key]
            place = (result.instrument, question.key)
            rows.append(
                doc.Question(
                    key=f"{result.instrument}/{question.key}",
                    cell=f"{result.instrument}/{question.cell}",
                    text=content.text,
                    target=question.target,
                    agreed=question.agreed,
                    target_reason=reasons.get(place, ""),
                    notes=tuple(notes.get(place, ())),
                    **_figures(question, content),
                )
            )
    return tuple(rows)


def _figures(question: QuestionResult, content: QuestionContent) -> dict[str, Any]:
    """Return what was answered, in figures; none where they could tell what single people said."""
    if question.closed:
        return {"state": "closed", "level": None, "gap": None}
    return {
        "state": question.state.value,
        "level": question.level,
        "gap": question.gap,
        "counts": question.counts if sum(question.counts) >= ENOUGH else None,
        "unknown": question.unknown,
        "not_applicable": question.not_applicable,
        "reached": None if question.level is None else content.levels[int(question.level)],
    }


def _notes(known: Situation) -> dict[tuple[str, str], list[doc.Note]]:
    """Return the notes that may be shown: those of people who chose to answer with their name."""
    found: dict[tuple[str, str], list[doc.Note]] = {}
    for assessment in known.assessments:
        rows = (
            Answer.objects.filter(respondent__assessment=assessment, respondent__named=True)
            .exclude(note="", reason="")
            .select_related("respondent", "question")
            .order_by("question__position", "respondent_id")
        )
        for row in rows:
            place = (assessment.instrument.slug, row.question.key)
            for words in (row.note, row.reason):
                if words.strip():
                    found.setdefault(place, []).append(doc.Note(text=words, name=row.respondent.name))
    return found


def _reasons(known: Situation) -> dict[tuple[str, str], str]:
    rows = (
        Target.objects.filter(assessment__in=known.assessments, question__isnull=False)
        .exclude(reason="")
        .select_related("question", "assessment__instrument")
        .defer("assessment__instrument__document")
    )
    return {(row.assessment.instrument.slug, row.question.key): row.reason for row in rows if row.question}


# ---- challenges ----


def challenges(known: Situation, pictures: Both) -> tuple[doc.Challenge, ...]:
    """Return every challenge that something points to, the strongest first."""
    spanish = {row.key: row for row in (*pictures.es.challenges, *pictures.es.without_gap)}
    rows = (*pictures.en.challenges, *pictures.en.without_gap)
    return tuple(_challenge(known, row, spanish[row.key]) for row in rows)


def _challenge(known: Situation, en: ChallengePicture, es: ChallengePicture) -> doc.Challenge:
    reading = known.readings.get(en.key)
    return doc.Challenge(
        key=en.key,
        kind=en.kind,
        title=text(en.title, es.title),
        explanation=text(en.explanation or en.title, es.explanation),
        strength=en.strength,
        shown=en.shown,
        first=en.first,
        stance=en.stance,
        reason=en.reason,
        proof=_evidence(known, reading, holds=True),
        against=_evidence(known, reading, holds=False) if reading and not en.shown else (),
        questions=len(en.contributions),
        contributions=tuple(
            doc.Contribution(
                question=f"{part.cell.key.partition('/')[0]}/{part.question}",
                cell=part.cell.key,
                amount=part.amount,
            )
            for part in en.contributions
        ),
        cells=tuple(cell.key for cell in en.cells),
        closed=en.closed,
    )


def _evidence(known: Situation, reading: RuleReading | None, *, holds: bool) -> tuple[doc.Evidence, ...]:
    """Return the sentences of the parts of a rule that hold, or of those that were answered and do not."""
    parts = [part for part in reading.parts if part.holds is holds] if reading else []
    found = [(part, _sentence(known, part)) for part in parts]
    return tuple(doc.Evidence(code=part.code, holds=holds, text=words) for part, words in found if words)


def _sentence(known: Situation, part: RulePart) -> doc.Text | None:
    return said(lambda: part_sentence(part, known.sites))


def _good(known: Situation, part: RulePart) -> doc.Text | None:
    return said(lambda: good_sentence(part, known.sites))


def in_order(known: Situation) -> tuple[doc.Order, ...]:
    """Return the good facts that the inventory shows: rules that it answers whole go before those in part."""
    content = catalogue().challenges
    rows: list[tuple[bool, doc.Order]] = []
    for key, reading in known.readings.items():
        if reading.state is RuleState.SHOWN:
            continue
        kind = content[key].kind if key in content else ""
        for part in reading.parts:
            words = _good(known, part)
            if words:
                silent = reading.state is not RuleState.NOT_SHOWN
                rows.append((silent, doc.Order(challenge=key, code=part.code, kind=kind, text=words)))
    return tuple(row for _silent, row in sorted(rows, key=lambda pair: pair[0]))


# ---- inventory ----


def inventory(known: Situation) -> doc.InventoryPart | None:
    """Return the list of equipment, programs and lines; None before anything was recorded."""
    record = record_of(known.organization)
    if record is None or known.inventory is None:
        return None
    day, support = known.inventory.recorded_on, support_ends()
    return doc.InventoryPart(
        recorded_on=day,
        devices=tuple(
            doc.DeviceLine(
                kind=row.kind,
                count=row.count,
                year=row.year,
                os=row.os,
                used_by=row.used_by,
                condition=row.condition,
                personal=row.personal,
                past_support=past_support(core, day, support),
            )
            for row, core in zip(record.devices.all(), known.inventory.devices, strict=True)
        ),
        services=tuple(
            doc.ServiceLine(name=row.name, users=row.users, yearly_cost_cents=row.yearly_cost_cents)
            for row in record.services.all()
        ),
        sites=len(known.inventory.sites),
        lines=tuple(
            doc.NetLine(
                site=site.name,
                kind=line.kind,
                down=None if line.down is None else Fraction(line.down),
                up=None if line.up is None else Fraction(line.up),
                yearly_cost_cents=line.yearly_cost_cents,
            )
            for site in record.sites.all()
            for line in site.lines.all()
        ),
    )
