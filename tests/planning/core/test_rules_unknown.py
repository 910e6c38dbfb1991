"""The rules where only some rows of the inventory have a field, and the dates and bounds that they are made of.

All is read on 2026-03-16.
"""

from dataclasses import replace
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.core.inventory import (
    ABSENT,
    Backup,
    Device,
    Facts,
    Inventory,
    Line,
    Service,
    Site,
)
from planning.core.rules import count_things, read_rule
from planning.core.rules.evidence import Bounds, months_before
from planning.core.values import RuleState

DAY = date(2026, 3, 16)


def holds(challenge: str, inventory: Inventory, support: dict[str, Any], part: int = 0) -> bool | None:
    return read_rule(challenge, inventory, support).parts[part].holds


def computers(*years: int | None) -> tuple[Device, ...]:
    return tuple(Device("laptop", 1, year) for year in years)


@pytest.mark.parametrize(
    ("years", "share", "oldest"),
    [
        ((2020, 2024, 2024, 2024), False, False),  # exactly 25 % is not more
        ((2020, 2020, 2024, 2024), True, False),
        ((2020, 2020, 2024, None), True, None),  # 2 of 4 are enough whatever the fourth is
        ((2020, 2024, 2024, None), None, None),  # 1 or 2 of 4
        ((2024, 2024, 2024, None), False, None),  # 0 or 1 of 4: 25 % at most
        ((2017, None, None, None), None, True),  # 2017 is 9 years old
    ],
)
def test_aging_hardware_with_unknown_years(
    years: tuple[int | None, ...], share: bool | None, oldest: bool | None, support: Any
) -> None:
    inventory = Inventory(DAY, 4, devices=computers(*years))
    assert holds("aging-hardware", inventory, support) is share
    assert holds("aging-hardware", inventory, support, 1) is oldest


def test_devices_out_of_use_are_left_out(support: Any) -> None:
    old = Device("desktop", 3, 2010, os="Windows 7", in_use=False)
    inventory = Inventory(DAY, 1, devices=(old, *computers(2024)))
    assert holds("aging-hardware", inventory, support) is False
    assert count_things(inventory, support)["devices-past-support"] is None  # the laptop names no system
    assert count_things(inventory, support)["computers-older-than-5-years"] == 0


@pytest.mark.parametrize(
    ("os", "own_date", "past"),
    [
        ("Windows 11", None, False),
        ("Windows 10", None, True),
        ("Windows 10", date(2026, 9, 17), False),  # six months before is 2026-03-17, a day later
        ("Windows 11", date(2026, 9, 16), True),  # a date of its own goes before the table
        ("BeOS", None, None),
        (None, None, None),
    ],
)
def test_support_of_a_device(os: str | None, own_date: date | None, past: bool | None, support: Any) -> None:
    device = Device("laptop", 1, 2024, os=os, supported_until=own_date)
    assert holds("unsupported-software", Inventory(DAY, 1, devices=(device,)), support) is past


@pytest.mark.parametrize(
    ("services", "expected"),
    [
        ([("file-sharing", 8, False)], False),  # 8 of 10 is exactly 80 %
        ([("file-sharing", 7, False)], True),
        ([("file-sharing", 8, True)], True),  # a personal one does not count
        ([("file-sharing", 4, False), ("file-sharing", 4, False)], True),  # the largest, not the sum
        ([("file-sharing", None, False)], None),
        ([("file-sharing", None, False), ("file-sharing", 9, False)], False),
        ([(None, 9, False)], None),
        ([(None, 7, False)], True),
        ([("other", None, False)], True),
    ],
)
def test_shared_storage_with_unknowns(
    services: list[tuple[str | None, int | None, bool]], expected: bool | None, support: Any
) -> None:
    rows = tuple(
        Service(str(number), frozenset({purpose}) if purpose else None, users, personal=personal)
        for number, (purpose, users, personal) in enumerate(services)
    )
    assert holds("no-shared-storage", Inventory(DAY, 10, services=rows), support) is expected


@pytest.mark.parametrize(
    ("purposes", "two_step", "expected"),
    [
        ({"banking"}, "some", True),
        ({"banking"}, "all", False),
        ({"team-chat"}, "none", False),
        ({"team-chat"}, None, False),
        ({"banking"}, None, None),
        (None, "none", None),
        (None, "all", False),
    ],
)
def test_weak_sign_in_with_unknowns(
    purposes: set[str] | None, two_step: str | None, expected: bool | None, support: Any
) -> None:
    service = Service("x", None if purposes is None else frozenset(purposes), two_step=two_step)
    assert holds("weak-sign-in", Inventory(DAY, 1, services=(service,)), support) is expected


@pytest.mark.parametrize(
    ("shared", "manager", "expected"),
    [
        (True, None, True),
        (True, False, False),  # an owned password manager
        (True, True, True),  # a personal one does not hold the logins
        (False, None, False),
        (None, None, None),
        (None, False, False),
    ],
)
def test_shared_passwords(
    shared: bool | None, manager: bool | None, expected: bool | None, support: Any
) -> None:
    rows = [Service("x", frozenset({"website"}), shared_login=shared)]
    if manager is not None:
        rows.append(Service("vault", frozenset({"passwords"}), shared_login=False, personal=manager))
    assert holds("shared-passwords", Inventory(DAY, 1, services=tuple(rows)), support) is expected


