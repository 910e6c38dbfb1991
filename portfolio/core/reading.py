"""Read the demonstration cohort, and check how its parts fit each other and other content. Plain Python."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from assessments.core.content import Finding, load, show
from portfolio.core.cohort import AnswerEntry, Cohort, CohortFunder, CohortOrganization

COHORT = Path(__file__).parents[1] / "content" / "demo" / "cohort.yaml"
COMPUTERS = ("desktop", "laptop")


@dataclass(frozen=True, slots=True)
class Known:
    """What other content defines: names that the cohort may use. `cells` are "area/quality" of each instrument."""

    cells: Mapping[str, Collection[str]] = field(default_factory=dict)
    challenges: Collection[str] = ()
    actions: Collection[str] = ()
    purposes: Collection[str] = ()
    device_kinds: Collection[str] = ()


def read_cohort(path: Path = COHORT, *, known: Known | None = None) -> Cohort:
    """Return the checked cohort; raises ContentError with a line an error.

    With `known` the names that other content defines are checked as well.
    """

    def everything(cohort: Cohort) -> Iterator[Finding]:
        yield from relate(cohort)
        if known is not None:
            yield from refer(cohort, known)

    return load(path, Cohort, relate=everything)


# ---- Within the file ----


def relate(cohort: Cohort) -> Iterator[Finding]:
    """Yield what does not fit within the file."""
    yield from _once("organizations", (one.key for one in cohort.organizations))
    yield from _once("funders", (one.key for one in cohort.funders))
    rounds = [one.key for one in cohort.cohort.rounds]
    organizations = {one.key: one for one in cohort.organizations}
    yield from _once("cohort.rounds", rounds)
    yield from _named(
        "consultant.works_with", cohort.consultant.works_with, organizations, "an organization of this file"
    )
    for organization in cohort.organizations:
        yield from _relate_organization(organization, rounds)
    for funder in cohort.funders:
        yield from _relate_funder(funder, organizations)
    people = [cohort.consultant, *(one for group in cohort.organizations for one in group.people)]
    everyone = [*people, *(one for group in cohort.funders for one in group.people)]
    yield from _once("(file): the people", (one.key for one in everyone))
    yield from _once("(file): the people", (one.email for one in everyone))


def _relate_organization(organization: CohortOrganization, rounds: Collection[str]) -> Iterator[Finding]:
    at = f"organizations[{organization.key}]"
    people = [one.key for one in organization.people]
    sites = [one.key for one in organization.profile.sites]
    inventory = organization.inventory
    yield from _once(f"{at}.goals", (goal.key for goal in organization.goals))
    yield from _once(f"{at}.done", organization.done)
    yield from _once(f"{at}.inventory.services", (service.key for service in inventory.services))
    for name, rows in (("devices", inventory.devices), ("internet", inventory.internet)):
        yield from _named(f"{at}.inventory.{name}", (row.site for row in rows), sites, "a site here")
    if inventory.facts.technology_owner is not None:
        owner = [inventory.facts.technology_owner]
        yield from _named(f"{at}.inventory.facts.technology_owner", owner, people, "a person here")
    yield from _relate_devices(organization, at)
    answered = Counter((entry.person, entry.round) for entry in organization.answers)
    for (person, in_round), times in answered.items():
        if times > 1:
            yield f"{at}.answers", f"{show(person)} has {times} entries for {show(in_round)}"
    yield from _named(f"{at}.answers", (one.person for one in organization.answers), people, "a person here")
    yield from _named(f"{at}.answers", (one.round for one in organization.answers), rounds, "a round")


def _relate_devices(organization: CohortOrganization, at: str) -> Iterator[Finding]:
    devices = organization.inventory.devices
    for position, device in enumerate(devices):
        for name in ("encrypted", "managed"):
            if getattr(device, name) > device.count:
                yield (
                    f"{at}.inventory.devices[{position}].{name}",
                    f"is {getattr(device, name)} of {device.count} devices",
                )
    found = {
        "computers": sum(device.count for device in devices if device.kind in COMPUTERS),
        "devices": sum(device.count for device in devices),
    }
    for name, count in found.items():
        if (written := getattr(organization.profile, name)) != count:
            yield f"{at}.profile.{name}", f"is {written}; the inventory has {count}"


def _relate_funder(
    funder: CohortFunder, organizations: Mapping[str, CohortOrganization]
) -> Iterator[Finding]:
    at = f"funders[{funder.key}]"
    named_here = [*(one.organization for one in funder.shares), *(one.organization for one in funder.grants)]
    yield from _named(at, named_here, organizations, "an organization of this file")
    for position, share in enumerate(funder.shares):
        owner = organizations.get(share.organization)
        people = [one.key for one in owner.people] if owner else []
        named = [key for key in (share.granted_by, share.revoked_by) if key is not None]
        yield from _named(f"{at}.shares[{position}]", named, people, f"a person of {share.organization}")
        if (share.revoked_on is None) != (share.revoked_by is None):
            yield f"{at}.shares[{position}]", "revoked_on and revoked_by go together"


# ---- What other files define ----


def refer(cohort: Cohort, known: Known) -> Iterator[Finding]:
    """Yield each name that no other content file defines."""
    cells = {cell for found in known.cells.values() for cell in found}
    areas = {cell.partition("/")[0] for cell in cells}
    qualities = {cell.partition("/")[2] for cell in cells}
    if cohort.instrument not in known.cells:
        yield "instrument", f"{show(cohort.instrument)} is not an instrument"
    for organization in cohort.organizations:
        at = f"organizations[{organization.key}]"
        inventory, expect = organization.inventory, organization.expect
        yield from _named(
            f"{at}.inventory.devices",
            (one.kind for one in inventory.devices),
            known.device_kinds,
            "a kind of device",
        )
        purposes = (purpose for one in inventory.services for purpose in one.purpose)
        yield from _named(f"{at}.inventory.services", purposes, known.purposes, "a purpose of a service")
        yield from _named(
            f"{at}.goals", (area for one in organization.goals for area in one.areas), areas, "an area"
        )
        yield from _patterns(f"{at}.targets", organization.targets, areas, qualities)
        yield from _named(f"{at}.done", organization.done, known.actions, "an action")
        for entry in organization.answers:
            yield from _refer_answers(f"{at}.answers[{entry.person}]", entry, cells, areas, qualities)
        yield from _named(f"{at}.expect.challenges", expect.challenges, known.challenges, "a challenge")
        named = [
            *(expect.difference.cells if expect.difference else ()),
            *(expect.change.cells if expect.change else ()),
        ]
        named += [expect.strongest_cell] if expect.strongest_cell else []
        yield from _named(f"{at}.expect", named, cells, "a cell")
        yield from _named(f"{at}.expect", filter(None, [expect.weakest_area]), areas, "an area")
        yield from _named(f"{at}.expect", filter(None, [expect.weakest_quality]), qualities, "a quality")
    for funder in cohort.funders:
        at = f"funders[{funder.key}]"
        redacted = (key for share in funder.shares for key in share.redact)
        yield from _named(f"{at}.shares", redacted, qualities, "a quality")
        explained = (key for grant in funder.grants for key in grant.challenges)
        yield from _named(f"{at}.grants", explained, known.challenges, "a challenge")


def _refer_answers(
    at: str, entry: AnswerEntry, cells: Collection[str], areas: Collection[str], qualities: Collection[str]
) -> Iterator[Finding]:
    levels = [f"{area}/{quality}" for area, row in entry.levels.items() for quality in row]
    yield from _named(f"{at}.levels", levels, cells, "a cell")
    yield from _named(f"{at}.only", entry.only or (), cells, "a cell")
    yield from _named(f"{at}.comments", (one.cell for one in entry.comments), cells, "a cell")
    for name, patterns in (("dont-know", entry.dont_know), ("not-applicable", entry.not_applicable)):
        yield from _patterns(f"{at}.{name}", patterns, areas, qualities)


def _patterns(
    at: str, patterns: Iterable[str], areas: Collection[str], qualities: Collection[str]
) -> Iterator[Finding]:
    for pattern in patterns:
        area, _, quality = pattern.partition("/")
        if area not in {*areas, "*"} or quality not in {*qualities, "*"}:
            yield at, f"{show(pattern)} is not a cell, with or without stars"


def _named(at: str, names: Iterable[str], known: Collection[str], what: str) -> Iterator[Finding]:
    for name in dict.fromkeys(names):
        if name not in known:
            yield at, f"{show(name)} is not {what}"


def _once(at: str, names: Iterable[str]) -> Iterator[Finding]:
    for name, times in Counter(names).items():
        if times > 1:
            yield at, f"{show(name)} comes {times} times"
