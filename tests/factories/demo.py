"""The demonstration, loaded once for the tests of a module and rolled back after them."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from django.db import transaction

from assessments.services.content import import_instrument
from portfolio.core.reading import read_cohort
from portfolio.services import Loaded, load_demo
from tests.factories.instruments import shipped

TODAY = datetime(2026, 11, 25, 9, tzinfo=UTC)
COHORT = read_cohort()


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[Loaded]:
    """The demonstration as `manage.py demo` leaves it, its reports waiting."""
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        import_instrument(instrument=shipped(), name="social")
        yield load_demo(cohort=COHORT, language="en", at=TODAY)
        transaction.set_rollback(True)
