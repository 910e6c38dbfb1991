"""A copy without the results about security says nothing of all: neither in its document, its PDF, nor on its page."""

from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from django.utils import translation

from reports import sharepage
from reports.core import document as doc
from reports.core.document import redact
from reports.render.pdf import Options, build, html
from tests.factories.documents import OPEN, SAFE, action, cell, challenge, large, part, plan, small, wording

ROOT = Path(__file__).parents[2]
INSTRUMENT = ROOT / "assessments/content/instruments/social-media-alignment.yaml"
OF_SHOWN = {"en": "Going by the results shown here, ", "es": "Según los resultados que aquí se muestran, "}


def cut(document, *, appendix=True):
    return redact(document, security=False, notes=False, appendix=appendix, names=False)


def values(document, language="en"):
    """Return what the PDF's template shows of a document."""
    with translation.override(language):
        return build(document, language=language, code="")


def sides(*levels, qualities=("effective", "efficient", "secure")):
    """Return a document of one area with these levels, side by side."""
    cells = tuple(cell("work", side, level) for side, level in zip(qualities, levels, strict=True))
    return small(wording=(wording(("work",), qualities),), cells=cells)


def test_the_credits_do_not_list_the_side_that_is_left_out():
    credits_ = yaml.safe_load(INSTRUMENT.read_text())["credits"]
    one = wording(("work",), ("efficient", "secure")).model_copy(update={"credits": doc.Text(credits_)})
    copy = cut(small(wording=(one,))).wording[0].credits
    assert copy.in_("en").startswith("The structure follows an assessment")
    assert copy.in_("es").startswith("La estructura sigue una evaluación")
    for language in ("en", "es"):
        assert "secur" not in copy.in_(language).lower()
        assert "segur" not in copy.in_(language).lower()
        assert "ZeroDivide" in copy.in_(language)
    whole = redact(small(wording=(one,)), security=True, notes=True, appendix=True, names=True)
    assert whole.wording[0] == one


@pytest.mark.parametrize("language", ["de", "fr", "ja"])
def test_the_credits_lose_that_list_in_every_language(language):
    credits_ = {
        "en": "By us (effective, secure).",
        "de": "Von uns (wirksam (und sparsam) und sicher).",
        "fr": "Par nous (efficace et sûre).",
        "ja": "私たち（効果的、安全）.",
    }
    one = wording(("work",), ("efficient", "secure")).model_copy(update={"credits": doc.Text(credits_)})
    copy = cut(small(wording=(one,))).wording[0].credits
    assert copy.in_(language) == credits_[language].replace("（", "(").partition("(")[0].strip() + "."
    other = wording(("work",), ("efficient",)).model_copy(update={"credits": doc.Text(credits_)})
    assert cut(small(wording=(other,))).wording[0] == other


@pytest.mark.parametrize("language", ["en", "es"])
def test_what_is_compared_is_said_of_the_results_shown(language):
    document = cut(sides(Fraction(5, 2), Fraction(1), Fraction(0)))
    shown, start = values(document, language), OF_SHOWN[language]
    for name in ("map_lead", "summary_lead", "extremes", "gaps_lead", "sure"):
        assert shown[name].startswith(start), name
    with translation.override(language):
        page = sharepage.build(document)
    assert page.results[0].finding.startswith(start)
    assert any(start in paragraph for paragraph in page.paragraphs)
    whole = values(sides(Fraction(5, 2), Fraction(1), Fraction(0)), language)
    assert start not in " ".join(
        str(whole[name]) for name in ("map_lead", "summary_lead", "extremes", "sure")
    )


def test_a_result_that_may_not_be_shown_is_called_so():
    seen, hidden, unknown = sides(Fraction(1), None, None).cells
    hidden = hidden.model_copy(update={"empty": doc.Text({"en": "Too few to show", "es": "Muy pocas"})})
    document = sides(None, None, None).model_copy(update={"cells": (seen, hidden, unknown)})
    with translation.override("en"):
        result = sharepage.build(document).results[0]
    assert [cell.word for cell in result.picture.cells.values()] == [
        "Now and then",
        "Too few to show",
        "Not known",
    ]
    assert result.rows[0][1] == ("1.0", "Too few to show", "not known")


