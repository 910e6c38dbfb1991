"""What a plan says about single actions: amounts, owner, start, must-have or left out, actions of one's own."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from organizations.models import User
from planning.models import Plan, PlanAction, PlanCost
from planning.selectors import catalogue, without
from planning.services.changes import draft, finish

MOST_OWN = 40


OWN_FIELDS = ("title", "summary", "kind", "lifts", "weeks", "hours", "owner", "start")


@dataclass(frozen=True, slots=True)
class OwnCost:
    """What an organization says about one cost row; None = as in the catalogue."""

    number: int | None = None
    one_time_cents: int | None = None
    yearly_cents: int | None = None
    lots: tuple[int, ...] = ()
    category: str = ""
    note: str = ""

    @property
    def says_nothing(self) -> bool:
        return (
            self.number is None
            and self.one_time_cents is None
            and self.yearly_cents is None
            and not self.lots
            and not self.note
        )


@transaction.atomic
def edit_action(
    *,
    plan: Plan,
    revision: int | None,
    key: str,
    user: User | None,
    owner: str = "",
    start: int | None = None,
    without_help: bool = False,
    hours: int | None = None,
    costs: Mapping[int, OwnCost] | None = None,
    at: datetime | None = None,
) -> Plan:
    """Record who does an action of the catalogue, from when, and the organization's own figures for its costs."""
    found = draft(plan=plan, revision=revision)
    row, _new = PlanAction.objects.update_or_create(
        plan=found,
        key=key,
        defaults={"owner": owner, "start": start, "without_help": without_help, "hours": hours},
    )
    _write_costs(row, costs or {})
    return finish(plan=found, user=user, kind="action", detail={"action": key}, at=at)


@transaction.atomic
def assign_owners(
    *,
    plan: Plan,
    revision: int | None,
    owners: Mapping[str, str],
    user: User | None,
    at: datetime | None = None,
) -> Plan:
    """Record who is responsible for each of several actions; `owners` maps an action's key to a name."""
    found = draft(plan=plan, revision=revision)
    rows = [PlanAction(plan=found, key=key, owner=owner) for key, owner in owners.items()]
    PlanAction.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["plan", "key"], update_fields=["owner"]
    )
    return finish(plan=found, user=user, kind="owners", detail={"actions": sorted(owners)}, at=at)


@transaction.atomic
def require_action(
    *, plan: Plan, revision: int | None, key: str, user: User | None, at: datetime | None = None
) -> Plan:
    """Make an action a must-have: every choice has it, with what it needs."""
    return _say(plan, revision, key, user, at, kind="must-have", must_have=True, excluded=False)


@transaction.atomic
def exclude_action(
    *,
    plan: Plan,
    revision: int | None,
    key: str,
    reason: str,
    user: User | None,
    at: datetime | None = None,
) -> Plan:
    """Leave an action out of every choice, and take it out of the plan; raises ValidationError without a reason."""
    if not reason.strip():
        raise ValidationError(_("Say in a few words why you leave it out."), code="reason")
    return _say(
        plan,
        revision,
        key,
        user,
        at,
        kind="excluded",
        excluded=True,
        excluded_reason=reason.strip(),
        must_have=False,
        chosen=False,
        by_hand=False,
    )


@transaction.atomic
def free_action(
    *, plan: Plan, revision: int | None, key: str, user: User | None, at: datetime | None = None
) -> Plan:
    """Let the choice decide about an action again."""
    return _say(
        plan,
        revision,
        key,
        user,
        at,
        kind="freed",
        must_have=False,
        excluded=False,
        excluded_reason="",
        by_hand=False,
    )


