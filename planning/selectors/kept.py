"""Plans worked out, kept in this process for who looks again: a page reads the database anew each time, and works out
anew only what it has not yet worked out of the same rows.

The key is a digest of everything that was read: the plan and what it says about actions, the organization, its
assessments with their results, its inventory, decisions, marks and goals. So a change of anything, by anybody, in any
process, makes another key, and nothing has to be told that it is out of date; nothing is written while a page is shown,
and nothing half-made is kept. What is kept is only read. A service, which changes the rows that it loads, takes a fresh
`work_of`. An in-process store was chosen over columns of the plan because a plan rests on rows of many tables, which
change without it, and because a picture is Python values that a database would have to be taught.
"""

import hashlib
from collections import OrderedDict
from threading import Lock
from typing import Any

from django.db.models import Model
from django.utils.translation import get_language

from planning.models import Plan
from planning.selectors.picture import plan_picture
from planning.selectors.pictures import PlanPicture
from planning.selectors.work import PlanWork, work_of

MOST = 16  # about a megabyte each
works: OrderedDict[str, PlanWork] = OrderedDict()
lock = Lock()


def kept_work(plan: Plan) -> PlanWork:
    """Return a plan worked out, to be read only: the one kept of the same rows, else a fresh one, which is kept."""
    fresh = work_of(plan)
    key = fingerprint(fresh)
    with lock:
        found = works.pop(key, fresh)
        works[key] = found
        if len(works) > MOST:
            works.popitem(last=False)
    return found


def kept_picture(work: PlanWork, *, with_frontier: bool) -> PlanPicture:
    """Return the picture of a kept plan in the active language."""
    place = get_language() or "en", with_frontier
    if place not in work.pictures:
        work.pictures[place] = plan_picture(work.plan, work, with_frontier=with_frontier)
    found: PlanPicture = work.pictures[place]
    return found


def fingerprint(work: PlanWork) -> str:
    """Return the digest of everything that a plan's figures and words are made of."""
    known = work.situation
    content = [
        _values(work.plan),
        _values(known.organization),
        [[_values(one), _values(one.instrument)] for one in (*known.assessments, *work.newer)],
        [_values(row) for row in work.rows.values()],
        [_values(cost) for costs in work.figures.values() for cost in costs],
        sorted(work.numbers.items()),
        known.results,
        known.inventory,
        sorted(known.sites.items()),
        [[_values(one), str(one.decided_by)] for one in known.decisions.values()],
        [_values(one) for one in known.marks.values()],
        [_values(one) for one in known.goals],
    ]
    return hashlib.sha256(repr(content).encode()).hexdigest()


def _values(row: Model) -> list[Any]:
    """Return what was read of a row, field by field."""
    return [value for name, value in vars(row).items() if not name.startswith("_")]
