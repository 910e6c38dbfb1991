"""What can be chosen, and one action's page: standings, must-haves on offer, figures of the catalogue."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from organizations.models import Organization
from planning.core.costs import capacity, price
from planning.core.values import WEEKS_A_QUARTER, Candidate, OwnFigures, Standing
from planning.models import Plan, PlanAction
from planning.selectors.causes import facts_without_gap
from planning.selectors.content import action_title, catalogue, challenge_title
from planning.selectors.costing import row_picture
from planning.selectors.picture import Painter
from planning.selectors.pictures import ActionPicture, ChallengePicture, CostRowPicture, EventPicture, Named
from planning.selectors.plans import events_of
from planning.selectors.situation import Situation
from planning.selectors.work import PlanWork, numbers_of
from planning.sentences import labels
from planning.sentences.numbers import hours as hours_words
from planning.sentences.reasons import event_sentence, no_gap_sentence

ZERO = Fraction(0)
FIRST_OFFERS = 3


@dataclass(frozen=True, slots=True)
class Offer:
    """One action with where it stands: to tick, or why it cannot be ticked.

    `cost_cents` is for the full length of the plan, `planned_cents` what a chosen one costs as it is scheduled.
    """

    key: str
    title: str
    kind: str
    kind_title: str
    standing: Standing
    chosen: bool
    must_have: bool
    excluded: bool
    may_be_chosen: bool
    says: str
    cost_cents: int | None
    planned_cents: int | None
    hours: Fraction
    gain: Fraction


@dataclass(frozen=True, slots=True)
class OfferGroup:
    """Actions of one kind: those chosen and those that do most are `shown`, the others are folded away."""

    title: str
    shown: tuple[Offer, ...]
    more: tuple[Offer, ...]


@dataclass(frozen=True, slots=True)
class MustHaveOffer:
    """An action suggested as a must-have, or one that is one; `challenge` is what it works against.

    `cost_cents` is its own, `needs_cents` that of what it needs first; both for the whole length of the plan.
    """

    key: str
    title: str
    challenge: str
    needs: tuple[Named, ...]
    cost_cents: int
    needs_cents: int
    ticked: bool


@dataclass(frozen=True, slots=True)
class ActionPage:
    """One action with what its page needs.

    `catalogue_rows` are its costs without own figures; `full_cents` is its cost for the full length of the plan.
    """

    picture: ActionPicture
    standing: Standing
    says: str
    chosen: bool
    must_have: bool
    excluded: bool
    excluded_reason: str
    by_hand: bool
    done: bool | None
    catalogue_rows: tuple[CostRowPicture, ...]
    may_do_alone: bool
    usual_hours: str
    quarters: tuple[str, ...]
    missing: tuple[str, ...]
    full_cents: int | None
    start_words: str


def action_offers(work: PlanWork) -> tuple[Offer, ...]:
    """Return every action, those that gain most first."""
    painter = Painter(work)
    found = [_offer(painter, candidate) for candidate in work.candidates.actions.values()]
    return tuple(sorted(found, key=lambda offer: (-offer.gain, offer.title, offer.key)))


def _offer(painter: Painter, candidate: Candidate) -> Offer:
    work, key = painter.work, candidate.key
    row = work.rows.get(key)
    return Offer(
        key=key,
        title=painter.title(key),
        kind=candidate.action.kind,
        kind_title=labels.action_kind(candidate.action.kind),
        standing=candidate.standing,
        chosen=key in work.chosen,
        must_have=bool(row and row.must_have),
        excluded=bool(row and row.excluded),
        may_be_chosen=candidate.standing in (Standing.CANDIDATE, Standing.NO_GAP)
        and candidate.cost is not None,
        says=standing_words(painter, candidate, brief=True),
        cost_cents=_full_cents(work, candidate),
        planned_cents=_planned_cents(work, key),
        hours=candidate.hours,
        gain=candidate.gain,
    )


def _full_cents(work: PlanWork, candidate: Candidate) -> int | None:
    return candidate.cost.over(work.plan.horizon_years).likely if candidate.cost else None


def _planned_cents(work: PlanWork, key: str) -> int | None:
    if key not in work.chosen or work.schedule.of(key) is None:
        return None
    return sum(line.total.likely for line in work.costs.of(key))


def standing_words(painter: Painter, candidate: Candidate, *, brief: bool = False) -> str:
    """Return where an action stands, and why, in a sentence; a brief one says only what it works against."""
    match candidate.standing:
        case Standing.DONE:
            return _("Done already.")
        case Standing.NO_GAP:
            return _("None of your gaps asks for it.")
        case Standing.NONE_TO_COUNT:
            return _("Your list of what you have shows nothing that it would be needed for.")
        case Standing.ASKS_NUMBER:
            names = ", ".join(labels.number_title(count) for count in candidate.numbers_missing)
            return _("It waits for a number: %(numbers)s.") % {"numbers": names}
        case Standing.IMPOSSIBLE:
            names = ", ".join(painter.title(key) for key in candidate.blocked_by)
            return _("It needs this first, which cannot be done now: %(names)s.") % {"names": names}
    unwanted = {candidate.key, *candidate.needed_by}.isdisjoint(painter.work.chosen)
    if unwanted and candidate.needed_by and not candidate.reach:
        return no_gap_sentence([painter.title(key) for key in candidate.needed_by])
    return painter.thread(candidate, brief=brief)


def grouped(offers: Iterable[Offer]) -> list[OfferGroup]:
    """Return offers in groups: what would help, by kind, then what would not, all folded away."""
    helps: dict[str, list[Offer]] = {}
    others: list[Offer] = []
    for offer in offers:
        if offer.standing is Standing.CANDIDATE or offer.chosen:
            helps.setdefault(offer.kind_title, []).append(offer)
        else:
            others.append(offer)
    groups = [_group(title, found) for title, found in sorted(helps.items())]
    rest = OfferGroup(_("Not asked for, or not possible now"), (), tuple(others))
    return [*groups, rest] if others else groups


def _group(title: str, offers: Sequence[Offer]) -> OfferGroup:
    if len(offers) <= FIRST_OFFERS + 1:  # nobody opens a fold for one more
        return OfferGroup(title, tuple(offers), ())
    first = {offer.key for offer in offers[:FIRST_OFFERS]}
    return OfferGroup(
        title,
        tuple(offer for offer in offers if offer.chosen or offer.key in first),
        tuple(offer for offer in offers if not offer.chosen and offer.key not in first),
    )


def must_have_offers(work: PlanWork) -> tuple[MustHaveOffer, ...]:
    """Return the suggested must-haves and those that are must-haves already."""
    painter = Painter(work)
    found = {
        offer.action: MustHaveOffer(
            key=offer.action,
            title=painter.title(offer.action),
            challenge=challenge_title(offer.challenge),
            needs=painter.named(offer.needs),
            cost_cents=_full_cents(work, work.candidates.actions[offer.action]) or 0,
            needs_cents=sum(_full_cents(work, work.candidates.actions[key]) or 0 for key in offer.needs),
            ticked=offer.action in work.must,
        )
        for offer in work.suggested_must_haves
    }
    for key in sorted(work.must - found.keys()):
        found[key] = MustHaveOffer(
            key=key,
            title=painter.title(key),
            challenge="",
            needs=(),
            cost_cents=_full_cents(work, work.candidates.actions[key]) or 0,
            needs_cents=0,
            ticked=True,
        )
    return tuple(found.values())


def said_by_hand(work: PlanWork) -> tuple[tuple[Named, ...], tuple[Named, ...]]:
    """Return what a choice under a budget keeps because somebody put it in or took it out by hand: in, out."""
    painter = Painter(work)
    return painter.named(sorted(work.by_hand - work.must)), painter.named(sorted(work.excluded))


def passed_over(work: PlanWork) -> tuple[ChallengePicture, ...]:
    """Return what the list shows, no low answer points to, and no action answers that the plan has or was kept out of.

    What is done answers it too.
    """
    decided = work.marked_chosen | work.excluded | work.candidates.done
    return tuple(
        cause
        for cause in facts_without_gap(work.situation)
        if cause.helps and not any(action.key in decided for action in cause.helps)
    )


def action_page(work: PlanWork, key: str) -> ActionPage:
    """Return one action with what its page needs."""
    painter = Painter(work)
    candidate, action = work.candidates.actions[key], work.actions[key]
    row, mark = work.rows.get(key), work.situation.marks.get(key)
    plain = price(action, work.counted, OwnFigures())
    usual = action.hours
    return ActionPage(
        picture=painter.action(candidate),
        standing=candidate.standing,
        says=standing_words(painter, candidate),
        chosen=key in work.chosen,
        must_have=bool(row and row.must_have),
        excluded=bool(row and row.excluded),
        excluded_reason=row.excluded_reason if row else "",
        by_hand=key in work.by_hand and not action.own,
        done=mark.done if mark else None,
        catalogue_rows=tuple(
            row_picture(
                cost,
                None,
                own=work.figures.get(key, ()),
                own_action=action.own,
                currency=painter.currency,
                years=work.plan.horizon_years,
            )
            for cost in (plain.cost.rows if plain.cost else ())
        ),
        may_do_alone=action.kind != "consulting"
        and any(cost.category == "consulting" for cost in action.costs),
        usual_hours=_("Leave it empty for the usual figure: %(hours)s.") % {"hours": hours_words(usual)},
        quarters=quarter_names(work.plan),
        missing=tuple(labels.number_title(count) for count in plain.missing),
        full_cents=_full_cents(work, candidate),
        start_words=_start_words(painter, key),
    )


def _start_words(painter: Painter, key: str) -> str:
    """Return what became of the quarter that somebody asked for, in a sentence; '' where nobody asked."""
    work = painter.work
    row, found = work.rows.get(key), work.schedule.of(key)
    if row is None or row.start is None:
        return ""
    if key not in work.chosen:
        return _("It is not in the plan, so nothing is moved yet.")
    if found is None:
        left = next((one for one in work.schedule.left_out if one.action == key), None)
        return painter.left_out(left, untimed=True).sentence if left else ""
    words = {"quarter": painter.quarter(found.start_quarter), "asked": painter.quarter(row.start)}
    if found.start_quarter == row.start:
        return _("It starts in %(quarter)s, as you asked.") % words
    if found.start_quarter < row.start:  # the quarter lies beyond the plan that was shortened since
        return _("It starts in %(quarter)s.") % words
    needs = [work.schedule.of(one) for one in work.actions[key].requires]
    last = max((one for one in needs if one is not None), key=lambda one: one.last_week, default=None)
    if last is not None and (last.last_week + 1) // WEEKS_A_QUARTER == found.start_quarter:
        words["needs"] = painter.title(last.action)
        return _("It starts in %(quarter)s, not in %(asked)s: “%(needs)s” has to end first.") % words
    sentence = _(
        "It starts in %(quarter)s, not in %(asked)s: the staff hours before are taken by other actions."
    )
    if work.plan.yearly_limit_cents is not None:
        sentence = _(
            "It starts in %(quarter)s, not in %(asked)s: staff hours or the limit for each year "
            "leave no room before."
        )
    return sentence % words


def quarter_names(plan: Plan) -> tuple[str, ...]:
    """Return the names of the quarters of a plan."""
    return tuple(
        labels.quarter(plan.start_year, plan.start_quarter, index) for index in range(4 * plan.horizon_years)
    )


def all_cells(known: Situation) -> tuple[Named, ...]:
    """Return every cell that a plan rests on."""
    return tuple(known.cell(cell.key) for cell in known.findings.cells)


def places_of_work(work: PlanWork) -> int | None:
    """Return how many places of work there can be: the larger of profile and list; None = not known."""
    listed = work.situation.inventory.sites if work.situation.inventory else ()
    return max(numbers_of(work.situation, work.numbers).sites or 0, len(listed)) or None


def own_keys(plan: Plan) -> frozenset[str]:
    """Return the keys of the plan's own actions."""
    return frozenset(PlanAction.objects.filter(plan=plan, is_own=True).values_list("key", flat=True))


