"""A full disk: every page says so with one true sentence, in place of a fault or of a limit that nobody has reached."""

import errno
import io
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.db import ConnectionHandler, OperationalError, connection
from django.test import Client
from django.urls import reverse

from reports.models import Report
from techplan import disk
from tests.factories.people import PASSWORD, House
from tests.pages import text_of
from tests.test_logs import written  # noqa: F401  a fixture

FULL = (
    "The disk of this site is full, so nothing can be saved. Nothing that was saved before is lost."
    " Tell the people who run it."
)
LLENO = "El disco de este sitio está lleno"
FILL = """
CREATE FUNCTION no_space() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = 'disk_full'; END $$;
"""

postgresql = pytest.mark.skipif(
    connection.vendor != "postgresql", reason="SQLite has no way to play a full disk to a single table"
)


def fill(table: str, *, at_commit: bool = False) -> None:
    """Let the database refuse new rows of a table as it does when its disk is full."""
    kind, when = ("CONSTRAINT ", "DEFERRABLE INITIALLY DEFERRED") if at_commit else ("", "")
    with connection.cursor() as cursor:
        cursor.execute(FILL)
        cursor.execute(
            f"CREATE {kind}TRIGGER full_disk AFTER INSERT OR UPDATE ON {table} {when}"
            " FOR EACH ROW EXECUTE FUNCTION no_space()"
        )


@pytest.fixture
def visitor() -> Client:
    return Client(headers={"accept-language": "en"}, raise_request_exception=False)


@pytest.fixture
def database_cache(transactional_db: None, settings: Any) -> Iterator[str]:
    """The cache of the embedded mode: a table. Returns its name."""
    settings.CACHES = {"default": settings.DATABASE_CACHE}
    call_command("createcachetable", verbosity=0)
    yield settings.DATABASE_CACHE["LOCATION"]
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE {settings.DATABASE_CACHE['LOCATION']}")
        cursor.execute("DROP FUNCTION IF EXISTS no_space")


def ask_for_a_report(client: Client, house: House) -> Any:
    return client.post(
        reverse("reports:report-request", args=[house.slug]),
        {
            "plan": house.objects["plan"].pk,
            "language": "es",
            "key": "3e2a6d0c-5f0b-4c8e-9f57-0c55dbb0a3f1",
        },
    )


@postgresql
@pytest.mark.parametrize(("language", "said"), [("en", FULL), ("es", LLENO)])
def test_a_report_that_cannot_be_written_says_that_the_disk_is_full(
    house: House,
    visitor: Client,
    written: io.StringIO,  # noqa: F811
    spanish: None,
    language: str,
    said: str,
) -> None:
    before = Report.objects.count()
    house.people["editor"].language = language
    house.people["editor"].save()
    visitor.force_login(house.people["editor"])
    fill("reports_report")
    fault = ask_for_a_report(visitor, house)
    assert fault.status_code == 503
    assert said in text_of(fault)
    assert Report.objects.count() == before
    lines = written.getvalue().splitlines()
    assert len(lines) == 1
    assert "the disk is full" in lines[0]
    assert "No space left on device" in lines[0]


@postgresql
def test_an_answer_that_cannot_be_written_stays_with_the_browser(house: House, visitor: Client) -> None:
    visitor.force_login(house.people["director"])
    fill("assessments_answer")
    number = house.objects["assessment"].number
    fault = visitor.post(
        reverse("assessments:answer-save", args=[house.slug, number, "files"]),
        {"files-choice": "2", "files-revision": "0", "files-note": ""},
        headers={"HX-Request": "true"},
    )
    assert fault.status_code == 503
    assert "TechPlan-Answer" not in fault  # by this the browser knows that the answer did not arrive


@postgresql
def test_a_session_that_cannot_be_written_says_so_too(house: House, visitor: Client) -> None:
    fill("django_session")
    director = house.people["director"]
    fault = visitor.post("/accounts/login/", {"login": director.email, "password": PASSWORD})
    assert fault.status_code == 503
    assert FULL in text_of(fault)


@postgresql
@pytest.mark.parametrize("at_commit", [False, True])
def test_a_sign_in_is_not_told_of_too_many_tries(
    database_cache: str, house: House, visitor: Client, at_commit: bool
) -> None:
    fill(database_cache, at_commit=at_commit)
    director = house.people["director"]
    fault = visitor.post("/accounts/login/", {"login": director.email, "password": PASSWORD})
    assert fault.status_code == 503
    assert FULL in text_of(fault)
    assert "_auth_user_id" not in visitor.session


def test_the_cache_in_the_database_still_counts(database_cache: str) -> None:
    assert cache.add("tries", 1)
    assert not cache.add("tries", 5)
    assert cache.incr("tries") == 2
    cache.set("other", "kept")
    assert cache.get("other") == "kept"


def test_what_sqlite_says_of_a_full_disk_is_known(db: None, tmp_path: Path) -> None:
    engine = {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "small.sqlite3")}
    link = ConnectionHandler({"default": engine})["default"]
    with link.cursor() as cursor:
        cursor.execute("CREATE TABLE notes (words text)")
        cursor.execute("PRAGMA max_page_count = 2")
        with pytest.raises(OperationalError) as full:
            cursor.execute("INSERT INTO notes VALUES (%s)", ["x" * 9000])
        with pytest.raises(OperationalError) as other:
            cursor.execute("INSERT INTO no_such_table VALUES (1)")
    link.close()
    assert disk.is_full(full.value)
    assert not disk.is_full(other.value)


def test_what_the_system_says_of_a_full_disk_is_known() -> None:
    assert disk.is_full(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
    assert not disk.is_full(OSError(errno.ENOENT, os.strerror(errno.ENOENT)))
    assert not disk.is_full(None)
