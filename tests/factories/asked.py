"""An assessment in every house: open, of the small instrument, with everybody who may answer ready to."""

from datetime import date
from typing import Any

from assessments.models import Assessment, Device, InternetLine, InventoryRecord, Respondent, Service, Site
from assessments.services.answers import join
from assessments.services.assessments import start_assessment
from organizations import access
from organizations.models import Membership, Organization
from tests.factories.assessments import NOON, small_version
from tests.factories.people import House, furnish


def begin(
    organization: Organization, *, kind: str = "full", user: Any = None, number: int = 1, **changes: Any
) -> Assessment:
    """Return a new open assessment of the small instrument; `changes` go into its document."""
    version = small_version(**changes)
    return start_assessment(
        organization=organization, instrument=version, kind=kind, number=number, user=user, at=NOON
    )


def joined(assessment: Assessment, membership: Membership, **chosen: bool) -> Respondent:
    """Return the member as somebody who answers."""
    return join(
        assessment=assessment,
        membership=membership,
        **{"named": False, "agrees_to_show": False, **chosen},
        at=NOON,
    )


@furnish
def with_assessment(house: House) -> None:
    """Hang the assessment and one row of each kind of the inventory into the house."""
    assessment = begin(house.organization)
    for role, membership in house.members.items():
        if role in access.ROLES[access.ANSWER]:
            joined(assessment, membership)
    record = InventoryRecord.objects.create(organization=house.organization, recorded_on=date(2026, 3, 16))
    site = Site.objects.create(inventory=record, key="office", name="Office", staff=11)
    house.objects["assessment"] = assessment
    house.objects["inventory"] = {
        "devices": Device.objects.create(inventory=record, kind="laptop", count=3, year=2023, site=site),
        "services": Service.objects.create(inventory=record, name="Mail", purposes=["email-calendar"]),
        "sites": site,
        "lines": InternetLine.objects.create(site=site, down=200, up=100),
    }
