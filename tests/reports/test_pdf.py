"""The printed report, read back: text, figures, tags, fonts, links, bookmarks; and what it refuses."""

import io
import re
import subprocess
from collections import Counter
from fractions import Fraction
from itertools import pairwise

import pdfplumber
import pikepdf
import pytest
from django.template import TemplateDoesNotExist

from reports.core import document as doc
from reports.core.document import redact
from reports.render import pdf
from reports.render.context.profile import glance
from reports.render.context.say import Say
from reports.render.pdf import Options, ReportError, render
from tests.factories.documents import action, cell, large, line, plan, profile, question, small, words

FONTS = re.compile(r"[A-Z]{6}\+Source-(Serif-4|Sans-3)")


def text_of(data: bytes) -> str:
    """Return what a reader can copy out of it, in reading order."""
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=data, check=True, capture_output=True)
    return re.sub(r"\s+", " ", done.stdout.decode())


def everything_in(data: bytes) -> bytes:
    """Return every byte of a PDF with all its streams unpacked, and its text as a reader sees it."""
    plain = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as file:
        file.save(plain, stream_decode_level=pikepdf.StreamDecodeLevel.all, compress_streams=False)
    return plain.getvalue() + text_of(data).encode()


def elements(node: pikepdf.Object):
    """Yield the elements of the structure tree in order."""
    kids = node.get("/K")
    if kids is None:
        return
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)


@pytest.fixture(scope="module")
def document():
    return large()


@pytest.fixture(scope="module")
def english(document):
    return render(document, options=Options(code="ABCD-1234"))


@pytest.fixture(scope="module")
def file(english):
    with pikepdf.open(io.BytesIO(english.pdf)) as opened:
        yield opened


@pytest.fixture(scope="module")
def tree(file):
    return list(elements(file.Root.StructTreeRoot))


def test_it_has_as_many_pages_as_a_foundation_reads(english, file):
    assert english.pages == len(file.pages)
    assert 12 <= english.pages <= 20


def test_it_says_what_it_is(file, document):
    assert str(file.Root.Lang) == "en"
    assert bool(file.Root.MarkInfo.Marked)
    assert str(file.docinfo["/Title"]) == "Alder House: technology plan"
    assert str(file.docinfo["/Author"]) == "Alder House"
    assert str(file.docinfo["/CreationDate"]).startswith("D:20261001")
    assert b"pdfuaid:part" in file.Root.Metadata.read_bytes() or b"pdfuaid" in file.Root.Metadata.read_bytes()


def test_headings_go_down_one_step_at_a_time(tree):
    levels = [int(str(e.S)[2:]) for e in tree if re.fullmatch(r"/H[1-6]", str(e.S))]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert levels.count(2) == 18  # the contents and 17 sections


def test_pictures_have_words_and_heads_of_tables_their_scope(tree, document):
    figures = [e for e in tree if str(e.S) == "/Figure"]
    assert len(figures) >= 6
    assert all(len(str(e.get("/Alt", ""))) > 20 for e in figures)
    spoken = " ".join(str(e.Alt) for e in figures)
    assert "Collaboration, effective 0.8" in spoken
    heads = [e for e in tree if str(e.S) == "/TH"]
    assert len(heads) > 100
    assert all(str(e.A.Scope) in ("/Row", "/Column") for e in heads)


def test_bookmarks_name_every_section_and_open_on_its_page(file, document):
    with file.open_outline() as outline:
        top = outline.root[0]
        names = (
            [item.title for item in top.children]
            if len(outline.root) == 1
            else [i.title for i in outline.root]
        )
    titles = [section.title for section in pdf.build(document, language="en", code="")["sections"]]
    assert [name for name in names if any(name.endswith(title) for title in titles)]
    found = " ".join(names)
    assert all(title in found for title in titles)


def test_every_link_inside_leads_somewhere(file):
    names = file.Root.Names.Dests
    known = set()

    def collect(node):
        if "/Names" in node:
            known.update(str(name) for name in list(node.Names)[::2])
        for kid in node.get("/Kids", []):
            collect(kid)

    collect(names)
    links = [
        annotation
        for page in file.pages
        for annotation in page.get("/Annots", [])
        if str(annotation.Subtype) == "/Link"
    ]
    assert len(links) > 100
    for link in links:
        target = link.get("/Dest") if "/Dest" in link else link.A.get("/D")
        assert str(target) in known


def test_the_thread_goes_both_ways(english):
    text = text_of(english.pdf)
    assert re.search(r"Meets C\d", text)
    assert re.search(r"Paid in B\d+–B\d+, p\. \d+", text)
    assert re.search(r"A\d+, p\. \d+", text)
    assert "p. )" not in text
    assert "page ." not in text


