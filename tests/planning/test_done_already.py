"""What the list of equipment says is done comes with the fact that says so."""

from datetime import date

import pytest
from django.utils import translation

from assessments.core.inventory import Device, Facts, Inventory, Service
from planning import services
from planning.core.rules import fact_is_met, read_rules
from planning.core.values import DoneWhen
from planning.selectors import plan_picture
from planning.sentences.done import done_sentences
from tests.planning.conftest import text

DAY = date(2026, 3, 1)
LIST = Inventory(
    recorded_on=date(2026, 10, 1),
    staff_count=9,
    devices=(Device("laptop", 8, personal=False), Device("printer", 1)),
    services=(
        Service("One", frozenset({"contacts", "passwords"})),
        Service("Two", frozenset({"contacts", "support"})),
        Service("Three", frozenset({"contacts"}), personal=True),
    ),
    facts=Facts(
        technology_owner="Somebody",
        accounts_of_leavers=0,
        policies={"joining-leaving": DAY},
        plans={"technology": DAY, "incident": DAY, "replacement": DAY},
    ),
)


@pytest.mark.parametrize(
    ("fact", "value", "said"),
    [
        ("inventory", "recorded", "Your list has 9 devices and 3 services."),
        ("technology-lead", "named", "Somebody is named to look after technology."),
        ("help-desk", "contracted", "1 service of yours is for “Help by contract”."),
        ("service-for", "contacts", "2 services of yours are for “Contacts”."),
        ("plan", "technology", "The technology plan is from March 1, 2026."),
        ("plan", "incident", "The plan for the day something goes wrong is from March 1, 2026."),
        ("plan", "replacement", "The plan for replacing equipment is from March 1, 2026."),
        ("policy", "joining-leaving", "List for people who join or leave: last reviewed on March 1, 2026."),
        (
            "not-shown",
            "no-tech-plan",
            "The technology plan is from March 1, 2026; the rule says it is looked at once in 24 months.",
        ),
    ],
)
def test_the_fact_that_is_met_is_told(fact, value, said):
    readings = read_rules(LIST, {})
    done_when = DoneWhen(fact, value)
    assert fact_is_met(done_when, LIST, readings)
    names = {"support": "Help by contract", "contacts": "Contacts"}
    with translation.override("en"):
        assert done_sentences(done_when, LIST, readings, sites={}, purposes=names) == (said,)


def test_plan_and_action_say_what_shows_that_something_is_done(client, at, plan, director):
    found = plan_picture(plan, language="en").proposed_done
    assert len(found) > 2
    assert all(one.shown_by for one in found)
    one, confirm = found[0], "Open it to confirm."
    services.choose_by_hand(plan=plan, revision=None, chosen=[one.key], user=director)
    page, alone = text(client.get(at("plan", 1))), text(client.get(at("action", 1, one.key)))
    for sentence in one.shown_by:
        assert sentence in page
        assert sentence in alone
    assert confirm in page
    assert "Until you confirm it, it can still be chosen." in alone
    services.propose_plan(plan=plan, revision=None, user=director)
    locked = text(client.get(at("plan", 1)))
    assert f"Your list says that this is done. {one.shown_by[0]}" in locked
    assert confirm not in locked
    assert "Until you confirm it" not in text(client.get(at("action", 1, one.key)))
