"""Goals of the organization, and why a challenge is not true for it."""

import uuid
from collections.abc import Sequence
from datetime import date
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.forms import OneLineField, SeenForm, day_of_ours, day_to_come
from planning.models import Goal
from planning.selectors import Named
from planning.sentences import labels


class GoalForm(SeenForm, forms.Form):
    """One goal: what, how one knows, by when, which areas of work it needs, how much it matters."""

    title = OneLineField(
        label=_("Goal"),
        max_length=300,
        help_text=_("One sentence: what will be different for the people you work for."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    measure = OneLineField(
        label=_("How you will know"),
        max_length=300,
        required=False,
        help_text=_("A number that you can count, from today’s to the one you want."),
    )
    by = forms.DateField(
        label=_("By when"),
        required=False,
        validators=[day_of_ours],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    areas = forms.MultipleChoiceField(
        label=_("Which areas of your work does it need?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Actions that lift these areas are worth more in the choice."),
    )
    weight = forms.TypedChoiceField(
        label=_("How much it matters"), coerce=int, widget=forms.RadioSelect, initial=1
    )

    once = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, areas: Sequence[Named], goal: Goal | None = None, **kwargs: Any) -> None:
        if goal is not None:
            kwargs["initial"] = {
                "title": goal.title,
                "measure": goal.measure,
                "by": goal.by,
                "areas": goal.areas,
                "weight": goal.weight,
            }
        super().__init__(*args, **kwargs)
        known = [(area.key, area.title) for area in areas]
        kept = [(key, key) for key in (goal.areas if goal else []) if key not in dict(known)]
        self.fields["areas"].choices = known + kept  # type: ignore[attr-defined]
        self.fields["weight"].choices = labels.weights()  # type: ignore[attr-defined]
        if goal is None:
            self.fields["once"].initial = uuid.uuid4
        else:
            del self.fields["once"]  # only what adds something has to happen once
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.render_hidden_fields = True
        if goal is not None:
            self.remember()

    def clean_by(self) -> date | None:
        """Refuse a day that has passed."""
        return day_to_come(self, "by")


class ReasonForm(forms.Form):
    """Why a challenge is not true, or why an action is left out."""

    reason = OneLineField(
        label=_("Why?"),
        max_length=300,
        error_messages={"required": _("Say in a few words why this is not true for you.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
