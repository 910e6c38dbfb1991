"""What a new choice did to a plan, told on the page that comes next: what came in, what left, and why."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from planning import selectors
from planning.sentences.numbers import listed

MOST_TOLD = 5


def tell_what_moved(request: HttpRequest, before: Sequence[str], work: selectors.PlanWork) -> None:
    """Say which actions a new choice took out of the plan, each with the reason, and which it put in.

    `work` is kept, so that the page that comes next finds it and its picture.
    """
    lost, new = set(before) - set(work.planned), set(work.planned) - set(before)
    if not lost and not (new and before):
        return
    picture = selectors.kept_picture(work, with_frontier=work.kept_frontier is not None)
    if lost:
        messages.info(request, _what_left(picture, lost))
    if new and before:  # of a first choice the page itself says what is in it
        messages.info(request, _what_came(picture, new))


def tell_what_was_put_in(request: HttpRequest, before: selectors.PlanWork, work: selectors.PlanWork) -> None:
    """Say what was just put in by hand and counts now, and what is chosen but finds no time in the plan any more."""
    new, late = set(work.planned) - set(before.planned), _without_time(work) - _without_time(before)
    if not set(work.chosen) - set(before.chosen):
        return
    picture = selectors.kept_picture(work, with_frontier=work.kept_frontier is not None)
    if new:
        said = _("Now in the plan: %(names)s.") % {"names": _names(picture, new)}
        messages.success(request, said, extra_tags="good")
    reasons = [
        _("“%(title)s”: %(reason)s") % {"title": one.title, "reason": one.sentence}
        for one in picture.unscheduled
        if one.key in late
    ]
    if reasons:
        said = _("Chosen, but not counted, because the plan has no time left for it:")
        messages.warning(request, f"{said} {' '.join(reasons[:MOST_TOLD])}", extra_tags="attention")


def _without_time(work: selectors.PlanWork) -> set[str]:
    return {found.action for found in work.schedule.left_out}


def _what_left(picture: selectors.PlanPicture, lost: set[str]) -> str:
    rows = [one for one in (*picture.unscheduled, *picture.left_out) if one.key in lost]
    said = " ".join(
        _("“%(title)s”: %(reason)s") % {"title": one.title, "reason": one.sentence}
        for one in rows[:MOST_TOLD]
    )
    more = len(lost) - min(len(rows), MOST_TOLD)
    if more:
        rest = ngettext(
            "And %(count)d more, under “Left out”.", "And %(count)d more, under “Left out”.", more
        )
        said = f"{said} {rest % {'count': more}}"
    return "{first} {said}".format(first=_("No longer in the plan:"), said=said)


def _what_came(picture: selectors.PlanPicture, new: set[str]) -> str:
    return _("New in the plan, because this budget closes most of the gap with them: %(names)s.") % {
        "names": _names(picture, new)
    }


def _names(picture: selectors.PlanPicture, new: set[str]) -> str:
    titles = [_("“%(title)s”") % {"title": one.title} for one in picture.actions if one.key in new]
    more = len(titles) - MOST_TOLD
    if more > 0:
        rest = ngettext("%(count)d more", "%(count)d more", more) % {"count": more}
        titles = [*titles[:MOST_TOLD], rest]
    return listed(titles)
