"""The document: exact, strict, the same bytes; a copy for a reader leaves no trace of what is hidden."""

import json
from datetime import UTC, date, datetime
from fractions import Fraction

import pytest

from reports.core import document as doc
from reports.core.document import Document, DocumentError, canonical, digest, dump, read, redact

HALF = Fraction(1, 2)


def words(text):
    return doc.Text({"en": text, "es": f"{text} (es)"})


def cell(area, quality, score, gap):
    return doc.Cell(
        key=f"social/{area}/{quality}",
        instrument="social",
        area=area,
        quality=quality,
        score=score,
        low=score,
        high=score,
        target=Fraction(3),
        gap=gap,
        after=None if score is None else score + HALF,
        base=2,
        applicable=2,
        answers=6,
        unknown=1,
        guesses=0,
        actions=("buy", "lock"),
    )


def question(key, cell_key, level):
    return doc.Question(
        key=f"social/{key}",
        cell=cell_key,
        text=words(f"Question {key}"),
        state="level",
        level=level,
        target=3,
        gap=3 - level,
        counts=(0, 1, 2, 0, 0),
        reached=words(f"Reached {key}"),
        target_reason=f"Reason {key}",
        notes=(doc.Note(text=f"Note {key}"),),
    )


def challenge(key, kind, strength, *parts):
    return doc.Challenge(
        key=key,
        kind=kind,
        title=words(f"Title {key}"),
        explanation=words("..."),
        strength=strength,
        shown=True,
        first=True,
        stance="accepted",
        reason=f"Because {key}",
        proof=(doc.Evidence(code=f"{key}.x", holds=True, text=words(f"Proof {key}")),),
        questions=len(parts),
        contributions=parts,
        cells=tuple(part.cell for part in parts),
    )


def part(key, cell_key, amount):
    return doc.Contribution(question=f"social/{key}", cell=cell_key, amount=amount)


def line(once, yearly):
    zero = doc.Amounts()
    amount = doc.Amounts(low=once, likely=once, high=once)
    year = doc.Amounts(low=yearly, likely=yearly, high=yearly)
    return doc.CostLine(
        row=0,
        category="gear",
        number=1,
        calculation=words("1 x"),
        one_time=(amount, zero, zero),
        yearly=(zero, year, year),
    )


def action(key, *cells, challenges=(), lines=()):
    return doc.ActionPart(
        key=key,
        own=False,
        kind="gear",
        title=words(f"Do {key}"),
        summary=words("..."),
        must_have=False,
        by_hand=False,
        hours=Fraction(20),
        training_hours_per_person=HALF,
        assistance_hours=(Fraction(0), Fraction(1)),
        lifts=tuple(doc.Lift(cell=one, levels=HALF) for one in cells),
        challenges=challenges,
        lines=lines,
    )


OPEN, SAFE = "social/work/efficient", "social/work/secure"


@pytest.fixture
def whole():
    def part_of(key):
        return doc.Named(key=key, title=words(key.title()), summary=words("..."))

    return Document(
        schema_version=1,
        taken_at=datetime(2026, 10, 1, 9, tzinfo=UTC),
        organization=doc.Profile(
            name="A",
            slug="a",
            mission="M",
            field="F",
            staff_count=11,
            full_time_equivalents=Fraction(19, 2),
            volunteers=4,
            devices=23,
            sites=1,
            yearly_budget_cents=100,
            yearly_technology_budget_cents=None,
            currency="USD",
            language="en",
            is_demo=False,
        ),
        wording=(
            doc.Wording(
                slug="social",
                version=1,
                title=words("Social"),
                credits=words("Credits"),
                scale=tuple(
                    doc.ScaleLevel(level=n, label=words(f"L{n}"), meaning=words("...")) for n in range(5)
                ),
                areas=(part_of("work"),),
                qualities=(part_of("efficient"), part_of("secure")),
            ),
        ),
        assessments=(
            doc.AssessmentPart(
                number=1,
                instrument="social",
                kind="full",
                state="closed",
                opened_on=date(2026, 3, 1),
                closed_on=date(2026, 3, 16),
                people=3,
                groups={"director": 1, "staff": 2},
            ),
        ),
        cells=(
            cell("work", "efficient", Fraction(7, 3), Fraction(2, 3)),
            cell("work", "secure", Fraction(13, 9), Fraction(14, 9)),
        ),
        questions=(question("slow", OPEN, Fraction(2)), question("password", SAFE, Fraction(1))),
        challenges=(
            challenge("weak-sign-in", "security", Fraction(9), part("password", SAFE, Fraction(9))),
            challenge(
                "skills-gap",
                "people",
                Fraction(5),
                part("slow", OPEN, Fraction(1)),
                part("password", SAFE, Fraction(4)),
            ),
            challenge("aging-hardware", "hardware", Fraction(3), part("slow", OPEN, Fraction(3))),
            challenge("no-data-home", "data", Fraction(2), part("password", SAFE, Fraction(2))),
        ),
        contradictions=("weak-sign-in",),
        in_order=(
            doc.Order(challenge="no-backups", kind="data", text=words("Copied daily")),
            doc.Order(challenge="slow-connectivity", kind="connectivity", text=words("Fast line")),
        ),
        inventory=doc.InventoryPart(
            recorded_on=date(2026, 3, 16),
            devices=(doc.DeviceLine(kind="desktop", count=5, year=2014, os="Windows 7", past_support=True),),
        ),
        plan=doc.PlanPart(
            number=1,
            title="Plan",
            state="draft",
            approved_on=None,
            approved_by="",
            start_year=2026,
            start_quarter=4,
            horizon_years=3,
            budget_cents=None,
            yearly_limit_cents=None,
            capacity=Fraction(36),
            gained=Fraction(5, 7),
            actions=(
                action(
                    "buy", OPEN, SAFE, challenges=("aging-hardware", "weak-sign-in"), lines=(line(1000, 250),)
                ),
                action("lock", SAFE, challenges=("weak-sign-in",), lines=(line(300, 0),)),
            ),
            left_out=(
                doc.LeftOutPart(
                    key="guard",
                    title=words("Guard"),
                    reason="budget",
                    sentence=words("Too dear"),
                    said="S-guard",
                    cost_cents=5,
                    cells=(SAFE,),
                ),
                doc.LeftOutPart(
                    key="teach",
                    title=words("Teach"),
                    reason="excluded",
                    sentence=words("Not now"),
                    said="S-teach",
                    cost_cents=5,
                    cells=(OPEN, SAFE),
                ),
            ),
            done=(doc.DonePart(key="vault", title=words("Vault"), challenges=("weak-sign-in",)),),
        ),
    )


