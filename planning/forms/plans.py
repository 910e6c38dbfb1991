"""Forms of a plan as a whole: start, limits, budget, numbers, approval."""

import uuid
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from organizations.forms import OneLineField
from planning.core.quarters import quarter_of, usual_start
from planning.forms.fields import AmountField, WholeField
from planning.models import Plan
from planning.selectors import NumberPicture
from planning.sentences import labels

YEARS_AHEAD = 5
COUNTS_OF_PLACES = ("slow-sites", "sites-with-weak-wifi")


def quiet(form: forms.BaseForm) -> FormHelper:
    """Return a helper for a form whose page owns the form tag."""
    helper = FormHelper(form)
    helper.form_tag = False
    helper.disable_csrf = True
    return helper


class RevisionForm(forms.Form):
    """A form of a plan: it carries the revision that its page showed."""

    revision = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = quiet(self)


class PlanForm(RevisionForm):
    """Title, start, years and what the organization can give."""

    once = forms.UUIDField(widget=forms.HiddenInput, required=False)
    title = OneLineField(label=_("Title"), max_length=200)
    start = forms.ChoiceField(label=_("First quarter"))
    horizon_years = forms.TypedChoiceField(label=_("How many years"), coerce=int)
    hours_per_quarter = WholeField(
        label=_("Staff hours you can give each quarter"), required=False, most=100_000
    )
    yearly_limit = AmountField(
        label=_("Limit for each year"),
        required=False,
        help_text=_("Leave it empty when only the whole budget counts."),
    )

    def __init__(
        self,
        *args: Any,
        today: date,
        capacity: Fraction,
        currency: str,
        plan: Plan | None = None,
        **kwargs: Any,
    ) -> None:
        if plan is not None:
            kwargs["initial"] = {
                "title": plan.title,
                "start": f"{plan.start_year}-{plan.start_quarter}",
                "horizon_years": plan.horizon_years,
                "hours_per_quarter": plan.hours_per_quarter,
                "yearly_limit": plan.yearly_limit_cents,
                "revision": plan.revision,
                **kwargs.get("initial", {}),
            }
        super().__init__(*args, **kwargs)
        first = plan.start_year if plan else today.year
        start = self.fields["start"]
        start.choices = [  # type: ignore[attr-defined]
            (f"{year}-{quarter}", labels.quarter(year, quarter, 0))
            for year in range(min(first, today.year), today.year + YEARS_AHEAD)
            for quarter in range(1, 5)
            if plan or (year, quarter) >= quarter_of(today)
        ]
        self.fields["horizon_years"].choices = [  # type: ignore[attr-defined]
            (years, labels.years(years)) for years in (1, 2, 3, 4, 5)
        ]
        if plan is None:
            self.initial.setdefault("horizon_years", 3)
            year, quarter = usual_start(today)
            self.initial.setdefault("title", _("Technology plan %(year)s") % {"year": str(year)})
            self.initial.setdefault("start", f"{year}-{quarter}")
            self.fields["once"].initial = uuid.uuid4
            del self.fields["yearly_limit"]
        else:
            del self.fields["once"]  # only what adds something has to happen once
            self.fields["yearly_limit"].currency = currency  # type: ignore[attr-defined]
        self.helper = quiet(self)  # of the fields that are left
        self.fields["hours_per_quarter"].help_text = labels.capacity_help(capacity)

    def values(self) -> dict[str, Any]:
        """Return what was typed, as the service takes it."""
        year, _dash, quarter = self.cleaned_data["start"].partition("-")
        found = {
            "title": self.cleaned_data["title"],
            "start_year": int(year),
            "start_quarter": int(quarter),
            "horizon_years": self.cleaned_data["horizon_years"],
            "hours_per_quarter": self.cleaned_data["hours_per_quarter"],
        }
        if "yearly_limit" in self.fields:
            found["yearly_limit_cents"] = self.cleaned_data["yearly_limit"]
        return found


class BudgetForm(RevisionForm):
    """An exact amount for the whole plan, and the hours of a quarter; an empty amount is no limit."""

    budget = AmountField(label=_("Exact amount"), required=False)
    hours = WholeField(label=_("Staff hours a quarter"), required=False, most=100_000)

    def __init__(self, *args: Any, currency: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["budget"].currency = currency  # type: ignore[attr-defined]


class KeysForm(RevisionForm):
    """Ticked actions out of those that the page offered."""

    ticked = forms.MultipleChoiceField(required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, offered: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ticked"].choices = list(offered)  # type: ignore[attr-defined]


class NumbersForm(RevisionForm):
    """The numbers that the inventory does not give."""

    def __init__(
        self, *args: Any, asked: Sequence[NumberPicture], places: int | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.places = places
        for number in asked:
            self.fields[number.count] = WholeField(
                label=number.title,
                required=False,
                initial=number.number,
                most=100_000,
                help_text=escape(labels.waiting([action.title for action in number.actions])),
            )
        self.asked = tuple(number.count for number in asked)
        self.helper = quiet(self)

    def clean(self) -> dict[str, Any]:
        """Refuse more places of one kind than there are places."""
        cleaned = super().clean() or self.cleaned_data
        places = cleaned.get("sites") or self.places
        for name in COUNTS_OF_PLACES:
            if places and (cleaned.get(name) or 0) > places:
                words = ngettext(
                    "You have %(places)d place of work; there cannot be more of these.",
                    "You have %(places)d places of work; there cannot be more of these.",
                    places,
                )
                self.add_error(name, words % {"places": places})
        return cleaned

    def values(self) -> dict[str, int | None]:
        """Return the numbers, None where the field was left empty."""
        return {count: self.cleaned_data[count] for count in self.asked}


class ApprovalForm(RevisionForm):
    """Who approved the plan, and when; it carries the figures that its page showed."""

    seen_cents = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    seen_percent = forms.IntegerField(widget=forms.HiddenInput, required=False)  # none where there is no gap
    approved_by = OneLineField(
        label=_("Approved by"),
        max_length=200,
        help_text=_("A person or a body, for example the board of directors."),
    )
    approved_on = forms.DateField(
        label=_("On"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.initial.setdefault("approved_on", today)

    def clean_approved_on(self) -> date:
        """Refuse a day that has not come."""
        day: date = self.cleaned_data["approved_on"]
        if day > self.today:
            raise forms.ValidationError(_("This day has not come yet."), code="future")
        return day
