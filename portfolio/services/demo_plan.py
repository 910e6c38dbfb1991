"""Make the demonstration's plans: must-haves and budget as suggested, people from the file. Times are UTC."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from organizations.models import Organization, User
from planning.core.quarters import quarter_of
from planning.models import Plan
from planning.selectors import catalogue, work_of
from planning.services import (
    accept_challenge,
    approve_plan,
    assign_owners,
    choose_under_budget,
    create_plan,
    propose_plan,
    require_action,
)
from portfolio.core.cohort import CohortOrganization


@dataclass(frozen=True, slots=True)
class Stage:
    """How far a plan is, and how many days ago it got there: so that the desk has something to say."""

    state: str
    days: int


USUAL_STAGE = Stage(Plan.State.DRAFT, 4)
STAGES = {
    "corvina-renters": Stage(Plan.State.APPROVED, 12),
    "lanternfold": Stage(Plan.State.PROPOSED, 9),
    "puente-alder": Stage(Plan.State.APPROVED, 48),
}
TECHNICAL = {"gear", "software", "connectivity"}


def make_plan(
    *,
    organization: Organization,
    source: CohortOrganization,
    director: User,
    first_day: date,
    language: str,
    at: datetime,
) -> Plan:
    """Make the plan: the suggested must-haves ticked, then the exact choice under the suggested budget."""
    stage = STAGES.get(source.key, USUAL_STAGE)
    made = at - timedelta(days=stage.days)
    year, quarter = quarter_of(first_day)
    title = {"en": "Technology plan", "es": "Plan de tecnología"}[language]
    plan = create_plan(
        organization=organization,
        title=f"{title} {year}",
        start_year=year,
        start_quarter=quarter,
        user=director,
        at=made,
    )
    accept_shown(plan=plan, director=director, at=made)
    for must in work_of(plan).suggested_must_haves:
        for key in (*must.needs, must.action):
            plan = require_action(plan=plan, revision=None, key=key, user=director, at=made)
    suggestion = work_of(plan).suggested_budget
    plan = choose_under_budget(
        plan=plan,
        revision=None,
        budget_cents=suggestion.budget_cents if suggestion else None,
        user=director,
        at=made,
    )
    owners = owners_of(source, work_of(plan).chosen)
    plan = assign_owners(plan=plan, revision=None, owners=owners, user=director, at=made)
    if stage.state != Plan.State.DRAFT:
        plan = propose_plan(plan=plan, revision=None, user=director, at=made)
    if stage.state == Plan.State.APPROVED:
        board = {"en": "the board", "es": "la junta directiva"}[language]
        plan = approve_plan(
            plan=plan, revision=None, approved_by=board, approved_on=made.date(), user=director, at=made
        )
    return plan


def accept_shown(*, plan: Plan, director: User, at: datetime) -> None:
    """Let the director accept those of the first causes that the inventory shows; these count double already."""
    findings = work_of(plan).situation.findings
    for cause in findings.challenges:
        if cause.shown and cause.key in findings.first:
            accept_challenge(organization=plan.organization, challenge=cause.key, user=director, at=at)


def owners_of(source: CohortOrganization, chosen: Iterable[str]) -> dict[str, str]:
    """Name who does what: equipment and programs whoever looks after technology, policies and money the director.

    Training and what is left go to the staff by turns, so that no plan rests on one person.
    """
    director = next(person.name for person in source.people if person.role == "director")
    keeper = next((person.name for person in source.people if person.role == "tech"), director)
    staff = [person.name for person in source.people if person.role == "staff"] or [director]
    owners: dict[str, str] = {}
    turn = 0
    for key in sorted(chosen):
        kind = catalogue().actions[key].kind
        if kind in TECHNICAL:
            owners[key] = keeper
        elif kind in {"policy", "consulting", "staffing"}:
            owners[key] = director
        else:
            owners[key] = staff[turn % len(staff)]
            turn += 1
    return owners
