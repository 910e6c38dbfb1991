"""Sentences about the inventory: every code has one, they carry the numbers, and none is left half filled."""

from datetime import date
from fractions import Fraction

import pytest
from django.utils import translation

from assessments.selectors.inventory import inventory_of
from assessments.selectors.support import support_ends
from planning.core.rules import PART_CODES, read_rules
from planning.core.values import LeftOut, Part, Reason
from planning.sentences import labels
from planning.sentences.numbers import decimal, hours, level, listed, part, percent
from planning.sentences.reasons import left_out_sentence
from planning.sentences.rules import SENTENCES, against_of, part_sentence, proof_of
from portfolio.core.reading import read_cohort
from tests.factories.cohort import cohort_organization


def test_every_part_of_every_rule_has_a_sentence():
    assert SENTENCES.keys() == PART_CODES.keys()


def test_old_computers_are_told_in_numbers(corvina):
    readings = read_rules(inventory_of(corvina), support_ends())
    with translation.override("en"):
        assert proof_of(readings["aging-hardware"])[0] == (
            "11 of 14 computers are older than five years; the rule says more than 25%."
        )
        assert proof_of(readings["no-incident-plan"]) == (
            "There is no plan for the day something goes wrong.",
        )


@pytest.mark.parametrize("key", [one.key for one in read_cohort().organizations])
@pytest.mark.parametrize("language", ["en", "es"])
def test_the_sentences_of_the_demonstration_are_whole(db, key, language):
    readings = read_rules(inventory_of(cohort_organization(key)), support_ends())
    with translation.override(language):
        said = [s for r in readings.values() for s in (*proof_of(r), *against_of(r))]
    assert len(said) > 15
    for sentence in said:
        assert "%(" not in sentence
        assert "None" not in sentence
        assert sentence.endswith(".")


def test_a_bound_is_told_as_at_least():
    numbers = {"computers": 10, "older": None, "older_at_least": 4, "limit_percent": 25}
    with translation.override("en"):
        assert part_sentence(Part("aging-hardware.share", True, numbers)) == (
            "At least 4 of 10 computers are older than five years; the rule says more than 25%."
        )


def test_one_is_singular_and_an_unanswered_part_says_nothing():
    with translation.override("en"):
        one = {"accounts": 1}
        assert part_sentence(Part("open-access.leavers", True, one)) == (
            "1 account of somebody who left is still open."
        )
        assert part_sentence(Part("open-access.leavers", None, {"accounts": None})) == ""


NONE_ONE_SOME_ALL = [
    ("aging-hardware.share", {"computers": 4, "older": 0}, "No computer is older than five years."),
    ("aging-hardware.oldest", {"computers": 0, "older": 0}, ""),
    ("aging-hardware.oldest", {"computers": 1, "older": 0}, "No computer is older than eight years."),
    (
        "too-few-devices.owned",
        {"computers": 1, "staff": 1, "needed": 1},
        "The organization owns 1 computer for 1 paid person; the rule says at least 1.",
    ),
    ("too-few-devices.personal", {"computers": 0, "listed": 0, "staff": 3}, ""),
    (
        "too-few-devices.personal",
        {"computers": 0, "listed": 2, "staff": 3},
        "No computer in use belongs to a private person.",
    ),
    ("unsupported-software.devices", {"screens": 0, "past": 0}, ""),
    (
        "no-shared-storage.users",
        {"users": 0, "staff": 3},
        "The list shows no service of the organization for sharing files that anybody uses.",
    ),
    ("weak-wifi.age", {"devices": 0, "older": 0}, ""),
    ("weak-wifi.age", {"devices": 1, "older": 0}, "No network device is older than six years."),
    ("weak-wifi.age", {"devices": 3, "older": 1}, "1 network device is older than six years."),
    (
        "weak-wifi.age",
        {"devices": 3, "older": None, "older_at_least": 2},
        "At least 2 network devices are older than six years.",
    ),
    (
        "weak-remote-access.laptops",
        {"share": Fraction(0)},
        "Nobody who is paid works away from the office without a laptop of the organization.",
    ),
    ("weak-sign-in.two-step", {"services": 0, "weak": 0}, ""),
    (
        "weak-sign-in.two-step",
        {"services": 2, "weak": 0},
        "Every important service asks everyone for a second sign-in step.",
    ),
    (
        "weak-sign-in.two-step",
        {"services": 1, "weak": 1},
        "No important service asks everyone for a second sign-in step.",
    ),
    ("shared-passwords.logins", {"shared": 0}, "No sign-in is shared."),
    (
        "shared-passwords.logins",
        {"shared": None, "shared_at_least": 0},
        "The organization has a password manager.",
    ),
    (
        "unmanaged-devices.managed",
        {"screens": 3, "without": 0},
        "Every device is looked after from one place.",
    ),
    ("unmanaged-devices.managed", {"screens": 1, "without": 1}, "No device is looked after from one place."),
    ("unmanaged-devices.encrypted", {"screens": 3, "without": 0}, "Every device is encrypted."),
    ("unmanaged-devices.encrypted", {"screens": 1, "without": 1}, "No device is encrypted."),
    ("no-replacement-cycle.one-year", {"computers": 1, "same_year": 1, "year": 2020}, ""),
    ("no-tech-budget.costs", {"services": 1, "unknown": 0}, "The yearly cost of every service is known."),
    ("no-tech-budget.costs", {"services": 1, "unknown": 1}, "The yearly cost of no service is known."),
    (
        "one-time-funding.share",
        {"share": Fraction(0)},
        "No part of the yearly cost is paid by grants that end.",
    ),
]


