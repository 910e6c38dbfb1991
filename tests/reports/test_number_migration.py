"""Own reports and those of shares are numbered apart; a release that counts them together can be gone back to."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from reports.models import Report, Share
from tests.factories.people import build_house
from tests.factories.shared import make_plan, make_report, make_share, make_snapshot

BEFORE = [("reports", "0006_share_with_names")]


def migrate(targets: list[tuple[str, str]]) -> Any:
    """Bring the database there; return the models of that state."""
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps


@pytest.fixture
def latest(transactional_db: None) -> Iterator[list[tuple[str, str]]]:
    """The newest state, where the database is and ends."""
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    yield newest
    migrate(newest)


def numbers(organization_id: int, model: Any = Report) -> list[tuple[str, int]]:
    rows = model.objects.filter(organization=organization_id).order_by("audience", "number")
    return list(rows.values_list("audience", "number"))


def test_there_is_a_way_back_and_forth(latest: list[tuple[str, str]]) -> None:
    house = build_house()  # own reports 1 and 2, the share's rendering 3
    here, there = house.organization, house.lookalike
    snapshot, by = house.objects["report"].snapshot, house.people["director"]
    for number in (1, 2, 7):
        make_share(snapshot, number=number, by=by, token=f"token {number}")
    other = make_snapshot(make_plan(there), by=by)
    make_report(other, number=1, by=by)
    make_share(other, number=1, by=by, token="token of the other")
    shared = dict(Share.objects.values_list("pk", "rendering"))

    old = migrate(BEFORE).get_model("reports", "Report")
    own = [("own", 1), ("own", 2)]
    assert numbers(here.pk, old) == [*own, *(("share", number) for number in (3, 7, 8, 9))]
    assert numbers(there.pk, old) == [("own", 1), ("share", 2)]

    migrate(latest)
    assert numbers(here.pk) == [*own, *(("share", number) for number in (3, 7, 8, 9))]
    assert dict(Share.objects.values_list("pk", "rendering")) == shared
