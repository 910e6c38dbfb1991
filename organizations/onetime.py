"""Changes that must not cross: one at a time for an organization, and each form that adds something once."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import transaction
from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from organizations import access
from organizations.models import Membership, Organization, SentForm, User

KEPT = timedelta(days=1)


@contextmanager
def one_at_a_time(request: HttpRequest, membership: Membership, ability: str) -> Iterator[None]:
    """Let a request that changes something read and write while no other of the organization does.

    Who may is asked again: a role may have been taken away while the request waited for its turn.
    """
    if request.method != "POST":
        yield
        return
    with transaction.atomic():
        # No key of the row changes: others may go on writing rows that point at it.
        rows = Organization.objects.select_for_update(no_key=True)
        organization = get_object_or_404(rows, pk=membership.organization_id)
        access.organization_or_404(request.user, organization.slug, ability)
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