def _say(
    plan: Plan,
    revision: int | None,
    key: str,
    user: User | None,
    at: datetime | None,
    *,
    kind: str,
    **values: Any,
) -> Plan:
    found = draft(plan=plan, revision=revision)
    PlanAction.objects.update_or_create(plan=found, key=key, defaults=values)
    if values.get("excluded"):  # nothing stays in that cannot be done without it
        chosen = list(PlanAction.objects.filter(plan=found, chosen=True).values_list("key", flat=True))
        lost = set(chosen) - set(without(chosen, key))
        PlanAction.objects.filter(plan=found, key__in=lost).update(chosen=False)
    detail = {"action": key}
    if values.get("excluded_reason"):
        detail["reason"] = values["excluded_reason"]
    return finish(plan=found, user=user, kind=kind, detail=detail, at=at)


@transaction.atomic
def add_own_action(
    *,
    plan: Plan,
    revision: int | None,
    user: User | None,
    title: str,
    summary: str = "",
    kind: str = "policy",
    lifts: Sequence[Mapping[str, str]] = (),
    weeks: int = 1,
    hours: int = 0,
    owner: str = "",
    start: int | None = None,
    costs: Sequence[OwnCost] = (),
    chosen: bool = True,
    at: datetime | None = None,
) -> Plan:
    """Add an action that the catalogue does not have; it is chosen at once."""
    found = draft(plan=plan, revision=revision)
    own = PlanAction.objects.filter(plan=found, is_own=True).values_list("key", flat=True)
    numbers = [int(key.removeprefix("own-")) for key in own]
    if len(numbers) >= MOST_OWN:
        raise ValidationError(_("There are 40 actions of your own already."), code="too-many")
    row = PlanAction.objects.create(
        plan=found,
        key=f"own-{max(numbers, default=0) + 1}",
        is_own=True,
        by_hand=True,
        chosen=chosen,
        title=title,
        summary=summary,
        kind=kind,
        lifts=[dict(lift) for lift in lifts],
        weeks=weeks,
        hours=hours,
        owner=owner,
        start=start,
    )
    _write_costs(row, dict(enumerate(costs)))
    return finish(plan=found, user=user, kind="own-added", detail={"action": row.key, "title": title}, at=at)


@transaction.atomic
def change_own_action(
    *,
    plan: Plan,
    revision: int | None,
    key: str,
    user: User | None,
    costs: Sequence[OwnCost] = (),
    at: datetime | None = None,
    **values: Any,
) -> Plan:
    """Change an action of one's own: words, lifts, weeks, hours, owner, start, costs."""
    found = draft(plan=plan, revision=revision)
    row = PlanAction.objects.get(plan=found, key=key, is_own=True)
    changed = [name for name in OWN_FIELDS if name in values]
    for name in changed:
        setattr(row, name, values[name])
    row.save(update_fields=changed)
    _write_costs(row, dict(enumerate(costs)))
    return finish(
        plan=found, user=user, kind="own-changed", detail={"action": key, "title": row.title}, at=at
    )


@transaction.atomic
def remove_own_action(
    *, plan: Plan, revision: int | None, key: str, user: User | None, at: datetime | None = None
) -> Plan:
    """Remove an action of one's own."""
    found = draft(plan=plan, revision=revision)
    row = PlanAction.objects.get(plan=found, key=key, is_own=True)
    title = row.title
    row.delete()
    return finish(plan=found, user=user, kind="own-removed", detail={"action": key, "title": title}, at=at)


def _write_costs(row: PlanAction, costs: Mapping[int, OwnCost]) -> None:
    """Replace the row's own figures."""
    content = catalogue().arithmetic.get(row.key)
    rows = range(len(content.costs)) if content and not row.is_own else costs.keys()
    row.costs.all().delete()
    PlanCost.objects.bulk_create(
        PlanCost(
            action=row,
            row=number,
            number=cost.number,
            one_time_cents=cost.one_time_cents,
            yearly_cents=cost.yearly_cents,
            lots=list(cost.lots),
            category=cost.category,
            note=cost.note,
        )
        for number, cost in sorted(costs.items())
        if number in rows and not cost.says_nothing
    )
