"""The demonstration organizations as rows: people, answers of the first round, inventory, goals. Real content."""

from datetime import UTC, datetime
from functools import cache

from assessments.models import (
    Answer,
    Assessment,
    DatedFact,
    Device,
    InternetLine,
    InventoryRecord,
    Respondent,
    Service,
    Site,
)
from assessments.selectors.instruments import question_ids
from assessments.services.content import import_instrument
from organizations.models import Membership, Organization, User
from planning.models import Goal
from portfolio.core.cohort import Cohort, CohortOrganization
from portfolio.core.filling import fill
from portfolio.core.reading import read_cohort
from tests.factories.instruments import SOCIAL, shipped

NOON = datetime(2026, 3, 16, 12, tzinfo=UTC)
DATED = {
    "acceptable_use": DatedFact.Kind.ACCEPTABLE_USE,
    "data_protection": DatedFact.Kind.DATA_PROTECTION,
    "social_media": DatedFact.Kind.SOCIAL_MEDIA,
    "joiners_leavers": DatedFact.Kind.JOINING_LEAVING,
    "technology": DatedFact.Kind.TECHNOLOGY,
    "incident": DatedFact.Kind.INCIDENT,
    "replacement": DatedFact.Kind.REPLACEMENT,
}


@cache
def cohort() -> Cohort:
    """Return the demonstration as its file has it, read once a run."""
    return read_cohort()


def cohort_organization(key: str = "corvina-renters") -> Organization:
    """Return one demonstration organization with everything that planning reads, and its director."""
    source = cohort().organization(key)
    organization = _organization(source)
    people = _people(source, organization)
    _answers(source, organization, people)
    _inventory(source, organization)
    for position, goal in enumerate(source.goals):
        Goal.objects.create(
            organization=organization,
            title=goal.title["en"],
            measure=goal.measure["en"],
            by=goal.by,
            areas=list(goal.areas),
            position=position,
        )
    return organization


def director_of(organization: Organization) -> User:
    """Return the director of an organization."""
    return Membership.objects.get(organization=organization, role=Membership.Role.DIRECTOR).user


def member(organization: Organization, role: str) -> User:
    """Return a new member of an organization in this role."""
    user = User.objects.create(email=f"{role}-{organization.slug}-{User.objects.count()}@example.org")
    Membership.objects.create(organization=organization, user=user, role=role)
    return user


def _organization(source: CohortOrganization) -> Organization:
    profile = source.profile
    return Organization.objects.create(
        slug=source.key,
        name=source.name,
        mission=profile.mission["en"],
        staff_count=profile.staff_count,
        full_time_equivalents=profile.full_time_equivalents,
        devices_count=profile.devices,
        sites_count=len(profile.sites),
        yearly_budget_cents=int(profile.yearly_budget * 100),
        yearly_technology_budget_cents=int(profile.yearly_technology_budget * 100),
    )


def _people(source: CohortOrganization, organization: Organization) -> dict[str, User]:
    users = {}
    for person in source.people:
        users[person.key] = User.objects.create(email=person.email, name=person.name)
        Membership.objects.create(
            organization=organization,
            user=users[person.key],
            role="director" if person.role == "director" else "respondent",
            answers_as=person.role,
        )
    return users


def _answers(source: CohortOrganization, organization: Organization, users: dict[str, User]) -> None:
    instrument = shipped()
    version = import_instrument(instrument=instrument, name=SOCIAL)[0]
    ids = question_ids(version)
    assessment = Assessment.objects.create(
        organization=organization, number=1, instrument=version, kind="full", created_at=NOON, opened_at=NOON
    )
    for entry in source.answers:
        if entry.round != "baseline":
            continue
        respondent = Respondent.objects.create(
            assessment=assessment,
            user=users[entry.person],
            group=source.person(entry.person).role,
            created_at=NOON,
        )
        Answer.objects.bulk_create(
            Answer(
                respondent=respondent,
                question_id=ids[one.question],
                kind=one.kind.value,
                level=one.level,
                saved_at=NOON,
            )
            for one in fill(instrument, source.key, entry)
        )


def _inventory(source: CohortOrganization, organization: Organization) -> None:
    inventory, facts = source.inventory, source.inventory.facts
    record = InventoryRecord.objects.create(
        organization=organization,
        recorded_on=inventory.recorded_on,
        has_technology_owner=facts.technology_owner is not None,
        technology_owner=facts.technology_owner or "",
        support_hours_a_month=facts.support_hours_a_month,
        training_hours_per_person_last_year=facts.training_hours_per_person_last_year,
        backup_second_copy=facts.backup.second_copy,
        backup_newest_days=facts.backup.newest_days,
        backup_newest_none=facts.backup.newest_days is None,
        guest_wifi=facts.guest_wifi,
        accounts_of_leavers=facts.accounts_of_leavers,
        staff_off_site_without_laptop_share=facts.staff_off_site_without_laptop_share,
        yearly_cost_paid_by_ending_grants_share=facts.yearly_cost_paid_by_ending_grants_share,
    )
    days = {**facts.policies.model_dump(), **facts.plans.model_dump()}
    DatedFact.objects.bulk_create(
        [
            *(
                DatedFact(inventory=record, kind=kind, exists=days[name] is not None, on=days[name])
                for name, kind in DATED.items()
            ),
            DatedFact(
                inventory=record,
                kind=DatedFact.Kind.RESTORE_TEST,
                exists=facts.backup.last_restore_test is not None,
                on=facts.backup.last_restore_test,
            ),
        ]
    )
    sites = {
        site.key: Site.objects.create(
            inventory=record, key=site.key, name=site.name, place=site.place, staff=site.staff
        )
        for site in source.profile.sites
    }
    InternetLine.objects.bulk_create(
        InternetLine(site=sites[line.site], kind=line.kind, down=line.down, up=line.up)
        for line in inventory.internet
    )
    Device.objects.bulk_create(
        Device(
            inventory=record,
            kind=one.kind,
            count=one.count,
            year=one.year,
            os=one.os,
            site=sites[one.site],
            personal=one.owner == "personal",
            encrypted=one.encrypted,
            managed=one.managed,
        )
        for one in inventory.devices
    )
    Service.objects.bulk_create(
        Service(
            inventory=record,
            name=one.name["en"],
            purposes=list(one.purpose),
            users=one.users,
            yearly_cost_cents=int(one.yearly_cost * 100),
            two_step=one.two_step,
            shared_login=one.shared_login,
            personal=one.owner == "personal",
        )
        for one in inventory.services
    )
