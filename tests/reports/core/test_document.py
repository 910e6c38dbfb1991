"""The document: exact, strict, the same bytes; a copy for a reader leaves no trace of what is hidden."""

import json
from base64 import b64encode
from fractions import Fraction

import pytest

from reports.core.document import DocumentError, Text, canonical, digest, dump, read, redact
from tests.factories.documents import NAMES, OPEN, SAFE, small


@pytest.fixture
def whole():
    return small()


def test_a_document_reads_back_as_it_was_written(whole):
    assert read(json.loads(canonical(whole))) == whole
    assert digest(read(dump(whole))) == digest(whole)


def test_fractions_are_written_exactly_and_money_as_whole_cents(whole):
    plain = dump(whole)
    assert plain["cells"][0]["score"] == "7/3"
    assert plain["plan"]["actions"][0]["lines"][0]["one_time"][0] == {
        "low": 767250,
        "likely": 1534500,
        "high": 3069000,
    }


def test_sums_are_those_of_the_lines(whole):
    assert [amount.likely for amount in whole.plan.by_year] == [1684500, 111000, 111000]
    assert whole.plan.total.likely == 1906500
    assert [amount.likely for amount in whole.plan.category("gear")] == [1534500, 45000, 45000]
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


def png(width, height):
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + width.to_bytes(4, "big") + height.to_bytes(4, "big")


def spoil(plain, path, value):
    *steps, last = path.split(".")
    for step in steps:
        plain = plain[int(step) if step.isdigit() else step]
    plain[last] = value


@pytest.mark.parametrize(
    ("path", "value", "says"),
    [
        ("plan.horizon_years", 10**6, "plan.horizon_years: Input should be less than or equal to 5"),
        ("plan.horizon_years", 0, "plan.horizon_years: Input should be greater than or equal to 1"),
        ("plan.horizon_years", 4, "plan: the costs of buy, row 0, must have 4 years"),
        ("plan.actions.0.lines.0.yearly", [], "plan: the costs of buy, row 0, must have 3 years"),
        ("plan.start_quarter", 5, "plan.start_quarter"),
        ("plan.start_year", 10**5, "plan.start_year"),
        ("plan.budget_cents", 10**30, "plan.budget_cents: Input should be less than"),
        ("plan.actions.0.lines.0.one_time.0.likely", 10**30, "one_time.0.likely: Input should be less than"),
        ("plan.gained", "1/0", "plan.gained: must be an exact number"),
        ("plan.gained", "1e999999999", "plan.gained: must be an exact number"),
        ("organization.yearly_budget_cents", 10**30, "organization.yearly_budget_cents"),
        ("organization.currency", "$$$", "organization.currency"),
        ("organization.logo", "????", "organization.logo: Only base64 data is allowed"),
        ("organization.logo", b64encode(b"<svg/>").decode(), "organization.logo: must be a PNG"),
        ("organization.logo", b64encode(png(60_000, 60)).decode(), "organization.logo: must be a PNG"),
        (
            "organization.logo",
            b64encode(png(60, 60).ljust(2_000_000)).decode(),
            "organization.logo: must be a PNG",
        ),
    ],
)
def test_a_value_out_of_all_bounds_is_refused_in_one_line(whole, path, value, says):
    plain = dump(whole)
    spoil(plain, path, value)
    with pytest.raises(DocumentError) as refused:
        read(plain)
    assert says in refused.value.lines[0]
    assert len(refused.value.lines) == 1


def test_all_that_is_wrong_is_said_a_line_each(whole):
    plain = dump(whole)
    spoil(plain, "plan.start_quarter", 9)
    spoil(plain, "organization.logo", "????")
    with pytest.raises(DocumentError) as refused:
        read(plain)
    assert len(refused.value.lines) == 2


def test_a_logo_that_is_a_png_is_taken(whole):
    plain = dump(whole)
    spoil(plain, "organization.logo", b64encode(png(60, 60)).decode())
    assert read(plain).organization.logo


def test_what_is_no_document_at_all_is_refused():
    with pytest.raises(DocumentError, match="schema version None"):
        read(["nothing"])


def test_a_float_is_no_exact_number(whole):
    plain = dump(whole)
    plain["cells"][0]["score"] = 2.5
    with pytest.raises(DocumentError, match="exact number"):
        read(plain)


def test_a_reader_without_security_finds_no_trace_of_it(whole):
    copy = redact(whole, security=False, notes=True, appendix=True, names=True)
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


