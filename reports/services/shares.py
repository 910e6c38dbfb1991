"""Let somebody outside see a report, take it back, and keep what was opened.

A share is its own rendering of the same snapshot. The token of its link is never stored: only its SHA-256 is.
"""

import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NotRequired, TypedDict, Unpack
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobs.models import JobState
from organizations.limits import refuse_beyond
from organizations.models import Organization, User
from organizations.services import record
from reports.keys import content_key, token_hash, token_of
from reports.models import Report, Share, ShareAccess
from reports.services.requests import add_report, options_for, require_room

logger = logging.getLogger(__name__)
PARTS = ("security", "notes", "appendix", "names")


class ShareValues(TypedDict):
    """What somebody says about a share: who, to whom, with which parts, and one intent told from another."""

    by: User
    recipient: str
    idempotency_key: UUID
    recipient_email: NotRequired[str]
    message: NotRequired[str]
    security: NotRequired[bool]
    notes: NotRequired[bool]
    appendix: NotRequired[bool]
    names: NotRequired[bool]


@dataclass(frozen=True, slots=True)
class NewShare:
    """A share as it was just made; `token` exists here only. `again`: its form was sent before."""

    share: Share
    token: str
    again: bool = False

    @property
    def link(self) -> str:
        """Return the whole address that the reader opens."""
        return f"{settings.SITE_URL}{reverse('reports:share', args=[self.token])}"


@transaction.atomic
def create_share(
    *, report: Report, at: datetime, expires_at: datetime, **values: Unpack[ShareValues]
) -> NewShare:
    """Make a link for one reader and queue its own rendering of the report's snapshot.

    The same idempotency key of the same person gives the same share and the same link, so that a form sent twice at
    once shows one that works. Raises ValidationError when the report is not ready, the end lies in the past, the
    organization shares too much at once, or the key was used for another reader, other words, another end or other
    parts, or for a share that was taken back.
    """
    if report.audience != "own" or report.job.state != JobState.DONE:
        raise ValidationError(_("Only a finished report can be shared."))
    if expires_at <= at:
        raise ValidationError(_("The last day must lie in the future."))
    organization = Organization.objects.select_for_update().get(pk=report.organization_id)
    made = _made_before(report, expires_at, values)
    if made is not None:
        return made
    _require_few(organization, at, mailed=bool(values.get("recipient_email")))
    return _make(organization, report, at, expires_at, values)


@transaction.atomic
def share_unfinished(
    *, report: Report, at: datetime, expires_at: datetime, **values: Unpack[ShareValues]
) -> NewShare:
    """Make a share of a report that may still be made: the demonstration shares all of its own at once, unlimited."""
    organization = Organization.objects.select_for_update().get(pk=report.organization_id)
    return _make(organization, report, at, expires_at, values)


def _token(report: Report, values: ShareValues) -> str:
    return token_of(values["idempotency_key"], report.organization_id, values["by"].pk)


def _parts(values: ShareValues) -> dict[str, bool]:
    return {name: bool(values.get(name)) for name in PARTS}


def _made_before(report: Report, expires_at: datetime, values: ShareValues) -> NewShare | None:
    """Return the share that this form made when it was sent before."""
    token = _token(report, values)
    made = Share.objects.filter(token_hash=token_hash(token)).select_related("rendering").first()
    if made is None:
        return None
    if made.revoked_at is not None or _differs(made, report, expires_at, values):
        raise ValidationError(_("This form was used already. Load the page again."))
    return NewShare(made, token, again=True)


def _make(
    organization: Organization, report: Report, at: datetime, expires_at: datetime, values: ShareValues
) -> NewShare:
    """Write the share and queue its rendering; the row of the organization is held."""
    by, parts, token = values["by"], _parts(values), _token(report, values)
    hashed = token_hash(token)
    language = str(report.options.get("language") or organization.language)
    options = options_for(organization, language=language, **parts)
    rendering = add_report(
        snapshot=report.snapshot,
        audience="share",
        options=options,
        key=content_key(report.snapshot.document, options, edition=hashed),
        by=by,
        at=at,
        idempotency_key=None,
    )
    share = Share.objects.create(
        organization=organization,
        rendering=rendering,
        recipient=values["recipient"],
        recipient_email=values.get("recipient_email", "").strip().lower(),
        message=values.get("message", ""),
        **{f"with_{name}": granted for name, granted in parts.items()},
        token_hash=hashed,
        expires_at=expires_at,
        created_by=by,
        created_at=at,
    )
    detail = {"recipient": share.recipient, "until": share.last_day.isoformat(), "number": report.number}
    record("share-created", organization=organization, user=by, detail=detail)
    return NewShare(share, token)


def _require_few(organization: Organization, at: datetime, *, mailed: bool) -> None:
    """Refuse a link when many were mailed in a day, or many renderings still wait."""
    require_room(organization)
    if not mailed:
        return
    made = Share.objects.filter(organization=organization, created_at__gt=at - timedelta(days=1))
    sent = made.exclude(recipient_email="").count()
    refuse_beyond(
        settings.MAILED_LINKS_A_DAY,
        had=sent,
        said=ngettext(
            "Your organization has mailed %(count)d link in a day. Leave the address out, or wait.",
            "Your organization has mailed %(count)d links in a day. Leave the address out, or wait.",
            sent,
        ),
    )


def _differs(made: Share, report: Report, expires_at: datetime, values: ShareValues) -> bool:
    """Say whether a form that was sent before now asks for another share: a new link must not open the old one."""
    kept = {name: getattr(made, f"with_{name}") for name in PARTS}
    asked = (
        report.snapshot_id,
        values["recipient"],
        values.get("recipient_email", "").strip().lower(),
        values.get("message", ""),
        expires_at,
        _parts(values),
    )
    return asked != (
        made.rendering.snapshot_id,
        made.recipient,
        made.recipient_email,
        made.message,
        made.expires_at,
        kept,
    )


def mail_link(new: NewShare) -> bool:
    """Send the link to the reader; return whether the mail server took it.

    Sent at once and not by a job: a job's row would keep the token.
    """
    share = new.share
    if not (settings.EMAIL_CONFIGURED and share.recipient_email):
        return False
    context = {"share": share, "link": new.link, "site": settings.SITE_NAME}
    with translation.override(share.rendering.options["language"]):
        subject = " ".join(render_to_string("reports/mail/share_subject.txt", context).split())
        body = render_to_string("reports/mail/share.txt", context)
    try:
        EmailMessage(subject, body, to=[share.recipient_email]).send()
    except OSError as error:  # smtplib's errors and refused connections are of this kind
        logger.warning("the link of share %s was not mailed: %s", share.pk, error)
        return False
    return True


@transaction.atomic
def revoke_share(*, share: Share, by: User, at: datetime) -> Share:
    """Take a share back; a second time changes nothing."""
    locked = Share.objects.select_for_update().get(pk=share.pk)
    if locked.revoked_at is None:
        locked.revoked_at = at
        locked.save(update_fields=["revoked_at"])
        record(
            "share-revoked", organization=locked.organization, user=by, detail={"recipient": locked.recipient}
        )
    return locked


@transaction.atomic
def log_access(*, share: Share, kind: str, at: datetime, user: User | None = None) -> ShareAccess:
    """Keep that the page was viewed or the file downloaded ("viewed", "downloaded"), for the director to read."""
    record(
        "share-viewed" if kind == "viewed" else "share-downloaded",
        organization=share.organization,
        user=user,
        detail={"recipient": share.recipient},
    )
    return ShareAccess.objects.create(share=share, kind=kind, user=user, at=at)
