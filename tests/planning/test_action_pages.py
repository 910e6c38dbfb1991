"""The pages of single actions: put in and taken out, edited, of one's own, done; bad input at the field."""

import re

import pytest
from django.utils.translation import override

from organizations.money import whole_money
from planning import selectors, services
from planning.models import Plan, PlanAction
from planning.selectors import plan_picture, work_of
from planning.sentences.sources import source
from tests.planning.conftest import text
from tests.planning.test_services import THREE


def test_actions_are_chosen_by_hand(client, at, plan):
    said = text(client.get(at("action-list", 1)))
    assert 'value="start-a-help-routine"' in said
    answer = client.post(at("action-list", 1), {"ticked": THREE, "revision": "1"})
    assert answer["Location"] == at("plan", 1) + "#chosen"
    assert set(THREE) <= set(work_of(plan).chosen)
    again = client.post(at("action-list", 1), {"ticked": [], "revision": "1"})
    assert again.status_code == 409
    bad = client.post(at("action-list", 1), {"ticked": ["no-such-action"], "revision": "2"})
    assert bad.status_code == 422


def test_each_amount_says_what_it_is_for(client, at, plan, director):
    late = {"owner": "", "start": "8", "hours": ""}
    services.choose_by_hand(plan=plan, revision=None, chosen=["use-a-password-manager"], user=director)
    client.post(at("action", 1, "use-a-password-manager"), {**late, "revision": "2"})
    work = work_of(Plan.objects.get())
    full = work.candidates.actions["use-a-password-manager"].cost.over(3).likely
    planned = work.costs.total.likely
    assert 0 < planned < full
    amounts = {"full": whole_money(full, "USD"), "planned": whole_money(planned, "USD")}
    said = text(client.get(at("action-list", 1)))
    assert "{planned} in this plan ({full} for the full 3 years)".format(**amounts) in said
    said = text(client.get(at("action", 1, "use-a-password-manager")))
    assert "A budget counts it as {full} for the full 3 years.".format(**amounts) in said


def test_the_actions_to_choose_from_are_folded_but_for_the_first_and_the_chosen(plan, director):
    work = work_of(plan)
    groups = selectors.grouped(selectors.action_offers(work))
    long = max(groups[:-1], key=lambda group: len(group.more))
    assert len(long.shown) == 3
    assert groups[-1].shown == ()
    last = long.more[-1].key
    services.choose_by_hand(plan=plan, revision=None, chosen=[last], user=director)
    again = selectors.grouped(selectors.action_offers(work_of(Plan.objects.get())))
    found = next(group for group in again if group.title == long.title)
    assert last in {offer.key for offer in found.shown}
    assert last not in {offer.key for offer in found.more}


def test_one_action_is_put_in_and_taken_out_with_what_needs_it(client, at, plan):
    client.post(at("action-put-in", 1, "set-a-replacement-cycle"), {"revision": "1"})
    assert set(work_of(plan).chosen) == {"keep-an-inventory", "set-a-replacement-cycle"}
    client.post(at("action-take-out", 1, "keep-an-inventory"), {"revision": "2"})
    assert work_of(plan).chosen == ()
    assert client.post(at("action-put-in", 1, "no-such-action"), {"revision": "3"}).status_code == 404


def test_a_stale_button_changes_nothing_and_says_so(client, at, plan):
    answer = client.post(at("action-put-in", 1, "start-a-help-routine"), {"revision": "77"}, follow=True)
    assert "Nothing was saved" in text(answer)
    assert work_of(plan).chosen == ()


def test_an_action_shows_sources_steps_and_measures_and_is_edited(client, at, plan):
    key = "replace-aging-computers"
    said = text(client.get(at("action", 1, key)))
    for words in ("11 computers older than five years", "First steps", "How it is usually paid for", "2026"):
        assert words in said
    answer = client.post(
        at("action", 1, key),
        {
            "revision": "1",
            "owner": "Rafe",
            "start": "2",
            "hours": "30",
            "without_help": "on",
            "row0_number": "6",
            "row0_once": "1,000.50",
            "row0_yearly": "",
        },
    )
    assert answer["Location"] == at("action", 1, key)
    row = PlanAction.objects.get(key=key)
    assert (row.owner, row.start, row.hours, row.without_help) == ("Rafe", 2, 30, True)
    cost = row.costs.get()
    assert (cost.row, cost.number, cost.one_time_cents, cost.yearly_cents) == (0, 6, 100_050, None)
    assert 'value="1,000.50"' in text(client.get(at("action", 1, key)))


def test_units_can_be_bought_in_lots(client, at, plan):
    key = "replace-aging-computers"
    data = {"revision": "1", "row0_number": "6", "row0_lots": "4, 2"}
    client.post(at("action", 1, key), data)
    assert PlanAction.objects.get(key=key).costs.get().lots == [4, 2]
    assert 'value="4, 2"' in text(client.get(at("action", 1, key)))


@pytest.mark.parametrize(
    ("lots", "sentence"),
    [
        ("four", "Write how many in each year, for example 3, 3."),
        ("-1", "Write how many in each year"),
        ("0, 0", "Write how many in each year"),
        ("1, 1, 1, 1", "Write at most one number for each year of the plan: 3."),
    ],
)
def test_wrong_lots_get_a_sentence_and_are_kept(client, at, plan, lots, sentence):
    answer = client.post(at("action", 1, "replace-aging-computers"), {"revision": "1", "row0_lots": lots})
    assert answer.status_code == 422
    assert sentence in text(answer)
    assert f'value="{lots}"' in text(answer)


