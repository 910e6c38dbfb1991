"""The demonstration shows what its file says it shows, and goes without a trace."""

import json
from datetime import date
from fractions import Fraction
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext

from assessments import wording
from assessments.models import AnswerChange, Assessment, Device, Standing, Target
from assessments.selectors.results import change_between, views_of
from jobs.models import Job
from organizations.models import Membership, Organization, User
from organizations.money import whole_money
from planning.models import ActionMark, ChallengeDecision, Goal, Plan, PlanAction
from planning.selectors import work_of
from portfolio.core.dates import move, years_between
from portfolio.models import Demonstration
from portfolio.services import Loaded, load_demo, remove_demo
from reports.core.document import dump, redact
from reports.models import Report, Share
from reports.services.building import document_of
from tests.factories.demo import COHORT, TODAY, demo

__all__ = ["demo"]
pytestmark = pytest.mark.django_db
KEYS = [organization.key for organization in COHORT.organizations]


@pytest.mark.parametrize(
    ("today", "years"),
    [
        (date(2026, 10, 1), 0),
        (date(2026, 9, 30), -1),
        (date(2027, 9, 30), 0),
        (date(2027, 10, 1), 1),
        (date(2031, 1, 1), 4),
    ],
)
def test_dates_move_by_whole_years_into_the_past(today: date, years: int) -> None:
    as_of = date(2026, 10, 1)
    assert years_between(as_of, today) == years
    assert move(as_of, years) <= today


def test_the_29th_of_february_becomes_the_28th() -> None:
    assert (move(date(2024, 2, 29), 1), move(date(2024, 2, 29), 4)) == (date(2025, 2, 28), date(2028, 2, 29))


def test_everything_of_the_file_is_there(demo: Loaded) -> None:
    assert sorted(Organization.objects.filter(is_demo=True).values_list("slug", flat=True)) == sorted(KEYS)
    for source in COHORT.organizations:
        organization = Organization.objects.get(slug=source.key)
        assert organization.mission == source.profile.mission.in_("en")
        assert organization.full_time_equivalents == source.profile.full_time_equivalents
        assert organization.yearly_budget_cents == int(source.profile.yearly_budget * 100)
        emails = {person.email for person in source.people} | {COHORT.consultant.email}
        assert set(organization.memberships.values_list("user__email", flat=True)) == emails
        assert list(Goal.objects.filter(organization=organization).values_list("title", flat=True)) == [
            goal.title.in_("en") for goal in source.goals
        ]
        marks = ActionMark.objects.filter(organization=organization, done=True)
        assert sorted(marks.values_list("action", flat=True)) == sorted(source.done)
        devices = Device.objects.filter(inventory__organization=organization)
        assert sum(device.count for device in devices) == source.profile.devices
        rounds = {answer.round for answer in source.answers}
        assert Assessment.objects.filter(organization=organization, state="closed").count() == len(rounds)
        report = Report.objects.get(organization=organization, audience="own")
        assert report.snapshot.plan == Plan.objects.get(organization=organization)
    shares = sum(len(funder.shares) * len(funder.people) for funder in COHORT.funders)
    assert Share.objects.count() == shares
    assert Share.objects.filter(revoked_at__isnull=False).count() == 1
    assert AnswerChange.objects.count() > 1000


