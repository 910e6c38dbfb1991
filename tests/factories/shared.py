"""A plan, a finished report, a failed one and a share in every house; words that must never get out.

The snapshot's document is whole: security cells, notes and answers carry words of their own, so that a test can look
for them in every byte.
"""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from functools import lru_cache
from io import BytesIO
from typing import Any
from uuid import uuid4

import pypdfium2
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from assessments.core.instruments import Instrument
from jobs.models import Job, JobState
from organizations import files
from organizations.models import Organization, User
from planning.models import Plan
from reports import keys
from reports.core import document as doc
from reports.models import Report, Share, Snapshot
from reports.services.requests import JOB_KIND, options_for
from tests.factories.instruments import shipped
from tests.factories.people import House, furnish

SHARE_TOKEN = "the-token-of-a-share-in-the-tests"
SECRETS = {
    "security": "Quenchwell",
    "notes": "Thornapple",
    "appendix": "Brindlecove",
    "names": "Ferrowmere",
}
AREAS = ("collaboration", "communication", "monitoring", "multimedia")


@lru_cache
def social() -> Instrument:
    """Return the shipped social media instrument, read once."""
    return shipped()


def words(text: str) -> doc.Text:
    return doc.Text({"en": text, "es": f"{text} (es)"})


def make_plan(organization: Organization, *, number: int = 1, at: datetime | None = None) -> Plan:
    """Return a plan without actions."""
    now = at or timezone.now()
    Plan.objects.filter(organization=organization).update(is_newest=False)
    return Plan.objects.create(
        organization=organization,
        number=number,
        title=f"Plan of {organization.slug}",
        start_year=2027,
        start_quarter=1,
        created_at=now,
        updated_at=now,
    )


def whole_document(organization: Organization, plan: Plan, *, at: datetime) -> doc.Document:
    """Return a whole document of the shipped instrument, with the SECRETS where they belong."""
    instrument = social()
    return doc.Document(
        schema_version=1,
        taken_at=at,
        organization=_profile(organization),
        wording=(_wording(instrument),),
        assessments=(
            doc.AssessmentPart(
                number=1,
                instrument=instrument.slug,
                kind="full",
                state="closed",
                opened_on=at.date(),
                closed_on=at.date(),
                people=5,
                groups={"director": 1, "staff": 4},
            ),
        ),
        cells=tuple(
            _cell(instrument, area.key, quality.key)
            for area in instrument.areas
            for quality in instrument.qualities
        ),
        questions=tuple(_question(instrument, one.key, one.cell) for one in instrument.questions),
        challenges=(
            _challenge("aging-hardware", "gear", "Old computers", "efficient"),
            _challenge("weak-sign-in", "security", SECRETS["security"], "secure"),
        ),
        inventory=doc.InventoryPart(
            recorded_on=at.date(),
            devices=(
                doc.DeviceLine(kind="laptop", count=3, year=2013, used_by=SECRETS["names"]),
                doc.DeviceLine(kind="desktop", count=2, year=at.year - 1),
            ),
        ),
        goals=(doc.GoalPart(key="1", title="Answer sooner", measure="Hours, from 26 to 2", by=at.date()),),
        plan=_plan(plan, instrument),
    )


def _profile(organization: Organization) -> doc.Profile:
    return doc.Profile(
        name=organization.name,
        slug=organization.slug,
        mission=f"The mission of {organization.slug}.",
        field="Housing",
        staff_count=organization.staff_count,
        full_time_equivalents=Fraction(19, 2),
        volunteers=0,
        devices=5,
        sites=1,
        yearly_budget_cents=None,
        yearly_technology_budget_cents=None,
        currency=organization.currency,
        language=organization.language,
        is_demo=organization.is_demo,
    )


