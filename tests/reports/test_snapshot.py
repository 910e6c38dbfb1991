"""The snapshot: complete, self-contained, frozen; its figures are those of the plan's pages."""

from datetime import UTC, datetime

import pytest
from django.core.files.base import ContentFile

from assessments.models import Answer, Respondent, Site
from organizations.models import Membership
from planning import services
from planning.models import ActionMark, Plan, PlanAction
from planning.selectors import plan_picture, work_of
from reports.core.document import digest, read
from reports.models import Snapshot
from reports.render.pdf import Options, html, render
from reports.snapshot import document_of, take
from tests.factories.cohort import cohort_organization, director_of

NOW = datetime(2026, 10, 1, 9, tzinfo=UTC)
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489"
    "0000000d49444154789c63908fcafb0f00036a01e7766db94b0000000049454e44ae426082"
)


@pytest.fixture
def plan(db: None) -> Plan:
    organization = cohort_organization("corvina-renters")
    director = director_of(organization)
    ActionMark.objects.create(organization=organization, action="keep-an-inventory", done=True, at=NOW)
    made = services.create_plan(
        organization=organization,
        title="Technology plan 2026",
        start_year=2026,
        start_quarter=4,
        user=director,
        at=NOW,
    )
    made.refresh_from_db()
    services.choose_under_budget(plan=made, revision=None, budget_cents=1800000, user=director, at=NOW)
    PlanAction.objects.filter(plan=made, chosen=True).update(owner="Rafe Lindeskog")
    made.refresh_from_db()
    return made


@pytest.fixture
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_a_snapshot_is_a_row_with_its_document_and_digest(plan):
    director = director_of(plan.organization)
    snapshot = take(plan, by=director, at=NOW)
    stored = Snapshot.objects.get(pk=snapshot.pk)
    document = read(stored.document)
    assert stored.digest == digest(document)
    assert (stored.organization, stored.plan, stored.created_by) == (plan.organization, plan, director)
    assert (stored.schema_version, stored.created_at) == (1, NOW)


def test_taking_it_twice_gives_the_same_document(plan):
    assert take(plan, by=None, at=NOW).digest == take(plan, by=None, at=NOW).digest


def test_its_figures_are_those_of_the_plans_page(plan):
    document, picture = document_of(plan, at=NOW), plan_picture(plan, language="en", with_causes=True)
    assert document.plan.total.likely == picture.cost.total.likely
    assert document.plan.total.low == picture.cost.total.low
    assert [y.likely for y in document.plan.by_year] == [y.likely for y in picture.cost.by_year]
    assert {a.key for a in document.plan.actions} == {a.key for a in picture.actions}
    assert {c.key: (c.score, c.after, c.gap) for c in document.cells} == {
        c.key: (c.score, c.after, c.gap) for c in picture.cells
    }
    assert {c.key: c.strength for c in document.challenges if c.strength} == {
        c.key: c.strength for c in picture.challenges if c.strength
    }
    assert document.plan.gained == picture.closes
    assert sum(a.hours for a in document.plan.actions) == picture.hours


def test_it_has_both_languages_of_everything_that_is_not_typed(plan):
    document = document_of(plan, at=NOW)
    assert len(document.questions) == 48
    for question in document.questions:
        assert question.text["en"] != question.text["es"]
    shown = [row for row in document.challenges if row.shown]
    assert shown
    assert all(row.proof for row in shown)
    line = document.plan.lines[0]
    assert line.calculation["en"] != line.calculation["es"]


def test_later_changes_do_not_touch_it(plan):
    snapshot = take(plan, by=None, at=NOW)
    before = html(read(snapshot.document), options=Options())
    plan.organization.name = "Another name"
    plan.organization.save()
    Answer.objects.update(level=4, kind="level")
    PlanAction.objects.filter(plan=plan).delete()
    plan.delete()
    stored = Snapshot.objects.get(pk=snapshot.pk)
    assert stored.plan is None
    assert html(read(stored.document), options=Options()) == before


