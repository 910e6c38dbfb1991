"""Changes that must not cross: one at a time for an organization, and each form that adds something once."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import transaction
from django.http import HttpRequest

from organizations.models import Organization, SentForm, User

KEPT = timedelta(days=1)


@contextmanager
def one_at_a_time(request: HttpRequest, organization: Organization) -> Iterator[None]:
    """Let a request that changes something read and write while no other of the organization does."""
    if request.method != "POST":
        yield
        return
    with transaction.atomic():
        # No key of the row changes: others may go on writing rows that point at it.
        Organization.objects.select_for_update(no_key=True).get(pk=organization.pk)
        yield


def first_time(*, organization: Organization, user: User, key: uuid.UUID | None, at: datetime) -> bool:
    """Say whether this person has not sent this form yet, and remember it in the transaction of what is added.

    None, from a program that makes no keys, is always the first time.
    """
    if key is None:
        return True
    SentForm.objects.filter(user=user, at__lt=at - KEPT).delete()
    _row, new = SentForm.objects.get_or_create(
        organization=organization, user=user, key=key, defaults={"at": at}
    )
    return new