def _wording(instrument: Instrument) -> doc.Wording:
    def named(part: Any) -> doc.Named:
        return doc.Named(key=part.key, title=part.title, summary=part.summary)

    return doc.Wording(
        slug=instrument.slug,
        version=instrument.version,
        title=instrument.title,
        credits=instrument.credits,
        scale=tuple(
            doc.ScaleLevel(level=one.level, label=one.label, meaning=one.meaning) for one in instrument.scale
        ),
        areas=tuple(named(part) for part in instrument.areas),
        qualities=tuple(named(part) for part in instrument.qualities),
    )


def _cell(instrument: Instrument, area: str, quality: str) -> doc.Cell:
    score = Fraction(AREAS.index(area) + 2, 3) if quality != "efficient" else Fraction(1, 2)
    return doc.Cell(
        key=f"{instrument.slug}/{area}/{quality}",
        instrument=instrument.slug,
        area=area,
        quality=quality,
        score=score,
        low=score,
        high=score,
        target=Fraction(3),
        gap=3 - score,
        after=score,
        base=4,
        applicable=4,
        answers=20,
        unknown=0,
        guesses=0,
    )


def _question(instrument: Instrument, key: str, cell: str) -> doc.Question:
    secure = cell.endswith("/secure")
    return doc.Question(
        key=f"{instrument.slug}/{key}",
        cell=f"{instrument.slug}/{cell}",
        text=words(SECRETS["security"] if secure else f"{SECRETS['appendix']} {key}"),
        state="level",
        level=Fraction(1),
        target=3,
        gap=Fraction(2),
        counts=(0, 5, 0, 0, 0),
        reached=words("Now and then"),
        notes=(doc.Note(text=f"{SECRETS['notes']} {key}"),),
    )


def _challenge(key: str, kind: str, title: str, quality: str) -> doc.Challenge:
    slug = social().slug
    parts = tuple(
        doc.Contribution(question=f"{slug}/{one.key}", cell=f"{slug}/{one.cell}", amount=Fraction(2))
        for one in social().questions
        if one.quality == quality
    )
    return doc.Challenge(
        key=key,
        kind=kind,
        title=words(title),
        explanation=words("It takes long."),
        strength=sum((part.amount for part in parts), Fraction(0)),
        shown=True,
        first=True,
        stance="accepted",
        reason=f"{SECRETS['notes']} reason",
        proof=(doc.Evidence(code="x", holds=True, text=words(f"Proof of {title}")),),
        questions=len(parts),
        contributions=parts,
        cells=tuple(sorted({part.cell for part in parts})),
    )


def _plan(plan: Plan, instrument: Instrument) -> doc.PlanPart:
    zero, once = doc.Amounts(), doc.Amounts(low=100_000, likely=150_000, high=200_000)
    line = doc.CostLine(
        row=0,
        category="gear",
        number=3,
        calculation=words("3 x $500"),
        one_time=(once, zero, zero),
        yearly=(zero,) * 3,
    )
    action = doc.ActionPart(
        key="replace-aging-computers",
        own=False,
        kind="gear",
        title=words("Replace three computers"),
        summary=words("Three new ones."),
        must_have=False,
        by_hand=False,
        owner=SECRETS["names"],
        start_quarter=0,
        end_quarter=1,
        hours=Fraction(20),
        training_hours_per_person=Fraction(0),
        assistance_hours=(Fraction(0), Fraction(0)),
        challenges=("aging-hardware",),
        goals=("1",),
        lifts=(doc.Lift(cell=f"{instrument.slug}/collaboration/efficient", levels=Fraction(1, 2)),),
        lines=(line,),
    )
    return doc.PlanPart(
        number=plan.number,
        title=plan.title,
        state=plan.state,
        approved_on=None,
        approved_by="",
        start_year=plan.start_year,
        start_quarter=plan.start_quarter,
        horizon_years=3,
        budget_cents=200_000,
        yearly_limit_cents=None,
        capacity=Fraction(35),
        gained=Fraction(1, 4),
        actions=(action,),
        first=(doc.FirstStep(action=action.key, cost_cents=150_000, running_cents=150_000),),
    )