@pytest.mark.parametrize(
    ("managed", "expected"),
    [
        ((9,), False),  # 1 of 10 is exactly 10 %
        ((8,), True),
        ((8, None), None),  # 2 of 20 exactly 10 %, or more
        ((10, None), None),
        ((5, None), True),
    ],
)
def test_unmanaged_devices(managed: tuple[int | None, ...], expected: bool | None, support: Any) -> None:
    devices = tuple(Device("laptop", 10, 2024, managed=number) for number in managed)
    assert holds("unmanaged-devices", Inventory(DAY, 1, devices=devices), support) is expected


@pytest.mark.parametrize(
    ("years", "expected"),
    [
        ((2020, 2020, 2020), False),  # fewer than four
        ((2020, 2020, 2020, 2021), True),
        ((2020, 2020, 2021, 2022), False),  # exactly half
        ((2020, 2020, 2021, None), None),
        ((2020, 2020, 2020, None), True),
        ((2020, 2021, 2022, None), False),  # half at most
    ],
)
def test_one_year_of_computers(years: tuple[int | None, ...], expected: bool | None, support: Any) -> None:
    inventory = Inventory(DAY, 4, devices=computers(*years))
    assert holds("no-replacement-cycle", inventory, support, 1) is expected


@pytest.mark.parametrize(
    ("line", "staff", "expected"),
    [
        (Line("a", Fraction(50), Fraction(20)), 10, False),  # exactly enough
        (Line("a", Fraction(50), Fraction(19)), 10, True),
        (Line("a", None, Fraction(19)), 10, True),  # slow up is enough
        (Line("a", None, Fraction(20)), 10, None),
        (Line("a", Fraction(50), Fraction(20)), None, None),
        (Line("b", Fraction(1), Fraction(1)), 10, None),  # a site that is not on the list
    ],
)
def test_slow_line(line: Line, staff: int | None, expected: bool | None, support: Any) -> None:
    inventory = Inventory(DAY, 10, sites=(Site("a", staff),), lines=(line,))
    assert holds("slow-connectivity", inventory, support) is expected
    assert count_things(inventory, support)["slow-sites"] == (None if expected is None else int(expected))


def test_weak_wifi_sites(support: Any) -> None:
    sites = (Site("a", 1), Site("b", 1))
    old = Device("network", 1, 2019, site="a")  # 7 years old
    base = Inventory(DAY, 2, devices=(old,), sites=sites, facts=Facts(guest_wifi=True))
    assert count_things(base, support)["sites-with-weak-wifi"] == 1
    assert holds("weak-wifi", base, support) is True
    nowhere = replace(base, devices=(replace(old, site=None),))
    assert holds("weak-wifi", nowhere, support) is True
    assert count_things(nowhere, support)["sites-with-weak-wifi"] is None
    unknown_guests = replace(base, facts=Facts())
    assert count_things(unknown_guests, support)["sites-with-weak-wifi"] is None
    assert read_rule("weak-wifi", unknown_guests, support).state is RuleState.SHOWN
    no_guest_network = replace(base, devices=(), facts=Facts(guest_wifi=False))
    assert count_things(no_guest_network, support)["sites-with-weak-wifi"] == 2


@pytest.mark.parametrize(
    ("backup", "state"),
    [
        (Backup(True, 7, date(2025, 3, 16)), RuleState.NOT_SHOWN),  # exactly 7 days, exactly 12 months
        (Backup(True, 8, date(2025, 3, 16)), RuleState.SHOWN),
        (Backup(True, 7, date(2025, 3, 15)), RuleState.SHOWN),
        (Backup(True, 7, ABSENT), RuleState.SHOWN),
        (Backup(True, ABSENT, None), RuleState.SHOWN),
        (Backup(False, None, None), RuleState.SHOWN),
        (Backup(True, 7, None), RuleState.SILENT),
        (Backup(), RuleState.SILENT),
    ],
)
def test_no_backups(backup: Backup, state: RuleState, support: Any) -> None:
    inventory = Inventory(DAY, 1, facts=Facts(backup=backup))
    assert read_rule("no-backups", inventory, support).state is state


def test_unknown_costs_of_services_are_counted(support: Any) -> None:
    def with_unknown(unknown: int, of: int, budget: int | None = 100) -> RuleState:
        rows = tuple(Service(str(i), yearly_cost_cents=None if i < unknown else 0) for i in range(of))
        facts = Facts(yearly_technology_budget_cents=budget)
        return read_rule("no-tech-budget", Inventory(DAY, 1, services=rows, facts=facts), support).state

    assert with_unknown(1, 4) is RuleState.NOT_SHOWN  # exactly 25 %
    assert with_unknown(2, 4) is RuleState.SHOWN
    assert with_unknown(0, 4, budget=0) is RuleState.SHOWN
    assert with_unknown(0, 4, budget=None) is RuleState.SILENT


# ---- Dates and bounds ----


def test_months_before_ends_in_the_28th() -> None:
    assert months_before(date(2026, 3, 31), 12) == date(2025, 3, 28)
    assert months_before(date(2026, 3, 28), 1) == date(2026, 2, 28)
    assert months_before(date(2026, 3, 16), 24) == date(2024, 3, 16)
    assert months_before(date(2026, 5, 30), 6) == date(2025, 11, 28)


@given(st.integers(0, 50), st.integers(0, 50), st.integers(0, 50), st.integers(1, 10))
def test_bounds_agree_with_every_number_in_them(low: int, more: int, limit: int, times: int) -> None:
    answers = {number * times > limit for number in range(low, low + more + 1)}
    expected = answers.pop() if len(answers) == 1 else None
    assert Bounds(low, low + more).above(limit, times=times) is expected
