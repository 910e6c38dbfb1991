"""The gaps page: what is shown, what is decided, who sees it."""

import re
from dataclasses import replace
from fractions import Fraction

import pytest
from django.urls import reverse
from django.utils import translation

from assessments.models import Answer, InventoryRecord, Respondent
from planning.models import ChallengeDecision
from planning.render import arithmetic, findings
from planning.selectors import gaps_picture, situation
from planning.selectors.pictures import Named
from planning.sentences.numbers import decimal, percent
from tests.factories.cohort import member


@pytest.fixture
def page(corvina, client, director):
    client.force_login(director)
    return reverse("planning:gaps", args=[corvina.slug, 1])


def address(corvina, name, challenge):
    return reverse(f"planning:{name}", args=[corvina.slug, 1, challenge])


def test_the_page_shows_gaps_and_causes_with_proof(client, page):
    said = client.get(page).content.decode()
    assert "11 of 12 results are below their targets" in said
    assert "Computers too old for the work" in said
    assert "11 of 14 computers are older than five years; the rule says more than 25%." in said
    assert "True for us" in said


def test_the_causes_shown_first_are_the_fewest_that_reach_half(corvina):
    picture = gaps_picture(corvina, corvina.assessments.get())
    assert 0 < len(picture.first) <= 8
    assert picture.first[0].key == "aging-hardware"
    shares = [cause.share for cause in (*picture.first, *picture.rest)]
    assert shares == sorted(shares, reverse=True)
    reached = sum(cause.share for cause in picture.first)
    assert len(picture.first) == 8 or reached >= 0.5 > reached - picture.first[-1].share


def test_causes_that_explain_little_come_when_asked_for(client, page, corvina):
    picture = gaps_picture(corvina, corvina.assessments.get())
    weak = picture.rest[0]
    few = client.get(page).content.decode()
    assert f"Show {len(picture.rest)} more challenges" in few
    shown = [cause for cause in picture.rest if cause.proof]
    assert shown
    assert f"Your list shows {len(shown)} of them." in few
    assert f'id="{weak.key}"' not in few
    every = client.get(f"{page}?causes=all").content.decode()
    for cause in (*picture.first, *picture.rest):
        assert every.count(f'id="{cause.key}"') == 1
    accept = address(corvina, "challenge-accept", weak.key)
    assert f'action="{accept}?causes=all"' in every
    assert client.post(f"{accept}?causes=all")["Location"] == f"{page}?causes=all#{weak.key}"


def test_a_reason_that_is_missing_is_asked_for_at_a_weak_cause_too(client, page, corvina):
    weak = gaps_picture(corvina, corvina.assessments.get()).rest[0]
    answer = client.post(address(corvina, "challenge-reject", weak.key), {f"{weak.key}-reason": ""})
    assert answer.status_code == 422
    said = answer.content.decode()
    assert f'id="id_{weak.key}-reason_error"' in said
    assert said.count(" autofocus") == 1
    assert f'aria-describedby="id_{weak.key}-reason_error" autofocus' in said
    assert " autofocus" not in client.get(page).content.decode()


def test_the_arithmetic_of_a_cause_adds_up(corvina):
    for cause in gaps_picture(corvina, corvina.assessments.get()).first:
        amounts = [one.amount for one in cause.contributions]
        assert sum(amounts) == cause.strength
        for one in cause.contributions:
            assert one.amount == one.weight * one.gap * one.share * one.factor


def test_the_arithmetic_can_be_checked_on_the_page(client, page, corvina):
    said = client.get(page).content.decode()
    cause = gaps_picture(corvina, corvina.assessments.get()).first[0]
    for one in cause.contributions:
        words = arithmetic.contribution(one)
        assert words in said
        target, level, weight, part, factor = (
            Fraction(number) for number in re.findall(r"\d+(?:/\d+|\.\d+)?", words.replace(",", ""))
        )
        worked_out = (target - level) * weight * part * factor
        assert abs(worked_out - one.amount) < Fraction(1, 20)
    assert " + ".join(decimal(one.amount, 2) for one in cause.contributions[:3]) in said
    strength = decimal(cause.strength, 2)
    assert f"= {strength}. All challenges together come to " in said
    assert f"is {percent(cause.share)}." in said


def test_no_arithmetic_is_shown_of_what_two_people_said(client, page, corvina):
    def closed():
        picture = gaps_picture(corvina, corvina.assessments.get())
        return {cause.key for cause in (*picture.first, *picture.rest) if cause.closed}

    assert closed() == set()
    few = "Its arithmetic is not shown: fewer than three people answered a question behind it"
    every = f"{page}?causes=all"
    assert few not in client.get(every).content.decode()
    asked = Answer.objects.filter(question__key="collaboration-efficient-computers")
    Answer.objects.filter(pk__in=[one.pk for one in asked[2:]]).delete()
    found = closed()
    assert found
    text = client.get(every).content.decode()
    assert text.count(few) == len(found)


def test_what_waits_for_a_number_of_the_list_helps_all_the_same(client, page, corvina):
    def unhelped():
        found = gaps_picture(corvina, corvina.assessments.get()).unreached
        return {(cell.key, cause.key) for cell, causes in found for cause in causes}

    before = unhelped()
    InventoryRecord.objects.all().delete()
    assert unhelped() <= before
    said = client.get(page).content.decode()
    assert "Enter this in your list first: Computers older than five years." in said


def test_a_cause_says_what_it_counts_and_why(client, page, corvina):
    first = "If you accept it, it counts twice."
    twice = "It counts twice, because you accepted it."
    said = client.get(page).content.decode()
    assert (first in said, twice in said) == (True, False)
    assert "It counts twice, because your list shows it." in said
    client.post(address(corvina, "challenge-accept", "manual-work"))
    assert twice in client.get(page).content.decode()


