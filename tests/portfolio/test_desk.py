"""The desk: grouped, sorted, filtered, searched and paged in SQL; the same queries for few and for many."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from assessments.models import Assessment, Standing
from organizations.models import Membership, Organization, User
from planning.models import Plan
from portfolio.selectors import desk_page
from tests.factories.desks import fill_desk

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)


@pytest.fixture
def consultant() -> User:
    return User.objects.create_user("noor@example.org", "a long password", name="Noor")


def names(user: User, **wanted: object) -> list[str]:
    return [row.name for row in desk_page(user, at=NOW, **wanted).rows]  # type: ignore[arg-type]


def test_desk_groups_by_who_needs_somebody(consultant: User) -> None:
    fill_desk(consultant, count=6, at=NOW)
    Plan.objects.all().delete()
    page = desk_page(consultant, at=NOW)
    assert {row.name: (row.group, row.reason) for row in page.rows} == {
        "Org 00000": ("moving", "moving"),
        "Org 00001": ("needs", "review"),
        "Org 00002": ("needs", "no-plan"),
        "Org 00003": ("moving", "moving"),
        "Org 00004": ("needs", "review"),
        "Org 00005": ("needs", "no-plan"),
    }
    assert page.counts == {"needs": 4, "moving": 2, "quiet": 0}
    assert [row.group for row in page.rows] == ["needs"] * 4 + ["moving"] * 2


def test_desk_says_when_answering_stopped_and_when_all_is_quiet(consultant: User) -> None:
    fill_desk(consultant, count=1, at=NOW)
    later = NOW + timedelta(days=15)
    assert desk_page(consultant, at=later).rows[0].reason == "stalled"
    Assessment.objects.update(state="closed", closed_at=NOW)
    Standing.objects.update(state="closed")
    organization = Organization.objects.get()
    Plan.objects.create(
        organization=organization,
        number=1,
        title="P",
        state="finished",
        start_year=2027,
        start_quarter=1,
        created_at=NOW,
        updated_at=NOW,
    )
    assert desk_page(consultant, at=NOW + timedelta(days=31)).rows[0].group == "quiet"
    Plan.objects.update(state="proposed")
    assert desk_page(consultant, at=NOW + timedelta(days=31)).rows[0].reason == "proposed"


def test_desk_sorts_in_every_way(consultant: User) -> None:
    fill_desk(consultant, count=12, at=NOW)
    rows = {row.name: row for row in desk_page(consultant, at=NOW).rows}
    assert names(consultant, sort="name") == sorted(rows)
    totals = [rows[name].plan_cents for name in names(consultant, sort="total")]
    cents = [total for total in totals if total is not None]
    assert cents == sorted(cents, reverse=True)
    assert len(cents) == 6
    assert totals[6:] == [None] * 6
    area = [rows[name].areas["monitoring"] for name in names(consultant, sort="area-monitoring")]
    assert area == sorted(area)  # type: ignore[type-var]
    gaps = [rows[name].gap for name in names(consultant, sort="gap")]
    assert gaps == sorted(gaps, reverse=True)  # type: ignore[type-var]
    changes = [rows[name].activity for name in names(consultant, sort="activity")]
    assert changes == sorted(changes, reverse=True)


def test_desk_pages_fifty_and_searches(consultant: User) -> None:
    fill_desk(consultant, count=120, at=NOW)
    pages = [desk_page(consultant, at=NOW, number=number) for number in (1, 2, 3)]
    assert [len(page.rows) for page in pages] == [50, 50, 20]
    assert len({row.slug for page in pages for row in page.rows}) == 120
    assert desk_page(consultant, at=NOW, number=99).number == 3
    assert names(consultant, search="00007") == ["Org 00007"]
    quiet = desk_page(consultant, at=NOW, group="quiet")
    assert quiet.total == quiet.counts["quiet"]
    assert {row.group for row in quiet.rows} <= {"quiet"}


def test_desk_shows_only_own_organizations(consultant: User) -> None:
    other = User.objects.create_user("other@example.org", "a long password")
    fill_desk(consultant, count=3, at=NOW, prefix="Same")
    fill_desk(other, count=3, at=NOW, prefix="Twin")
    assert names(consultant, sort="name") == ["Same 00000", "Same 00001", "Same 00002"]
    Membership.objects.filter(user=consultant).update(role="respondent")
    assert names(consultant) == []


def test_desk_asks_the_database_the_same_for_few_and_many(consultant: User, client: Client) -> None:
    client.force_login(consultant)
    counts = []
    for count, prefix in ((5, "Few"), (4995, "Many")):
        fill_desk(consultant, count=count, at=NOW, prefix=prefix)
        address = reverse("portfolio:desk") + "?sort=name"  # plans on every page
        client.get(address)  # the instrument is read once a process
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        assert response.status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 8


@pytest.mark.parametrize(
    "query",
    ["", "q=00001", "group=needs&sort=gap", "sort=area-multimedia", "sort=%00", "page=x", "page=2", "q=%00a"],
)
def test_desk_page_answers_whatever_the_address_says(consultant: User, client: Client, query: str) -> None:
    fill_desk(consultant, count=60, at=NOW)
    client.force_login(consultant)
    response = client.get(f"{reverse('portfolio:desk')}?{query}")
    assert response.status_code == 200
    assert "<h1>" in response.content.decode()


def test_the_heading_is_that_of_what_is_shown(consultant: User, client: Client) -> None:
    fill_desk(consultant, count=6, at=NOW)
    client.force_login(consultant)

    def heading(query: str = "") -> str:
        page = client.get(f"{reverse('portfolio:desk')}?{query}").content.decode()
        return page.partition("<h1>")[2].partition("</h1>")[0]

    assert "of 6 organizations need" in heading() or "of your 6 organizations" in heading()
    assert heading("q=00001") == "1 organization found"
    assert heading("q=Org+0000") == "6 organizations found"
    assert heading("q=nobody") == "No organization found"
    Membership.objects.filter(user=consultant).exclude(organization__name="Org 00001").delete()
    assert heading() in {"Your organization needs you now", "Your organization needs nothing from you now"}


def test_desk_needs_a_sign_in(client: Client) -> None:
    response = client.get(reverse("portfolio:desk"))
    assert response.status_code == 302
    assert "/accounts/login/" in response["Location"]


def test_desk_says_what_to_do_when_it_is_empty(consultant: User, client: Client) -> None:
    client.force_login(consultant)
    page = client.get(reverse("portfolio:desk")).content.decode()
    assert "You belong to no organization yet." in page


def test_desk_says_which_bars_are_which(consultant: User, client: Client) -> None:
    fill_desk(consultant, count=1, at=NOW)
    client.force_login(consultant)
    page = client.get(reverse("portfolio:desk")).content.decode()
    assert "The areas from left to right: Collaboration, Communication, Monitoring, Multimedia." in page
    assert '<i title="Monitoring"><span class="visually-hidden">Monitoring </span>' in page
