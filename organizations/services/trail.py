"""Write the audit trail."""

from typing import Any

from django.contrib.auth.models import AnonymousUser

from organizations.models import AuditEvent, Organization, User


def record(
    kind: str,
    *,
    organization: Organization | None,
    user: User | AnonymousUser | None = None,
    detail: dict[str, Any] | None = None,
) -> AuditEvent:
    """Write down that something happened, in the transaction of what happened.

    `detail` holds what the sentence about it needs (names, roles), never a token or an answer. The sentences stand
    in organizations/trail.py.
    """
    who = user if isinstance(user, User) else None
    return AuditEvent.objects.create(organization=organization, user=who, kind=kind, detail=detail or {})