def test_no_figure_of_a_question_that_two_people_answered_is_in_it(plan):
    key = "collaboration-efficient-computers"
    few = Answer.objects.filter(question__key=key).order_by("pk")
    Answer.objects.filter(pk__in=[one.pk for one in few[2:]]).delete()
    document = document_of(Plan.objects.get(pk=plan.pk), at=NOW)
    closed = [row for row in document.questions if row.state == "closed"]
    assert {row.cell.partition("/")[2] for row in closed} == {"collaboration/efficient"}
    assert len(closed) == 4
    for row in closed:
        assert (row.level, row.gap, row.counts, row.reached) == (None,) * 4
        assert (row.unknown, row.not_applicable) == (0, 0)
    assert any(row.closed and row.strength for row in document.challenges)
    text = html(document, options=Options())
    assert "fewer than three people answered a question of this cell" in text
    assert text.count('<td class="r b">not shown</td>') == 4


KINDS = (
    {"kind": "dont-know", "level": None},
    {"kind": "not-applicable", "level": None},
    {"kind": "level", "level": 0},
)


def _documents(plan, key, kinds):
    """Return the document for each thing that the one person who answered this question may have said."""
    one = Answer.objects.filter(question__key=key).order_by("pk").first()
    Answer.objects.filter(question__key=key).exclude(pk=one.pk).delete()
    for kind in kinds:
        Answer.objects.filter(pk=one.pk).update(guess=False, note="", reason="", **kind)
        yield document_of(Plan.objects.get(pk=plan.pk), at=NOW)


def test_a_withheld_result_reads_the_same_whatever_one_person_said(plan):
    key = "collaboration-efficient-computers"
    place = {"question__area": "collaboration", "question__quality": "efficient"}
    Answer.objects.filter(**place).exclude(question__key=key).delete()
    first, *others = _documents(plan, key, KINDS)
    cell = next(cell for cell in first.cells if cell.key.endswith("collaboration/efficient"))
    assert (cell.closed, cell.empty.in_("en")) == (True, "Too few to show")
    assert all(one == first for one in others)
    assert "Nobody guessed" not in html(first, options=Options())


def test_the_figures_beside_a_shown_result_do_not_tell_what_one_person_said(plan):
    first, second, third = _documents(plan, "collaboration-efficient-computers", KINDS)
    assert first == second
    base = [(one.base, one.applicable, one.answers, one.unknown, one.low, one.high) for one in first.cells]
    assert base == [(o.base, o.applicable, o.answers, o.unknown, o.low, o.high) for o in third.cells]


def test_it_reads_few_rows_whatever_there_is(plan, django_assert_max_num_queries):
    plan = Plan.objects.get(pk=plan.pk)
    with django_assert_max_num_queries(30):
        take(plan, by=None, at=NOW)


def test_notes_are_those_of_people_who_answer_by_name(plan):
    first, second = Answer.objects.filter(kind="level").order_by("pk")[:2]
    first.note, second.note = "Mine, by name", "Mine, without"
    first.save()
    second.save()
    first.respondent.named, first.respondent.name = True, "Rafe"
    first.respondent.save()
    second.respondent = Answer.objects.exclude(respondent=first.respondent).first().respondent
    Answer.objects.exclude(respondent=first.respondent).filter(question=second.question).update(
        note="Mine, without"
    )
    notes = [note for question in document_of(plan, at=NOW).questions for note in question.notes]
    assert [(note.text, note.name) for note in notes if "by name" in note.text] == [("Mine, by name", "Rafe")]
    assert "Mine, without" not in [note.text for note in notes if note.name != "Rafe"]


def test_a_director_who_answers_alone_and_without_a_name_keeps_the_notes_too(plan):
    row = Answer.objects.filter(kind="level").select_related("respondent").first()
    Respondent.objects.filter(assessment=row.respondent.assessment).exclude(pk=row.respondent_id).delete()
    Respondent.objects.filter(pk=row.respondent_id).update(group="director", named=False)
    Answer.objects.filter(pk=row.pk).update(note="For my eyes")
    Answer.objects.filter(respondent=row.respondent).exclude(pk=row.pk).update(reason="For my eyes as well")
    document = document_of(Plan.objects.get(pk=plan.pk), at=NOW)
    assert "For my eyes" not in str(document)
    assert "For my eyes" not in html(document, options=Options())
    Respondent.objects.filter(pk=row.respondent_id).update(named=True, name="Rafe")
    assert "For my eyes" in str(document_of(Plan.objects.get(pk=plan.pk), at=NOW))


