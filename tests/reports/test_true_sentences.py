"""What the report says of an organization is true where nothing is recorded, one thing, some, or all."""

from fractions import Fraction

import pytest
from django.utils.translation import override

from reports.core import document as doc
from reports.render.context.pictures import heat_map
from reports.render.context.planned import results_after
from reports.render.context.say import Say
from reports.render.pdf import build
from tests.factories.documents import cell, profile, question, small, wording, words
from tests.shown import cause, values


def answered_by(people):
    one = small().assessments[0]
    return values(assessments=(one.model_copy(update={"people": people, "groups": {}}),))


def having(**changes):
    return values(inventory=doc.InventoryPart(recorded_on=small().inventory.recorded_on, **changes))


# ---- who answered, and what it is worth ----


@pytest.mark.parametrize(
    ("people", "said"),
    [
        (0, "Nobody has answered yet."),
        (1, "1 person answered, by describing"),
        (4, "4 people answered, each on their own, by describing"),
    ],
)
def test_only_many_answer_each_on_their_own(people, said):
    assert answered_by(people)["assessed_lead"].startswith(said)


def unsure(*ranges):
    """Return cells that score 2, with these ends of their ranges."""
    names = ("efficient", "secure")
    return tuple(
        cell("work", name, Fraction(2)).model_copy(update={"low": Fraction(low), "high": Fraction(high)})
        for name, (low, high) in zip(names, ranges, strict=False)
    )


def test_a_range_is_told_where_there_is_one():
    assert values(cells=(cell("work", "efficient", None),))["sure"] == ""
    assert values(cells=unsure((2, 2)))["sure"].startswith("No answer “I don’t know” would change")
    assert "No range is wider" in values(cells=unsure((2, 2), (2, Fraction(9, 4))))["sure"]
    assert "The widest is 1.0 to 3.0 (Work, secure)." in values(cells=unsure((2, 2), (1, 3)))["sure"]


@pytest.mark.parametrize(
    ("language", "none", "elsewhere", "stay"),
    [
        (
            "en",
            "“I don’t know” leaves no result for Work, secure; any level in its place would give one.",
            "Where there is a result nobody was unsure, so none has a range.",
            "The results that there are would stay as they are, however the unsure answers were read.",
        ),
        (
            "es",
            "Por los «No sé» no hay resultado de Work (es), secure (es); cualquier nivel en su lugar daría uno.",
            "Donde hay un resultado nadie dudó, así que ninguno tiene rango.",
            "Los resultados que hay quedarían como están, se leyeran como se leyeran las respuestas dudosas.",
        ),
    ],
)
def test_a_dont_know_that_leaves_no_result_would_change_it(language, none, elsewhere, stay):
    def sure(unknown, high, people=1):
        ends = {"low": Fraction(2), "high": Fraction(high), "unknown": unknown}
        known = cell("work", "efficient", Fraction(2)).model_copy(update=ends)
        empty = cell("work", "secure", None).model_copy(update={"unknown": 1, "answers": 0})
        document = small(cells=(known, empty))
        few = tuple(one.model_copy(update={"people": people}) for one in document.assessments)
        with override(language):
            return build(document.model_copy(update={"assessments": few}), language=language, code="")["sure"]

    assert sure(0, 2) == f"{none} {elsewhere}"
    assert sure(1, 2) == f"{none} {stay}"
    assert sure(1, 4).endswith(none)
    assert (sure(0, 2, 3), sure(1, 2, 3)) == (elsewhere, stay)  # of three, single answers are not told


def test_guesses_and_dont_knows_are_told_as_they_are():
    def sure(unknown, guesses, low=0, high=2):
        one = cell("work", "efficient", Fraction(1))
        ends = {"low": Fraction(low), "high": Fraction(high), "unknown": unknown, "guesses": guesses}
        return values(cells=(one.model_copy(update=ends),))["sure"]

    assert sure(0, 1).startswith("Reading every guess first a level lower and then a level higher")
    assert sure(1, 0).startswith("Reading every “I don’t know” first as the lowest")
    assert "and every guess a level lower" in sure(1, 1)
    assert sure(0, 0, 1, 1) == "Nobody guessed or answered “I don’t know”, so no result has a range."
    assert sure(0, 1, 1, 1) == "No guess would change a result if it were a level off."
    assert sure(1, 1, 1, 1) == "No guess and no answer “I don’t know” would change a result."


# ---- what the organization has ----

