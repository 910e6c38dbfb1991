"""The wanted level of a cell or of a question."""

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.models import Target
from assessments.services.targets import Wish
from organizations.forms import HouseHelper, OneLineField, SeenForm, day_of_ours, day_to_come


class TargetForm(SeenForm, forms.Form):
    """One target: a whole level, or none of one's own; a reason and a day if somebody likes."""

    level = forms.ChoiceField(
        label=_("Target"),
        required=False,
        error_messages={"invalid_choice": _("Choose one of the levels shown.")},
    )
    reason = OneLineField(label=_("Why this level"), max_length=500, required=False)
    by = forms.DateField(
        label=_("Until when"),
        required=False,
        validators=[day_of_ours],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={"invalid": _("Write the day as year-month-day, for example 2027-06-30.")},
    )

    def __init__(
        self,
        *args: Any,
        labels: list[str],
        default: str,
        cell: str,
        question: str = "",
        target: Target | None = None,
        **kwargs: Any,
    ) -> None:
        initial: dict[str, Any] = {"level": "", "reason": "", "by": None}
        if target is not None:
            initial = {"level": str(target.level), "reason": target.reason, "by": target.by}
        kwargs |= {"prefix": question or "cell", "initial": initial}
        super().__init__(*args, **kwargs)
        self.cell, self.question = cell, question
        choices = [("", default), *((str(level), f"{level}, {label}") for level, label in enumerate(labels))]
        field = self.fields["level"]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices
        self.helper = HouseHelper(self, "level", "reason", "by", form_tag=False, quiet=True)
        self.helper.disable_csrf = True
        self.remember()

    def clean_by(self) -> date | None:
        """Refuse a day that has passed."""
        return day_to_come(self, "by")

    def clean(self) -> dict[str, Any]:
        """Refuse a new reason or day without a target, which could not be kept; as they stood they go with it."""
        cleaned = super().clean() or {}
        changed = {"reason", "by"} & set(self.changed_data)
        told = cleaned.get("reason") or cleaned.get("by")
        if "level" not in self.errors and not cleaned.get("level") and changed and told:
            self.add_error("level", _("Choose a target; the reason and the day are kept with it."))
        return cleaned

    def wish(self) -> Wish:
        """Return what is wanted."""
        level = self.cleaned_data["level"]
        return Wish(
            cell=self.cell,
            question=self.question,
            level=int(level) if level else None,
            reason=self.cleaned_data["reason"].strip(),
            by=self.cleaned_data["by"],
        )