def test_a_document_reads_back_as_it_was_written(whole):
    assert read(json.loads(canonical(whole))) == whole
    assert digest(read(dump(whole))) == digest(whole)


def test_fractions_are_written_exactly_and_money_as_whole_cents(whole):
    plain = dump(whole)
    assert plain["cells"][0]["score"] == "7/3"
    assert plain["plan"]["actions"][0]["lines"][0]["one_time"][0] == {
        "low": 1000,
        "likely": 1000,
        "high": 1000,
    }


def test_sums_are_those_of_the_lines(whole):
    assert [amount.likely for amount in whole.plan.by_year] == [1300, 250, 250]
    assert whole.plan.total.likely == 1800
    assert [amount.likely for amount in whole.plan.category("gear")] == [1300, 250, 250]
    assert whole.plan.category("training")[0].likely == 0
    assert whole.area_mean("social", "work") == (Fraction(7, 3) + Fraction(13, 9)) / 2


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"schema_version": 2}, "schema version 2"),
        ({"extra": 1}, "extra"),
        ({"goals": [{"key": "g"}]}, "goals.0.title"),
    ],
)
def test_another_document_is_refused_with_one_sentence(whole, change, says):
    with pytest.raises(DocumentError, match=says):
        read({**dump(whole), **change})


def test_what_is_no_document_at_all_is_refused():
    with pytest.raises(DocumentError, match="schema version None"):
        read(["nothing"])


def test_a_float_is_no_exact_number(whole):
    plain = dump(whole)
    plain["cells"][0]["score"] = 2.5
    with pytest.raises(DocumentError, match="exact number"):
        read(plain)


def test_a_reader_without_security_finds_no_trace_of_it(whole):
    copy = redact(whole, security=False, notes=True, appendix=True)
    text = canonical(copy).decode()
    for trace in (
        "secure",
        "weak-sign-in",
        "password",
        "13/9",
        "14/9",
        "Windows 7",
        "Copied daily",
        "Guard",
        "Vault",
        "5/7",
        "no-data-home",
    ):
        assert trace not in text
    assert [one.key for one in copy.cells] == [OPEN]
    assert [one.key for one in copy.plan.actions] == ["buy", "lock"]
    assert copy.plan.total == whole.plan.total


def test_strengths_are_summed_again_over_what_remains(whole):
    copy = redact(whole, security=False, notes=True, appendix=True)
    assert [(c.key, c.strength, c.first, c.questions) for c in copy.challenges] == [
        ("aging-hardware", Fraction(3), True, 1),
        ("skills-gap", Fraction(1), False, 1),
    ]
    assert copy.area_mean("social", "work") == Fraction(7, 3)


def test_a_reader_without_the_appendix_finds_no_answer(whole):
    text = canonical(redact(whole, security=True, notes=True, appendix=False)).decode()
    for trace in ("Question slow", "Reached", "Reason slow", "Note slow", '"contributions":[{'):
        assert trace not in text


def test_a_reader_without_notes_finds_no_note(whole):
    text = canonical(redact(whole, security=True, notes=False, appendix=True)).decode()
    for trace in ("Note slow", "Reason slow", "Because", "S-teach"):
        assert trace not in text
    assert "Question slow" in text


def test_security_is_left_out_whole_when_single_answers_are_gone_already(whole):
    first = redact(whole, security=True, notes=True, appendix=False)
    copy = redact(first, security=False, notes=True, appendix=True)
    assert [c.key for c in copy.challenges] == ["aging-hardware"]
    assert not copy.shown.appendix


@pytest.mark.parametrize("security", [True, False])
@pytest.mark.parametrize("notes", [True, False])
@pytest.mark.parametrize("appendix", [True, False])
def test_redacting_twice_changes_nothing(whole, security, notes, appendix):
    granted = {"security": security, "notes": notes, "appendix": appendix}
    once = redact(whole, **granted)
    assert redact(once, **granted) == once
    assert read(dump(once)) == once