def without(chosen: Sequence[str], key: str) -> list[str]:
    """Return what is chosen without an action and without what needs it, at any depth."""
    actions = catalogue().arithmetic
    gone = {key}
    grew = True
    while grew:
        more = {one for one in chosen if one in actions and gone & set(actions[one].requires)} - gone
        grew = bool(more)
        gone |= more
    return [one for one in chosen if one not in gone]


def usual_capacity(organization: Organization) -> Fraction:
    """Return the staff hours a quarter that count when nobody says otherwise."""
    full_time = organization.full_time_equivalents
    return capacity(None if full_time is None else Fraction(full_time))


def totals_moved(plan: Plan, work: PlanWork) -> bool:
    """Say whether the stored totals are no longer what the plan comes to: results or numbers changed since."""
    total = work.costs.total
    return (total.low, total.likely, total.high, len(work.planned)) != (
        plan.total_low_cents,
        plan.total_likely_cents,
        plan.total_high_cents,
        plan.actions_count,
    )


def event_pictures(plan: Plan) -> tuple[EventPicture, ...]:
    """Return what happened to a plan, the newest first."""
    titles = dict(PlanAction.objects.filter(plan=plan, is_own=True).values_list("key", "title"))
    currency = plan.organization.currency
    return tuple(
        EventPicture(
            at=found.at,
            who=str(found.user) if found.user else "",
            sentence=event_sentence(
                found.kind,
                found.detail,
                title=lambda key: titles.get(key) or action_title(key),
                currency=currency,
            ),
        )
        for found in events_of(plan)
    )
