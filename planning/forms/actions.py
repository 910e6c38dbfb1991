"""Forms of one action: who, when, amounts for each cost row; actions of one's own."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.forms import LinesField, OneLineField
from planning.forms.fields import AmountField, LotsField, WholeField
from planning.forms.plans import RevisionForm, quiet
from planning.models import PlanAction, PlanCost
from planning.selectors import CostRowPicture, Named
from planning.sentences import labels
from planning.sentences.numbers import decimal
from planning.services import OwnCost

OWN_ROWS = 4
LIFTS = ("0.25", "0.5", "0.75", "1", "1.5", "2")


def lifts() -> list[tuple[str, str]]:
    """Return what one action can lift a result by, written as in the language of the page."""
    return [(value, decimal(Fraction(value), 2)) for value in LIFTS]


class ActionForm(RevisionForm):
    """An action of the catalogue: owner, first quarter, hours, help, and own figures for each cost row."""

    owner = OneLineField(label=_("Who is responsible"), max_length=200, required=False)
    start = forms.TypedChoiceField(label=_("Start not before"), required=False, coerce=int, empty_value=None)
    hours = WholeField(label=_("Staff hours in the first year"), required=False, most=100_000)
    without_help = forms.BooleanField(label=_("We do this without outside help"), required=False)

    def __init__(
        self,
        *args: Any,
        row: PlanAction | None,
        own: Sequence[PlanCost] = (),
        quarters: Sequence[str],
        costs: Sequence[CostRowPicture],
        currency: str,
        may_do_alone: bool,
        usual_hours: str,
        **kwargs: Any,
    ) -> None:
        saved = {cost.row: cost for cost in own}
        if row is not None:
            kwargs["initial"] = {
                "owner": row.owner,
                "start": "" if row.start is None else row.start,
                "hours": row.hours,
                "without_help": row.without_help,
                **kwargs.get("initial", {}),
            }
        super().__init__(*args, **kwargs)
        self.fields["start"].choices = [  # type: ignore[attr-defined]
            ("", _("As early as it fits")),
            *enumerate(quarters),
        ]
        self.fields["hours"].help_text = usual_hours
        if not may_do_alone:
            del self.fields["without_help"]
        self.costs = costs
        for cost in costs:
            self._add_cost_fields(cost, currency, saved.get(cost.row))
        self.helper = quiet(self)

    def _add_cost_fields(self, cost: CostRowPicture, currency: str, own: PlanCost | None) -> None:
        name = f"row{cost.row}"
        self.fields[f"{name}_number"] = WholeField(
            label=labels.number_label(cost.basis, cost.count),
            required=False,
            most=100_000,
            initial=own.number if own else None,
        )
        self.fields[f"{name}_once"] = AmountField(
            label=_("In total, once"),
            required=False,
            currency=currency,
            initial=own.one_time_cents if own else None,
        )
        self.fields[f"{name}_yearly"] = AmountField(
            label=_("In total, a year"),
            required=False,
            currency=currency,
            initial=own.yearly_cents if own else None,
        )
        self.fields[f"{name}_lots"] = LotsField(
            label=_("Bought over several years: how many each year, for example 3, 3"),
            required=False,
            years=len(cost.by_year),
            initial=own.lots if own else None,
        )

    def rows(self) -> list[tuple[CostRowPicture, list[forms.BoundField]]]:
        """Return each cost row with its fields, for the page."""
        return [
            (cost, [self[f"row{cost.row}_{name}"] for name in ("number", "once", "yearly", "lots")])
            for cost in self.costs
        ]

    def own_costs(self) -> dict[int, OwnCost]:
        """Return the own figures by row."""
        data = self.cleaned_data
        return {
            cost.row: OwnCost(
                number=data[f"row{cost.row}_number"],
                one_time_cents=data[f"row{cost.row}_once"],
                yearly_cents=data[f"row{cost.row}_yearly"],
                lots=data[f"row{cost.row}_lots"],
            )
            for cost in self.costs
        }


class OwnActionForm(RevisionForm):
    """An action that the catalogue does not have."""

    title = OneLineField(label=_("What will you do?"), max_length=200)
    summary = LinesField(
        label=_("What is it, and why?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    kind = forms.ChoiceField(label=_("Kind"))
    owner = OneLineField(label=_("Who is responsible"), max_length=200, required=False)
    start = forms.TypedChoiceField(label=_("Start not before"), required=False, coerce=int, empty_value=None)
    weeks = WholeField(label=_("Weeks from start to end"), least=1, most=520, initial=4)
    hours = WholeField(label=_("Staff hours in the first year"), most=100_000, initial=0)
    lift_cells = forms.MultipleChoiceField(
        label=_("Which results will it lift?"), required=False, widget=forms.CheckboxSelectMultiple
    )
    lift = forms.ChoiceField(
        label=_("By how much, in levels"),
        required=False,
        choices=lifts,
        initial="0.5",
        help_text=_("Half a level is a lot for one action. Be careful rather than hopeful."),
    )

    def __init__(
        self,
        *args: Any,
        row: PlanAction | None,
        own: Sequence[PlanCost] = (),
        quarters: Sequence[str],
        cells: Sequence[Named],
        currency: str,
        **kwargs: Any,
    ) -> None:
        saved = list(own)
        if row is not None:
            kwargs["initial"] = {
                "title": row.title,
                "summary": row.summary,
                "kind": row.kind,
                "owner": row.owner,
                "start": "" if row.start is None else row.start,
                "weeks": row.weeks,
                "hours": row.hours,
                "lift_cells": [lift["cell"] for lift in row.lifts],
                "lift": str(row.lifts[0]["levels"]) if row.lifts else "0.5",
                **kwargs.get("initial", {}),
            }
        super().__init__(*args, **kwargs)
        kinds = [*labels.categories(), ("policy", labels.action_kind("policy"))]
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["start"].choices = [  # type: ignore[attr-defined]
            ("", _("As early as it fits")),
            *enumerate(quarters),
        ]
        self.fields["lift_cells"].choices = [(c.key, c.title) for c in cells]  # type: ignore[attr-defined]
        for place in range(OWN_ROWS):
            self._add_cost_fields(place, currency, saved[place] if place < len(saved) else None)
        self.helper = quiet(self)

    def _add_cost_fields(self, place: int, currency: str, own: PlanCost | None) -> None:
        self.fields[f"cost{place}_note"] = OneLineField(
            label=_("What for"), max_length=300, required=False, initial=own.note if own else ""
        )
        self.fields[f"cost{place}_category"] = forms.ChoiceField(
            label=_("Kind of cost"),
            choices=labels.categories(),
            required=False,
            initial=own.category if own else "gear",
        )
        self.fields[f"cost{place}_once"] = AmountField(
            label=_("Once"), required=False, currency=currency, initial=own.one_time_cents if own else None
        )
        self.fields[f"cost{place}_yearly"] = AmountField(
            label=_("Every year"),
            required=False,
            currency=currency,
            initial=own.yearly_cents if own else None,
        )

    def cost_fields(self) -> list[list[forms.BoundField]]:
        """Return the fields of each cost row, for the page."""
        names = ("note", "category", "once", "yearly")
        return [[self[f"cost{place}_{name}"] for name in names] for place in range(OWN_ROWS)]

    def values(self) -> dict[str, Any]:
        """Return what was typed, as the service takes it."""
        data = self.cleaned_data
        return {
            "title": data["title"],
            "summary": data["summary"],
            "kind": data["kind"],
            "owner": data["owner"],
            "start": data["start"],
            "weeks": data["weeks"],
            "hours": data["hours"],
            "lifts": [{"cell": cell, "levels": data["lift"] or "0.5"} for cell in data["lift_cells"]],
            "costs": [
                OwnCost(
                    one_time_cents=data[f"cost{place}_once"],
                    yearly_cents=data[f"cost{place}_yearly"],
                    category=data[f"cost{place}_category"] or "gear",
                    note=data[f"cost{place}_note"],
                )
                for place in range(OWN_ROWS)
                if data[f"cost{place}_once"] or data[f"cost{place}_yearly"]
            ],
        }
