"""Health, readiness and the doctor: what works and what is missing, in words."""

from datetime import timedelta
from io import StringIO

import pytest
from celery import current_app
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client, RequestFactory
from django.utils import timezone

from jobs import services
from organizations.limits import over_limit
from techplan import health
from techplan.settings import base

pytestmark = pytest.mark.django_db


def test_healthz_needs_no_database(client: Client, django_assert_num_queries: object) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_readyz_misses_the_worker(client: Client) -> None:
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {
        "status": "unwell",
        "database": "ok",
        "migrations": "ok",
        "cache": "ok",
        "worker": "failed",
    }


@pytest.mark.parametrize("where", [{"REMOTE_ADDR": "192.0.2.7"}, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}])
def test_readyz_names_its_parts_only_on_this_machine(client: Client, where: dict[str, str]) -> None:
    answer = client.get("/readyz", **where)
    assert (answer.status_code, answer.json()) == (503, {"status": "unwell"})


def test_requests_are_still_counted_in_a_full_cache_of_the_embedded_mode(
    settings: object, rf: RequestFactory
) -> None:
    settings.CACHES = {"default": base.DATABASE_CACHE}
    call_command("createcachetable", verbosity=0)
    for _turn in range(3):
        assert not over_limit(rf.get("/"), action="test", most=3)
    for number in range(400):  # more than Django keeps by itself
        cache.set(f"other-{number}", number)
    assert over_limit(rf.get("/"), action="test", most=3)


def test_readyz_is_content_when_a_worker_was_seen_a_moment_ago(client: Client) -> None:
    services.see_worker("one", at=timezone.now() - timedelta(seconds=30))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")


def test_a_worker_seen_long_ago_does_not_count() -> None:
    services.see_worker("one", at=timezone.now() - timedelta(minutes=10))
    with pytest.raises(health.Unwell, match=r"no worker has been seen for 60\d seconds"):
        health.check_worker()


def test_the_doctor_says_a_line_a_part_and_fails_without_a_worker() -> None:
    said = StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("doctor", stdout=said)
    assert ended.value.code == 1
    lines = said.getvalue().splitlines()
    assert [line.split(":")[0].split() for line in lines] == [
        ["ok", "database"],
        ["ok", "cache"],
        ["ok", "broker"],
        ["FAILED", "worker"],
        ["ok", "storage"],
        ["ok", "mail"],
        ["ok", "fonts"],
        ["ok", "pdf"],
    ]
    assert "no worker has been seen yet" in lines[3]
    assert "made a page of" in lines[7]


@pytest.mark.parametrize("queue", ["a-queue-that-nobody-has-used", None])
def test_the_doctor_reaches_the_broker_before_the_first_job(
    queue: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(current_app.conf, "task_default_queue", queue or settings.CELERY_TASK_DEFAULT_QUEUE)
    said = StringIO()
    call_command("doctor", "--only", "broker", stdout=said)
    assert said.getvalue().startswith("ok      broker: the queue's ")


def test_the_doctor_can_look_at_one_part() -> None:
    services.see_worker("one", at=timezone.now())
    said = StringIO()
    call_command("doctor", "--only", "worker", stdout=said)
    assert said.getvalue() == "ok      worker: was alive a moment ago\n"
