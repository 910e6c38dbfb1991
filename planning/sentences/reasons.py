"""Why an action is left out, and why one is in: sentences from the choice and from the golden thread."""

from collections.abc import Callable, Iterable, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from organizations.money import money, whole_money
from planning.core.values import LeftOut, Reason
from planning.sentences import labels
from planning.sentences.numbers import decimal, listed

Title = Callable[[str], str]


def left_out_sentence(
    found: LeftOut,
    *,
    title: Title,
    currency: str,
    budget_cents: int | None,
    excluded_reason: str = "",
    untimed: bool = False,
) -> str:
    """Return the one reason why an action is left out; `title` names actions by key.

    `untimed`: it is chosen, and what it waits for is chosen too but has no time in the plan.
    """
    words = {**_amounts(found, title, currency), "reason": excluded_reason}
    match found.reason:
        case Reason.BUDGET:
            return _budget(found, words, budget_cents)
        case Reason.HOURS:
            return _hours(found, words)
        case Reason.PREREQUISITE:
            if untimed:
                return _("It needs %(blocked)s first, which does not fit into the time either.") % words
            return _("It needs %(blocked)s first, and that cannot be done now.") % words
        case Reason.NOTHING_TO_GAIN:
            if found.no_gap:
                return no_gap_sentence([title(key) for key in found.needed_by])
            return _("Nothing left to gain: what is chosen already closes the gaps that it would close.")
        case Reason.TOO_LITTLE:
            return _("Too little left to gain for what it takes.")
        case Reason.NOT_CHOSEN:
            return _("You have not chosen it.")
        case Reason.EXCLUDED:
            if excluded_reason:
                return _("You left it out: “%(reason)s”") % words
            return _("You left it out.")
        case Reason.NUMBER_MISSING:
            return _("It waits for a number: %(numbers)s.") % words
        case Reason.NONE_TO_COUNT:
            return _("Your list of what you have shows nothing that it would be needed for.")
        case Reason.YEAR_LIMIT:
            return _("It does not fit into the limit for each year, however long it waits.")
        case Reason.HORIZON:
            return _("It cannot be finished before the plan ends.")
        case Reason.STAFF_HOURS:
            return _("There are not enough staff hours left for it before the plan ends.")
    raise ValueError(f"{found.reason} has no sentence.")


def _amounts(found: LeftOut, title: Title, currency: str) -> dict[str, str]:
    return {
        "cost": whole_money(found.cost_cents, currency),
        "over": (whole_money if found.over_cents >= 100 else money)(found.over_cents, currency),
        "short": whole_money(found.short_cents, currency),
        "hours": decimal(found.over_hours),
        "short_hours": decimal(found.short_hours),
        "own_hours": decimal(found.hours),
        "needs": _quoted(title(key) for key in found.needs),
        "blocked": _quoted(title(key) for key in found.blocked_by),
        "numbers": listed([labels.number_title(key) for key in found.numbers_missing]),
    }


def _quoted(titles: Iterable[str]) -> str:
    return listed([_("“%(title)s”") % {"title": title} for title in titles])


def no_gap_sentence(needed_by: Sequence[str]) -> str:
    """Return that an action closes no gap itself; `needed_by` are the titles of what it would come before."""
    if not needed_by:
        return _("It closes no gap itself.")
    return ngettext(
        "It closes no gap itself; it only comes before %(names)s, which is not in the plan.",
        "It closes no gap itself; it only comes before %(names)s, which are not in the plan.",
        len(needed_by),
    ) % {"names": _quoted(needed_by)}


