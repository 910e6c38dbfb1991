"""The desk of a consultant with 1,000 and with 10,000 organizations, their rows written in bulk.

The yardstick reads fifty stored standings with their organizations, by name, and does nothing with them.
"""

from django.db import connection
from django.test import Client
from django.utils import timezone

from assessments.models import Standing
from bench.measure import Row, medians
from bench.yardsticks import get, queries_of
from organizations.models import User
from portfolio.selectors import PAGE, desk_page
from tests.factories.desks import fill_desk

FEW, MANY = 1_000, 10_000
MOST_QUERIES, MOST_OF_STORED, MOST_OF_FEW = 8, 3, 1.3


def stored_page(user: User) -> list[Standing]:
    """Read one page of stored rows."""
    mine = Standing.objects.filter(is_current=True, organization__memberships__user=user)
    return list(mine.select_related("organization").order_by("organization__name")[:PAGE])


def filled(count: int, prefix: str) -> tuple[User, Client]:
    """Return a consultant with so many organizations, signed in."""
    user = User.objects.create_user(f"desk-{count}@example.org")
    fill_desk(user, count=count, at=timezone.now(), prefix=prefix)
    client = Client()
    client.force_login(user)
    return user, client


def measure() -> list[Row]:
    """Measure the page of fifty, and its reading alone."""
    few, few_client = filled(FEW, "Few")
    many, many_client = filled(MANY, "Many")
    with connection.cursor() as cursor:  # what PostgreSQL does by itself, a minute after so many new rows
        cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
    page = get(many_client, "/desk/")
    page()
    asked = queries_of(page)
    found = medians(
        {
            "few": get(few_client, "/desk/"),
            "many": page,
            "few read": lambda: desk_page(few, at=timezone.now()),
            "many read": lambda: desk_page(many, at=timezone.now()),
            "stored": lambda: stored_page(few),
        },
        rounds=7,
    )
    stored, read = found["few"] / found["stored"], found["few read"] / found["stored"]
    more, more_read = found["many"] / found["few"], found["many read"] / found["few read"]
    shown = f"{found['few']:.0f} ms; reading stored rows: {found['stored']:.1f} ms"
    return [
        Row(
            f"desk page of {PAGE} at {MANY:,} organizations: queries",
            f"<= {MOST_QUERIES} queries",
            f"{asked} queries",
            asked <= MOST_QUERIES,
        ),
        Row(
            f"desk page at {FEW:,} organizations, whole page with its charts",
            f"<= {MOST_OF_STORED} x reading {PAGE} stored rows",
            f"{stored:.1f} x ({shown}); its reading alone {read:.1f} x",
            stored <= MOST_OF_STORED,
        ),
        Row(
            f"desk page at {MANY:,} organizations",
            f"<= {MOST_OF_FEW} x the same page at {FEW:,}",
            f"{more:.2f} x ({found['many']:.0f} and {found['few']:.0f} ms); its reading alone {more_read:.2f} x",
            more <= MOST_OF_FEW,
        ),
    ]
