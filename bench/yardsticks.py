"""The yardsticks: the least that honest software must do for the same result. Product rows are ratios to these.

As ROOT_URLCONF this module serves the product's pages and, beside them, views that do nothing.
"""

from collections.abc import Callable

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import include, path

from jobs.models import Job

OF_TRANSACTIONS = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


def bare_view(request: HttpRequest) -> HttpResponse:
    """Do nothing."""
    return HttpResponse("ok")


def bare_signed_in_view(request: HttpRequest) -> HttpResponse:
    """Do nothing, for somebody who is known."""
    return HttpResponse(str(request.user.pk))


urlpatterns = [
    path("bare/", bare_view),
    path("bare-signed-in/", bare_signed_in_view),
    path("", include("techplan.urls")),
]


def get(client: Client, address: str) -> Callable[[], object]:
    """Return the work of getting one page of the product; anything but 200 is an error."""

    def work() -> None:
        answer = client.get(address)
        if answer.status_code != 200:
            raise RuntimeError(f"{address} answered {answer.status_code}")
        if answer.streaming:
            b"".join(answer)

    return work


def queries_of(work: Callable[[], object]) -> int:
    """Return how many queries a work asks, transactions and savepoints aside."""
    with CaptureQueriesContext(connection) as captured:
        work()
    return sum(not one["sql"].startswith(OF_TRANSACTIONS) for one in captured)


def signed_in_client(email: str = "bench@example.org") -> tuple[Client, AbstractBaseUser]:
    """Return a client with a session, and whose it is."""
    users = get_user_model()
    user = users.objects.filter(email=email).first() or users.objects.create_user(email)
    client = Client()
    client.force_login(user)
    return client, user


def stored_rows(count: int) -> Callable[[], object]:
    """Return the work of reading that many stored rows by one query, with nothing done to them."""

    def work() -> list[tuple[object, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {Job._meta.db_table} ORDER BY id LIMIT %s", [count])  # noqa: S608
            return list(cursor.fetchall())

    return work