DAY = small().inventory.recorded_on
SERVICE = doc.ServiceLine(name="Mail", yearly_cost_cents=100_00)
FREE = doc.ServiceLine(name="Chat")
LINE = doc.NetLine(site="Office", yearly_cost_cents=20_00)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ({}, ""),
        ({"services": (SERVICE,)}, "We use 1 program or online service. That costs $100 a year."),
        ({"lines": (LINE,)}, "We use 1 internet line. That costs $20 a year."),
        (
            {"services": (SERVICE, SERVICE), "lines": (LINE,)},
            "We use 2 programs and online services and 1 internet line. That costs $220 a year.",
        ),
        (
            {"services": (FREE,)},
            "We use 1 program or online service. What that costs a year is not recorded.",
        ),
        (
            {"services": (FREE, SERVICE)},
            "We use 2 programs and online services. A yearly cost is recorded for 1 of them: $100.",
        ),
    ],
)
def test_costs_of_services_are_those_that_are_recorded(found, said):
    assert having(**found)["services"] == said


def test_a_list_without_equipment_is_a_list():
    nothing = values(inventory=None)
    assert nothing["no_devices"].startswith("There is no list of what we have yet")
    assert not nothing["has_list"]
    some = having(services=(SERVICE,))
    assert some["no_devices"] == "No equipment is on our list yet."
    assert some["has_list"]


def test_devices_are_counted_as_their_table_counts_them():
    two = doc.DeviceLine(kind="laptop", count=2, year=None, condition="out", personal=False)
    listed = values(
        organization=profile(devices=10),
        inventory=doc.InventoryPart(recorded_on=DAY, devices=(two, two, two)),
    )
    assert sum(row.count for row in listed["devices"]) == 6
    assert {row.head: row.text for row in listed["glance"]}["Devices"] == "6"
    alone = values(organization=profile(devices=10), inventory=None)
    assert {row.head: row.text for row in alone["glance"]}["Devices"] == "10"


def test_the_base_says_how_many_of_the_questions_apply():
    def questions(applicable):
        one = cell("work", "efficient", Fraction(1)).model_copy(update={"applicable": applicable})
        asked = tuple(question(key, one.key, Fraction(1)) for key in "ab")
        rows = values(cells=(one,), questions=asked)["base"]
        return {row.head: row.text for row in rows}["Questions"]

    assert [questions(number) for number in (1, 2)] == ["2, of which 1 apply", "2"]


@pytest.mark.parametrize(
    ("staff", "volunteers", "said"),
    [(0, 0, None), (0, 3, "volunteers only"), (1, 0, "1 paid person")],
)
def test_nobody_is_not_told_as_volunteers(staff, volunteers, said):
    shown = {
        row.head: row.text
        for row in values(organization=profile(staff_count=staff, volunteers=volunteers))["glance"]
    }
    assert shown.get("People") == said


# ---- results and causes ----


def scores(*levels):
    names = ("efficient", "secure")
    return tuple(cell("work", name, level) for name, level in zip(names, levels, strict=False))


def three(*levels):
    names = ("effective", "efficient", "secure")
    return tuple(cell("work", name, level) for name, level in zip(names, levels, strict=True))


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        ((Fraction(9, 5), Fraction(9, 5), Fraction(11, 10)), "Effective stands at 1.8, Secure at 1.1."),
        ((Fraction(5, 2), Fraction(5, 2), Fraction(1)), "Our work gets done, and it is not well protected."),
        ((Fraction(5, 2), Fraction(1), Fraction(2)), "Our work does its job, and it takes too long."),
        ((Fraction(1), Fraction(2), Fraction(2)), "Our work does not yet reach as far as it could."),
    ],
)
def test_only_a_real_level_is_praised(levels, said):
    shown = values(cells=three(*levels), wording=(wording(("work",), ("effective", "efficient", "secure")),))
    assert shown["map_lead"].startswith(said)


def test_results_that_share_a_level_are_named_together():
    sides = {"wording": (wording(("work",), ("effective", "efficient", "secure")),)}
    assert values(cells=three(Fraction(2), Fraction(2), Fraction(1)), **sides)["extremes"] == (
        "2 results share the highest level, 2.0: Work, effective; Work, efficient. "
        "The lowest is Work, secure, 1.0."
    )
    assert values(cells=three(Fraction(2), None, Fraction(1)), **sides)["extremes"] == (
        "Only 2 of 3 results have a level. "
        "The strongest result is Work, effective, 2.0. The lowest is Work, secure, 1.0."
    )
    assert values(cells=three(*3 * [Fraction(2)]), **sides)["extremes"] == ""