def test_wrong_figures_of_an_action_are_kept_with_a_sentence(client, at, plan):
    key = "replace-aging-computers"
    answer = client.post(
        at("action", 1, key), {"revision": "1", "owner": "Rafe", "row0_once": "-3", "row0_number": "x"}
    )
    assert answer.status_code == 422
    for words in (
        "An amount cannot be below 0.",
        "Write a whole number in figures",
        'value="-3"',
        'value="Rafe"',
    ):
        assert words in text(answer)
    assert not PlanAction.objects.exists()


def test_a_stale_action_form_is_refused_and_can_be_sent_again(client, at, plan, director):
    services.choose_by_hand(plan=plan, revision=1, chosen=THREE, user=director)
    data = {"revision": "1", "owner": "Lucía"}
    answer = client.post(at("action", 1, THREE[0]), data)
    assert answer.status_code == 422
    assert "Somebody changed this plan" in text(answer)
    assert 'value="Lucía"' in text(answer)
    assert 'name="revision" value="2"' in text(answer)
    client.post(at("action", 1, THREE[0]), {**data, "revision": "2"})
    assert PlanAction.objects.get(key=THREE[0]).owner == "Lucía"


def test_an_action_is_left_out_made_a_must_have_and_freed(client, at, plan):
    key = "replace-aging-computers"
    answer = client.post(at("action-exclude", 1, key), {"exclude-reason": "", "revision": "1"})
    assert answer.status_code == 422
    client.post(at("action-exclude", 1, key), {"exclude-reason": "We rent", "revision": "1"})
    assert PlanAction.objects.get(key=key).excluded_reason == "We rent"
    client.post(at("action-free", 1, key), {"revision": "2"})
    client.post(at("action-must-have", 1, key), {"revision": "3"})
    row = PlanAction.objects.get(key=key)
    assert (row.must_have, row.excluded, row.excluded_reason) == (True, False, "")


def test_done_is_confirmed_and_denied(client, at, plan, corvina):
    key = "keep-an-inventory"
    assert "Confirm that it is done" in text(client.get(at("action", 1, key)))
    client.post(at("action-done", 1, key))
    assert "Recorded as done" in text(client.get(at("action", 1, key)))
    client.post(at("action-not-done", 1, key))
    assert "Recorded as not done" in text(client.get(at("action", 1, key)))


def test_an_own_action_is_added_edited_and_removed(client, at, plan):
    cell = "social-media-alignment/collaboration/efficient"
    data = {
        "revision": "1",
        "title": "Ask the neighbours <b>",
        "kind": "policy",
        "weeks": "3",
        "hours": "10",
        "lift_cells": [cell],
        "lift": "0.5",
        "cost0_note": "Coffee",
        "cost0_category": "training",
        "cost0_once": "120",
        "cost0_yearly": "",
    }
    assert client.post(at("own-add", 1), {**data, "weeks": "0"}).status_code == 422
    assert client.post(at("own-add", 1), data).status_code == 302
    page = text(client.get(at("plan", 1)))
    assert "Ask the neighbours &lt;b&gt;" in page
    picture = plan_picture(plan)
    assert picture.action("own-1").total.likely == 12_000
    assert picture.action("own-1").rows[0].note == "Coffee"
    client.post(at("action", 1, "own-1"), {**data, "revision": "2", "title": "Other", "cost0_once": "90"})
    assert plan_picture(plan).action("own-1").total.likely == 9_000
    client.post(at("own-remove", 1, "own-1"), {"revision": "3"})
    assert not PlanAction.objects.exists()


@pytest.mark.parametrize("key", ["replace-aging-computers", "start-a-help-routine"])
def test_the_page_of_an_action_asks_the_database_little(client, at, plan, key, django_assert_max_num_queries):
    client.get(at("action", 1, key))
    with django_assert_max_num_queries(15):
        client.get(at("action", 1, key))


def test_a_source_is_the_catalogues_or_in_the_words_of_who_wrote_it():
    with override("es"):
        assert [source(text) for text in ("estimate", "Our shop", "")] == ["estimación", "Our shop", ""]


def test_an_own_figure_stands_alone_and_the_catalogue_beside_its_field(client, at, plan, director):
    key = "replace-aging-computers"
    asked = text(client.get(at("action", 1, key)))
    assert asked.count("The catalog says: 11 computers older than five years: ") == 1
    row = '<td role="cell" class="num" data-label="Cost"><span>'
    assert re.search(rf'{row}\$[\d,]+<span class="from">\$[\d,]+–\$[\d,]+</span>', asked)
    services.edit_action(
        plan=plan,
        revision=None,
        key=key,
        user=director,
        costs={0: services.OwnCost(one_time_cents=500_000, yearly_cents=0)},
    )
    own = text(client.get(at("action", 1, key)))
    assert f"{row}$5,000</span>" in own
    assert '<span>$5,000 once<span class="from">your organization</span>' in own
    assert own.count("The catalog says: 11 computers older than five years: ") == 1
