"""Plans worked out are kept for who looks again, and never shown when anything that they rest on has changed."""

from collections.abc import Callable

import pytest
from django.utils.translation import override

from assessments.models import (
    Answer,
    Consensus,
    DatedFact,
    Device,
    InternetLine,
    InventoryRecord,
    Question,
    Service,
    Site,
    Target,
)
from organizations.models import Organization
from planning import services
from planning.models import ActionMark, ChallengeDecision, Goal, Plan, PlanAction, PlanCost, PlanNumber
from planning.selectors import kept, kept_picture, kept_work, plan_picture, work_of
from tests.planning.conftest import NOW

ACTION = "replace-aging-computers"


@pytest.fixture
def chosen(plan, director):
    services.choose_under_budget(plan=plan, revision=None, budget_cents=2_500_000, user=director)
    return Plan.objects.get(pk=plan.pk)


def assessment(plan):
    return plan.assessments.get()


def first_question(plan):
    return Question.objects.filter(instrument=assessment(plan).instrument).order_by("pk")[0]


CHANGES: dict[str, Callable[[Plan], object]] = {
    "an answer": lambda plan: Answer.objects.filter(kind="level").update(level=0),
    "a consensus": lambda plan: Consensus.objects.create(
        assessment=assessment(plan), question=first_question(plan), level=0, at=NOW
    ),
    "a target": lambda plan: Target.objects.create(
        assessment=assessment(plan), question=first_question(plan), level=4, at=NOW
    ),
    "a device": lambda plan: Device.objects.update(year=2012),
    "a service": lambda plan: Service.objects.update(two_step="none"),
    "a site": lambda plan: Site.objects.update(name="Elsewhere"),
    "a line": lambda plan: InternetLine.objects.update(down=1),
    "a policy": lambda plan: DatedFact.objects.all().delete(),
    "the day of the inventory": lambda plan: InventoryRecord.objects.update(recorded_on="2020-01-01"),
    "the inventory": lambda plan: InventoryRecord.objects.all().delete(),
    "paid people": lambda plan: Organization.objects.update(staff_count=91),
    "currency": lambda plan: Organization.objects.update(currency="EUR"),
    "full-time equivalents": lambda plan: Organization.objects.update(full_time_equivalents=90),
    "a decision": lambda plan: ChallengeDecision.objects.create(
        organization=plan.organization, challenge="staff-turnover", accepted=True, at=NOW
    ),
    "a mark": lambda plan: ActionMark.objects.create(
        organization=plan.organization, action=ACTION, done=True, at=NOW
    ),
    "a goal": lambda plan: Goal.objects.update(title="Another goal", weight=3),
    "a name": lambda plan: PlanAction.objects.filter(chosen=True).update(owner="Ana"),
    "a choice": lambda plan: PlanAction.objects.update(chosen=False),
    "a cost": lambda plan: PlanCost.objects.create(
        action=PlanAction.objects.filter(chosen=True)[0], row=0, one_time_cents=123_400, yearly_cents=0
    ),
    "a number": lambda plan: PlanNumber.objects.create(plan=plan, count="people", number=77),
    "the budget": lambda plan: Plan.objects.update(budget_cents=100),
    "the start": lambda plan: Plan.objects.update(start_year=2031),
    "what it rests on": lambda plan: plan.assessments.clear(),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_of_anything_is_shown(chosen, what):
    before = kept_work(chosen)
    kept_picture(before, with_frontier=False)
    CHANGES[what](chosen)
    again = Plan.objects.get(pk=chosen.pk)
    after = kept_work(again)
    assert after is not before
    assert kept_picture(after, with_frontier=False) == plan_picture(again, work_of(again))


def test_who_looks_again_gets_what_was_worked_out(chosen):
    kept_work(chosen)
    first = kept_work(Plan.objects.get(pk=chosen.pk))
    again = kept_work(Plan.objects.get(pk=chosen.pk))
    assert again is first
    assert kept_picture(again, with_frontier=False) is kept_picture(first, with_frontier=False)


def test_a_frontier_that_a_worker_brings_is_seen(chosen):
    assert kept_work(chosen).kept_frontier is None
    services.keep_frontier(plan=chosen)
    work = kept_work(Plan.objects.get(pk=chosen.pk))
    assert work.kept_frontier is not None
    assert kept_picture(work, with_frontier=True).frontier


def test_each_language_has_its_own_words(chosen):
    with override("en"):
        english = kept_picture(kept_work(chosen), with_frontier=False)
    with override("es"):
        spanish = kept_picture(kept_work(chosen), with_frontier=False)
    assert (english.language, spanish.language) == ("en", "es")
    assert english.actions[0].title != spanish.actions[0].title


def test_a_new_choice_is_worked_out_once_for_what_it_tells_and_for_the_page(client, at, chosen):
    client.post(at("plan-choose", 1), {"budget": "6000", "hours": "", "revision": str(chosen.revision)})
    work = kept_work(Plan.objects.get(pk=chosen.pk))
    assert work.plan.budget_cents == 600_000
    assert "schedule" in vars(work)
    told = dict(work.pictures)
    assert told
    client.get(at("plan", 1))
    assert kept_work(Plan.objects.get(pk=chosen.pk)).pictures == told
    assert all(work.pictures[place] is picture for place, picture in told.items())


def test_only_a_few_are_kept(chosen):
    for year in range(2030, 2030 + kept.MOST + 3):
        Plan.objects.filter(pk=chosen.pk).update(start_year=year)
        kept_work(Plan.objects.get(pk=chosen.pk))
    assert len(kept.works) == kept.MOST
