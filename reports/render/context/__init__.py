"""Gather everything that the template shows, from the document alone and in the active language.

A template only shows: every rule, sum and choice of a sentence is made here or in the modules beside.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from planning.sentences import labels
from reports.core.document import Document, Wording
from reports.render.context import (
    actions,
    appendix,
    calm,
    causes,
    money,
    pictures,
    planned,
    profile,
    standing,
)
from reports.render.context.index import Index
from reports.render.context.say import Row, Say, lower_first, not_approved, with_figures
from reports.render.context.thread import thread

__all__ = ["Section", "build"]

MOST_DONE = 8
# With so few goals and rows of equipment the page about the organization has room for the next section.
BRIEF = 5


@dataclass(frozen=True)
class Section:
    """One section of the report with its number."""

    key: str
    number: int
    title: str


def build(document: Document, *, language: str, code: str) -> dict[str, Any]:
    """Return the values of the template; gettext must be active in `language`."""
    say, index = Say(document, language), Index(document)
    shown = sections(document)
    return {
        "lang": language,
        "document": document,
        "org": document.organization,
        "plan": document.plan,
        "code": code,
        "day": say.day(document.taken_at.date()),
        "created": document.taken_at.isoformat(),
        "period": say.period,
        "years_span": f"{say.first_day.year}–{say.last_day.year}",
        "sections": shown,
        "by_key": {section.key: section for section in shown},
        "imprint": imprint(say),
        "footer": footer(say),
        "summary_lead": summary_lead(say, index),
        "approval": not_approved(document.plan.undecided) or approved_at(say),
        "calm": calm.calm(say),
        "thread": thread(say, index),
        **_situation(say, index),
        **_answers(say),
        **_work(say, index),
        **_money(say, index),
        **_pictures(say, index),
    }


def _situation(say: Say, index: Index) -> dict[str, Any]:
    """Return the first half: the organization, where it stands and why."""
    document = say.document
    devices, more_devices = profile.equipment(say)
    return {
        "glance": profile.glance(say),
        "goals": profile.goals(say, index),
        "devices": devices,
        "more_devices": more_devices,
        "brief": len(document.goals) + len(devices) <= BRIEF,
        "used": any(row.used_by != "–" for row in devices),
        "no_devices": profile.no_devices(say),
        "services": profile.services_sentence(say),
        "places": profile.places_sentence(say),
        "has_list": profile.has_list(say.document),
        "assessed_lead": standing.assessed_lead(say),
        "sure": standing.how_sure(say),
        "base": standing.base_rows(say),
        "base_title": standing.base_title(say),
        "wording": [instrument(say, wording) for wording in document.wording],
        "extremes": standing.extremes(say),
        "map_lead": standing.map_lead(say),
        "maps": [_map(say, index, wording) for wording in document.wording],
        "strengths": causes.strengths(say, index),
        "gaps_lead": causes.gaps_lead(say),
        "causes_lead": causes.causes_lead(say, index),
        "causes": causes.causes(say, index),
        "more_causes": index.more_challenges,
        "aside": causes.set_aside(say, index),
    }


def _map(say: Say, index: Index, wording: Wording) -> dict[str, Any]:
    """Return the heat map of one instrument, today and after the plan, with the numbers behind it."""
    document = say.document
    return {
        "title": say.words(wording.title) if len(document.wording) > 1 else "",
        "today": pictures.heat_map(say, wording, after=False),
        "after": pictures.heat_map(say, wording, after=True) if document.plan.actions else None,
        "rows": standing.cell_rows(say, index, wording),
    }


def _answers(say: Say) -> dict[str, Any]:
    """Return the appendix."""
    questions = say.document.questions
    return {
        "answers": appendix.answered(say),
        "questions": len(questions),
        "hidden_counts": any(q.counts is None and q.level is not None for q in questions),
        "closed": any(q.state == "closed" for q in questions),
    }


def _work(say: Say, index: Index) -> dict[str, Any]:
    """Return the plan: its actions, when they are done, by whom, and how one will see it."""
    plan = say.document.plan
    load_head, load_hours, load_sum = planned.load(say)
    rest, more_left_out = actions.left_out(say)
    measures = planned.measures(say, index)
    return {
        "blocks": actions.blocks(say, index),
        "plan_sum": {
            "actions": len(plan.actions),
            "hours": say.hours(sum((action.hours for action in plan.actions), Fraction(0))),
            "training": actions.training_hours(say, plan.actions),
        },
        "plan_lead": actions.plan_lead(say),
        "nothing_needed": calm.nothing_needed(say.document),
        "many": len(plan.actions) > actions.MANY,
        "crowd": len(plan.actions) > actions.CROWD,
        "left_out": rest,
        "more_left_out": more_left_out,
        "left_out_note": actions.left_out_note(say),
        "done": [say.words(row.title) for row in plan.done[:MOST_DONE]],
        "more_done": max(0, len(plan.done) - MOST_DONE),
        "roadmap_lead": planned.roadmap_lead(say),
        "roadmap_key": planned.roadmap_key(say),
        "roadmap_note": planned.roadmap_note(say),
        "responsible_lead": planned.responsible_lead(say),
        "measures_lead": planned.measures_lead(say, measures),
        "measures_title": planned.measures_title(say, measures),
        "load": list(zip(load_head, load_hours, strict=True)),
        "load_sum": load_sum,
        "persons": planned.persons(say, index),
        "measures": measures,
        "named": say.document.shown.names,
        "measure_pairs": planned.in_pairs(measures),
        "results_after": planned.results_after(say),
    }


def _money(say: Say, index: Index) -> dict[str, Any]:
    """Return what the plan costs, and what comes first if part of it is funded."""
    return {
        "money": money.money(say, index),
        "budget_lead": money.budget_lead(say),
        "first": money.first_rows(say, index),
        "free": money.free_steps(say, index),
        "lasting": money.lasting_rows(say, index),
        "exact_choice": money.exact_choice(say.document),
        "tech_budget": say.money(say.document.organization.yearly_technology_budget_cents or 0),
        "ask": money.ask_sentence(say),
    }


def _pictures(say: Say, index: Index) -> dict[str, Any]:
    """Return the pictures; None where there is nothing to draw."""
    document, plan = say.document, say.document.plan
    return {
        "cover": pictures.mosaic(say),
        "key": pictures.scale_key(say),
        "gap_chart": pictures.gap_bars(say) if document.scored else None,
        "age_chart": pictures.ages(say),
        "roadmaps": pictures.roadmaps(say, index) if plan.actions else [],
        "cost_chart": pictures.cost_years(say) if plan.total.likely else None,
    }


def sections(document: Document) -> list[Section]:
    """Return the sections that this document fills, numbered."""
    plan = document.plan
    some, costs = bool(plan.actions), bool(plan.total.high or plan.total.likely)
    lasting = bool(plan.yearly and plan.yearly[-1].likely)
    # Without security some measures are left out: then nothing is said of there being none.
    measured = bool(document.goals) or any(action.measures for action in plan.actions)
    rows = [
        ("summary", _("The plan in one page"), True),
        ("organization", _("Who we are and what we want to reach"), True),
        ("assessed", _("How we looked at our technology"), True),
        ("map", _("Where we stand, today and after the plan") if some else _("Where we stand"), True),
        ("strengths", _("What is strong"), bool(document.scored)),
        ("gaps", _("Where the gaps are"), bool(document.scored)),
        ("challenges", _("What stands behind the gaps"), bool(document.challenges)),
        ("plan", _("The plan, goal by goal") if document.goals else _("The plan, action by action"), True),
        ("roadmap", _("Roadmap by quarter"), some),
        ("budget", _("Three-year budget") if plan.horizon_years == 3 else _("Budget by year"), costs),
        ("lines", _("Budget lines, one by one"), costs),
        (
            "parts",
            _("If part of it is funded"),
            costs and sum(step.cost_cents > 0 for step in plan.first) > 1,
        ),
        ("measures", _("How we will know that it worked"), some and (measured or document.shown.security)),
        ("responsible", _("Who is responsible"), some and document.shown.names),
        ("lasting", _("What comes back every year"), lasting),
        ("method", _("Method and caveats"), True),
        ("appendix", _appendix_title(document), bool(document.questions)),
    ]
    kept = [(key, title) for key, title, there in rows if there]
    return [Section(key, number, title) for number, (key, title) in enumerate(kept, 1)]


def _appendix_title(document: Document) -> str:
    if document.shown.security:
        return _("Appendix: every question and its answer")
    return _("Appendix: the questions shown here and their answers")


def instrument(say: Say, wording: Any) -> dict[str, Any]:
    """Return how one instrument was worded."""
    return {
        "title": say.words(wording.title),
        "version": wording.version,
        "credits": say.words(wording.credits),
        "scale": [(step.level, say.words(step.label), say.words(step.meaning)) for step in wording.scale],
        "areas": [(say.words(part.title), say.words(part.summary)) for part in wording.areas],
        "qualities": [(say.words(part.title), say.words(part.summary)) for part in wording.qualities],
    }


def approved_at(say: Say) -> str:
    """Return what was approved of the plan, where its figures are others now."""
    plan = say.document.plan
    return labels.approved_at(plan.approved, plan.comes_to, say.document.organization.currency)


def imprint(say: Say) -> list[Row]:
    """Return the lines at the foot of the cover."""
    document, plan = say.document, say.document.plan
    contact = document.organization.contact
    who = ", ".join(part for part in (contact.name, contact.email) if part) if contact else ""
    asked = ""
    if plan.total.likely:
        asked = ngettext(
            "%(money)s over %(years)d year", "%(money)s over %(years)d years", plan.horizon_years
        )
        asked %= {"money": say.money(plan.total.likely), "years": plan.horizon_years}
    state = not_approved(plan.undecided)
    if plan.approved_on:
        state = say.day(plan.approved_on)
        if plan.approved_by:
            state = _("%(day)s, by %(who)s") % {"day": state, "who": plan.approved_by}
        state = with_figures(document, state)
    rows = [
        Row(_("We ask"), asked),
        Row(_("Plan period"), say.period),
        Row(_("Approved"), state),
        Row(_("Contact"), who),
        Row(_("Date"), say.day(document.taken_at.date())),
    ]
    return [row for row in rows if row.text]


def footer(say: Say) -> str:
    """Return what stands at the foot of every page."""
    words = _("Technology plan %(years)s") % {"years": f"{say.first_day.year}–{say.last_day.year}"}
    if say.document.organization.is_demo:
        return _("%(title)s · Demonstration data") % {"title": words}
    return words


def summary_lead(say: Say, index: Index) -> str:
    """Return the whole story in two or three sentences."""
    parts = [standing.finding(say)]
    strongest = next((row for row in index.challenges if row.strength), None)
    if not any(cell.gap for cell in say.document.scored):
        strongest = None
    if strongest is not None:
        most = (
            _("What weighs most behind it: %(title)s.")
            if say.document.shown.security
            else _("Of the challenges shown here this weighs most: %(title)s.")
        )
        parts.append(most % {"title": lower_first(say.words(strongest.title))})
    parts.append(_answer(say, len(index.meeting(strongest.key)) if strongest else 0))
    return " ".join(part for part in parts if part)


def _answer(say: Say, meeting: int) -> str:
    """Return how many actions the plan has, and how many of them meet the cause that weighs most."""
    words = {"meeting": meeting, "count": len(say.document.plan.actions)}
    if not words["count"]:
        return ""
    if not meeting:
        said = ngettext("This plan has %(count)d action.", "This plan has %(count)d actions.", words["count"])
    elif meeting == words["count"]:
        said = ngettext(
            "This plan answers it with %(count)d action.",
            "This plan answers it with %(count)d actions.",
            meeting,
        )
    else:
        said = ngettext(
            "%(meeting)d of the %(count)d actions of this plan answers it.",
            "%(meeting)d of the %(count)d actions of this plan answer it.",
            meeting,
        )
    return said % words
