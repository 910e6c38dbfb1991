"""Many organizations on one desk: rows as the services leave them, written in bulk."""

from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from assessments.models import Assessment, InstrumentVersion, Standing
from assessments.services.content import import_instrument
from organizations.models import Membership, Organization, User
from planning.models import Plan
from tests.factories.instruments import SOCIAL, shipped


def social_instrument() -> InstrumentVersion:
    """Return the published social media instrument."""
    return import_instrument(instrument=shipped(), name=SOCIAL)[0]


def fill_desk(user: User, *, count: int, at: datetime, role: str = "consultant", prefix: str = "Org") -> None:
    """Give `user` this many organizations, each with a standing; every other one has a plan."""
    version = social_instrument()
    organizations = Organization.objects.bulk_create(
        Organization(
            slug=f"{prefix.lower()}-{number}", name=f"{prefix} {number:05}", staff_count=5, field="Housing"
        )
        for number in range(count)
    )
    Membership.objects.bulk_create(
        Membership(organization=organization, user=user, role=role, joined_at=at - timedelta(days=200))
        for organization in organizations
    )
    assessments = Assessment.objects.bulk_create(
        Assessment(
            organization=organization,
            number=1,
            instrument=version,
            kind="full",
            state=["open", "review", "closed"][number % 3],
            created_at=at,
            closed_at=at if number % 3 == 2 else None,
        )
        for number, organization in enumerate(organizations)
    )
    Standing.objects.bulk_create(
        standing(assessment, number=number, at=at - timedelta(days=number % 60))
        for number, assessment in enumerate(assessments)
    )
    Plan.objects.bulk_create(
        Plan(
            organization=organization,
            number=1,
            title="Plan",
            start_year=2027,
            start_quarter=1,
            total_likely_cents=100_000 * (number + 1),
            created_at=at - timedelta(days=number % 60),
            updated_at=at - timedelta(days=number % 60),
        )
        for number, organization in enumerate(organizations)
        if number % 2
    )


def standing(assessment: Assessment, *, number: int, at: datetime) -> Standing:
    """Return a standing whose scores depend on the number only."""
    areas = ("collaboration", "communication", "monitoring", "multimedia")
    cells = {
        f"{area}/{quality}": Fraction((number * 3 + row * 5 + column * 2) % 17, 4)
        for row, area in enumerate(areas)
        for column, quality in enumerate(("effective", "efficient", "secure"))
    }
    current = {
        cell: {"score": str(score), "low": None, "high": None, "target": "3", "gap": str(max(0, 3 - score))}
        for cell, score in cells.items()
    }
    lowest = min(cells, key=lambda cell: cells[cell])
    return Standing(
        assessment=assessment,
        organization_id=assessment.organization_id,
        state=assessment.state,
        cells=current,
        current=current,
        areas={
            area: float(sum(cells[f"{area}/{q}"] for q in ("effective", "efficient", "secure")) / 3)
            for area in areas
        },
        overall=Decimal(float(sum(cells.values()) / 12)).quantize(Decimal("0.0001")),
        weakest_cell=lowest,
        biggest_gap_cell=lowest,
        biggest_gap=Decimal(float(max(0, 3 - cells[lowest]))),
        answered=40,
        expected=48,
        last_activity=at,
    )
