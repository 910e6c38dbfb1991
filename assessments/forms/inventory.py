"""The rows of the inventory, one small form each. An empty field means 'not recorded'."""

import calendar
import uuid
from typing import Any

from crispy_forms.layout import Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from assessments.models import Device, InternetLine, InventoryRecord, Service, Site
from assessments.selectors.support import purposes, support_ends
from organizations.forms import DecimalTextField, HouseHelper, MoneyField, OneLineField, SeenForm

OLDEST = 1980
NOT_RECORDED = _("Not recorded")
OS_LIST = "operating-systems"

DEVICE_KINDS = [
    ("laptop", _("Laptop")),
    ("desktop", _("Desktop computer")),
    ("tablet", _("Tablet")),
    ("phone", _("Phone")),
    ("server", _("Server or network storage")),
    ("camera", _("Camera")),
    ("microphone", _("Microphone")),
    ("printer", _("Printer or scanner")),
    ("network", _("Router, switch or wireless access point")),
    ("other", _("Other")),
]
LINE_KINDS = [
    ("fiber", _("Fiber")),
    ("cable", _("TV cable")),
    ("phone-line", _("Phone line (DSL)")),
    ("mobile", _("Mobile network")),
    ("fixed-wireless", _("Antenna or satellite")),
    ("shared-building", _("Shared by the building or a neighbor")),
    ("none", _("None")),
]
YES_NO = [("", NOT_RECORDED), ("yes", _("Yes")), ("no", _("No"))]


def whole_number(label: Any, *, most: int = 100_000, least: int = 0, **kwargs: Any) -> forms.IntegerField:
    """Return a field for a whole number with plain words for what can be wrong."""
    field = forms.IntegerField(
        label=label,
        min_value=least,
        max_value=most,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "short", "autocomplete": "off"}),
        **kwargs,
    )
    if "invalid" not in kwargs.get("error_messages", {}):
        field.error_messages["invalid"] = _("Write a whole number, for instance 12.")
    field.error_messages["min_value"] = _("This cannot be less than %(limit_value)s.")
    field.error_messages["max_value"] = _("This cannot be more than %(limit_value)s.")
    return field


