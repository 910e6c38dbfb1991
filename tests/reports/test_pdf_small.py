"""The printed report of an organization of which little is known, or of which everything is in order."""

import io
from base64 import b64encode
from datetime import date
from fractions import Fraction

import pdfplumber
import pytest
from PIL import Image

from reports.core import document as doc
from reports.render.context.profile import glance, places_sentence
from reports.render.context.say import Say
from reports.render.pdf import Options, html, render
from tests.factories.documents import action, cell, line, plan, profile, question, small, words
from tests.printed import text_of


def test_a_plan_without_actions_goals_and_inventory_is_a_report():
    bare = small(goals=(), inventory=None, in_order=(), plan=plan(()))
    rendered = render(bare, options=Options())
    text = text_of(rendered.pdf)
    assert "No action is in the plan yet." in text
    assert "No goals are written down yet" in text
    assert "There is no list of what we have yet" in text
    assert "Three-year budget" not in text
    assert 6 <= rendered.pages <= 12


@pytest.mark.parametrize("bare", [False, True])
def test_no_page_of_a_small_report_is_half_empty(bare):
    """Cover, contents, summary and the last page have the length that they have."""
    known = small(goals=(), inventory=None, in_order=(), plan=plan(())) if bare else small()
    with pdfplumber.open(io.BytesIO(render(known, options=Options()).pdf)) as file:
        for page in file.pages[3:-1]:
            foot = page.height - 48
            lowest = max(word["bottom"] for word in page.extract_words() if word["bottom"] < foot)
            assert lowest > 0.7 * foot, f"page {page.page_number}"


def test_best_answers_everywhere_are_a_report():
    best = small(
        cells=(cell("work", "efficient", Fraction(4)), cell("work", "secure", Fraction(4))),
        challenges=(),
        contradictions=(),
        plan=plan(()),
    )
    text = text_of(render(best, options=Options()).pdf)
    assert "No result lies below its target." in text


def test_an_assessment_without_any_level_is_a_report():
    empty = small(
        cells=(cell("work", "efficient", None), cell("work", "secure", None)),
        questions=(),
        challenges=(),
        contradictions=(),
        plan=plan(()),
    )
    assert "There is no result yet." in text_of(render(empty, options=Options()).pdf)


def test_one_respondent_counts_are_not_told_apart():
    alone = small(questions=(question("slow", "social/work/efficient", Fraction(2), counts=None, notes=()),))
    text = text_of(render(alone, options=Options()).pdf)
    assert "Where fewer than three gave a level, only the level of the question is shown." in text
    assert "Reached slow." in text


def test_an_action_that_costs_nothing_has_no_budget_line():
    free = small(
        plan=plan((action("talk", "social/work/efficient", owner="", start_quarter=None, end_quarter=None),))
    )
    text = text_of(render(free, options=Options()).pdf)
    assert "no money" in text
    assert "to be named" in text
    assert "not scheduled" in text


def test_titles_of_any_length_are_cut_in_pictures_only():
    title = "Replace every machine that is older than anybody here can remember, with all that belongs to it"
    long = small(
        plan=plan((action("buy", "social/work/efficient", title=words(title), lines=(line(0, 100, 0),)),))
    )
    assert title in text_of(render(long, options=Options()).pdf)


@pytest.mark.parametrize(
    ("people", "said"), [(None, ""), (0, "volunteers only"), (1, "1 paid person"), (7, "7 paid people")]
)
def test_it_says_of_people_only_what_is_known(people, said):
    numbers = ("full_time_equivalents", "volunteers", "devices", "sites")
    known = profile(staff_count=people, **dict.fromkeys(numbers))
    rows = {row.head: row.text for row in glance(Say(small(organization=known), "en"))}
    assert rows.get("People", "") == said
    assert "Volunteers" not in rows


@pytest.mark.parametrize(
    ("typed", "listed", "counted", "said"),
    [
        (3, 2, 3, "Our profile counts 3 places of work, our list names 2; prices count 3."),
        (1, 2, 1, "Our profile counts 1 place of work, our list names 2; prices count 1."),
        (0, 1, 0, "Our profile counts 0 places of work, our list names 1; prices count 0."),
        (4, 1, 7, "Our profile counts 4 places of work, our list names 1; prices count 7."),
        (2, 2, 2, ""),
        (2, 0, 2, ""),
        (2, None, 2, ""),
        (None, 2, 2, ""),
        (None, 1, 7, ""),
        (3, 2, None, ""),
    ],
)
def test_two_numbers_of_places_of_work_are_said_and_not_silently_chosen(typed, listed, counted, said):
    known = small(
        organization=profile(sites=typed),
        plan=plan((), sites_counted=counted),
        inventory=doc.InventoryPart(recorded_on=date(2026, 3, 16), sites=listed),
    )
    say = Say(known, "en")
    assert places_sentence(say) == said
    page = html(known, options=Options())
    assert said in page
    assert ("Our profile counts" in page) is bool(said)
    rows = {row.head: row.text for row in glance(say)}
    assert rows.get("Places of work") == (None if typed is None else str(typed))


def test_training_of_nobody_knows_how_many_is_not_counted():
    text = text_of(render(small(organization=profile(staff_count=None)), options=Options()).pdf)
    assert "hours of work, is given by us" in text
    assert "hours of training" not in text


@pytest.mark.parametrize("mission", ["We stand together. " * 8, "We stand together. " * 40])
@pytest.mark.parametrize("language", ["en", "es"])
def test_a_cover_with_all_that_it_can_hold_is_one_page(mission, language):
    picture = io.BytesIO()
    Image.new("RGB", (60, 60), "teal").save(picture, "PNG")
    full = profile(
        name="Riverbend Neighbors and Tenants Together Alliance",
        mission=mission,
        logo=b64encode(picture.getvalue()).decode(),
        is_demo=True,
    )
    rendered = render(small(organization=full), options=Options(language=language))
    with pdfplumber.open(io.BytesIO(rendered.pdf)) as opened:
        second = opened.pages[1].extract_text()
    assert ("Contents" if language == "en" else "Contenido") in second
