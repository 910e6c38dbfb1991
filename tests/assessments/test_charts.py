"""The pictures: one SVG each, escaped, described, the same bytes for the same values."""

import re
from fractions import Fraction
from pathlib import Path
from xml.etree import ElementTree

import pytest
from fontTools.ttLib import TTFont

from assessments.charts import (
    NARROW,
    WIDE,
    Ages,
    CostYear,
    CostYears,
    Frontier,
    FrontierStep,
    GapBars,
    GapRow,
    HeatCell,
    HeatMap,
    Mosaic,
    Quarter,
    Roadmap,
    RoadRow,
    ScaleKey,
    Strip,
    level_of,
)

HOSTILE = '<script>alert("1")</script> & \u202e'
PAGES_CSS = Path(__file__).resolve().parents[2] / "static" / "css" / "pages.css"
BOLD = PAGES_CSS.parents[1] / "fonts" / "source-sans-3-latin-600-normal.woff2"
SVG = "{http://www.w3.org/2000/svg}"


def parsed(svg):
    return ElementTree.fromstring(svg)  # noqa: S314  # our own SVG


def pictures(words: str = "Collaboration"):
    half = Fraction(1, 2)
    row = GapRow(words, Fraction(1), Fraction(2), Fraction(3), "2.0", hot=True)
    cells = {
        ("a", "q"): HeatCell(Fraction(5, 2), "2.5", words, "+0.5"),
        ("b", "q"): HeatCell(None, "–", words),
    }
    return [
        HeatMap(words, words, (("a", words), ("b", words)), (("q", words),), cells),
        Mosaic(words, words, ((words, ((Fraction(1), None),)),)),
        ScaleKey(words, (words,) * 5),
        Strip(words, words, ((Fraction(1), None), (Fraction(4),))),
        GapBars(words, words, (row,), words, words, words, words),
        CostYears(
            words, words, (CostYear(words, 100, 50, words), CostYear(words, 0, 0, words)), words, words
        ),
        Ages(words, words, ((2014, 3), (2015, 0), (2024, 40)), 2020, words),
        Frontier(
            words, words, (FrontierStep(0, half), FrontierStep(500, half, words)), 600, str, words, words
        ),
        Roadmap(
            words,
            words,
            (RoadRow(words, heading=True), RoadRow(words, 0, 1, upkeep=True)),
            (Quarter(words, words), Quarter(words)),
        ),
    ]


@pytest.mark.parametrize("points", [None, 504.0])
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_every_picture_is_well_formed_and_speaks(width, points):
    for picture in pictures():
        tree = parsed(picture.draw(width, points))
        names = {child.tag.removeprefix(SVG) for child in tree}
        assert "title" in names
        if points is None:
            assert {"title", "desc"} <= names
            assert tree.get("role") == "img"
            labels = tree.get("aria-labelledby", "").split()
            assert labels == [child.get("id") for child in tree if child.tag in ("title", "desc")]
        else:
            assert tree.get("font-family") == "Source Sans 3"
            assert tree.get("width") == "504.00pt"


@pytest.mark.parametrize("points", [None, 504.0])
def test_hostile_words_stay_words(points):
    for picture in pictures(HOSTILE):
        svg = picture.draw(WIDE, points)
        assert "<script" not in svg
        parsed(svg)


def test_a_picture_on_screen_names_no_colour_and_has_no_style():
    for picture in pictures():
        svg = picture.draw(WIDE)
        assert "#" not in svg
        assert "style=" not in svg


def test_the_same_values_give_the_same_bytes():
    assert [p.draw(WIDE) for p in pictures()] == [p.draw(WIDE) for p in pictures()]


def test_ids_differ_between_the_wide_and_the_narrow_drawing():
    for picture in pictures():
        wide, narrow = picture.draw(WIDE), picture.draw(NARROW)
        assert wide.split('aria-labelledby="')[1][:13] != narrow.split('aria-labelledby="')[1][:13]


def test_empty_pictures_are_drawn():
    empty = [
        HeatMap("t", "d", (), (), {}),
        Mosaic("t", "d", ()),
        Strip("t", "d", ()),
        GapBars("t", "d", (), "a", "b", "c"),
        CostYears("t", "d", (), "a", "b"),
        Ages("t", "d", (), 2020, "old"),
        Frontier("t", "d", (), None, str),
        Roadmap("t", "d", (), ()),
    ]
    for picture in empty:
        parsed(picture.draw(WIDE))
        parsed(picture.draw(NARROW, 243.0))


@pytest.mark.parametrize(
    ("score", "level"),
    [
        (None, None),
        (Fraction(0), 0),
        (Fraction(44, 100), 0),
        (Fraction(49, 100), 1),  # it reads 0.5
        (Fraction(1, 2), 1),
        (Fraction(7, 2), 4),
        (4, 4),
    ],
)
def test_level_of_is_the_nearest_halves_up(score, level):
    assert level_of(score) == level


def test_a_gap_bar_is_as_long_as_its_score():
    rows = (GapRow("A", Fraction(1), None, None, ""), GapRow("B", Fraction(3), None, None, ""))
    tree = parsed(GapBars("t", "d", rows, "a", "b", "c").draw(WIDE))
    bars = [float(x.get("width")) for x in tree if x.get("class") == "bar" and x.get("height") == "17"]
    assert bars[1] == pytest.approx(3 * bars[0], abs=0.3)


@pytest.mark.parametrize("area", ["Communication", "Comunicación", "Hardware and connectivity"])
def test_the_name_of_an_area_keeps_away_from_its_cells(area):
    font = TTFont(BOLD)
    glyphs, widths, unit = font.getBestCmap(), font["hmtx"], font["head"].unitsPerEm
    cells = {("a", "q"): HeatCell(Fraction(2), "2.0")}
    tree = parsed(HeatMap("t", "d", (("a", area),), (("q", "Safe"),), cells).draw(NARROW, 243.0))
    begins = min(float(box.get("x")) for box in tree.iter(f"{SVG}rect"))
    lines = [one for one in tree.iter(f"{SVG}text") if one.get("x") == "0"]
    assert " ".join(one.text for one in lines) == area
    for one in lines:
        ems = sum(widths[glyphs[ord(letter)]][0] for letter in one.text) / unit
        assert ems * float(one.get("font-size")) <= begins - 6


def test_ages_before_the_first_year_of_the_picture_stand_at_its_start():
    found = Ages.of({2000: 2, 2012: 1, 2026: 3}, this_year=2026, old=2020, title="t", desc="d", limit="l")
    assert found.counts[0] == (2009, 2)
    assert found.counts[-1] == (2026, 3)
    assert (len(found.counts), sum(count for _year, count in found.counts)) == (18, 6)
    assert Ages.of({2025: 1}, this_year=2026, old=2020, title="t", desc="d", limit="l").counts == (
        (2025, 1),
        (2026, 0),
    )


def test_the_stylesheet_of_pages_colors_every_class_that_a_picture_names():
    styled = set(re.findall(r"\.chart \.([\w-]+)", PAGES_CSS.read_text(encoding="utf-8")))
    drawn = {
        name
        for picture in pictures()
        for width in (WIDE, NARROW)
        for part in parsed(picture.draw(width)).iter()
        for name in (part.get("class") or "").split()
    }
    assert drawn - {"chart", "strip", "end", "mid"} <= styled
