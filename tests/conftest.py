"""Shared fixtures: real parts, no surprises inside."""

import gc
from collections.abc import Iterator
from typing import Any

import pytest
from celery import current_app
from django.db import connection
from django.utils import translation
from django.utils.translation import trans_real
from pytest_django import DjangoDbBlocker

from jobs.models import WorkerHeartbeat
from techplan import translations
from tests import words
from tests.factories import asked, planned, shared  # noqa: F401  they furnish every house
from tests.factories.people import House, build_house
from tests.workers import Worker


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let the tests that start whole sites or whole runs come first: two processes then end at about the same time."""
    items.sort(key=lambda item: item.get_closest_marker("whole_site") is None)


def pytest_collection_finish() -> None:
    """Let Python look for garbage among what the tests make, and not in the modules: a tenth of the time went there."""
    gc.collect()
    gc.freeze()


def deletions(style: object, tables: list[str], **options: Any) -> list[str]:
    """Return what empties small tables in milliseconds; TRUNCATE makes files anew, which takes half a second.

    The lock lets whoever still writes finish first, as TRUNCATE does. Foreign keys are looked at when all is done.
    """
    names = [connection.ops.quote_name(table) for table in tables]
    lock = f"LOCK TABLE {', '.join(names)} IN EXCLUSIVE MODE"
    emptied = [f"DELETE FROM {name}" for name in names]  # noqa: S608  the names of our own tables
    return ["; ".join([lock, *emptied])] if names else []


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Empty the tables of PostgreSQL fast; at the end close what killed processes left open, to drop it."""
    if connection.vendor == "postgresql":
        connection.ops.sql_flush = deletions  # type: ignore[method-assign]
    yield
    if connection.vendor == "postgresql":
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(scope="module")
def worker_process(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Worker]:
    """One worker for the tests of a file. It goes with the file: others count on no worker having been seen."""
    worker = Worker(tmp_path_factory.mktemp("worker"))
    yield worker
    worker.kill()  # Celery takes seconds to end by itself, and nothing is left to do
    with django_db_blocker.unblock():
        WorkerHeartbeat.objects.all().delete()


@pytest.fixture
def worker(transactional_db: None, worker_process: Worker) -> Worker:
    """A real Celery worker on the test database. Jobs that a test commits are done by it.

    Usage: `job = services.enqueue(...)`; `job = worker.finish(job)`. Files land in settings.MEDIA_ROOT,
    mails in `worker.mails()`. The database is emptied after the test, as for every `transactional_db`.
    """
    with current_app.connection_for_write() as link:
        link.default_channel.queue_purge(current_app.conf.task_default_queue)
    for mail in worker_process.mail_folder.glob("*.log"):
        mail.unlink()
    worker_process.start()
    return worker_process


@pytest.fixture
def house(db: None) -> House:
    """An organization with a person of every role, its look-alike, and a stranger."""
    return build_house()


@pytest.fixture
def spanish() -> Iterator[None]:
    """Speak the Spanish that is committed, compiled a moment ago."""
    translations.compile_all([words.ROOT / "locale"])
    trans_real._translations.pop("es", None)  # Django reads a catalogue once a process
    with translation.override("es"):
        yield
