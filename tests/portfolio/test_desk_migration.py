"""What the desk reads is filled in for the rows of an older release."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE = [("assessments", "0002_standing_shown"), ("planning", "0002_plan_frontier")]
NOW = datetime(2026, 10, 1, 12, tzinfo=UTC)


def migrate(targets: list[tuple[str, str]]) -> Any:
    """Bring the database there; return the models of that state."""
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps


@pytest.fixture
def older(transactional_db: None) -> Iterator[Any]:
    """The models before; the database ends as it began."""
    latest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    yield migrate(BEFORE)
    migrate(latest)


def test_states_and_newest_plans_are_filled_in(older: Any) -> None:
    organization = older.get_model("organizations", "Organization").objects.create(slug="a", name="A")
    version = older.get_model("assessments", "InstrumentVersion").objects.create(
        slug="small", version=1, document={}, digest="0", published_at=NOW
    )
    for number, state in ((1, "closed"), (2, "review")):
        assessment = older.get_model("assessments", "Assessment").objects.create(
            organization=organization,
            number=number,
            instrument=version,
            kind="full",
            state=state,
            created_at=NOW,
            closed_at=NOW if state == "closed" else None,
        )
        older.get_model("assessments", "Standing").objects.create(
            assessment=assessment, organization=organization, is_current=number == 2, last_activity=NOW
        )
        older.get_model("planning", "Plan").objects.create(
            organization=organization,
            number=number,
            title="Plan",
            start_year=2027,
            start_quarter=1,
            created_at=NOW,
            updated_at=NOW,
        )
    newer = migrate([("assessments", "0003_standing_state"), ("planning", "0004_one_newest_plan")])
    standings = newer.get_model("assessments", "Standing").objects.order_by("pk")
    assert list(standings.values_list("state", flat=True)) == ["closed", "review"]
    plans = newer.get_model("planning", "Plan").objects.order_by("number")
    assert list(plans.values_list("is_newest", flat=True)) == [False, True]