def test_a_result_that_is_not_shown_is_called_as_on_the_screen():
    hidden, unknown = scores(None, None)
    hidden = hidden.model_copy(update={"empty": words("Too few to show")})
    today = values(cells=(hidden, unknown))["maps"][0]["today"]
    assert [cell.word for cell in today.cells.values()] == ["Too few to show", "Not known"]
    assert today.desc == "Work, efficient too few to show; Work, secure not known."


@pytest.mark.parametrize("counts", [None, (0, 1, 2, 1, 0)])
@pytest.mark.parametrize(
    ("level", "said"), [(Fraction(2), "Seen."), (Fraction(5, 2), "Between 2 and 3; level 2 means: Seen.")]
)
def test_an_answer_says_what_its_level_means_however_many_gave_it(counts, level, said):
    one = question("slow", "social/work/efficient", level, counts=counts, reached=words("Seen"))
    (area,) = values(questions=(one,))["answers"]
    assert [row.reached for cell in area.cells for row in cell.rows] == [said]


def test_a_target_that_nobody_set_is_called_suggested():
    cells = scores(Fraction(3), Fraction(1))
    ours, suggested = values(cells=cells), values(cells=cells, targets_set=False)
    assert "levels below our target." in ours["gaps_lead"]
    assert "levels below the suggested level." in suggested["gaps_lead"]
    assert suggested["strengths"][0].text.endswith("at the suggested level.")
    assert (ours["gap_chart"].target, suggested["gap_chart"].target) == ("our target", "suggested level")


@pytest.mark.parametrize(
    ("levels", "said"),
    [
        ((1, "1.5", 2), "The widest gap is Work, effective: 2.0 levels below our target."),
        (
            (1, "1.04", 2),
            "The widest gap, 2.0 levels below our target, is the same in: Work, effective; Work, efficient.",
        ),
    ],
)
def test_results_whose_gaps_read_the_same_are_named_together(levels, said):
    cells = three(*map(Fraction, levels))
    shown = values(cells=cells, wording=(wording(("work",), ("effective", "efficient", "secure")),))
    assert shown["gaps_lead"].startswith(said)


def test_of_many_equal_gaps_the_number_is_told():
    areas = ("work", "plan", "share", "money")
    cells = tuple(cell(area, "secure", Fraction(1)) for area in areas)
    lead = values(cells=cells, wording=(wording(areas, ("secure",)),))["gaps_lead"]
    assert lead.startswith("The widest gap, 2.0 levels below our target, is the same in 4 results.")


def test_one_result_is_not_everywhere():
    one = values(cells=scores(Fraction(1), None))
    assert one["summary_lead"].startswith("There is one result so far: Work, efficient, 1.0 of 4.")
    assert values(cells=scores(Fraction(2), Fraction(2)))["summary_lead"].startswith(
        "We stand at about the same level everywhere."
    )


@pytest.mark.parametrize(
    ("after", "said"),
    [
        ((1, 1), "This plan is not expected to lift a result that lies below its target."),
        ((2, 1), "With this plan 1 of 2 results below their target is expected to rise."),
        ((2, 2), "With this plan all 2 results below their target are expected to rise."),
        ((3, 2), "Of 2 results below their target, 1 is expected to reach it with this plan."),
        (("2.96", 2), "Of 2 results below their target, 1 is expected to reach it with this plan."),
        (("1.04", 2), "With this plan 1 of 2 results below their target is expected to rise."),
        ((3, 3), "After the plan every result is expected to reach its target."),
        ((2,), "With this plan the one result below its target is expected to rise."),
    ],
)
def test_what_rises_is_counted(after, said):
    cells = tuple(
        one.model_copy(update={"after": Fraction(level)})
        for one, level in zip(scores(Fraction(1), Fraction(1)), after, strict=False)
    )
    assert values(cells=cells)["map_lead"].endswith(said)


@pytest.mark.parametrize(
    ("now", "after", "rise"),
    [("1.04", "1.36", "+0.4"), ("2.04", "2.06", "+0.1"), ("2.05", "2.14", ""), ("2", "2", "")],
)
def test_what_a_result_gains_is_what_the_levels_beside_it_differ_by(now, after, rise):
    low, high = Fraction(now), Fraction(after)
    one = cell("work", "efficient", low).model_copy(update={"after": high})
    say = Say(small(cells=(one,)), "en")
    drawn = heat_map(say, say.document.wording[0], after=True)
    assert drawn.cells["work", "efficient"].note == rise
    row = ("Work, efficient", say.level(low), say.level(high), "3.0")
    assert results_after(say) == ([row] if rise else [])


