"""The printed report, read back: text, figures, tags, fonts, links, bookmarks."""

import io
import re
import subprocess
from collections import Counter
from itertools import pairwise

import pdfplumber
import pikepdf
import pytest

from reports.render import pdf
from reports.render.context import sections
from reports.render.pdf import Options, render
from tests.factories.documents import large, small
from tests.printed import elements, text_of

FONTS = re.compile(r"[A-Z]{6}\+Source-(Serif-4|Sans-3)")


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
    render(
        small(),
        options=Options(language="es"),
        on_progress=lambda percent, words: told.append((percent, words)),
    )
    percents = [percent for percent, _words in told]
    assert percents[0] < 10
    assert percents[-1] == 100
    assert percents == sorted(percents)
    assert any("Page 3" in words for _percent, words in told)


def test_an_actions_numbers_are_each_used_once(english):
    numbers = Counter(re.findall(r"\bA(\d+) Do the", text_of(english.pdf)))
    assert set(numbers) == {str(n) for n in range(1, 15)}


def test_the_running_head_names_the_section_that_a_page_begins_in(english, document):
    titles = {section.title for section in sections(document)}
    with pdfplumber.open(io.BytesIO(english.pdf)) as opened:
        pages = [[line["text"] for line in page.extract_text_lines()] for page in opened.pages[2:]]
    running = ""
    for head, *body in pages:
        begins = body[0] if body[0] in titles else running
        assert head == f"Alder House {begins}"
        running = next((line for line in reversed(body) if line in titles), running)
