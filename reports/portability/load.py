"""Read an export into this site: a new organization, all of it or nothing.

People are found by their e-mail address. Who is not here yet gets an account without a password and without a
confirmed address: they sign in only after they have reset it by e-mail. Links of shares do not come along.
"""

import base64
import binascii
from itertools import islice

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import DataError, IntegrityError, transaction

from assessments.core.canonical import digest
from assessments.core.content import ContentError
from assessments.core.instruments import checked_instrument
from assessments.models import InstrumentVersion
from assessments.services.content import import_instrument
from organizations import files
from organizations.logos import redrawn
from organizations.models import AuditEvent, Membership, Organization
from organizations.services import record
from reports.portability import schema
from reports.portability.fits import misfits
from reports.portability.load_assessments import load_assessments, load_inventory
from reports.portability.load_plans import load_decisions, load_plans
from reports.portability.load_reports import load_reports
from reports.portability.people import People
from reports.portability.reading import MOST_LINES, ImportRefused
from reports.portability.relations import wrong_relations


def import_organization(export: schema.Export) -> Organization:
    """Make the organization of an export; raises ImportRefused and leaves nothing behind when it does not fit."""
    lines = wrong_relations(export) or list(islice(misfits(export), MOST_LINES))
    if lines:
        raise ImportRefused(lines)
    logo = _logo(export.organization.logo)
    folder = ""
    try:
        with transaction.atomic():
            organization = _organization(export)
            folder = files.folder(organization)
            _load(export, organization)
            if logo is not None:
                organization.logo.save("logo.png", ContentFile(logo), save=True)
    except (DataError, IntegrityError) as error:
        _leave_nothing(folder)
        raise ImportRefused([f"a value does not fit into this site: {str(error).splitlines()[0]}"]) from error
    except BaseException:
        _leave_nothing(folder)
        raise
    return organization


def _leave_nothing(folder: str) -> None:
    """Remove the files of an import that did not go through."""
    if folder:
        files.remove_folder(folder)


def _load(export: schema.Export, organization: Organization) -> None:
    """Write everything below the organization's row."""
    versions = {(part.slug, part.version): _instrument(part) for part in export.instruments}
    people = People(export.people)
    Membership.objects.bulk_create(
        Membership(organization=organization, user=people[person.email], **person.member.model_dump())
        for person in export.people
        if person.member is not None
    )
    assessments = load_assessments(export.assessments, organization, people, versions)
    if export.inventory is not None:
        load_inventory(export.inventory, organization)
    load_decisions(export, organization, people)
    plans = load_plans(export.plans, organization, people, assessments)
    load_reports(export, organization, people, plans)
    AuditEvent.objects.bulk_create(
        AuditEvent(
            organization=organization, user=people.get(row.user), kind=row.kind, detail=row.detail, at=row.at
        )
        for row in export.audit
    )
    record(
        "organization-imported",
        organization=None,
        detail={"name": organization.name, "uuid": str(organization.uuid)},
    )


def _organization(export: schema.Export) -> Organization:
    """Make the organization's row; its address is the old one, or the next one that is free."""
    slug, number = export.slug, 2
    while Organization.objects.filter(slug=slug).exists():
        slug = f"{export.slug[:74]}-{number}"
        number += 1
    return Organization.objects.create(slug=slug, **export.organization.model_dump(exclude={"logo"}))


def _instrument(part: schema.InstrumentPart) -> InstrumentVersion:
    """Return the published version of a wording, publishing it if it is new; a different text is refused."""
    name = f"{part.slug} {part.version}"
    try:
        instrument = checked_instrument(part.document, name=name)
    except ContentError as error:
        raise ImportRefused(str(error).splitlines()) from error
    if (instrument.slug, instrument.version) != (part.slug, part.version):
        raise ImportRefused([f"instruments: {name} carries the document of another version"])
    known = InstrumentVersion.objects.filter(slug=part.slug, version=part.version).first()
    if known is not None and known.digest != digest(part.document):
        raise ImportRefused(
            [f"instruments: this site has published {name} with another wording, so the answers do not fit"]
        )
    return known or import_instrument(instrument=instrument, name=name)[0]


def _logo(text: str | None) -> bytes | None:
    """Return the logo, drawn again as a PNG; raises ImportRefused when it is no picture."""
    if text is None:
        return None
    try:
        return redrawn(base64.b64decode(text, validate=True))
    except binascii.Error as error:
        raise ImportRefused(["organization.logo: is not a picture in base64"]) from error
    except ValidationError as error:
        raise ImportRefused([f"organization.logo: {error.message}"]) from error
