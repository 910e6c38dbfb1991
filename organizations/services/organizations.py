"""Make, change and delete organizations."""

import uuid
from datetime import timedelta
from functools import partial
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobs.models import Job
from organizations import files
from organizations.limits import refuse_beyond
from organizations.models import AuditEvent, Membership, Organization, User
from organizations.services.trail import record

SLUG_TRIES = 50
PROFILE_FIELDS = frozenset(
    {
        "name", "mission", "field", "staff_count", "full_time_equivalents", "volunteers", "devices_count",
        "sites_count", "yearly_budget_cents", "yearly_technology_budget_cents", "currency", "language", "paper_size",
    }
)  # fmt: skip


@transaction.atomic
def create_organization(*, user: User, key: uuid.UUID, name: str, **fields: Any) -> Organization:
    """Make an organization with this person as its director.

    `key` tells one intent from another: sent twice, the organization of the first time is returned.
    Raises ValidationError when they made as many in a day as one person may.
    """
    User.objects.select_for_update(no_key=True).get(pk=user.pk)  # one at a time: they are counted
    mine = Organization.objects.filter(uuid=key, memberships__user=user).first()
    if mine is not None:
        return mine
    _require_few(user)
    organization = _create_with_free_slug(uuid_key=key, name=name.strip(), fields=fields)
    Membership.objects.create(
        organization=organization,
        user=user,
        role=Membership.Role.DIRECTOR,
        answers_as=Membership.View.DIRECTOR,
    )
    record("organization-created", organization=organization, user=user)
    # Goes neither with the organization when it is deleted, nor along in an export.
    record("organization-made", organization=None, user=user, detail={"uuid": str(organization.uuid)})
    return organization


def _require_few(user: User) -> None:
    """Refuse more organizations than a person may make in a day; what was deleted counts, an import does not."""
    since = timezone.now() - timedelta(days=1)
    made = AuditEvent.objects.filter(user=user, kind="organization-made", at__gt=since).count()
    refuse_beyond(
        settings.ORGANIZATIONS_A_DAY,
        had=made,
        said=ngettext(
            "You have made %(count)d organization in a day. Wait until tomorrow.",
            "You have made %(count)d organizations in a day. Wait until tomorrow.",
            made,
        ),
    )


def _create_with_free_slug(*, uuid_key: uuid.UUID, name: str, fields: dict[str, Any]) -> Organization:
    base = slugify(name)[:60].strip("-") or "organization"
    taken = set(Organization.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    candidates = [base, *(f"{base}-{number}" for number in range(2, SLUG_TRIES + len(taken)))]
    for slug in candidates:
        if slug in taken:
            continue
        try:
            with transaction.atomic():
                return Organization.objects.create(uuid=uuid_key, slug=slug, name=name, **fields)
        except IntegrityError:
            if Organization.objects.filter(uuid=uuid_key).exists():
                raise ValidationError(_("This form was used already. Load the page again.")) from None
    raise ValidationError(_("Too many organizations have this name. Add your town to it."))


@transaction.atomic
def update_profile(
    *, organization: Organization, user: User, changes: dict[str, Any], logo: bytes | None = None
) -> Organization:
    """Change the profile: the given fields only, and the logo when there is a new one (our own PNG)."""
    changed = sorted(set(changes) & PROFILE_FIELDS)
    for name in changed:
        setattr(organization, name, changes[name])
    organization.save(update_fields=changed)
    if logo is not None:
        _set_logo(organization, logo)
        changed.append("logo")
    if changed:
        record("profile-changed", organization=organization, user=user, detail={"fields": changed})
    return organization


@transaction.atomic
def remove_logo(*, organization: Organization, user: User) -> None:
    """Take the logo away; its file goes when the transaction is through."""
    old = organization.logo.name
    if not old:
        return
    organization.logo = ""
    organization.save(update_fields=["logo"])
    transaction.on_commit(partial(organization.logo.storage.delete, old), robust=True)
    record("profile-changed", organization=organization, user=user, detail={"fields": ["logo"]})


def _set_logo(organization: Organization, content: bytes) -> None:
    old = organization.logo.name
    organization.logo.save("logo.png", ContentFile(content), save=False)
    organization.save(update_fields=["logo"])
    if old:
        transaction.on_commit(partial(organization.logo.storage.delete, old), robust=True)


@transaction.atomic
def delete_organization(*, organization: Organization, user: User | None) -> None:
    """Delete everything of an organization: its rows now, its files when the transaction is through.

    Its jobs name it in their payload ("organization") and go with it; a worker that is at one finds it gone.
    That it was made and that it was deleted stays on record, without the organization; its own events go with it.
    """
    folder = files.folder(organization)
    detail = {"name": organization.name, "uuid": str(organization.uuid)}
    events = AuditEvent.objects.filter(organization=organization)
    events._raw_delete(events.db)
    organization.delete()
    Job.objects.filter(payload__organization=detail["uuid"]).delete()
    record("organization-deleted", organization=None, user=user, detail=detail)
    # The rows are gone by then: a disk that refuses is written to the log, the page answers all the same.
    transaction.on_commit(partial(files.remove_folder, folder), robust=True)
