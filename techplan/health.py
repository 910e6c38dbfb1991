"""Is the process up (/healthz), and can it serve (/readyz)? Both say so in one JSON object."""

import logging
import secrets
from collections.abc import Callable
from datetime import timedelta

from django.core.cache import cache
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from jobs.models import WorkerHeartbeat

logger = logging.getLogger(__name__)

# A worker that is busy says so every few seconds; one that is idle when beat sweeps.
WORKER_SILENCE = timedelta(seconds=60)


class Unwell(Exception):
    """A check failed; the sentence says what."""


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer as soon as the process answers at all."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when everything that a page or a job needs is there, else 503 with what is not.

    Who asks from this machine is told the parts; others need not know what the site is made of. Why a part failed
    stands in the log.
    """
    parts = {name: _passes(name, check) for name, check in CHECKS.items()}
    well = all(parts.values())
    answer = {"status": "ok" if well else "unwell"}
    if _from_this_machine(request):
        answer |= {name: "ok" if ok else "failed" for name, ok in parts.items()}
    return JsonResponse(answer, status=200 if well else 503)


def _from_this_machine(request: HttpRequest) -> bool:
    """Whether the request comes from a program here, not through a proxy here."""
    return (
        request.META.get("REMOTE_ADDR") in {"127.0.0.1", "::1"} and "HTTP_X_FORWARDED_FOR" not in request.META
    )


def check_database() -> None:
    """Ask the database something."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        if cursor.fetchone() != (1,):
            raise Unwell("the database gave a wrong answer")


def check_migrations() -> None:
    """See that the tables are those that this code expects."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise Unwell("the database is older than the code; run `manage.py migrate`")


def check_cache() -> None:
    """Write to the cache and read it back."""
    value = secrets.token_hex(8)
    cache.set("techplan-health", value, 30)
    if cache.get("techplan-health") is None:
        raise Unwell("the cache forgot what was put into it")


def check_worker() -> None:
    """See that a worker was alive a moment ago."""
    last = WorkerHeartbeat.objects.order_by("-seen_at").values_list("seen_at", flat=True).first()
    if last is None:
        raise Unwell("no worker has been seen yet; start `celery -A techplan worker` and beat")
    silence = timezone.now() - last
    if silence > WORKER_SILENCE:
        raise Unwell(f"no worker has been seen for {int(silence.total_seconds())} seconds")


CHECKS: dict[str, Callable[[], None]] = {
    "database": check_database,
    "migrations": check_migrations,
    "cache": check_cache,
    "worker": check_worker,
}


def _passes(name: str, check: Callable[[], None]) -> bool:
    try:
        check()
    except Exception as error:
        logger.warning("readyz: %s: %s", name, error)
        return False
    return True
