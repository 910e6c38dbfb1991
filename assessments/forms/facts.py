"""The single facts that the rules read, asked as questions: not recorded, there is none, or a value."""

from decimal import Decimal
from typing import Any

from crispy_forms.layout import HTML, Fieldset
from django import forms
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from assessments.forms.inventory import NOT_RECORDED, YesNoField, day_field, whole_number
from assessments.models import DatedFact, InventoryRecord
from assessments.services.inventory import DatedValue
from organizations.forms import DecimalTextField, HouseHelper, OneLineField, PercentField, SeenForm

NONE, SOME = "none", "some"
PERCENT = 100
SHARES = (
    "staff_off_site_share",
    "staff_off_site_without_laptop_share",
    "yearly_cost_paid_by_ending_grants_share",
)
PLAIN = (
    "recorded_on",
    "support_hours_a_month",
    "training_hours_per_person_last_year",
    "backup_second_copy",
    "guest_wifi",
    "accounts_of_leavers",
)


def three_ways(label: Any, none: Any, some: Any) -> forms.ChoiceField:
    """Return a field for not recorded, there is none, there is one."""
    return forms.ChoiceField(
        label=label,
        choices=[("", NOT_RECORDED), (NONE, none), (SOME, some)],
        required=False,
        widget=forms.Select,
    )


def percent_field(label: Any) -> DecimalTextField:
    """Return a field for a share that people write in percent."""
    return PercentField(label=label, required=False)


