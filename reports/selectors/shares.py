"""Shares: those of an organization for its director, the one behind a link, those of a signed-in reader."""

import json
import logging
from dataclasses import dataclass
from datetime import datetime

from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser
from django.db.models import Count, Exists, Max, OuterRef, Prefetch, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Coalesce, Lower
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from pydantic import ValidationError

from assessments.models import AnswerChange, Respondent
from assessments.selectors.visibility import hidden_from
from organizations import access
from organizations.models import Organization, User
from reports.core.document import PlanPart
from reports.keys import token_hash
from reports.models import Share, ShareAccess

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ShareRow:
    """One share as the director sees it: `state` is open, expired or revoked."""

    share: Share
    state: str


def state_of(share: Share, *, at: datetime) -> str:
    """Return whether a share is open, expired or revoked."""
    if share.revoked_at is not None:
        return "revoked"
    return "open" if share.expires_at > at else "expired"


def _works(at: datetime) -> Q:
    """Return the condition that a share is open: `state_of` in SQL."""
    return Q(revoked_at__isnull=True, expires_at__gt=at)


def shares_by(user: User | AnonymousUser) -> QuerySet[Share]:
    """Return the shares that this person may see and take back."""
    organizations = access.organizations_of(user, access.SHARE)
    return Share.objects.filter(organization__in=organizations).select_related("organization")


@dataclass(frozen=True, slots=True)
class ShareCount:
    """How many shares work, and how many did."""

    open: int
    ended: int


def count_shares(organization: Organization) -> ShareCount:
    """Count the shares of an organization."""
    works = _works(timezone.now())
    return ShareCount(
        **Share.objects.filter(organization=organization).aggregate(
            open=Count("pk", filter=works), ended=Count("pk", filter=~works)
        )
    )


def open_shares(organization: Organization) -> QuerySet[Share]:
    """Return the shares of an organization that work now."""
    return Share.objects.filter(_works(timezone.now()), organization=organization)


def _agreement_missing() -> Exists:
    """Return the condition that somebody whose answers are in a copy does not allow the results to be shown.

    The results are hidden from who made the share, and somebody who had answered before the copy does not agree.
    """
    maker = Coalesce(OuterRef(OuterRef("created_by")), 0)
    used = Respondent.objects.filter(
        hidden_from(maker, way="assessment__"), assessment__snapshots=OuterRef("rendering__snapshot")
    )
    before = AnswerChange.objects.filter(
        respondent=OuterRef("pk"), at__lte=OuterRef(OuterRef("rendering__snapshot__created_at"))
    )
    return Exists(used.filter(Exists(before), agrees_to_show=False))


def share_rows(shares: QuerySet[Share], *, at: datetime) -> list[ShareRow]:
    """Return shares with what was opened, newest first; the open ones before the others."""
    found = (
        shares.select_related("rendering__job", "rendering__snapshot", "created_by")
        .defer("rendering__snapshot__document")
        .annotate(
            views=Count("accesses", filter=Q(accesses__kind="viewed")),
            downloads=Count("accesses", filter=Q(accesses__kind="downloaded")),
            last_opened=Max("accesses__at"),
            agreement_missing=_agreement_missing(),
        )
        .prefetch_related(
            Prefetch("accesses", ShareAccess.objects.select_related("user").order_by("-at", "-pk"))
        )
        .order_by("-created_at", "-pk")
    )
    rows = [ShareRow(share, state_of(share, at=at)) for share in found]
    return sorted(rows, key=lambda row: row.state != "open")


def open_share(token: str, *, at: datetime) -> Share | None:
    """Return the share behind a link; None when there is none, or it ended, or it was taken back."""
    hashed = token_hash(token)
    share = (
        Share.objects.select_related("organization", "rendering__job", "rendering__snapshot", "created_by")
        .filter(token_hash=hashed)
        .first()
    )
    if share is None or not constant_time_compare(share.token_hash, hashed):
        return None
    return share if state_of(share, at=at) == "open" else None


def verified_addresses(user: User | AnonymousUser) -> list[str]:
    """Return the e-mail addresses that this person has proved to be theirs, in small letters."""
    if not user.is_authenticated:
        return []
    found = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    return sorted({address.lower() for address in found})


def shared_with(user: User | AnonymousUser, *, at: datetime) -> QuerySet[Share]:
    """Return the open shares that name a proved address of this person, newest first."""
    return (
        Share.objects.filter(_works(at), recipient_email__in=verified_addresses(user))
        .select_related("organization", "rendering__job", "rendering__snapshot", "created_by")
        .order_by("-created_at", "-pk")
    )


@dataclass(frozen=True, slots=True)
class SharedPlan:
    """One share as its reader's list shows it: the frozen plan's title and what is asked for, in cents.

    `undecided`: "draft" or "proposed" while nobody has approved the plan, else ''.
    """

    share: Share
    title: str
    asked_cents: int
    currency: str
    undecided: str


def shared_plans(user: User | AnonymousUser, *, at: datetime) -> list[SharedPlan]:
    """Return what is shared with this person, newest first; of each document only the plan is read.

    One that cannot be read is left out: nobody else's plan is kept from its reader by it.
    """
    document = "rendering__snapshot__document"
    found = (
        shared_with(user, at=at)
        .defer(document)
        .annotate(
            frozen=KeyTransform("plan", document),
            currency=KeyTextTransform("currency", KeyTransform("organization", document)),
        )
    )
    rows = []
    for share in found:
        try:
            plan = PlanPart.model_validate_json(json.dumps(share.frozen))
        except ValidationError as error:
            logger.error("the plan of share %s cannot be read: %s", share.pk, error.errors()[0]["msg"])
            continue
        rows.append(SharedPlan(share, plan.title, plan.total.likely, share.currency, plan.undecided))
    return rows


def read_by(user: User) -> QuerySet[Share]:
    """Return what is open and shared with a proved address of this person, as part of a query asked on every page."""
    proved = EmailAddress.objects.filter(user=user, verified=True).values(address=Lower("email"))
    return Share.objects.filter(_works(timezone.now()), recipient_email__in=proved).order_by()