@pytest.mark.parametrize(("code", "numbers", "said"), NONE_ONE_SOME_ALL)
def test_a_sentence_is_true_of_nothing_of_one_and_of_all(code, numbers, said):
    with translation.override("en"):
        assert part_sentence(Part(code, False, {**numbers, "limit_percent": 25, "limit": 2})) == said


def test_what_is_only_known_in_part_is_told_as_a_bound():
    unsure = {"screens": 9, "without": None, "without_at_least": 2, "limit_percent": 10}
    with translation.override("en"):
        for code, what in (("managed", "looked after from one place"), ("encrypted", "encrypted")):
            part = f"unmanaged-devices.{code}"
            assert part_sentence(Part(part, True, unsure)).startswith(
                f"At least 2 of 9 devices are not {what};"
            )
            assert part_sentence(Part(part, False, unsure)).endswith(f"of the devices are not {what}.")
        shared = part_sentence(Part("shared-passwords.logins", True, {"shared": None, "shared_at_least": 1}))
        assert shared.startswith("At least 1 service has a sign-in")


def test_a_site_is_called_by_its_name():
    numbers = {
        "site": "office",
        "staff": 11,
        "down": Fraction(20),
        "up": Fraction(5, 2),
        "down_needed": Fraction(55),
        "up_needed": Fraction(22),
    }
    with translation.override("en"):
        said = part_sentence(Part("slow-connectivity.line", True, numbers), {"office": "Tamarind Street"})
    assert said == ("Tamarind Street: the line has 20 Mbit/s down and 2.5 up; 11 people need 55 and 22.")


def test_days_and_missing_days_have_their_sentences():
    with translation.override("en"):
        some = Part("no-tech-plan.plan", True, {"day": date(2023, 5, 4), "limit_months": 24})
        none = Part("no-tech-plan.plan", True, {"day": "none", "limit_months": 24})
        assert "2023" in part_sentence(some)
        assert part_sentence(none) == "There is no technology plan yet."


@pytest.mark.parametrize("reason", list(Reason))
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_reason_has_a_whole_sentence(reason, language):
    found = LeftOut(
        "a",
        reason,
        needs=("b",),
        cost_cents=5_000_00,
        over_cents=1_00,
        over_hours=Fraction(5, 2),
        blocked_by=("c",),
        numbers_missing=("slow-sites",),
    )
    with translation.override(language):
        said = left_out_sentence(
            found, title=str.upper, currency="USD", budget_cents=1, excluded_reason="Not now"
        )
    assert said
    assert "%(" not in said


@pytest.mark.parametrize(
    ("needed_by", "said"),
    [
        ((), "It closes no gap itself."),
        (("b",), "It closes no gap itself; it only comes before “B”, which is not in the plan."),
        (("b", "c"), "It closes no gap itself; it only comes before “B” and “C”, which are not in the plan."),
    ],
)
def test_what_closes_no_gap_is_not_said_to_close_one_that_is_closed(needed_by, said):
    found = LeftOut("a", Reason.NOTHING_TO_GAIN, no_gap=True, needed_by=needed_by)
    with translation.override("en"):
        assert left_out_sentence(found, title=str.upper, currency="USD", budget_cents=1) == said


def test_numbers_are_rounded_half_up_and_speak_the_language():
    with translation.override("en"):
        assert (level(Fraction(1, 20)), level(Fraction(9, 4)), level(0)) == ("0.1", "2.3", "0.0")
        assert (decimal(Fraction(19, 2)), decimal(1234), decimal(Fraction(1, 3), 2)) == (
            "9.5",
            "1,234",
            "0.33",
        )
        assert percent(Fraction(1, 8)) == "13%"
        with translation.override("es"):
            assert percent(Fraction(1, 8)) == "13\u00a0%"
        assert (hours(1), hours(Fraction(3, 2))) == ("1 hour", "1.5 hours")
        assert listed(["a", "b", "c"]) == "a, b and c"
    with translation.override("es"):
        assert (level(Fraction(9, 4)), decimal(1234)) == ("2.3", "1,234")


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (Fraction(1, 40), ""),
        (Fraction(34, 1000), "less than a twentieth"),
        (Fraction(44, 1000), "less than a twentieth"),
        (Fraction(45, 1000), "about a twentieth"),
        (Fraction(6, 100), "about a fifteenth"),
        (Fraction(12, 100), "about an eighth"),
        (Fraction(38, 100), "about two fifths"),
        (Fraction(1, 2), "about half"),
        (Fraction(96, 100), "nearly all"),
        (Fraction(1), "all"),
    ],
)
def test_a_share_is_told_in_plain_words(share, words):
    with translation.override("en"):
        assert part(share) == words
    with translation.override("es"):
        assert (part(share) == words) is (words == "")


def test_the_usual_hours_are_written_as_everywhere():
    with translation.override("en"):
        assert labels.capacity_help(Fraction(67, 2)).startswith("Leave it empty for 33.5 hours: ")
        assert labels.capacity_help(Fraction(26)).startswith("Leave it empty for 26 hours: ")


def test_quarters_and_years_of_a_plan():
    with translation.override("en"):
        assert [labels.quarter(2026, 4, index) for index in (0, 1, 5)] == ["Q4 2026", "Q1 2027", "Q1 2028"]
        assert labels.plan_year(2026, 4, 0) == "Oct 2026 to Sep 2027"
        assert labels.plan_year(2027, 1, 1) == "Jan 2028 to Dec 2028"