def day_field(label: Any, **kwargs: Any) -> forms.DateField:
    """Return a field for a day."""
    return forms.DateField(
        label=label,
        widget=forms.DateInput(attrs={"type": "date", "class": "short"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
        error_messages={
            "invalid": _("Write the day as year-month-day, for example 2026-03-16."),
            "required": _("Write the day."),
        },
        **kwargs,
    )


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or not recorded (None)."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=YES_NO,
            coerce=lambda value: value == "yes",
            empty_value=None,
            required=False,
            widget=forms.Select(attrs={"class": "short"}),
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        """Show a stored truth value as its choice."""
        return {True: "yes", False: "no", None: ""}.get(value, value)


class RowForm(SeenForm, forms.ModelForm):
    """What the forms of rows share: the key that makes sending twice the same as once, and the helper."""

    once = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, *args: Any, record: InventoryRecord | None, back: str, currency: str = "USD", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.record = record
        if "yearly_cost_cents" in self.fields:
            self.fields["yearly_cost_cents"].label = _("Yearly cost, in %(currency)s") % {
                "currency": currency
            }
        self.fields["once"].initial = uuid.uuid4
        self.helper = HouseHelper(
            self, "once", *self.rows(), save=str(_("Save")), back=back, back_text=str(_("Back to the list"))
        )
        if self.instance.pk:
            self.remember()

    def rows(self) -> list[Any]:
        """Return the fields in the order of the page: as they are declared, unless a form says otherwise."""
        return [name for name in self.fields if name != "once"]


class DeviceForm(RowForm):
    """Equal devices share a row."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=DEVICE_KINDS, error_messages={"required": _("Choose a kind.")}
    )
    count = whole_number(
        _("How many"), least=1, initial=1, error_messages={"required": _("Write how many there are.")}
    )
    year = whole_number(
        _("Year made"),
        required=False,
        error_messages={"invalid": _("Write a year with four digits, for instance 2021.")},
        help_text=_("For used devices the year they were made, if you know it; else the year bought."),
    )
    os = OneLineField(
        label=_("Operating system"),
        max_length=80,
        required=False,
        help_text=_("It stands under “About” in the settings of the device."),
        widget=forms.TextInput(attrs={"list": OS_LIST, "autocomplete": "off"}),
    )
    supported_until = day_field(
        _("Safety updates until"),
        required=False,
        help_text=_("Only if you know another day than the maker’s for this operating system."),
    )
    encrypted = whole_number(
        _("How many are encrypted"), required=False, help_text=_("A thief cannot read the disk.")
    )
    managed = whole_number(
        _("How many are managed"),
        required=False,
        help_text=_("They update themselves and lock the screen, and can be locked from afar."),
    )
    condition = forms.ChoiceField(
        label=_("Condition"), choices=[("", NOT_RECORDED), *Device.Condition.choices], required=False
    )

    class Meta:
        model = Device
        fields = (
            *("kind", "count", "year", "os", "supported_until", "site", "used_by", "personal"),
            *("condition", "encrypted", "managed"),
        )
        field_classes = {"used_by": OneLineField}
        labels = {
            "used_by": _("Who uses it"),
            "personal": _("It belongs to a private person, not to the organization"),
            "site": _("Where it is"),
        }
        help_texts = {"personal": ""}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sites = Site.objects.filter(inventory=self.record) if self.record else Site.objects.none()
        field = self.fields["site"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = sites
            field.empty_label = str(NOT_RECORDED)

    def rows(self) -> list[Any]:
        """Return the fields in the order of the page."""
        return [
            Row("kind", "count"),
            Row("year", "os"),
            Row("site", "used_by"),
            "personal",
            Row("condition", "supported_until"),
            Row("encrypted", "managed"),
        ]

    def clean_year(self) -> int | None:
        """Refuse years that no device can have."""
        year: int | None = self.cleaned_data["year"]
        latest = timezone.localdate().year + 1
        if year is not None and not OLDEST <= year <= latest:
            raise ValidationError(
                _("Write a year between %(first)d and %(last)d.") % {"first": OLDEST, "last": latest}
            )
        return year

    def clean(self) -> dict[str, Any]:
        """No more devices can be encrypted or managed than there are."""
        cleaned = super().clean() or self.cleaned_data
        count = cleaned.get("count")
        for name in ("encrypted", "managed"):
            part = cleaned.get(name)
            if count is not None and part is not None and part > count:
                self.add_error(name, _("There are only %(count)d of them.") % {"count": count})
        return cleaned


def operating_systems() -> list[str]:
    """Return the names that the form offers."""
    return list(support_ends())


class ServiceForm(RowForm):
    """A program or an online service."""

    name = OneLineField(
        label=_("Name"), max_length=200, error_messages={"required": _("Write the name of the service.")}
    )
    purposes = forms.MultipleChoiceField(
        label=_("What it is for"), required=False, widget=forms.CheckboxSelectMultiple
    )
    users = whole_number(_("How many people use it"), required=False)
    yearly_cost_cents = MoneyField(required=False, help_text=_("Write 0 if it is free."))
    renews_month = forms.TypedChoiceField(
        label=_("Renews in"),
        choices=[
            ("", NOT_RECORDED),
            *((month, MONTHS[month]) for month in range(1, len(calendar.month_name))),
        ],
        coerce=int,
        empty_value=None,
        required=False,
    )
    two_step = forms.ChoiceField(
        label=_("Who signs in with a second step"),
        choices=[("", NOT_RECORDED), *Service.TwoStep.choices],
        required=False,
        help_text=_("A code, an app or a key besides the password."),
    )
    shared_login = YesNoField(label=_("Several people share one login"))

    class Meta:
        model = Service
        fields = (
            *("name", "purposes", "users", "yearly_cost_cents", "renews_month", "two_step"),
            *("shared_login", "personal"),
        )
        labels = {"personal": _("It is in the name of a private person, not of the organization")}
        help_texts = {"personal": ""}

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["purposes"]
        if isinstance(field, forms.MultipleChoiceField):
            field.choices = [(purpose.key, purpose.label.in_(language)) for purpose in purposes()]

    def rows(self) -> list[Any]:
        """Return the fields in the order of the page."""
        return [
            "name",
            "purposes",
            Row("users", "yearly_cost_cents"),
            Row("renews_month", "two_step"),
            "shared_login",
            "personal",
        ]


class SiteForm(RowForm):
    """A place of work."""

    name = OneLineField(
        label=_("Name"), max_length=200, error_messages={"required": _("Write the name of the site.")}
    )
    place = OneLineField(label=_("Town or address"), max_length=200, required=False)
    staff = whole_number(_("Paid people who work there"), required=False)

    class Meta:
        model = Site
        fields = ("name", "place", "staff")

    def rows(self) -> list[Any]:
        """Return the fields in the order of the page."""
        return ["name", "place", "staff"]


class LineForm(RowForm):
    """An internet line of a site."""

    kind = forms.ChoiceField(
        label=_("Kind of line"), choices=[("", NOT_RECORDED), *LINE_KINDS], required=False
    )
    down = DecimalTextField(
        label=_("Speed down, Mbit/s"),
        required=False,
        help_text=_("Measure at a busy hour with any free speed test."),
    )
    up = DecimalTextField(
        label=_("Speed up, Mbit/s"),
        required=False,
        help_text=_("It matters most for video calls and for sending videos."),
    )
    yearly_cost_cents = MoneyField(required=False)
    backup_line = YesNoField(label=_("Another line takes over when it fails"))

    class Meta:
        model = InternetLine
        fields = ("site", "kind", "down", "up", "yearly_cost_cents", "backup_line")
        labels = {"site": _("Site")}
        error_messages = {"site": {"required": _("Choose the site. Add one first if there is none.")}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["site"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = (
                Site.objects.filter(inventory=self.record) if self.record else Site.objects.none()
            )

    def rows(self) -> list[Any]:
        """Return the fields in the order of the page."""
        return ["site", "kind", Row("down", "up"), "yearly_cost_cents", "backup_line"]
