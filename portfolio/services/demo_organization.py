"""Make one organization of the demonstration: profile, people, inventory, answers, goals, plan, report, shares."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from uuid import uuid4

from django.utils import timezone

from assessments.core.content import Text
from assessments.core.instruments import Instrument
from assessments.models import (
    Assessment,
    DatedFact,
    Device,
    InstrumentVersion,
    InternetLine,
    InventoryRecord,
    Service,
    Site,
    Standing,
)
from assessments.selectors import instrument_content
from assessments.selectors.assessments import next_number
from assessments.services.answers import Offer, join, save_answers
from assessments.services.assessments import close_assessment, start_assessment
from assessments.services.targets import Wish, set_targets
from organizations.models import Membership, Organization, User
from planning.services import add_goal, mark_action
from portfolio.core.cohort import AnswerEntry, Cohort, CohortInventory, CohortOrganization, CohortShare
from portfolio.core.dates import morning, move
from portfolio.core.filling import Filled, cell_targets, fill
from portfolio.services.demo_plan import make_plan
from reports.models import Report
from reports.services.requests import request_report
from reports.services.shares import revoke_share, share_unfinished

OPEN_DAYS = 6


ROLES = {
    "director": Membership.Role.DIRECTOR,
    "staff": Membership.Role.RESPONDENT,
    "tech": Membership.Role.EDITOR,
    "board": Membership.Role.VIEWER,
}
Kind = DatedFact.Kind


class Maker:
    """Makes the organizations of one cohort and counts the targets that were rounded down (`rounded`)."""

    def __init__(
        self,
        *,
        cohort: Cohort,
        version: InstrumentVersion,
        people: Mapping[str, User],
        language: str,
        years: int,
        at: datetime,
    ) -> None:
        self.cohort, self.version, self.people, self.language = cohort, version, people, language
        self.years, self.at = years, at
        self.instrument: Instrument = instrument_content(version)
        self.made: dict[str, Organization] = {}
        self.reports: dict[str, Report] = {}
        self.rounded = 0

    def say(self, text: Text) -> str:
        """Return a text in the language of the demonstration."""
        return text.in_(self.language)

    def day(self, day: date) -> date:
        """Return a day of the file, moved."""
        return move(day, self.years)

    def make(self, source: CohortOrganization) -> Organization:
        """Make one organization."""
        organization = self._organization(source)
        self.made[source.key] = organization
        members = self._members(source, organization)
        self._inventory(source, organization)
        director = next(members[person.key].user for person in source.people if person.role == "director")
        for number, one in enumerate(self.cohort.cohort.rounds):
            entries = [entry for entry in source.answers if entry.round == one.key]
            if entries:
                self._round(
                    source, organization, members, entries, self.day(one.date), director, first=number == 0
                )
        for goal in source.goals:
            add_goal(
                organization=organization,
                title=self.say(goal.title),
                measure=self.say(goal.measure),
                by=self.day(goal.by),
                areas=goal.areas,
            )
        for action in source.done:
            mark_action(organization=organization, action=action, done=True, user=director, at=self.began)
        first_day = self.day(self.cohort.as_of)
        plan = make_plan(
            organization=organization,
            source=source,
            director=director,
            first_day=first_day,
            language=self.language,
            at=self.at,
        )
        self.reports[source.key] = request_report(
            plan=plan,
            by=director,
            language=organization.language,
            at=timezone.now(),
            idempotency_key=uuid4(),
        )
        return organization

    @property
    def began(self) -> datetime:
        """The morning of the first round."""
        return morning(self.day(self.cohort.cohort.rounds[0].date))

    def _organization(self, source: CohortOrganization) -> Organization:
        profile = source.profile
        slug = source.key
        if Organization.objects.filter(slug=slug).exists():
            slug = f"{slug}-demo"
        return Organization.objects.create(
            slug=slug,
            name=source.name,
            mission=self.say(profile.mission),
            field=self.say(profile.field.title),
            staff_count=profile.staff_count,
            full_time_equivalents=profile.full_time_equivalents,
            volunteers=profile.volunteers,
            devices_count=profile.devices,
            sites_count=len(profile.sites),
            yearly_budget_cents=cents(profile.yearly_budget),
            yearly_technology_budget_cents=cents(profile.yearly_technology_budget),
            language=self.language,
            is_demo=True,
            created_at=self.began,
        )

    def _members(self, source: CohortOrganization, organization: Organization) -> dict[str, Membership]:
        members = {
            person.key: Membership.objects.create(
                organization=organization,
                user=self.people[person.key],
                role=ROLES[person.role],
                title=self.say(person.title),
                answers_as=person.role,
                joined_at=self.began,
            )
            for person in source.people
        }
        consultant = self.cohort.consultant
        if source.key in consultant.works_with:
            Membership.objects.create(
                organization=organization,
                user=self.people[consultant.key],
                role=Membership.Role.CONSULTANT,
                title=consultant.practice,
                joined_at=self.began,
            )
        return members

    def _inventory(self, source: CohortOrganization, organization: Organization) -> None:
        inventory, facts = source.inventory, source.inventory.facts
        owner = facts.technology_owner
        record = InventoryRecord.objects.create(
            organization=organization,
            recorded_on=self.day(inventory.recorded_on),
            has_technology_owner=owner is not None,
            technology_owner=source.person(owner).name if owner else "",
            support_hours_a_month=facts.support_hours_a_month,
            training_hours_per_person_last_year=facts.training_hours_per_person_last_year,
            backup_second_copy=facts.backup.second_copy,
            backup_newest_days=facts.backup.newest_days,
            backup_newest_none=facts.backup.newest_days is None,
            guest_wifi=facts.guest_wifi,
            accounts_of_leavers=facts.accounts_of_leavers,
            staff_off_site_share=facts.staff_off_site_share,
            staff_off_site_without_laptop_share=facts.staff_off_site_without_laptop_share,
            yearly_cost_paid_by_ending_grants_share=facts.yearly_cost_paid_by_ending_grants_share,
        )
        DatedFact.objects.bulk_create(
            DatedFact(inventory=record, kind=kind, exists=day is not None, on=self.day(day) if day else None)
            for kind, day in dated_facts(inventory).items()
        )
        sites = {
            site.key: Site.objects.create(
                inventory=record, key=site.key, name=site.name, place=site.place, staff=site.staff
            )
            for site in source.profile.sites
        }
        self._equipment(inventory, record, sites)

    def _equipment(
        self, inventory: CohortInventory, record: InventoryRecord, sites: Mapping[str, Site]
    ) -> None:
        InternetLine.objects.bulk_create(
            InternetLine(
                site=sites[line.site],
                kind=line.kind,
                down=line.down,
                up=line.up,
                yearly_cost_cents=cents(line.yearly_cost),
                backup_line=line.backup_line,
            )
            for line in inventory.internet
        )
        Device.objects.bulk_create(
            Device(
                inventory=record,
                kind=one.kind,
                count=one.count,
                year=one.year + self.years,
                os=one.os,
                site=sites[one.site],
                used_by=self.say(one.use),
                personal=one.owner == "personal",
                encrypted=one.encrypted,
                managed=one.managed,
            )
            for one in inventory.devices
        )
        Service.objects.bulk_create(
            Service(
                inventory=record,
                name=self.say(one.name),
                purposes=list(one.purpose),
                users=one.users,
                yearly_cost_cents=cents(one.yearly_cost),
                renews_month=int(one.renews) if one.renews else None,
                two_step=one.two_step,
                shared_login=one.shared_login,
                personal=one.owner == "personal",
            )
            for one in inventory.services
        )

    def _round(
        self,
        source: CohortOrganization,
        organization: Organization,
        members: Mapping[str, Membership],
        entries: list[AnswerEntry],
        day: date,
        director: User,
        *,
        first: bool,
    ) -> None:
        """Let people answer one round and close it; a later round asks only its own cells."""
        began = morning(day)
        assessment = start_assessment(
            organization=organization,
            instrument=self.version,
            kind=Assessment.Kind.FULL if first else Assessment.Kind.FOLLOW_UP,
            number=next_number(organization),
            user=director,
            at=began,
        )
        if not first:
            asked = {cell for entry in entries for cell in entry.only or self.instrument.cells}
            assessment.cells = [cell for cell in self.instrument.cells if cell in asked]
            assessment.save(update_fields=["cells"])
        for number, entry in enumerate(entries, start=1):
            named = source.person(entry.person).named
            when = began + timedelta(hours=5 * number)
            self._answer(
                assessment, members[entry.person], fill(self.instrument, source.key, entry), named, when
            )
        closed = began + timedelta(days=OPEN_DAYS)
        if first:
            self._targets(source, assessment, director, closed)
        close_assessment(assessment=assessment, user=director, at=closed)

    def _answer(
        self,
        assessment: Assessment,
        member: Membership,
        answers: tuple[Filled, ...],
        named: bool,
        at: datetime,
    ) -> None:
        join(assessment=assessment, membership=member, named=named, agrees_to_show=True, at=at)
        standing = Standing.objects.select_for_update().get(assessment=assessment)
        standing.assessment = assessment
        offers = [
            Offer(one.question, one.kind.value, one.level, note=self.say(one.note) if one.note else "")
            for one in answers
        ]
        save_answers(standing=standing, user_id=member.user_id, offers=offers, at=at)

    def _targets(
        self, source: CohortOrganization, assessment: Assessment, director: User, at: datetime
    ) -> None:
        wishes = []
        for cell, target in cell_targets(self.instrument, source.targets, own=True).items():
            reason = ""
            if target.written is not None:
                reason = {
                    "en": f"We wanted {target.written}. Targets are whole levels, so it counts as {target.level}.",
                    "es": f"Queríamos {target.written}. Los objetivos son niveles enteros; cuenta como "
                    f"{target.level}.",
                }[self.language]
                self.rounded += 1
            wishes.append(Wish(cell, "", target.level, reason=reason))
        set_targets(assessment=assessment, wishes=wishes, user=director, at=at)

    def share(self) -> None:
        """Let the funders see what the organizations shared with them; one share is taken back again."""
        for funder in self.cohort.funders:
            for one in funder.shares:
                for person in funder.people:
                    self._share(one, f"{person.name}, {funder.name}", person.email)

    def _share(self, one: CohortShare, recipient: str, email: str) -> None:
        report = self.reports[one.organization]
        granted_by = self.people[one.granted_by]
        made = share_unfinished(
            report=report,
            by=granted_by,
            at=self.at,
            recipient=recipient,
            recipient_email=email,
            expires_at=end_of(self.day(one.until)),
            idempotency_key=uuid4(),
            security="secure" not in one.redact,
        )
        if one.revoked_on is not None:
            taken_back_by = self.people[one.revoked_by] if one.revoked_by else granted_by
            revoke_share(share=made.share, by=taken_back_by, at=self.at)


def end_of(day: date) -> datetime:
    """Return the end of a day, in the time zone of this site."""
    return timezone.make_aware(datetime.combine(day + timedelta(days=1), time.min))


def cents(amount: Decimal) -> int:
    """Return an amount of the file in cents."""
    return int(amount * 100)


def dated_facts(inventory: CohortInventory) -> dict[str, date | None]:
    """Return the policies, plans and tests of an inventory with their days; None: there is none."""
    policies, plans = inventory.facts.policies, inventory.facts.plans
    return {
        Kind.ACCEPTABLE_USE: policies.acceptable_use,
        Kind.DATA_PROTECTION: policies.data_protection,
        Kind.SOCIAL_MEDIA: policies.social_media,
        Kind.JOINING_LEAVING: policies.joiners_leavers,
        Kind.TECHNOLOGY: plans.technology,
        Kind.INCIDENT: plans.incident,
        Kind.REPLACEMENT: plans.replacement,
        Kind.RESTORE_TEST: inventory.facts.backup.last_restore_test,
    }
