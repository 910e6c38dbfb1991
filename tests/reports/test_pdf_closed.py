"""What the printed report leaves out, refuses and fails on: shares, hostile text, foreign files, missing fonts."""

import re
from fractions import Fraction

import pytest
from django.template import TemplateDoesNotExist
from pypdfium2 import PdfDocument

from reports.core import document as doc
from reports.core.document import redact
from reports.render import pdf
from reports.render.pdf import Options, ReportError, render
from tests.factories.documents import NAMES, cell, profile, question, small
from tests.printed import everything_in, text_of

# ---- what is left out ----


def test_a_share_without_its_gaps_does_not_say_that_there_are_none():
    gaps = small(
        cells=(cell("work", "efficient", Fraction(4)), cell("work", "secure", Fraction(0))), challenges=()
    )
    text = text_of(render(gaps, options=Options(security=False, notes=False, appendix=False)).pdf)
    assert "None of the results shown here lies below its target. This plan has" in text
    assert "No result lies below its target" not in text
    assert "there is none" not in text


@pytest.mark.parametrize("language", ["en", "es"])
def test_a_share_has_no_trace_of_what_it_does_not_grant(language):
    options = Options(language=language, security=False, notes=False, appendix=False, names=False)
    rendered = render(small(), options=options)
    data, text = everything_in(rendered.pdf), text_of(rendered.pdf)
    for trace in (
        *(
            "Secure",
            "secure",
            "Note slow",
            "Reason ",
            "Because",
            "S-guard",
            "S-teach",
            "Question slow",
            "Reached",
        ),
        *NAMES,
        *("weak-sign-in", "Guard", "Vault", "Copied daily", "Windows 7", "no-data-home", "password"),
    ):
        assert trace.encode() not in data, trace
        assert trace.encode("utf-16-be") not in data, trace
        assert trace not in text, trace
    for figure in (
        "1.4",
        "1.6",
        "1,4",
        "1,6",
    ):  # the hidden score and gap; numbers of drawing are not figures
        assert not re.search(rf"(?<![\d.,]){re.escape(figure)}(?![\d.,])", text), figure


def test_what_is_granted_is_there():
    text = text_of(render(small(), options=Options()).pdf)
    for trace in (
        "Work, secure",
        "1.4",
        "Note slow",
        "S-guard",
        "Question password?",
        "Title weak-sign-in",
        *NAMES,
    ):
        assert trace in text, trace


def test_a_document_that_is_cut_already_renders_the_same_bytes():
    cut = redact(small(), security=False, notes=False, appendix=False, names=False)
    options = Options(security=False, notes=False, appendix=False, names=False)
    assert render(cut, options=options).pdf == render(small(), options=options).pdf


# ---- what people type ----

HOSTILE = (
    '<script>alert(1)</script><img src="file:///etc/passwd"><img src="http://127.0.0.1:1/x"> '
    "{{ settings.SECRET_KEY }} {% load i18n %} &amp; \u202egnp.exe\u202c \x00\x07 \ufeff \U0001f600 "
)


def test_hostile_text_is_printed_as_text():
    hostile = small(
        organization=profile(name="A" * 90 + HOSTILE[:60], mission=HOSTILE * 20),
        goals=(doc.GoalPart(key="1", title=HOSTILE, measure="x" * 300, areas=("work",), actions=("buy",)),),
        questions=(
            question(
                "slow",
                "social/work/efficient",
                Fraction(2),
                notes=(doc.Note(text="Word " * 2000, name=HOSTILE),),
            ),
        ),
    )
    text = text_of(render(hostile, options=Options()).pdf)
    assert "<script>alert(1)</script>" in text
    assert "{{ settings.SECRET_KEY }}" in text
    assert "root:x" not in text
    assert "\u202e" not in text
    assert text.count("Word") >= 2000


@pytest.mark.parametrize(
    "letters", ["\U0001f3e0", "\u0939\u093f\u0928\u094d\u0926\u0940", "\u17a2\u1780\u17d2\u179f\u179a"]
)
def test_letters_without_a_font_do_not_stop_a_report(letters):
    """A house, Hindi, Khmer: where no font of the machine has them another sign stands, and the report says so."""
    named = small(organization=profile(mission=f"Home {letters} for all."))
    told: list[int] = []
    rendered = render(named, options=Options(), on_progress=lambda percent, _words: told.append(percent))
    assert told == sorted(told), "the report was laid out again from its first page"
    text = text_of(rendered.pdf)
    mission = text.partition("Home ")[2].partition(" for all")[0]
    assert ("?" in mission) == ("Letters and signs that no font here has" in text)
    assert mission
    assert render(named, options=Options()).pdf == rendered.pdf


def test_a_field_of_work_without_a_space_stays_on_the_sheet():
    rendered = render(small(organization=profile(field="x" * 120)), options=Options())
    with PdfDocument(rendered.pdf) as pages:
        for page in pages:
            letters = page.get_textpage()
            edges = [letters.get_charbox(place)[2] for place in range(letters.count_chars())]
            assert max(edges) <= page.get_width() - 40


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://127.0.0.1:1/x.png",
        "data:image/png;base64," + "A" * 5000,
        "../../manage.py",
    ],
)
def test_nothing_but_our_own_files_is_fetched(url):
    fetcher = pdf.ClosedFetcher()
    with pytest.raises(ValueError, match="is not one of our static files"):
        fetcher.fetch(url)


def test_a_picture_that_is_refused_fails_the_report_with_its_reason(monkeypatch):
    monkeypatch.setattr(
        pdf, "render_to_string", lambda *a: '<html lang="en"><img src="file:///etc/passwd" alt=""></html>'
    )
    with pytest.raises(ReportError, match=r"missing or not allowed.*file:///etc/passwd"):
        render(small(), options=Options())


def test_a_missing_font_fails_the_report_with_its_name(monkeypatch):
    found = pdf.finders.find
    monkeypatch.setattr(
        pdf.finders, "find", lambda name: None if "serif-4-latin-600" in name else found(name)
    )
    pdf._styles.cache_clear()
    try:
        with pytest.raises(ReportError, match=r"source-serif-4-latin-600-normal.woff2"):
            render(small(), options=Options())
    finally:
        pdf._styles.cache_clear()


def test_a_broken_font_fails_the_report(monkeypatch, tmp_path):
    broken = tmp_path / "broken.woff2"
    broken.write_bytes(b"not a font")
    found = pdf.finders.find
    monkeypatch.setattr(
        pdf.finders, "find", lambda name: str(broken) if "sans-3-latin-400" in name else found(name)
    )
    pdf._styles.cache_clear()
    try:
        with pytest.raises(ReportError, match="font"):
            render(small(), options=Options())
    finally:
        pdf._styles.cache_clear()


def test_a_failing_template_fails_the_report_with_its_reason(monkeypatch):
    def missing(*_args):
        raise TemplateDoesNotExist("reports/pdf/report.html")

    monkeypatch.setattr(pdf, "render_to_string", missing)
    with pytest.raises(ReportError, match=r"cannot be laid out.*reports/pdf/report.html"):
        render(small(), options=Options())


def test_options_know_their_languages_and_papers():
    with pytest.raises(ValueError, match="No such language or paper"):
        Options(language="fr")
    with pytest.raises(ValueError, match="No such language or paper"):
        Options(paper="a5")
