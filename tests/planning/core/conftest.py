"""The five demonstration organizations as the rules see them, and the real catalogue."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from assessments.core.content import SHIPPED as INSTRUMENTS
from assessments.core.content import read_yaml
from assessments.core.instruments import Instrument, read_instrument
from assessments.core.inventory import ABSENT, Backup, Device, Facts, Inventory, Line, Service, Site
from assessments.core.scoring import score
from assessments.core.values import Response, Result, Targets
from planning.core.candidates import Marks, find_candidates
from planning.core.catalogue import Catalogue, read_catalogue
from planning.core.challenges import find_challenges
from planning.core.costs import capacity
from planning.core.rules import count_things, facts_met, read_rules
from planning.core.values import Candidates, Findings, Goal, Numbers
from portfolio.core.filling import cell_targets, fill
from portfolio.core.reading import read_cohort

ROOT = Path(__file__).resolve().parents[3]
POLICY_KEYS = {
    "acceptable_use": "acceptable-use",
    "data_protection": "data-protection",
    "social_media": "social-media",
    "joiners_leavers": "joining-leaving",
}


def known(value: Any) -> Any:
    """Null in the cohort means that there is none."""
    return ABSENT if value is None else value


def facts_of(raw: dict[str, Any], budget: Any) -> Facts:
    backup = raw["backup"]
    return Facts(
        technology_owner=known(raw["technology_owner"]),
        support_hours_a_month=Fraction(raw["support_hours_a_month"]),
        training_hours_per_person_last_year=Fraction(raw["training_hours_per_person_last_year"]),
        backup=Backup(
            backup["second_copy"], known(backup["newest_days"]), known(backup["last_restore_test"])
        ),
        policies={key: known(raw["policies"][name]) for name, key in POLICY_KEYS.items()},
        plans={key: known(value) for key, value in raw["plans"].items()},
        guest_wifi=raw["guest_wifi"],
        accounts_of_leavers=raw["accounts_of_leavers"],
        staff_off_site_without_laptop_share=Fraction(raw["staff_off_site_without_laptop_share"]),
        yearly_cost_paid_by_ending_grants_share=Fraction(raw["yearly_cost_paid_by_ending_grants_share"]),
        yearly_technology_budget_cents=int(budget) * 100,
    )


def inventory_of(organization: dict[str, Any]) -> Inventory:
    raw, profile = organization["inventory"], organization["profile"]
    return Inventory(
        recorded_on=raw["recorded_on"],
        staff_count=profile["staff_count"],
        devices=tuple(
            Device(
                kind=row["kind"],
                count=row["count"],
                year=row["year"],
                os=row["os"],
                site=row["site"],
                personal=row.get("owner") == "personal",
                encrypted=row["encrypted"],
                managed=row["managed"],
            )
            for row in raw["devices"]
        ),
        services=tuple(
            Service(
                name=row["key"],
                purposes=frozenset(row["purpose"]),
                users=row["users"],
                yearly_cost_cents=int(row["yearly_cost"]) * 100,
                two_step=row["two_step"],
                shared_login=row["shared_login"],
                personal=row.get("owner") == "personal",
            )
            for row in raw["services"]
        ),
        sites=tuple(Site(row["key"], row["staff"]) for row in profile["sites"]),
        lines=tuple(Line(row["site"], Fraction(row["down"]), Fraction(row["up"])) for row in raw["internet"]),
        facts=facts_of(raw["facts"], profile["yearly_technology_budget"]),
    )


@pytest.fixture(scope="session")
def cohort() -> dict[str, dict[str, Any]]:
    """The demonstration organizations by key, as the file has them."""
    raw: Any = read_yaml(ROOT / "portfolio/content/demo/cohort.yaml")
    return {organization["key"]: organization for organization in raw["organizations"]}


@pytest.fixture(scope="session")
def inventories(cohort: dict[str, dict[str, Any]]) -> dict[str, Inventory]:
    return {key: inventory_of(organization) for key, organization in cohort.items()}


@pytest.fixture(scope="session")
def support() -> dict[str, Any]:
    """The last day of security updates by operating system."""
    rows: Any = read_yaml(ROOT / "assessments/content/support-ends.yaml", top=list)
    return {row["key"]: row["ends"] for row in rows}


@dataclass(frozen=True)
class Situation:
    """One demonstration organization with everything that a choice needs."""

    key: str
    instrument: Instrument
    result: Result
    findings: Findings
    goals: tuple[Goal, ...]
    numbers: Numbers
    marks: Marks
    candidates: Candidates
    hours: Fraction


def score_baseline(organization: dict[str, Any], entries: Any, instrument: Instrument) -> Result:
    """Score the answers of the first round as the loader fills them."""
    responses, asked = [], set()
    for entry in entries:
        if entry.round == "baseline":
            asked |= {question.key for question in instrument.asked(entry.form)}
            responses += [
                Response(one.question, entry.person, one.kind, one.level)
                for one in fill(instrument, organization["key"], entry)
            ]
    targets = cell_targets(instrument, organization["targets"], own=True)
    cells = {cell: target.level for cell, target in targets.items()}
    return score(instrument, asked=asked, responses=responses, targets=Targets(cells=cells))


def situation_of(
    organization: dict[str, Any], entries: Any, inventory: Inventory, support: Any, catalogue: Catalogue
) -> Situation:
    instrument = read_instrument(INSTRUMENTS / "instruments/social-media-alignment.yaml")
    result = score_baseline(organization, entries, instrument)
    readings = read_rules(inventory, support)
    findings = find_challenges([result], readings, {})
    profile = organization["profile"]
    goals = tuple(Goal(goal["key"], frozenset(goal["areas"])) for goal in organization["goals"])
    equivalents = Fraction(profile["full_time_equivalents"])
    numbers = Numbers(
        people=profile["staff_count"],
        devices=profile["devices"],
        sites=len(profile["sites"]),
        counts=count_things(inventory, support),
    )
    marks = Marks(
        done=frozenset(organization["done"]),
        proposed=facts_met(catalogue.arithmetic.values(), readings, inventory),
    )
    candidates = find_candidates(catalogue.arithmetic, findings, goals, numbers, marks=marks)
    hours = 12 * capacity(equivalents)
    return Situation(
        organization["key"], instrument, result, findings, goals, numbers, marks, candidates, hours
    )


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return read_catalogue()


@pytest.fixture(scope="session")
def situations(
    cohort: dict[str, dict[str, Any]], inventories: Any, support: Any, catalogue: Catalogue
) -> dict[str, Situation]:
    """The demonstration organizations at their baseline, with all that a choice needs."""
    entries = {organization.key: organization.answers for organization in read_cohort().organizations}
    return {
        key: situation_of(organization, entries[key], inventories[key], support, catalogue)
        for key, organization in cohort.items()
    }
