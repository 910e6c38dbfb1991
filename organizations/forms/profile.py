"""What an organization says about itself."""

import uuid
from typing import Any

from crispy_forms.layout import HTML, Row
from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from organizations.forms.base import HouseHelper
from organizations.forms.fields import DecimalTextField, LinesField, MoneyField, OneLineField
from organizations.forms.stale import SeenForm
from organizations.logos import read_logo
from organizations.models import Language, Organization

MOST_PEOPLE = 1_000_000
PAID_PEOPLE_HELP = _("Without volunteers. Write 0 if nobody is paid; leave it empty if you do not know yet.")


def heading(text: Any) -> HTML:
    """Return a heading inside a form."""
    return HTML(format_html("<h2>{}</h2>", text))


class NumberField(forms.IntegerField):
    """A whole number from 0; nothing typed means that it is not known."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(min_value=0, max_value=MOST_PEOPLE, required=False, **kwargs)
        self.error_messages["invalid"] = _("Write a whole number, for instance 12.")
        self.error_messages["min_value"] = _("This cannot be less than zero.")


class OrganizationCreateForm(forms.Form):
    """The few things to begin with. Only the name is asked for; the rest can wait."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    name = OneLineField(
        label=_("Name of your organization"),
        max_length=200,
        error_messages={"required": _("Write the name of your organization.")},
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    mission = LinesField(
        label=_("What you do"),
        help_text=_(
            "One or two sentences, as you would say it to a neighbor. It stands on the first page of your reports."
        ),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    staff_count = NumberField(label=_("Paid people"), help_text=PAID_PEOPLE_HELP)
    full_time_equivalents = DecimalTextField(
        label=_("Full-time equivalents"),
        help_text=_("Two people at half time are 1."),
        required=False,
    )
    currency = forms.ChoiceField(label=_("Currency"), choices=Organization.Currency.choices)
    language = forms.ChoiceField(label=_("Language of your reports"), choices=Language.choices)
    paper_size = forms.ChoiceField(label=_("Paper of your reports"), choices=Organization.Paper.choices)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["key"].initial = uuid.uuid4
        self.fields["language"].initial = (get_language() or "en")[:2]
        self.fields["paper_size"].initial = Organization.Paper.LETTER
        self.helper = HouseHelper(
            self,
            "key",
            "name",
            "mission",
            Row("staff_count", "full_time_equivalents"),
            Row("currency", "language"),
            "paper_size",
            save=_("Go on"),
        )


class ProfileForm(SeenForm, forms.ModelForm):
    """Everything that an organization says about itself."""

    full_time_equivalents = DecimalTextField(
        label=_("Full-time equivalents"), help_text=_("Two people at half time are 1."), required=False
    )
    yearly_budget_cents = MoneyField(
        label=_("Yearly budget"), help_text=_("All that you spend in a year."), required=False
    )
    yearly_technology_budget_cents = MoneyField(
        label=_("Of that, for technology"),
        help_text=_("Equipment, services, support and training."),
        required=False,
    )
    staff_count = NumberField(label=_("Paid people"), help_text=PAID_PEOPLE_HELP)
    volunteers = NumberField(label=_("Volunteers"))
    devices_count = NumberField(
        label=_("Computers and other devices"),
        help_text=_("Counted from your list of equipment as soon as there is one."),
    )
    sites_count = NumberField(label=_("Places of work"))
    logo_upload = forms.FileField(
        label=_("Logo"),
        help_text=_(
            "A PNG, JPEG, WebP or GIF picture of at most 2 MB. It stands on the cover of your reports."
        ),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp,image/gif"}),
    )

    class Meta:
        model = Organization
        fields = (
            "name",
            "mission",
            "field",
            "staff_count",
            "full_time_equivalents",
            "volunteers",
            "devices_count",
            "sites_count",
            "yearly_budget_cents",
            "yearly_technology_budget_cents",
            "currency",
            "language",
            "paper_size",
        )
        field_classes = {"name": OneLineField, "field": OneLineField, "mission": LinesField}
        widgets = {"mission": forms.Textarea(attrs={"rows": 4})}
        error_messages = {"name": {"required": _("Write the name of your organization.")}}
        labels = {
            "mission": _("What you do"),
            "language": _("Language of your reports"),
            "paper_size": _("Paper of your reports"),
        }
        help_texts = {
            "mission": _("As you would say it to a neighbor. It stands on the first page of your reports."),
            "field": _("For instance housing, health, education, the arts."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = HouseHelper(
            self,
            "name",
            "mission",
            "field",
            heading(_("People and places")),
            Row("staff_count", "full_time_equivalents"),
            Row("volunteers", "sites_count"),
            "devices_count",
            heading(_("Money")),
            "currency",
            Row("yearly_budget_cents", "yearly_technology_budget_cents"),
            heading(_("Reports")),
            Row("language", "paper_size"),
            "logo_upload",
            save=_("Save the profile"),
            quiet=True,
        )
        self.remember()

    def clean_logo_upload(self) -> bytes | None:
        """Return our own PNG of the picture, None when there is none."""
        upload = self.cleaned_data["logo_upload"]
        return read_logo(upload) if isinstance(upload, UploadedFile) else None

    def clean(self) -> dict[str, Any]:
        """Check what only fits together: money for technology is part of the budget."""
        cleaned: dict[str, Any] = super().clean() or {}
        whole, part = cleaned.get("yearly_budget_cents"), cleaned.get("yearly_technology_budget_cents")
        if whole is not None and part is not None and part > whole:
            self.add_error(
                "yearly_technology_budget_cents",
                _("This is part of the yearly budget and cannot be more than it."),
            )
        return cleaned