def test_where_every_result_is_below_its_target_the_page_says_all(client, page):
    Answer.objects.filter(kind="level").update(level=1)
    said = client.get(page).content.decode()
    assert "All 12 results are below their targets" in said
    assert "12 of 12" not in said


@pytest.mark.parametrize(
    ("gaps", "said"),
    [
        (("1.52", "1.44"), "The widest gap is A: 1.5 levels."),
        (("1.52", "1.46", "1"), "The widest gaps are “A” and “B”: 1.5 levels each."),
        (("1.5", "1.5", "1.5", "1.5"), "4 results share the widest gap: 1.5 levels."),
    ],
)
def test_gaps_that_read_the_same_are_told_as_a_tie(corvina, gaps, said):
    picture = gaps_picture(corvina, corvina.assessments.get())
    cells = tuple(
        replace(picture.cells[0], key=title, title=title, gap=Fraction(gap))
        for title, gap in zip("ABCD", gaps, strict=False)
    )
    with translation.override("en"):
        assert findings.widest_words(replace(picture, cells=cells).widest) == said


def test_where_most_of_the_distance_lies_is_told_as_a_tie_too(corvina):
    def said(*gaps):
        cells = tuple(
            replace(cell, quality=Named(name, name), gap=Fraction(gap))
            for cell, name, gap in zip(known.cells, "ABC", gaps, strict=False)
        )
        with translation.override("en"):
            return findings.gaps_finding(cells)

    known = gaps_picture(corvina, corvina.assessments.get())
    assert said("2", "1", "1") == "Of the distance to your targets, about half lies in A."
    assert (
        said("2", "2.01", "1")
        == "Of the distance to your targets, about two fifths lies in each of these: A and B."
    )
    assert said("1", "1", "1") == ""


def test_accepting_doubles_a_cause_that_nothing_shows(client, page, corvina, director):
    before = situation(corvina).findings.challenge("manual-work")
    assert client.post(address(corvina, "challenge-accept", "manual-work")).status_code == 302
    after = situation(corvina).findings.challenge("manual-work")
    assert after.strength == 2 * before.strength
    decision = ChallengeDecision.objects.get()
    assert (decision.accepted, decision.decided_by) == (True, director)
    assert "True for us," in client.get(page).content.decode()


def test_rejecting_asks_for_a_reason_and_keeps_what_was_typed(client, page, corvina):
    url = address(corvina, "challenge-reject", "manual-work")
    answer = client.post(url, {"manual-work-reason": "   "})
    assert answer.status_code == 422
    assert "Say in a few words why this is not true for you." in answer.content.decode()
    assert not ChallengeDecision.objects.exists()
    assert client.post(url, {"manual-work-reason": "We automated it."}).status_code == 302
    assert situation(corvina).findings.challenge("manual-work").strength == 0
    assert "We automated it." in client.get(page).content.decode()


def test_rejecting_what_the_inventory_shows_is_listed_as_a_contradiction(client, page, corvina):
    client.post(
        address(corvina, "challenge-reject", "aging-hardware"), {"aging-hardware-reason": "They are fine"}
    )
    picture = gaps_picture(corvina, corvina.assessments.get())
    assert [cause.key for cause in picture.contradictions] == ["aging-hardware"]
    assert "You and your list disagree" in client.get(page).content.decode()


def test_a_decision_can_be_withdrawn(client, page, corvina):
    client.post(address(corvina, "challenge-accept", "aging-hardware"))
    client.post(address(corvina, "challenge-withdraw", "aging-hardware"))
    assert not ChallengeDecision.objects.exists()


def test_an_unknown_challenge_is_not_found(client, page, corvina):
    assert client.post(address(corvina, "challenge-accept", "no-such-thing")).status_code == 404
    assert client.get(reverse("planning:gaps", args=[corvina.slug, 99])).status_code == 404


def test_a_viewer_reads_and_does_not_decide(client, page, corvina):
    client.force_login(member(corvina, "viewer"))
    said = client.get(page).content.decode()
    assert "True for us" not in said
    assert client.post(address(corvina, "challenge-accept", "aging-hardware")).status_code == 403


def test_with_two_respondents_nothing_is_shown_until_they_agree(client, page, corvina):
    keep = list(Respondent.objects.values_list("pk", flat=True)[:2])
    Respondent.objects.exclude(pk__in=keep).delete()
    assert "The gaps are not shown yet" in client.get(page).content.decode()
    Respondent.objects.update(agrees_to_show=True)
    assert "below their targets" in client.get(page).content.decode()


def test_best_answers_everywhere_give_no_gap_and_no_cause(client, page, corvina):
    Answer.objects.filter(kind="level").update(level=4)
    Answer.objects.exclude(kind="level").update(kind="level", level=4)
    picture = gaps_picture(corvina, corvina.assessments.get())
    assert picture.best_everywhere
    assert not any(cell.gap for cell in picture.cells)
    assert (picture.first, picture.rest, picture.unreached) == ((), (), ())
    assert picture.without_gap
    assert "You are where you want to be" in client.get(page).content.decode()


@pytest.mark.parametrize("people", [3, 5])
def test_the_page_asks_the_database_little(client, page, people, django_assert_max_num_queries):
    keep = list(Respondent.objects.values_list("pk", flat=True)[:people])
    Respondent.objects.exclude(pk__in=keep).delete()
    client.get(page)
    with django_assert_max_num_queries(15):
        client.get(page)