def make_snapshot(plan: Plan, *, by: User | None = None, at: datetime | None = None) -> Snapshot:
    """Return a snapshot of a plan with a whole document."""
    now = at or timezone.now()
    document = whole_document(plan.organization, plan, at=now)
    snapshot = Snapshot.objects.create(
        organization=plan.organization,
        plan=plan,
        schema_version=doc.SCHEMA_VERSION,
        document=doc.dump(document),
        digest=doc.digest(document),
        created_by=by,
        created_at=now,
    )
    snapshot.assessments.set(plan.assessments.all())
    return snapshot


def blank_pdf(pages: int = 2) -> bytes:
    """Return a real PDF of blank pages."""
    document = pypdfium2.PdfDocument.new()
    for _page in range(pages):
        document.new_page(612, 792)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def make_report(
    snapshot: Snapshot,
    *,
    number: int,
    by: User | None = None,
    state: str = JobState.DONE,
    audience: str = "own",
) -> Report:
    """Return a report in a state; a finished one has a small file of its own."""
    organization, now = snapshot.organization, timezone.now()
    shown = audience == "own"
    options = options_for(
        organization, language="en", security=shown, notes=shown, appendix=shown, names=shown
    )
    key = keys.content_key(snapshot.document, options, edition=f"{audience} {number} {uuid4()}")
    code = keys.report_code(key)
    job = Job.objects.create(
        kind=JOB_KIND,
        key=code,
        payload={"code": code, "organization": str(snapshot.organization.uuid)},
        state=state,
        created_at=now,
        started_at=now,
        heartbeat_at=now,
        finished_at=now if state in {JobState.DONE, JobState.FAILED} else None,
        message="The disk is full." if state == JobState.FAILED else "",
    )
    report = Report.objects.create(
        organization=organization,
        number=number,
        snapshot=snapshot,
        job=job,
        audience=audience,
        options=options,
        content_key=key,
        code=code,
        requested_by=by,
        created_at=now,
    )
    if state == JobState.DONE:
        report.file = default_storage.save(
            f"{files.folder(organization)}reports/{code}.pdf", ContentFile(blank_pdf())
        )
        report.pages, report.size_bytes, report.sha256, report.ready_at = 2, len(blank_pdf()), code, now
        report.save()
    return report


def make_share(
    snapshot: Snapshot, *, number: int, by: User, token: str = SHARE_TOKEN, email: str = "", **more: Any
) -> Share:
    """Return a share of a snapshot, open for a month, with its own finished rendering."""
    now = datetime.now(UTC)
    return Share.objects.create(
        organization=snapshot.organization,
        rendering=make_report(snapshot, number=number, by=by, audience="share"),
        recipient=more.pop("recipient", "A foundation"),
        recipient_email=email,
        token_hash=keys.token_hash(token),
        expires_at=more.pop("expires_at", now + timedelta(days=30)),
        created_by=by,
        created_at=now,
        **more,
    )


def another_share(house: House, **values: Any) -> str:
    """Return the token of one more share of the house's report."""
    token = f"token-{uuid4()}"
    make_share(
        house.objects["report"].snapshot,
        number=100 + Report.objects.count(),
        by=house.people["director"],
        token=token,
        **values,
    )
    return token


@furnish
def with_reports(house: House) -> None:
    """Hang a plan, a finished report (1), a failed one (2) and a share (of rendering 3) into the house."""
    director = house.people["director"]
    plan = house.objects["plan"]
    snapshot = make_snapshot(plan, by=director)
    house.objects["report"] = make_report(snapshot, number=1, by=director)
    house.objects["failed"] = make_report(snapshot, number=2, by=director, state=JobState.FAILED)
    house.objects["share"] = make_share(snapshot, number=3, by=director, email=house.people["stranger"].email)