class FactsForm(SeenForm, forms.Form):
    """All single facts on one page."""

    recorded_on = day_field(
        _("On which day was this list right?"), help_text=_("Ages and ends of support are counted on it.")
    )
    owner = three_ways(_("Does somebody look after technology?"), _("Nobody"), _("Yes, somebody"))
    technology_owner = OneLineField(label=_("Who?"), max_length=200, required=False)
    support_hours_a_month = DecimalTextField(
        label=_("Hours of help with technology in a month"),
        help_text=_("From a company, a consultant or a named helper. Write 0 if there is none."),
        required=False,
        most=10_000,
    )
    training_hours_per_person_last_year = DecimalTextField(
        label=_("Hours of training for each person last year"), required=False, most=2_000
    )
    backup_second_copy = YesNoField(label=_("Is there a second copy of your important data?"))
    newest = three_ways(
        _("How old is the newest copy?"), _("There is no copy"), _("It is this many days old:")
    )
    backup_newest_days = whole_number(_("Days"), required=False)
    guest_wifi = YesNoField(
        label=_("Do guests have a wireless network of their own, at every site that receives them?")
    )
    accounts_of_leavers = whole_number(
        _("Open accounts of people who left more than a week ago"), required=False
    )
    staff_off_site_share = percent_field(_("Paid people who often work away from your sites, percent"))
    staff_off_site_without_laptop_share = percent_field(
        _("Paid people who do so without a laptop of yours, percent")
    )
    yearly_cost_paid_by_ending_grants_share = percent_field(
        _("Yearly technology costs paid by grants that end within a year, percent")
    )

    def __init__(
        self,
        *args: Any,
        record: InventoryRecord | None,
        back: str,
        dated: dict[str, DatedFact],
        **kwargs: Any,
    ) -> None:
        kwargs["initial"] = _initial(record, dated)
        super().__init__(*args, **kwargs)
        for kind, label in DatedFact.Kind.choices:
            none = _("Never") if kind == DatedFact.Kind.RESTORE_TEST else _("There is none")
            some = _("Done on:") if kind == DatedFact.Kind.RESTORE_TEST else _("Last reviewed or written on:")
            self.fields[f"{kind}-state"] = three_ways(label, none, some)
            self.fields[f"{kind}-on"] = day_field(_("Day"), required=False)
        self.helper = HouseHelper(
            self,
            *self._layout(),
            save=str(_("Save")),
            back=back,
            back_text=str(_("Back to the list")),
            quiet=True,
        )
        self.remember()

    def _layout(self) -> list[Any]:
        kinds = DatedFact.Kind
        papers = [kind for kind in kinds if kind != kinds.RESTORE_TEST]
        return [
            "recorded_on",
            _heading(_("Who helps")),
            Fieldset("", "owner", "technology_owner", css_class="with-value"),
            "support_hours_a_month",
            "training_hours_per_person_last_year",
            _heading(_("Copies of your data")),
            "backup_second_copy",
            Fieldset("", "newest", "backup_newest_days", css_class="with-value"),
            self._dated(kinds.RESTORE_TEST),
            _heading(_("Rules and plans in writing")),
            *(self._dated(kind) for kind in papers),
            _heading(_("People and network")),
            "guest_wifi",
            "accounts_of_leavers",
            "staff_off_site_share",
            "staff_off_site_without_laptop_share",
            _heading(_("Money")),
            "yearly_cost_paid_by_ending_grants_share",
        ]

    def _dated(self, kind: str) -> Fieldset:
        return Fieldset("", f"{kind}-state", f"{kind}-on", css_class="with-value")

    def clean(self) -> dict[str, Any]:
        """A value without its tick counts as ticked; a tick without its value asks for it."""
        cleaned = super().clean() or self.cleaned_data
        self._pair("owner", "technology_owner", _("Write who it is."))
        self._pair("newest", "backup_newest_days", _("Write how many days old it is."))
        for kind in DatedFact.Kind.values:
            self._pair(f"{kind}-state", f"{kind}-on", _("Write the day; roughly is enough."))
        day = cleaned.get("recorded_on")
        if day and day > timezone.localdate():
            self.add_error("recorded_on", _("This day has not come yet."))
        return cleaned

    def _pair(self, state: str, value: str, missing: Any) -> None:
        said, given = self.cleaned_data.get(state), self.cleaned_data.get(value)
        if given not in (None, "") and said == "":
            self.cleaned_data[state] = SOME
        elif said == SOME and given in (None, "") and value not in self.errors:
            self.add_error(value, missing)

    def record_values(self) -> dict[str, Any]:
        """Return the fields of the inventory's row."""
        data = self.cleaned_data
        values: dict[str, Any] = {name: data[name] for name in PLAIN}
        for name in SHARES:
            values[name] = None if data[name] is None else data[name] / Decimal(PERCENT)
        values["has_technology_owner"] = {"": None, NONE: False, SOME: True}[data["owner"]]
        values["technology_owner"] = data["technology_owner"].strip() if data["owner"] == SOME else ""
        values["backup_newest_none"] = data["newest"] == NONE
        values["backup_newest_days"] = data["backup_newest_days"] if data["newest"] == SOME else None
        return values

    def dated_values(self) -> list[DatedValue]:
        """Return the policies, plans and tests; `exists` None means not recorded."""
        data = self.cleaned_data
        found = []
        for kind in DatedFact.Kind.values:
            state = data[f"{kind}-state"]
            exists = {"": None, NONE: False, SOME: True}[state]
            found.append(DatedValue(kind, exists, data[f"{kind}-on"] if exists else None))
        return found


def _heading(text: Any) -> HTML:
    return HTML(format_html("<h2>{}</h2>", text))


def _initial(record: InventoryRecord | None, dated: dict[str, DatedFact]) -> dict[str, Any]:
    if record is None:
        return {"recorded_on": timezone.localdate()}
    states = {None: "", False: NONE, True: SOME}
    initial: dict[str, Any] = {name: getattr(record, name) for name in PLAIN}
    for name in SHARES:
        share = getattr(record, name)
        initial[name] = None if share is None else share * PERCENT
    initial["owner"] = states[record.has_technology_owner]
    initial["technology_owner"] = record.technology_owner
    initial["newest"] = (
        NONE if record.backup_newest_none else SOME if record.backup_newest_days is not None else ""
    )
    initial["backup_newest_days"] = record.backup_newest_days
    for kind, fact in dated.items():
        initial[f"{kind}-state"] = states[fact.exists]
        initial[f"{kind}-on"] = fact.on
    return initial
