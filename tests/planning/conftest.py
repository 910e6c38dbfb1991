"""The demonstration's Corvina Renters' Table as rows, with a plan."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from organizations.models import Organization, User
from planning import services
from planning.models import Goal, Plan
from tests.factories.cohort import cohort_organization, director_of

NOW = datetime(2026, 10, 1, 9, tzinfo=UTC)


@pytest.fixture
def corvina(db: None) -> Organization:
    return cohort_organization("corvina-renters")


@pytest.fixture
def director(corvina: Organization) -> User:
    return director_of(corvina)


@pytest.fixture
def plan(corvina: Organization, director: User) -> Plan:
    return services.create_plan(
        organization=corvina,
        title="Technology plan 2026",
        start_year=2026,
        start_quarter=4,
        user=director,
        at=NOW,
    )


@pytest.fixture
def other_goal(db: None) -> Goal:
    """A goal of another organization."""
    other = Organization.objects.create(slug="other", name="Other")
    return Goal.objects.create(organization=other, title="Theirs")


@pytest.fixture
def at(client: Client, corvina: Organization, director: User) -> Callable[..., str]:
    """Sign the director in; return what gives the address of a page of planning."""
    client.force_login(director)

    def address(name: str, *args: object) -> str:
        return reverse(f"planning:{name}", args=[corvina.slug, *args])

    return address


def text(answer: HttpResponse) -> str:
    """Return the page that was answered."""
    return answer.content.decode()