def test_actions_for_security_that_are_not_in_the_plan_go_with_it_and_measures_of_those_that_are(whole):
    other = "social/work/effective"
    guard, vault = whole.plan.left_out[0], whole.plan.done[0]
    rows = [
        (("manager", (OPEN, SAFE), ("skills-gap", "weak-sign-in")), False),
        (("sign-on", (OPEN, other, SAFE), ("skills-gap", "weak-sign-in")), False),
        (("programs", (OPEN, other, SAFE), ("unsupported-software",)), False),
        (("cloud", (OPEN, other, SAFE), ("skills-gap", "aging-hardware", "weak-sign-in")), True),
        (("own", (), ()), True),
    ]
    values = [{"key": key, "cells": cells, "challenges": causes} for (key, cells, causes), _stays in rows]
    plan = whole.plan.model_copy(
        update={
            "left_out": tuple(guard.model_copy(update=one) for one in values),
            "done": tuple(vault.model_copy(update=one) for one in values),
        }
    )
    copy = redact(
        whole.model_copy(update={"plan": plan}), security=False, notes=True, appendix=True, names=True
    )
    stay = [key for (key, _cells, _causes), stays in rows if stays]
    assert [one.key for one in copy.plan.left_out] == [one.key for one in copy.plan.done] == stay
    measures = {one.key: bool(one.measures) for one in copy.plan.actions}
    assert measures == {"buy": False, "lock": False}  # half of what "buy" does is for security
    assert all(
        one.measures
        for one in redact(whole, security=True, notes=True, appendix=True, names=True).plan.actions
    )


def test_a_reason_that_names_an_action_for_security_goes_with_it(whole):
    guard, teach = whole.plan.left_out[:2]
    guard = guard.model_copy(update={"title": Text({"en": "Guard people's doors", "es": "Guard (es)"})})
    teach = teach.model_copy(update={"cells": (OPEN,), "challenges": ()})
    named = [
        teach.model_copy(update={"key": str(place), "sentence": Text({"en": en, "es": es})})
        for place, (en, es) in enumerate(
            [
                ("It only comes before “Guard people’s doors”.", "Solo va antes de otra."),
                ("It comes first.", "Solo va antes de «Guard (es)»."),
                ("It only comes before “Teach”.", "Solo va antes de «Teach (es)»."),
            ]
        )
    ]
    plan = whole.plan.model_copy(update={"left_out": (guard, *named)})
    document = whole.model_copy(update={"plan": plan})
    for security, stay in ((True, ["guard", "0", "1", "2"]), (False, ["2"])):
        copy = redact(document, security=security, notes=True, appendix=True, names=True)
        assert [row.key for row in copy.plan.left_out] == stay


def test_strengths_are_summed_again_over_what_remains(whole):
    copy = redact(whole, security=False, notes=True, appendix=True, names=True)
    assert [(c.key, c.strength, c.first, c.questions) for c in copy.challenges] == [
        ("aging-hardware", Fraction(3), True, 1),
        ("skills-gap", Fraction(1), False, 1),
    ]
    assert copy.area_mean("social", "work") == Fraction(7, 3)


def test_a_reader_without_the_appendix_finds_no_answer(whole):
    text = canonical(redact(whole, security=True, notes=True, appendix=False, names=True)).decode()
    for trace in ("Question slow", "Reached", "Reason slow", "Note slow", '"contributions":[{'):
        assert trace not in text


def test_a_reader_without_notes_finds_no_note(whole):
    text = canonical(redact(whole, security=True, notes=False, appendix=True, names=True)).decode()
    for trace in ("Note slow", "Reason slow", "Because", "S-teach"):
        assert trace not in text
    assert "Question slow" in text


def test_a_reader_without_names_finds_nobody_but_the_director_to_ask(whole):
    text = canonical(redact(whole, security=True, notes=True, appendix=True, names=False)).decode()
    for trace in NAMES:
        assert trace not in text
    assert "Note slow" in text
    assert "Ada Quill" in text


def test_security_is_left_out_whole_when_single_answers_are_gone_already(whole):
    first = redact(whole, security=True, notes=True, appendix=False, names=True)
    copy = redact(first, security=False, notes=True, appendix=True, names=True)
    assert [c.key for c in copy.challenges] == ["aging-hardware"]
    assert not copy.shown.appendix


@pytest.mark.parametrize("security", [True, False])
@pytest.mark.parametrize("notes", [True, False])
@pytest.mark.parametrize("appendix", [True, False])
@pytest.mark.parametrize("names", [True, False])
def test_redacting_twice_changes_nothing(whole, security, notes, appendix, names):
    granted = {"security": security, "notes": notes, "appendix": appendix, "names": names}
    once = redact(whole, **granted)
    assert redact(once, **granted) == once
    assert read(dump(once)) == once