def _budget(found: LeftOut, words: dict[str, str], budget_cents: int | None) -> str:
    if found.short_cents:
        if found.needs:
            return (
                _(
                    "The chosen actions are already %(short)s over the budget; with %(needs)s, which it needs "
                    "first, it would add %(cost)s."
                )
                % words
            )
        return _("The chosen actions are already %(short)s over the budget; it would add %(cost)s.") % words
    if found.needs:
        return (
            _("With %(needs)s, which it needs first, it costs %(cost)s: %(over)s more than is left.") % words
        )
    if budget_cents is not None and found.cost_cents > budget_cents:
        return _("It costs %(cost)s, more than the whole budget.") % words
    return _("It costs %(cost)s: %(over)s more than is left.") % words


def _hours(found: LeftOut, words: dict[str, str]) -> str:
    if found.short_hours:
        return (
            _(
                "The chosen actions already take %(short_hours)s staff hours more than there are; "
                "it would add %(own_hours)s."
            )
            % words
        )
    if found.needs:
        return (
            _("With %(needs)s, which it needs first, it takes %(hours)s staff hours more than there are.")
            % words
        )
    return _("It takes %(hours)s staff hours more than there are.") % words


def thread_sentences(
    *,
    challenges: Sequence[str],
    areas: Sequence[str],
    goals: Sequence[str],
    all_goals: int = 0,
    needed_by: Sequence[str] = (),
    requires: Sequence[str] = (),
    must_have: bool = False,
    by_hand: bool = False,
) -> str:
    """Return why an action is in the plan: what it removes, lifts and serves. All are titles."""
    said = []
    if challenges:
        said.append(
            ngettext("It works against %(names)s.", "It works against %(names)s.", len(challenges))
            % {"names": _quoted(challenges)}
        )
    if areas:
        said.append(_("Lifts %(areas)s.") % {"areas": listed(areas)})
    if len(goals) > 1 and len(goals) == all_goals:
        said.append(_("Serves all your goals."))
    elif goals:
        said.append(
            ngettext("Serves the goal %(names)s.", "Serves the goals %(names)s.", len(goals))
            % {"names": _quoted(goals)}
        )
    if needed_by and not challenges:
        said.append(_("Needed before %(names)s.") % {"names": _quoted(needed_by)})
    if requires:
        said.append(_("Needs %(names)s first.") % {"names": _quoted(requires)})
    if must_have:
        said.append(_("You marked it as a must-have."))
    elif by_hand:
        said.append(_("You added it by hand."))
    return " ".join(said)


def event_sentence(kind: str, detail: dict[str, object], *, title: Title, currency: str) -> str:
    """Return what happened to a plan."""
    action = str(detail.get("action", ""))
    words = {
        "action": str(detail.get("title") or (title(action) if action else "")),
        "by": str(detail.get("approved_by", "")),
        "reason": str(detail.get("reason", "")),
    }
    budget = detail.get("budget_cents")
    if kind == "chosen" and isinstance(budget, int):
        return _("Actions chosen under %(amount)s.") % {"amount": money(budget, currency)}
    sentence = {
        "created": _("Plan started."),
        "changed": _("Title, dates or limits changed."),
        "refreshed": _("Took over today’s results and numbers."),
        "chosen": _("Actions chosen without a budget."),
        "by-hand": _("Actions chosen by hand."),
        "must-haves": _("Must-haves changed."),
        "numbers": _("Numbers given."),
        "action": _("“%(action)s” edited."),
        "owners": _("People named for the actions."),
        "must-have": _("“%(action)s” made a must-have."),
        "excluded": _("“%(action)s” left out: “%(reason)s”"),
        "done": _("“%(action)s” recorded as done."),
        "not-done": _("“%(action)s” recorded as not done."),
        "freed": _("“%(action)s” left to the choice again."),
        "own-added": _("Own action “%(action)s” added."),
        "own-changed": _("Own action “%(action)s” changed."),
        "own-removed": _("Own action “%(action)s” removed."),
        "proposed": _("Plan proposed."),
        "approved": _("Plan approved by %(by)s."),
        "under-way": _("Work started."),
        "finished": _("Work finished."),
        "reopened": _("Plan put back to draft."),
    }.get(kind)
    return kind if sentence is None else sentence % words
