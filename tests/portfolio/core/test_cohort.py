"""The shipped demonstration: it is right, and its answers show what it says that they show."""

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import pytest

from assessments.core.change import compare
from assessments.core.content import ContentError
from assessments.core.instruments import Instrument
from assessments.core.inventory import DEVICE_KINDS
from assessments.core.scoring import score
from assessments.core.values import Response, Result, Targets
from assessments.core.views import Person, two_views
from portfolio.core.cohort import CohortOrganization
from portfolio.core.filling import cell_targets, fill
from portfolio.core.reading import COHORT, Known, read_cohort
from tests.factories.instruments import MATURITY, SOCIAL, shipped

COHORT_DATA = read_cohort()
INSTRUMENT = shipped(SOCIAL)
ORGANIZATIONS = {organization.key: organization for organization in COHORT_DATA.organizations}
WITH_DIFFERENCE = [one.key for one in COHORT_DATA.organizations if one.expect.difference]
WITH_CHANGE = [one.key for one in COHORT_DATA.organizations if one.expect.change]


def responses(
    organization: CohortOrganization,
    in_round: str = "baseline",
    *,
    instrument: Instrument = INSTRUMENT,
    roles: Iterable[str] = ("director", "staff", "tech", "board"),
) -> list[Response]:
    people = {one.key for one in organization.people if one.role in roles}
    return [
        Response(one.question, entry.person, one.kind, one.level)
        for entry in organization.answers
        if entry.round == in_round and entry.person in people
        for one in fill(instrument, organization.key, entry)
    ]


def result(answers: list[Response], organization: CohortOrganization) -> Result:
    wanted = cell_targets(INSTRUMENT, organization.targets, own=True)
    targets = Targets(cells={cell: target.level for cell, target in wanted.items()})
    return score(INSTRUMENT, asked=INSTRUMENT.by_key.keys(), responses=answers, targets=targets)


def known(**changes: object) -> Known:
    instruments = {slug: shipped(slug).cells for slug in (SOCIAL, MATURITY)}
    return Known(**{"cells": instruments, "device_kinds": DEVICE_KINDS, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize("key", ORGANIZATIONS)
def test_the_weakest_and_the_strongest_are_as_told(key: str) -> None:
    organization = ORGANIZATIONS[key]
    expect, found = organization.expect, result(responses(organization), organization)
    scores = {cell.key: cell.score for cell in found.cells if cell.score is not None}
    weakest_quality = min(found.qualities, key=lambda one: found.qualities[one] or Fraction())
    weakest_area = min(found.areas, key=lambda one: found.areas[one] or Fraction())
    assert expect.weakest_quality in (None, weakest_quality)
    assert expect.weakest_area in (None, weakest_area)
    assert expect.strongest_cell in (None, max(scores, key=lambda one: scores[one]))
    assert len(scores) == 12


@pytest.mark.parametrize("key", WITH_DIFFERENCE)
def test_the_roles_differ_as_told(key: str) -> None:
    organization = ORGANIZATIONS[key]
    wanted = organization.expect.difference
    assert wanted is not None
    first, second = (result(responses(organization, roles=[role]), organization) for role in wanted.between)
    apart = {cell: (first.cell(cell).score or 0) - (second.cell(cell).score or 0) for cell in wanted.cells}
    assert {cell for cell, levels in apart.items() if abs(levels) < wanted.at_least} == set()


@pytest.mark.parametrize("key", WITH_DIFFERENCE)
def test_the_two_views_are_shown_and_disagree(key: str) -> None:
    organization = ORGANIZATIONS[key]
    wanted = organization.expect.difference
    assert wanted is not None
    people = [Person(one.key, one.role, named=one.named) for one in organization.people]
    views = two_views(
        INSTRUMENT, asked=INSTRUMENT.by_key.keys(), people=people, responses=responses(organization)
    )
    shown = {view.key: view.pair.disagree for view in views if view.pair is not None}
    assert {cell: shown.get(cell) for cell in wanted.cells} == dict.fromkeys(wanted.cells, True)


@pytest.mark.parametrize("key", WITH_CHANGE)
def test_what_was_funded_changed_as_told(key: str) -> None:
    organization = ORGANIZATIONS[key]
    wanted = organization.expect.change
    assert wanted is not None
    before = result(responses(organization), organization)
    after = result(responses(organization, "six-month-check"), organization)
    change = compare(before, after)
    shifts = {cell: change.cell(cell).shift for cell in wanted.cells}
    assert {cell: shift is not None and shift.rise > 0 for cell, shift in shifts.items()} == dict.fromkeys(
        wanted.cells, wanted.direction == "up"
    )


@pytest.mark.parametrize("key", ORGANIZATIONS)
def test_the_mean_of_a_cell_stays_near_the_level_asked_for(key: str) -> None:
    organization = ORGANIZATIONS[key]
    for entry in organization.answers:
        filled = {one.question: one for one in fill(shipped(MATURITY), organization.key, entry)}
        for cell, questions in shipped(MATURITY).by_cell.items():
            found = [filled[one.key].level for one in questions if one.key in filled]
            levels = [level for level in found if level is not None]
            area, _, quality = cell.partition("/")
            wanted = Fraction(entry.levels.get(area, {}).get(quality, entry.fallback))
            if len(levels) == len(questions) and min(levels) > 0 and max(levels) < 4:
                assert abs(Fraction(sum(levels), len(levels)) - wanted) <= Fraction(1, 2 * len(levels))


def test_names_of_other_content_are_checked() -> None:
    names = {"challenges": set(), "actions": set(), "purposes": set()}
    for one in COHORT_DATA.organizations:
        names["challenges"] |= set(one.expect.challenges)
        names["actions"] |= set(one.done)
        names["purposes"] |= {purpose for service in one.inventory.services for purpose in service.purpose}
    for funder in COHORT_DATA.funders:
        names["challenges"] |= {key for grant in funder.grants for key in grant.challenges}
    assert read_cohort(known=known(**names)) == COHORT_DATA
    with pytest.raises(ContentError) as caught:
        read_cohort(known=known(**names | {"actions": names["actions"] - {"keep-an-inventory"}}))
    assert caught.value.lines[0] == (
        "cohort.yaml: organizations[corvina-renters].done: 'keep-an-inventory' is not an action"
    )


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        (
            "staff_count: 11\n",
            "staff_count: eleven\n",
            "profile.staff_count: must be a whole number, is 'eleven'",
        ),
        ("      computers: 14\n", "      computers: 15\n", "profile.computers: is 15; the inventory has 14"),
        (
            "technology_owner: rafe-lindeskog",
            "technology_owner: nobody-here",
            "inventory.facts.technology_owner: 'nobody-here' is not a person here",
        ),
        (
            'os: "Windows 10", site: office, use: {en: "Organizers',
            'os: "Windows 10", site: moon, use: {en: "Organizers',
            "inventory.devices: 'moon' is not a site here",
        ),
        ('{"*/*": 3.0, "multimedia/*": 2.5}', '{"*/*": 3.2}', "targets.*/*: must be in steps of 0.5, is 3.2"),
    ],
)
def test_what_is_wrong_is_one_line(tmp_path: Path, old: str, new: str, line: str) -> None:
    text = COHORT.read_text(encoding="utf-8")
    path = tmp_path / "cohort.yaml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(ContentError) as caught:
        read_cohort(path)
    assert caught.value.lines == [f"cohort.yaml: organizations[corvina-renters].{line}"]