def test_only_our_fonts_are_in_it_and_all_are_embedded(english, tmp_path):
    path = tmp_path / "report.pdf"
    path.write_bytes(english.pdf)
    rows = subprocess.run(["pdffonts", path], check=True, capture_output=True, text=True).stdout.splitlines()[
        2:
    ]
    assert rows
    for row in rows:
        assert FONTS.match(row), row
        assert row.split()[-5:-2] == ["yes", "yes", "yes"]


def test_every_figure_of_the_money_is_that_of_the_document(english, document):
    text = text_of(english.pdf)
    for cents in (
        document.plan.total.likely,
        *(year.likely for year in document.plan.by_year),
        *(one.total.likely for one in document.plan.lines),
    ):
        assert f"${(cents + 50) // 100:,}" in text
    with pdfplumber.open(io.BytesIO(english.pdf)) as file:
        rows = [row for page in file.pages for table in page.extract_tables() for row in table]
    assert rows or text  # the tables have no vertical lines; their text is checked above


def test_every_result_and_every_question_is_in_it(english, document):
    text = text_of(english.pdf)
    for one in document.cells:
        assert f"{one.area.title()}, {one.quality}" in text
    for n in range(1, 49):
        assert f"Question q-{n}?" in text
    for one in document.plan.actions:
        assert one.title["en"] in text


def test_it_carries_its_code_and_the_day_of_its_data(english):
    text = text_of(english.pdf)
    assert "Code of this report: ABCD-1234." in text
    assert "frozen copy of our data of October 1, 2026" in text


def test_the_same_document_gives_the_same_bytes(english, document):
    assert render(document, options=Options(code="ABCD-1234")).pdf == english.pdf


def test_a4_is_a4_and_letter_is_letter(english):
    def size(data):
        with pikepdf.open(io.BytesIO(data)) as opened:
            return {tuple(round(float(x)) for x in page.MediaBox[2:]) for page in opened.pages}

    assert size(english.pdf) == {(612, 792)}
    assert size(render(small(), options=Options(paper="a4")).pdf) == {(595, 842)}


def test_it_is_written_in_the_language_that_was_asked_for():
    rendered = render(small(), options=Options(language="es"))
    with pikepdf.open(io.BytesIO(rendered.pdf)) as opened:
        assert str(opened.Root.Lang) == "es"
    text = text_of(rendered.pdf)
    assert "Do buy (es)" in text
    assert "octubre de 2026" in text
    assert "$19,065" in text


def test_it_tells_how_far_it_is():
    told = []
    render(small(), options=Options(), on_progress=lambda percent, words: told.append((percent, words)))
    percents = [percent for percent, _words in told]
    assert percents[0] < 10
    assert percents[-1] == 100
    assert percents == sorted(percents)
    assert any("Page 3" in words for _percent, words in told)


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
    options = Options(language=language, security=False, notes=False, appendix=False)
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
    for trace in ("Work, secure", "1.4", "Note slow", "S-guard", "Question password?", "Title weak-sign-in"):
        assert trace in text, trace


def test_a_document_that_is_cut_already_renders_the_same():
    cut = redact(small(), security=False, notes=False, appendix=False)
    options = Options(security=False, notes=False, appendix=False)
    assert text_of(render(cut, options=options).pdf) == text_of(render(small(), options=options).pdf)


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


# ---- small plans ----


def test_a_plan_without_actions_goals_and_inventory_is_a_report():
    bare = small(goals=(), inventory=None, in_order=(), plan=plan(()))
    rendered = render(bare, options=Options())
    text = text_of(rendered.pdf)
    assert "No action is in the plan yet." in text
    assert "No goals are written down yet" in text
    assert "There is no list of equipment yet" in text
    assert "Three-year budget" not in text
    assert 6 <= rendered.pages <= 12


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


def test_options_know_their_languages_and_papers():
    with pytest.raises(ValueError, match="No such language or paper"):
        Options(language="fr")
    with pytest.raises(ValueError, match="No such language or paper"):
        Options(paper="a5")


def test_an_actions_numbers_are_each_used_once(english):
    numbers = Counter(re.findall(r"\bA(\d+) Do the", text_of(english.pdf)))
    assert set(numbers) == {str(n) for n in range(1, 15)}


@pytest.mark.parametrize(
    ("people", "said"), [(None, ""), (0, "volunteers only"), (1, "1 paid person"), (7, "7 paid people")]
)
def test_it_says_of_people_only_what_is_known(people, said):
    numbers = ("full_time_equivalents", "volunteers", "devices", "sites")
    known = profile(staff_count=people, **dict.fromkeys(numbers))
    rows = {row.head: row.text for row in glance(Say(small(organization=known), "en"))}
    assert rows.get("People", "") == said
    assert "Volunteers" not in rows


def test_training_of_nobody_knows_how_many_is_not_counted():
    text = text_of(render(small(organization=profile(staff_count=None)), options=Options()).pdf)
    assert "hours of work, is given by us" in text
    assert "hours of training" not in text