@pytest.mark.parametrize("key", KEYS)
def test_what_the_file_expects_is_shown(demo: Loaded, key: str) -> None:
    source = COHORT.organization(key)
    organization = Organization.objects.get(slug=key)
    standing = Standing.objects.get(organization=organization, is_current=True)
    scores = {
        cell: Fraction(one["score"]) for cell, one in standing.current.items() if one["score"] is not None
    }

    def mean(part: int, name: str) -> Fraction:
        found = [score for cell, score in scores.items() if cell.split("/")[part] == name]
        return sum(found, Fraction(0)) / len(found)

    expect = source.expect
    first = Assessment.objects.get(organization=organization, number=1)
    if expect.weakest_quality:
        qualities = {cell.split("/")[1] for cell in scores}
        assert min(qualities, key=lambda name: mean(1, name)) == expect.weakest_quality
    if expect.weakest_area:
        areas = {cell.split("/")[0] for cell in scores}
        assert min(areas, key=lambda name: mean(0, name)) == expect.weakest_area
    if expect.strongest_cell:
        assert max(scores, key=lambda cell: scores[cell]) == expect.strongest_cell
    if expect.difference:
        apart = {view.key: view.pair.disagree for view in views_of(first) if view.pair is not None}
        assert {cell: apart.get(cell) for cell in expect.difference.cells} == dict.fromkeys(
            expect.difference.cells, True
        )
    if expect.change:
        second = Assessment.objects.get(organization=organization, number=2)
        change = change_between(first, second)
        for cell in expect.change.cells:
            shift = change.cell(cell).shift
            assert shift is not None
            assert (shift.rise > 0) == (expect.change.direction == "up")
    findings = work_of(Plan.objects.get(organization=organization)).situation.findings
    strongest = {found.key for found in findings.challenges[:12]}
    shown = {found.key for found in findings.challenges if found.shown} | set(findings.without_gap)
    assert set(expect.challenges) <= strongest | shown


@pytest.mark.parametrize("key", KEYS)
def test_the_plan_is_the_choice_under_its_suggested_budget(demo: Loaded, key: str) -> None:
    plan = Plan.objects.get(organization__slug=key)
    work = work_of(plan)
    suggestion = work.suggested_budget
    assert suggestion is not None
    assert plan.budget_cents == suggestion.budget_cents
    assert set(work.chosen) == set(suggestion.choice.chosen)
    ticked = set(PlanAction.objects.filter(plan=plan, must_have=True).values_list("key", flat=True))
    wanted = {key for must in work.suggested_must_haves for key in (must.action, *must.needs)}
    assert ticked == wanted
    assert ticked <= set(work.chosen)
    assert plan.total_likely_cents == work.costs.total.likely


def test_halves_are_rounded_down_and_said_so(demo: Loaded) -> None:
    corvina = Target.objects.filter(
        assessment__organization__slug="corvina-renters", cell__startswith="multimedia/"
    )
    assert {(target.level, target.reason) for target in corvina} == {
        (2, "We wanted 2.5. Targets are whole levels, so it counts as 2.")
    }
    said = Target.objects.filter(reason__contains="Targets are whole levels")
    assert demo.rounded == said.exclude(assessment__kind=Assessment.Kind.FOLLOW_UP).count() > 3


def test_the_director_has_accepted_what_the_inventory_shows(demo: Loaded) -> None:
    for organization in Organization.objects.filter(is_demo=True):
        findings = work_of(Plan.objects.get(organization=organization)).situation.findings
        shown = {one.key for one in findings.challenges if one.shown and one.key in findings.first}
        accepted = ChallengeDecision.objects.filter(organization=organization, accepted=True)
        assert set(accepted.values_list("challenge", flat=True)) == shown
    assert ChallengeDecision.objects.filter(organization__slug="corvina-renters").exists()


def test_every_chosen_action_has_somebody_who_is_responsible(demo: Loaded) -> None:
    plans = Plan.objects.all()
    assert len(plans) == 5
    for plan in plans:
        owners = dict(plan.actions.values_list("key", "owner"))
        people = set(plan.organization.memberships.values_list("user__name", flat=True))
        assert {owners[key] for key in work_of(plan).chosen} <= people


def test_loading_again_changes_nothing_but_the_passwords(demo: Loaded) -> None:
    before = {
        model: model.objects.count() for model in (Organization, User, Plan, Report, Share, Job, Membership)
    }
    again = load_demo(cohort=COHORT, language="en", at=TODAY)
    assert not again.new
    assert {model: model.objects.count() for model in before} == before
    assert {one.email for one in again.sign_ins} == {one.email for one in demo.sign_ins}
    assert {one.password for one in again.sign_ins}.isdisjoint({one.password for one in demo.sign_ins})
    for one in again.sign_ins:
        assert User.objects.get(email=one.email).check_password(one.password)


def test_a_first_run_loads_only_into_an_empty_site(demo: Loaded) -> None:
    out = StringIO()
    call_command("demo", "--if-first-run", stdout=out)
    assert out.getvalue() == ""


