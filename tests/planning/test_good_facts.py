"""A good fact is good by its own number: that a rule does not hold is no strength."""

from datetime import date
from fractions import Fraction

import pytest
from django.utils import translation

from assessments.selectors.inventory import inventory_of
from assessments.selectors.support import support_ends
from planning.core.rules import PART_CODES, read_rules
from planning.core.values import Part
from planning.sentences.good import GOOD, good_sentence
from portfolio.core.reading import read_cohort
from tests.factories.cohort import cohort_organization

FACTS = [
    ("no-replacement-cycle.one-year", {"same_year": 2, "computers": 5, "year": 2017}, ""),
    ("aging-hardware.share", {"older": 1, "computers": 5, "limit_percent": 25}, ""),
    (
        "aging-hardware.share",
        {"older": 0, "computers": 5, "limit_percent": 25},
        "No computer is older than five years.",
    ),
    ("too-few-devices.owned", {"computers": 9, "staff": 10, "needed": 9}, ""),
    (
        "too-few-devices.owned",
        {"computers": 12, "staff": 11, "needed": 10},
        "The organization owns 12 computers for 11 paid people.",
    ),
    ("too-few-devices.personal", {"computers": 1, "listed": 9, "staff": 11, "limit_percent": 20}, ""),
    (
        "slow-connectivity.line",
        {"site": "a", "down": Fraction(200), "up": Fraction(20), "staff": 11},
        "Office: the line has 200 Mbit/s down and 20 up, enough for 11 people.",
    ),
    ("slow-connectivity.line", {"site": "a", "down": Fraction(200), "up": None, "staff": 11}, ""),
    ("weak-remote-access.laptops", {"share": Fraction(1, 10), "limit_percent": 20}, ""),
    ("unmanaged-devices.encrypted", {"without": 1, "screens": 9, "limit_percent": 20}, ""),
    (
        "no-backups.restore-test",
        {"day": date(2026, 3, 1), "limit_months": 12},
        "Reading the copy back was last tested on March 1, 2026.",
    ),
    ("no-tech-budget.costs", {"unknown": 1, "services": 9, "paid": 8, "limit_percent": 20}, ""),
    ("no-tech-budget.costs", {"unknown": 0, "services": 3, "paid": 0, "limit_percent": 20}, ""),
    ("no-tech-budget.costs", {"unknown": 0, "services": 2, "paid": 2, "limit_percent": 20}, ""),
    (
        "no-tech-budget.costs",
        {"unknown": 0, "services": 3, "paid": 1, "limit_percent": 20},
        "The yearly cost of every service is known.",
    ),
    ("missing-licences.personal", {"services": 0, "services_at_least": 0, "paid": 0}, ""),
    (
        "missing-licences.personal",
        {"services": 0, "services_at_least": 0, "paid": 1},
        "No paid service is in the name of a private person.",
    ),
    ("no-support.hours", {"hours": Fraction(2)}, ""),
    ("no-support.hours", {"hours": Fraction(8)}, "There is help with technology: 8 hours a month."),
    (
        "no-written-policy.policy",
        {"policy": "social-media", "day": date(2026, 3, 1), "limit_months": 24},
        "Social media guide: last reviewed on March 1, 2026.",
    ),
]


@pytest.mark.parametrize(("code", "numbers", "said"), FACTS)
def test_a_good_fact_is_good_by_itself(code, numbers, said):
    with translation.override("en"):
        assert good_sentence(Part(code, False, numbers), {"a": "Office"}) == said


def test_a_rule_that_holds_is_no_good_fact():
    assert good_sentence(Part("weak-wifi.guests", True, {})) == ""


def test_only_parts_of_rules_have_good_facts():
    assert GOOD.keys() < PART_CODES.keys()


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["en", "es"])
def test_no_good_fact_of_the_cohort_speaks_of_a_rule(language):
    found = []
    for one in read_cohort().organizations:
        readings = read_rules(inventory_of(cohort_organization(one.key)), support_ends())
        with translation.override(language):
            found += [good_sentence(part) for reading in readings.values() for part in reading.parts]
    told = [sentence for sentence in found if sentence]
    assert len(told) > 20
    assert [one for one in told if "the rule" in one or "la regla" in one or "%(" in one] == []