def test_what_rises_is_told_of_the_results_shown():
    lead = values(cut(sides(Fraction(1), Fraction(1), Fraction(1))))["map_lead"]
    assert lead.endswith(
        "Results shown here that lie below their target: 2. Expected to rise with this plan: 2. "
        "Expected to reach their target: 0."
    )


def test_one_result_or_none_is_what_is_shown():
    one = values(cut(sides(Fraction(1), Fraction(1), qualities=("efficient", "secure"))))
    assert one["map_lead"].startswith("One result is shown here: Work, 1.0 of 4.")
    none = values(cut(sides(None, Fraction(1), qualities=("efficient", "secure"))))
    assert none["map_lead"] == "No result is shown here."
    assert none["sure"] == none["extremes"] == ""


def test_a_good_result_is_among_those_shown():
    one = cell("work", "efficient", Fraction(3)).model_copy(
        update={"target": Fraction(4), "gap": Fraction(1)}
    )
    rows = values(cut(small(cells=(one,))))["strengths"]
    assert rows[0].text.endswith("among the best results shown here.")


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Signs for our actions"), ("es", "Señales para nuestras acciones")]
)
def test_signs_are_not_counted_over_those_left_out(language, title):
    actions = (action("open", OPEN), action("lock", SAFE), action("more", OPEN))
    assert values(cut(small(plan=plan(actions), goals=())), language)["measures_title"] == title


def test_the_strongest_cause_is_the_strongest_shown():
    rows = (
        challenge("weak-sign-in", "security", Fraction(9), part("password", SAFE, Fraction(9))),
        challenge("aging-hardware", "hardware", Fraction(3), part("slow", OPEN, Fraction(3))),
    )
    shown = values(cut(small(challenges=rows)))
    said = "Of the challenges shown here this weighs most: title aging-hardware."
    assert said in shown["summary_lead"]
    assert shown["causes_lead"].startswith(said)


PRINTED = {
    "en": {
        "here": (
            "Signs for our actions",
            "The base of the results shown here",
            "Appendix: the questions shown here and their answers",
            "The questions shown here: level, meaning, and how many gave it.",
        ),
        "nowhere": (
            "Signs for ",
            "All 32 questions",
            "All 48 questions",
            "every question and its answer",
            "secure",
        ),
    },
    "es": {
        "here": (
            "Señales para nuestras acciones",
            "La base de los resultados que aquí se muestran",
            "Apéndice: las preguntas que aquí se muestran y sus respuestas",
            "Las preguntas que aquí se muestran: nivel, significado y cuántas personas lo dan.",
        ),
        "nowhere": ("Las 32 preguntas", "Las 48 preguntas", "cada pregunta y su respuesta", "secure"),
    },
}


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_whole_copy_counts_only_what_it_shows(language):
    document = large()
    options = {"language": language, "notes": False, "names": False}
    text = html(document, options=Options(security=False, **options))
    for sentence in PRINTED[language]["here"]:
        assert sentence in text
    for sentence in PRINTED[language]["nowhere"]:
        assert sentence not in text.replace("Signs for our actions", "")
    whole = html(document, options=Options(**options))
    assert not any(sentence in whole for sentence in PRINTED[language]["here"])


def test_a_copy_without_a_strength_speaks_of_what_it_shows():
    bare = small(cells=(cell("work", "efficient", Fraction(0)),), in_order=())
    text = html(bare, options=Options(security=False))
    assert "Nothing shown here stands out yet." in text
    assert "No result stands out yet" not in text


def test_a_copy_of_a_plan_without_actions_counts_what_it_shows():
    none = sides(Fraction(1), Fraction(1), Fraction(1)).model_copy(update={"plan": plan(())})
    shown = values(cut(none))
    assert shown["calm"].text.startswith(OF_SHOWN["en"] + "2 results lie below")
    assert "What was checked" not in html(none, options=Options(security=False))


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "The reason is not in this copy."), ("es", "El motivo no está en esta copia.")],
)
def test_a_reason_that_is_left_out_is_said_to_be_so(language, said):
    challenges = tuple(
        row.model_copy(update={"stance": "rejected", "shown": False, "proof": ()})
        for row in small().challenges
    )
    bare = redact(small(challenges=challenges), security=True, notes=False, appendix=True, names=True)
    assert {row.text for row in values(bare, language)["aside"]} == {said}
