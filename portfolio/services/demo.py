"""The demonstration: invented organizations with everything that real ones would have. Safe to load twice.

It goes through the same services as people do; only its dates lie in the past. Passwords are random each time and are
kept nowhere but, in the embedded mode, in a file that its owner alone can read.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from assessments.selectors import published
from jobs.models import Job
from organizations.models import Membership, Organization, User
from organizations.services.organizations import delete_organization
from organizations.services.people import create_user
from portfolio.core.cohort import Cohort, Someone
from portfolio.core.dates import years_between
from portfolio.models import Demonstration
from portfolio.services.demo_organization import Maker
from reports.models import Report

PASSWORD_BYTES = 9
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class SignIn:
    """One way into the demonstration."""

    email: str
    password: str
    name: str
    what: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was loaded; `rounded` counts the targets of half a level that were rounded down."""

    sign_ins: tuple[SignIn, ...]
    rounded: int
    new: bool


def load_demo(*, cohort: Cohort, language: str, at: datetime, say: Say = lambda line: None) -> Loaded:
    """Load the demonstration in one transaction; when it is here already, only its passwords are renewed.

    Raises LookupError when the instrument's content was not imported yet.
    """
    if Demonstration.objects.filter(removed_at__isnull=True).exists():
        return Loaded(renew_sign_ins(cohort=cohort), 0, new=False)
    version = published(cohort.instrument).first()
    if version is None:
        raise LookupError(cohort.instrument)
    with transaction.atomic():
        years = years_between(cohort.as_of, at.date())
        demonstration = Demonstration.objects.create(
            version=cohort.version, years=years, language=language, loaded_at=at
        )
        people = {one.key: _person(one, demonstration) for one in everyone(cohort)}
        maker = Maker(cohort=cohort, version=version, people=people, language=language, years=years, at=at)
        for organization in cohort.organizations:
            say(organization.name)
            maker.make(organization)
        maker.share()
    return Loaded(renew_sign_ins(cohort=cohort), maker.rounded, new=True)


def everyone(cohort: Cohort) -> list[Someone]:
    """Return all people of the cohort: of the organizations, the consultant, of the funders."""
    members: list[Someone] = [person for one in cohort.organizations for person in one.people]
    funders: list[Someone] = [person for funder in cohort.funders for person in funder.people]
    return [*members, cohort.consultant, *funders]


def _person(someone: Someone, demonstration: Demonstration) -> User:
    """Return the account of a person; one that was here before is used as it is and stays when the rest goes."""
    known = User.objects.filter(email=someone.email).first()
    if known is not None:
        return known
    user = create_user(email=someone.email, name=someone.name, language=someone.language)
    demonstration.people.add(user)
    return user


def renew_sign_ins(*, cohort: Cohort) -> tuple[SignIn, ...]:
    """Give each kind of person of the demonstration a new random password, and return these."""
    demonstration = Demonstration.objects.filter(removed_at__isnull=True).first()
    if demonstration is None:
        return ()
    first = cohort.organizations[0]
    wanted: list[tuple[Someone, str]] = [
        (person, f"{one.name}: director")
        for one in cohort.organizations
        for person in one.people
        if person.role == "director"
    ]
    wanted += [
        (person, f"{first.name}: {person.role}") for person in first.people if person.role != "director"
    ]
    wanted.append((cohort.consultant, "consultant of all five"))
    wanted += [(person, f"{funder.name}: funder") for funder in cohort.funders for person in funder.people]
    own = {user.email: user for user in demonstration.people.all()}
    found = []
    for someone, what in wanted:
        user = own.get(someone.email)
        if user is None:
            continue
        password = secrets.token_urlsafe(PASSWORD_BYTES)
        user.set_password(password)
        user.save(update_fields=["password"])
        found.append(SignIn(user.email, password, someone.name, what))
    return tuple(found)


@transaction.atomic
def remove_demo(*, at: datetime) -> int:
    """Take the demonstration away, files included; return how many organizations went.

    People who joined an organization of their own meanwhile keep their account.
    """
    organizations = list(Organization.objects.filter(is_demo=True))
    jobs = list(Report.objects.filter(organization__in=organizations).values_list("job_id", flat=True))
    for organization in organizations:
        delete_organization(organization=organization, user=None)
    Job.objects.filter(pk__in=jobs).delete()
    for demonstration in Demonstration.objects.filter(removed_at__isnull=True):
        busy = Membership.objects.filter(user__in=demonstration.people.all()).values("user_id")
        for user in demonstration.people.exclude(pk__in=busy):
            user.delete()
        demonstration.removed_at = at
        demonstration.save(update_fields=["removed_at"])
    return len(organizations)
