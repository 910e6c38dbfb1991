"""The plans of an organization, and what else its pages list."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from assessments.models import InstrumentVersion, Respondent, Standing
from assessments.selectors import instrument_content, published, visibility
from assessments.selectors.instruments import FIRST
from jobs.models import Job
from organizations.models import Membership, Organization
from planning.models import Goal, Plan, PlanEvent
from planning.selectors.content import words
from planning.selectors.pictures import Named


def plans_of(organization: Organization) -> QuerySet[Plan]:
    """Return its plans, the newest first, each with `answered` (see `dated_plans`)."""
    return dated_plans().filter(organization=organization)


def dated_plans() -> QuerySet[Any]:
    """Return all plans, each with `answered`: when somebody last changed an answer or a target that it rests on."""
    own = Standing.objects.filter(assessment__plans=OuterRef("pk")).order_by("-last_activity")
    return Plan.objects.annotate(
        answered=Coalesce(Subquery(own.values("last_activity")[:1]), F("created_at"))
    )


def is_outrun(plan: Plan) -> bool:
    """Whether the stored totals of one of the dated plans are older than what it rests on."""
    answered: datetime = vars(plan)["answered"]
    return plan.stale or plan.counted_through not in (None, answered)


def outrun_plans() -> QuerySet[Plan]:
    """Return the plans whose stored totals are older than what they rest on."""
    late = Q(counted_through__isnull=False) & ~Q(counted_through=F("answered"))
    return dated_plans().filter(Q(stale=True) | late).defer("frontier").order_by("pk")


def answered_at(plan: Plan) -> datetime:
    """Return when somebody last changed an answer or a target that a plan rests on."""
    found: datetime = dated_plans().values_list("answered", flat=True).get(pk=plan.pk)
    return found


def hidden_plans(plans: Iterable[Plan], membership: Membership) -> frozenset[int]:
    """Return the keys of the plans whose figures rest on results that this member does not see. One query."""
    people = Respondent.objects.filter(assessment__plans__in=plans)
    return visibility.hidden(people, membership, by="assessment__plans")


def counting_plan(newest_first: Sequence[Plan]) -> Plan | None:
    """Return the plan that counts: the newest under way, else the newest approved one; None without either."""
    for state in (Plan.State.UNDER_WAY, Plan.State.APPROVED):
        for plan in newest_first:
            if plan.state == state:
                return plan
    return None


def newest_draft(organization: Organization) -> Plan | None:
    """Return its newest plan, when that is a draft."""
    return Plan.objects.filter(organization=organization, is_newest=True, state=Plan.State.DRAFT).first()


def plan_numbered(organization: Organization, number: int) -> Plan | None:
    """Return the plan with this number, with its organization."""
    found = Plan.objects.filter(organization=organization, number=number).first()
    if found is not None:
        found.organization = organization
    return found


def goals_of(organization: Organization) -> QuerySet[Goal]:
    """Return its goals in their order."""
    return Goal.objects.filter(organization=organization)


def events_of(plan: Plan) -> QuerySet[PlanEvent]:
    """Return what happened to a plan, the newest first, with who did it."""
    return PlanEvent.objects.filter(plan=plan).select_related("user").order_by("-at", "-pk")


def job_of(kind: str, key: str) -> Job | None:
    """Return the job of a kind that does one piece of work; None when nobody asked for it."""
    return Job.objects.filter(kind=kind, key=key).first()


def area_choices(organization: Organization) -> tuple[Named, ...]:
    """Return the areas that a goal can be linked to: those of its assessments, else of what it is asked first."""
    versions = InstrumentVersion.objects.filter(assessments__organization=organization).distinct()
    found = list(versions.defer("document")) or list(published(FIRST)[:1])
    areas = {part.key: words(part.title) for version in found for part in instrument_content(version).areas}
    return tuple(Named(key, title) for key, title in areas.items())