def test_removing_takes_everything_and_nothing_else(demo: Loaded) -> None:
    own = Organization.objects.create(slug="real", name="Corvina Renters' Table")
    real = User.objects.create_user("real@example.org", "a long password")
    Membership.objects.create(organization=own, user=real, role="director")
    amaya = User.objects.get(email="amaya.quiroz@example.org")
    Membership.objects.create(organization=own, user=amaya, role="editor")
    remove_demo(at=timezone.now())
    assert list(Organization.objects.all()) == [own]
    assert sorted(User.objects.values_list("email", flat=True)) == [
        "amaya.quiroz@example.org",
        "real@example.org",
    ]
    assert not Report.objects.exists()
    assert not Job.objects.filter(kind="reports.render").exists()
    assert Demonstration.objects.get().removed_at is not None
    call_command("demo", "--if-first-run", stdout=StringIO())
    assert Organization.objects.count() == 1


def reader(role: str) -> User:
    """Return somebody who has this role, and no more, in the demonstration."""
    if role == "stranger":
        return User.objects.create_user("stranger@example.org", "a long password")
    if role == "funder":
        return User.objects.get(email=COHORT.funders[0].people[0].email)
    may = Membership.objects.filter(role__in=["director", "consultant"]).values("user_id")
    return Membership.objects.filter(role=role).exclude(user_id__in=may).order_by("pk")[0].user


def test_one_click_removes_it_and_signs_out(demo: Loaded, client: Client) -> None:
    client.force_login(User.objects.get(email="amaya.quiroz@example.org"))
    director = Membership.objects.filter(user__email="amaya.quiroz@example.org")[0]
    home = client.get(reverse("organizations:home", args=[director.organization.slug]))
    assert reverse("portfolio:demo-remove") in home.content.decode()
    page = client.get(reverse("portfolio:demo-remove"))
    with translation.override(
        "es"
    ):  # her language; the words of the site are English until they are compiled
        assert gettext("Remove it all") in page.content.decode()
    assert Organization.objects.filter(is_demo=True).count() == 5
    response = client.post(reverse("portfolio:demo-remove"))
    assert response["Location"] == "/"
    assert not Organization.objects.filter(is_demo=True).exists()
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("role", ["stranger", "respondent", "viewer", "editor", "funder"])
def test_who_neither_directs_nor_advises_cannot_remove_it(demo: Loaded, client: Client, role: str) -> None:
    client.force_login(reader(role))
    member = Membership.objects.filter(organization__is_demo=True, role=role).first()
    if member is not None:
        page = client.get(reverse("organizations:home", args=[member.organization.slug]))
        assert reverse("portfolio:demo-remove") not in page.content.decode()
    assert client.post(reverse("portfolio:demo-remove")).status_code == 403
    assert Organization.objects.filter(is_demo=True).count() == 5


def test_the_example_on_the_front_page_is_the_demonstration(demo: Loaded, client: Client) -> None:
    organization = Organization.objects.get(slug="corvina-renters")
    work = work_of(Plan.objects.get(organization=organization))
    lines = [line for line in work.costs.lines if line.cost.action == "replace-aging-computers"]
    cost = sum(line.total.likely for line in lines)
    front = client.get("/").text
    assert f'<span class="figure">{whole_money(cost, organization.currency)}</span>' in front
    assert {line.cost.number for line in lines} == {11, 1}
    assert "Replace these eleven computers" in front
    current = Standing.objects.get(organization=organization, is_current=True).current
    assert f"level {wording.number(Fraction(current['collaboration/efficient']['score']))} of 4" in front


def test_a_copy_without_security_names_no_action_that_it_does_not_show(demo: Loaded) -> None:
    dropped = 0
    for report in Report.objects.filter(audience="own").select_related("snapshot", "organization"):
        document = document_of(report)
        copy = redact(document, security=False, notes=False, appendix=False, names=False)
        shown = {row.key for row in (*copy.plan.actions, *copy.plan.left_out, *copy.plan.done)}
        text = json.dumps(dump(copy), ensure_ascii=False)
        for row in (*document.plan.left_out, *document.plan.done):
            if row.key not in shown:
                dropped += 1
                for language in row.title:
                    assert f'"{row.title[language]}' not in text
                    assert row.title.in_(language) not in text, (report.organization.slug, row.key)
    assert dropped > 10
