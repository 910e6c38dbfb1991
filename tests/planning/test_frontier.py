"""What each budget buys: worked out by a real worker, kept, and known to be out of date."""

import pytest
from django.urls import reverse

from jobs.models import Job, JobState
from jobs.services import run
from planning import services
from planning.models import Plan
from planning.selectors import plan_picture, work_of
from planning.selectors.frontiers import frontier_document, kept_frontier
from tests.factories.cohort import cohort_organization, director_of
from tests.factories.frontiers import with_frontier
from tests.workers import Worker


def new_plan():
    organization = cohort_organization("brightkelp")
    return services.create_plan(
        organization=organization,
        title="Plan",
        start_year=2026,
        start_quarter=4,
        user=director_of(organization),
    )


@pytest.mark.worker
def test_a_worker_works_it_out(worker: Worker):
    plan = new_plan()
    job = worker.finish(Job.objects.get(kind=services.FRONTIER))
    assert job.state == JobState.DONE
    plan.refresh_from_db()
    work = work_of(plan)
    kept = work.kept_frontier
    assert kept is not None
    costs = [step.cost_cents for step in kept.steps]
    gains = [step.gain for step in kept.steps]
    assert costs == sorted(costs)
    assert gains == sorted(gains)
    assert kept.suggested_cents == work.suggested_budget.budget_cents
    choice = work.choice_under(kept.steps[0].cost_cents)
    assert choice.chosen == kept.steps[0].chosen


def test_it_is_kept_whole_and_out_of_date_when_something_changes(db):
    plan = with_frontier(new_plan())
    work = work_of(plan)
    again = frontier_document(work.kept_frontier, work.frontier_key)
    assert again == plan.frontier
    assert kept_frontier(again, "another key") is None
    changed = services.change_plan(plan=plan, revision=None, user=None, title="Only the title")
    assert work_of(changed).kept_frontier is not None
    changed = services.change_plan(plan=changed, revision=None, user=None, hours_per_quarter=10)
    assert work_of(changed).kept_frontier is None
    assert Job.objects.filter(kind=services.FRONTIER).count() == 2


def test_it_is_worked_out_once_for_several_jobs(db):
    plan = with_frontier(new_plan())
    marked = {**plan.frontier, "suggested_cents": 123}
    Plan.objects.filter(pk=plan.pk).update(frontier=marked)
    plan.refresh_from_db()
    services.keep_frontier(plan=plan)
    plan.refresh_from_db()
    assert plan.frontier == marked, "it was worked out again"


def test_a_budget_change_asks_for_no_new_frontier(db):
    plan = with_frontier(new_plan())
    jobs = Job.objects.count()
    changed = services.choose_under_budget(plan=plan, revision=None, budget_cents=500_000, user=None)
    assert work_of(changed).kept_frontier is not None
    assert Job.objects.count() == jobs


def test_the_page_says_that_it_is_being_worked_out_and_then_shows_it(client, db):
    plan = new_plan()
    client.force_login(director_of(plan.organization))
    where = [plan.organization.slug, plan.number]
    page = reverse("planning:plan", args=where)
    assert "is being worked out" in client.get(page).content.decode()
    part = reverse("planning:plan-frontier", args=where)
    said = client.get(part).content.decode()
    assert "is being worked out" in said
    assert "<html" not in said
    with_frontier(plan)
    for address in (page, part):
        said = client.get(address).content.decode()
        assert "What each budget closes" in said
        assert "is being worked out" not in said


def test_a_frontier_that_is_out_of_date_can_be_asked_for(client, db):
    plan = new_plan()
    Job.objects.all().delete()
    client.force_login(director_of(plan.organization))
    where = [plan.organization.slug, plan.number]
    assert "Show what each budget buys" in client.get(reverse("planning:plan", args=where)).content.decode()
    asked = client.post(reverse("planning:plan-frontier-request", args=where))
    assert asked.status_code == 302
    assert Job.objects.get().payload["plan"] == plan.pk
    part = client.post(reverse("planning:plan-frontier-request", args=where), headers={"HX-Request": "true"})
    assert part["Location"] == reverse("planning:plan-frontier", args=where)


def test_a_job_that_failed_is_told_with_its_reason(client, db):
    plan = new_plan()
    Job.objects.update(state=JobState.FAILED, message="This did not work.")
    client.force_login(director_of(plan.organization))
    page = reverse("planning:plan", args=[plan.organization.slug, plan.number])
    assert "could not be worked out" in client.get(page).content.decode()


def test_a_plan_that_is_gone_gives_a_worker_nothing_to_do(db):
    new_plan()
    job = Job.objects.get()
    Plan.objects.all().delete()
    assert run(job.pk).state == JobState.DONE


def test_the_picture_of_a_plan_can_hold_the_frontier(db):
    plan = with_frontier(new_plan())
    picture = plan_picture(plan, with_frontier=True, language="en")
    steps = picture.frontier
    assert [step.cost_cents for step in steps] == [step.cost_cents for step in work_of(plan).frontier.steps]
    assert 0 <= steps[0].closes <= steps[-1].closes <= 1
    assert steps[0].added
    named = [one.key for step in steps for one in step.added]
    assert len(named) == len(set(named))
    assert set(named) == {key for step in steps for key in step.actions}