def test_the_results_that_rise_most_as_they_are_shown_come_first():
    """1.04 to 1.36 is shown as 1.0 to 1.4, and 2.05 to 2.44 as 2.1 to 2.4."""
    cells = tuple(
        cell("work", quality, Fraction(now)).model_copy(update={"after": Fraction(after)})
        for quality, now, after in (("efficient", "2.05", "2.44"), ("secure", "1.04", "1.36"))
    )
    rows = results_after(Say(small(cells=cells), "en"))
    assert [row[:3] for row in rows] == [("Work, secure", "1.0", "1.4"), ("Work, efficient", "2.1", "2.4")]


def test_the_best_of_low_results_is_no_strength():
    assert values(cells=scores(Fraction(0), Fraction(0)), in_order=())["strengths"] == []
    assert values(cells=scores(Fraction(19, 10), Fraction(1)), in_order=())["strengths"] == []
    good = values(cells=scores(Fraction(3), Fraction(0)), in_order=())["strengths"]
    assert good[0].text == "Level 3.0 of 4 (Well managed), at our target."


SAID = {"shown": False, "proof": ()}
AGAINST = {**SAID, "against": (doc.Evidence(code="a", holds=False, text=words("Not so.")),)}


@pytest.mark.parametrize(
    ("causes", "said"),
    [
        ((cause("a"),), "It shows in our records, not only in answers."),
        ((cause("a"), cause("b")), "All 2 challenges below show in our records, not only in answers."),
        ((cause("a"), cause("b", **SAID)), "1 of the 2 challenges below shows in our records"),
        ((cause("a", **SAID),), "our records neither show it nor speak against it."),
        ((cause("a", **SAID), cause("b", **AGAINST)), "our records speak against some of it"),
        ((cause("a", stance="rejected"),), "We rejected the challenges that the answers point to."),
        ((cause("a", strength=Fraction(0)),), "None of the challenges that we looked at explains the gaps."),
    ],
)
def test_records_show_what_they_show(causes, said):
    assert said in values(challenges=causes)["causes_lead"]


LINE_IN_ORDER = (doc.Order(challenge="b", code="slow-connectivity.line", kind="x", text=words("Fast line.")),)


def test_what_the_records_speak_against_is_told_once():
    shown = values(challenges=(cause("a"), cause("b", **AGAINST)), in_order=LINE_IN_ORDER)
    assert "Fast line." not in [row.text for row in shown["strengths"]]
    assert shown["causes"][1].evidence == (
        "1 question with a gap points to it.",
        "Our list speaks against it: Not so.",
    )
    assert shown["aside"] == []


def test_a_cause_that_is_not_taken_on_leaves_the_strength_and_is_not_set_aside():
    weak = cause("b", first=False, **AGAINST)
    shown = values(challenges=(cause("a"), weak), in_order=LINE_IN_ORDER)
    assert "Fast line." in [row.text for row in shown["strengths"]]
    assert [row.title for row in shown["causes"]] == ["Title a"]
    assert shown["aside"] == []


def test_only_what_was_rejected_is_set_aside():
    shown = values(challenges=(cause("a"), cause("b", stance="rejected", reason="Not here", **SAID)))
    assert [(row.head, row.text) for row in shown["aside"]] == [("Title b", "Not here.")]


def test_no_reason_is_made_up_for_what_was_rejected():
    rejected = (cause("a", **SAID), cause("b"))
    rejected = tuple(row.model_copy(update={"stance": "rejected", "reason": ""}) for row in rejected)
    first, second = values(challenges=rejected)["aside"]
    assert first.text == ""
    assert second.text.startswith("Our records say otherwise: ")


def test_the_strongest_causes_are_listed_whatever_makes_them_known():
    strong = [cause(f"a{n}", strength=Fraction(9)) for n in range(8)]
    tied = cause("b", strength=Fraction(9), first=False, **SAID)
    weak = [cause(f"c{n}", strength=Fraction(1), first=False) for n in range(3)]
    shown = values(challenges=(*strong, *weak, tied))
    assert [row.title for row in shown["causes"]][8:] == ["Title b", "Title c0"]
    assert shown["more_causes"] == 2


def test_enough_computers_are_no_strength_where_they_are_old():
    enough = doc.Order(challenge="few", code="too-few-devices.owned", kind="x", text=words("Eleven."))
    new, old = (
        values(challenges=(cause(key),), in_order=(enough,))["strengths"] for key in ("a", "aging-hardware")
    )
    assert "Eleven." in [row.text for row in new]
    assert "Eleven." not in [row.text for row in old]


def test_without_a_list_nothing_was_checked():
    lead = values(challenges=(cause("a", **SAID),), inventory=None)["causes_lead"]
    assert lead.endswith("All of it was said; we have no records yet to check it with.")