def test_what_is_left_out_is_said_in_the_organizations_voice(plan):
    key = PlanAction.objects.filter(plan=plan, chosen=True).first().key
    services.exclude_action(plan=plan, revision=None, key=key, reason="Not now", user=None, at=NOW)
    plan.refresh_from_db()
    row = next(row for row in document_of(plan, at=NOW).plan.left_out if row.key == key)
    assert row.sentence["en"] == "We left it out."
    assert row.said == "Not now"


def test_a_cost_together_with_what_an_action_needs_is_told_as_that(plan):
    services.choose_by_hand(plan=plan, revision=None, chosen=[], user=None)
    plan.refresh_from_db()
    rows = document_of(plan, at=NOW).plan.left_out
    picture = {row.key: row for row in plan_picture(plan, language="en").left_out}
    assert {row.key: row.with_needs for row in rows} == {key: bool(one.needs) for key, one in picture.items()}
    assert {row.with_needs for row in rows} == {True, False}


def test_a_logo_is_in_the_document_and_on_the_cover(plan, media):
    plan.organization.logo.save("logo.png", ContentFile(PIXEL))
    document = document_of(plan, at=NOW)
    assert document.organization.logo
    assert 'src="logo.png"' in html(document, options=Options())
    assert b"/Image" in render(document, options=Options(appendix=False)).pdf
    plan.organization.logo.storage.delete(plan.organization.logo.name)
    assert document_of(plan, at=NOW).organization.logo == ""


def test_an_organization_that_only_answered_has_a_document(db):
    organization = cohort_organization("puente-alder")
    organization.inventory.delete()
    organization.goals.all().delete()
    Membership.objects.filter(organization=organization, role="director").delete()
    organization.refresh_from_db()
    plan = services.create_plan(
        organization=organization, title="Plan", start_year=2027, start_quarter=1, user=None, at=NOW
    )
    document = document_of(Plan.objects.get(pk=plan.pk), at=NOW)
    assert (document.inventory, document.goals, document.plan.actions) == (None, (), ())
    assert document.organization.contact is None
    assert "No action is in the plan yet." in html(document, options=Options())


def test_a_result_that_two_people_gave_is_called_as_on_the_screen(plan):
    rows = Answer.objects.filter(question__key__startswith="collaboration-efficient", kind="level")
    two = sorted(set(rows.values_list("respondent", flat=True)))[:2]
    rows.exclude(respondent__in=two).delete()
    document = document_of(Plan.objects.get(pk=plan.pk), at=NOW)
    (hidden,) = [cell for cell in document.cells if cell.score is None]
    assert hidden.key.endswith("collaboration/efficient")
    assert dict(hidden.empty) == {"en": "Too few to show", "es": "Muy pocas para mostrarlas"}
    assert all(cell.empty is None for cell in document.scored)


def test_places_of_work_are_those_that_prices_count(plan):
    """The profile's stand as it says them; beside them what prices count, which a number of the plan may be."""

    def document(typed, planned):
        plan.organization.sites_count = typed
        plan.organization.save()
        fresh = Plan.objects.get(pk=plan.pk)
        services.set_numbers(plan=fresh, revision=None, numbers={"sites": planned}, user=None, at=NOW)
        fresh = Plan.objects.get(pk=plan.pk)
        return document_of(fresh, at=NOW), work_of(fresh).counted.sites

    listed = Site.objects.filter(inventory__organization=plan.organization).count()
    assert listed
    for typed, planned, counted in (
        (None, None, listed),
        (0, None, 0),
        (listed, None, listed),
        (listed + 2, None, listed + 2),
        (None, 7, 7),
        (4, 7, 7),
        (listed, 7, 7),
    ):
        found, priced = document(typed, planned)
        said = (found.organization.sites, found.inventory.sites, found.plan.sites_counted, priced)
        assert said == (typed, listed, counted, counted)
