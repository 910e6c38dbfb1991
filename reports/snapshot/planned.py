"""What is planned on the day of the snapshot: goals, actions with their money, what is left out, what comes first."""

from django.utils.translation import gettext as _

from planning.core.values import Action, Amount, Reason
from planning.models import Plan
from planning.selectors import (
    ActionPicture,
    CostRowPicture,
    LeftOutPicture,
    PlanPicture,
    PlanWork,
    Situation,
)
from reports.core import document as doc
from reports.snapshot.words import Both, said, some, text


def goals(known: Situation, picture: PlanPicture) -> tuple[doc.GoalPart, ...]:
    """Return the goals with the chosen actions that serve each."""
    scheduled = {action.key for action in picture.actions if action.start_quarter is not None}
    return tuple(
        doc.GoalPart(
            key=goal.key,
            title=goal.title,
            measure=goal.measure,
            by=goal.by,
            areas=tuple(area.key for area in goal.areas),
            weight=goal.weight,
            actions=tuple(action.key for action in goal.actions if action.key in scheduled),
        )
        for goal in picture.goals
    )


def plan_part(plan: Plan, work: PlanWork, pictures: Both) -> doc.PlanPart:
    """Return the plan. A chosen action that found no time is not in it: it is left out, with that reason."""
    en, es = pictures.en, pictures.es
    spanish = {action.key: action for action in es.actions}
    scheduled = [action for action in en.actions if action.start_quarter is not None]
    left = {row.key: row for row in (*es.unscheduled, *es.left_out)}
    return doc.PlanPart(
        number=plan.number,
        title=plan.title,
        state=plan.state,
        approved_on=plan.approved_on,
        approved_by=plan.approved_by,
        approved_cents=plan.approved_cents,
        approved_percent=plan.approved_percent,
        start_year=plan.start_year,
        start_quarter=plan.start_quarter,
        horizon_years=plan.horizon_years,
        budget_cents=plan.budget_cents,
        yearly_limit_cents=plan.yearly_limit_cents,
        capacity=en.capacity,
        sites_counted=work.counted.sites,
        gained=en.closes,
        actions=tuple(_action(action, spanish[action.key]) for action in scheduled),
        left_out=tuple(_left_out(work, row, left[row.key]) for row in (*en.unscheduled, *en.left_out)),
        done=tuple(
            doc.DonePart(key=one.key, title=text(one.title, two.title), **_serves(work, one.key))
            for one, two in zip(en.done, es.done, strict=True)
        ),
        first=_first(en, {action.key for action in scheduled}),
    )


def _action(en: ActionPicture, es: ActionPicture) -> doc.ActionPart:
    return doc.ActionPart(
        key=en.key,
        own=en.is_own,
        kind=en.kind,
        title=text(en.title, es.title),
        summary=some(en.summary, es.summary),
        must_have=en.must_have,
        by_hand=en.by_hand,
        first_steps=tuple(text(a, b) for a, b in zip(en.first_steps, es.first_steps, strict=True)),
        measures=tuple(text(a, b) for a, b in zip(en.measures, es.measures, strict=True)),
        funding=some(en.funding, es.funding),
        owner=en.owner,
        start_quarter=en.start_quarter,
        end_quarter=en.end_quarter,
        hours=en.hours,
        hours_by_quarter=dict(en.hours_by_quarter),
        training_hours_per_person=en.training_hours_per_person,
        assistance_hours=en.assistance_hours,
        without_help=en.without_help,
        requires=tuple(one.key for one in en.requires),
        challenges=tuple(one.key for one in en.challenges),
        goals=tuple(one.key for one in en.goals),
        lifts=tuple(doc.Lift(cell=cell.key, levels=levels) for cell, levels in en.gains),
        lines=tuple(_line(a, b) for a, b in zip(en.rows, es.rows, strict=True)),
    )


def _line(en: CostRowPicture, es: CostRowPicture) -> doc.CostLine:
    return doc.CostLine(
        row=en.row,
        category=en.category,
        number=en.number,
        calculation=text(en.calculation, es.calculation),
        note=some(en.note, es.note),
        source=en.source,
        year=en.year,
        own=en.own,
        waived=en.waived,
        one_time=tuple(_amounts(amount) for amount in en.by_year_one_time),
        yearly=tuple(_amounts(amount) for amount in en.by_year_yearly),
    )


def _amounts(amount: Amount) -> doc.Amounts:
    return doc.Amounts(low=amount.low, likely=amount.likely, high=amount.high)


def _left_out(work: PlanWork, en: LeftOutPicture, es: LeftOutPicture) -> doc.LeftOutPart:
    """Return one action that is left out. The report speaks for the organization, so three reasons are said anew."""
    row = work.rows.get(en.key)
    sentence = {
        Reason.EXCLUDED.value: said(lambda: _("We left it out.")),
        Reason.NOT_CHOSEN.value: said(lambda: _("We have not chosen it.")),
        Reason.NONE_TO_COUNT.value: said(
            lambda: _("Our list of what we have shows nothing that it would be needed for.")
        ),
    }.get(en.reason)
    return doc.LeftOutPart(
        key=en.key,
        title=text(en.title, es.title),
        reason=en.reason,
        sentence=sentence or text(en.sentence, es.sentence),
        said=row.excluded_reason if row and en.reason == Reason.EXCLUDED.value else "",
        cost_cents=en.cost_cents,
        with_needs=bool(en.needs),
        **_serves(work, en.key),
    )


def _serves(work: PlanWork, key: str) -> dict[str, tuple[str, ...]]:
    """Return the cells and challenges that an action is for."""
    action: Action | None = work.actions.get(key)
    if action is None:
        return {"cells": (), "challenges": ()}
    return {"cells": tuple(lift.cell for lift in action.lifts), "challenges": action.resolves}


def _first(picture: PlanPicture, scheduled: set[str]) -> tuple[doc.FirstStep, ...]:
    running, steps = 0, []
    for one in picture.first:
        if one.key in scheduled:
            running += one.cost_cents
            steps.append(doc.FirstStep(action=one.key, cost_cents=one.cost_cents, running_cents=running))
    return tuple(steps)
