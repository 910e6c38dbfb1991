"""Forms: ask for a report, share one."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Field, Layout
from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from organizations.forms import LinesField, OneLineField
from organizations.models import Organization
from planning.models import Plan
from reports.models import Report
from reports.selectors import usual_plan

MOST_DAYS = 3 * 366
USUAL_DAYS = 180


class ReportForm(forms.Form):
    """Which plan, in which language, and whether to write when it is ready."""

    plan = forms.ModelChoiceField(Plan.objects.none(), label=gettext_lazy("Plan"), empty_label=None)
    language = forms.ChoiceField(label=gettext_lazy("Language of the report"), choices=settings.LANGUAGES)
    notify = forms.BooleanField(label=gettext_lazy("Write to me when it is ready"), required=False)
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, organization: Organization, plans: QuerySet[Plan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].queryset = plans  # type: ignore[attr-defined]
        self.fields["plan"].initial = usual_plan(list(plans))
        self.fields["language"].initial = organization.language
        self.fields["key"].initial = uuid4
        fields = ["plan", "language"]
        if settings.EMAIL_CONFIGURED:
            fields.append("notify")
        else:
            del self.fields["notify"]
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(*fields, "key")
        if len(plans) == 1:
            self.fields["plan"].widget = forms.HiddenInput()


class ShareForm(forms.Form):
    """To whom, until when, with which words, and which of the sensitive parts go along (none unless ticked)."""

    report = forms.ModelChoiceField(Report.objects.none(), label=gettext_lazy("Report"), empty_label=None)
    recipient = OneLineField(
        label=gettext_lazy("To whom"),
        max_length=200,
        help_text=gettext_lazy("A person or a foundation; it stands on the page that they see."),
    )
    recipient_email = forms.EmailField(
        label=gettext_lazy("Their e-mail address"),
        required=False,
        help_text=gettext_lazy(
            "Optional. Whoever signs in with this address finds the plan in their own list as well."
        ),
    )
    until = forms.DateField(
        label=gettext_lazy("Until when"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=gettext_lazy("The last day on which the link works."),
    )
    message = LinesField(
        label=gettext_lazy("A few words from you"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    security = forms.BooleanField(
        label=gettext_lazy("Include the results about security"),
        required=False,
        help_text=gettext_lazy(
            "Not ticked: results, questions, targets and gaps about security stay out, and so do the challenges and "
            "signs of success that are about it. Actions of the plan stay, with their price. Goals, their measures and "
            "the names of actions stay as they are written, even where they speak of security: read what they will "
            "see. A plan that is mostly about security loses its reasons so."
        ),
    )
    notes = forms.BooleanField(
        label=gettext_lazy("Include the notes that people wrote beside their answers"),
        required=False,
        help_text=gettext_lazy(
            "Notes of people who answer without their name are in no report. Reasons that you wrote down go along."
        ),
    )
    appendix = forms.BooleanField(
        label=gettext_lazy("Include the questions and answers"),
        required=False,
        help_text=gettext_lazy("Those about security only together with the results about security."),
    )
    names = forms.BooleanField(
        label=gettext_lazy("Include names of people"),
        required=False,
        help_text=gettext_lazy(
            "Who does what, who uses which device, who approved the plan. The director is named as contact either way."
        ),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, reports: QuerySet[Report], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["report"]
        field.queryset = reports  # type: ignore[attr-defined]
        field.label_from_instance = report_label  # type: ignore[attr-defined]
        field.initial = reports.first()
        self.fields["until"].initial = timezone.localdate() + timedelta(days=USUAL_DAYS)
        self.fields["key"].initial = uuid4
        if not settings.EMAIL_CONFIGURED:
            self.fields["recipient_email"].help_text = _(
                "Optional, for your own list of links. This site has no mail server, so it sends no mail and cannot "
                "confirm addresses: your reader needs the link."
            )
        self.helper = FormHelper(self)
        self.helper.form_tag = False
        self.helper.disable_csrf = True
        self.helper.layout = Layout(
            "report",
            "recipient",
            "recipient_email",
            "until",
            "message",
            "security",
            "notes",
            "appendix",
            "names",
            Field("key"),
        )

    def clean_recipient(self) -> str:
        """Refuse a name that is only spaces or has line breaks."""
        return " ".join(str(self.cleaned_data["recipient"]).split())

    def clean_until(self) -> date:
        """Refuse a day that is past or more than three years away."""
        until: date = self.cleaned_data["until"]
        today = timezone.localdate()
        if until < today:
            raise forms.ValidationError(_("This day is past. Choose today or a later day."))
        if until > today + timedelta(days=MOST_DAYS):
            raise forms.ValidationError(_("A link can work for three years at most. Choose an earlier day."))
        return until

    @property
    def expires_at(self) -> datetime:
        """Return the end of the last day, in the time zone of this site."""
        return timezone.make_aware(datetime.combine(self.cleaned_data["until"] + timedelta(days=1), time.min))


def report_label(report: Report) -> str:
    """Name a report in a list of choices, what tells them apart first: a telephone cuts the rest."""
    day = date_format(timezone.localtime(report.snapshot.created_at), "SHORT_DATE_FORMAT")
    if report.snapshot.plan is None:
        return _("Report %(number)s of %(day)s") % {"number": report.number, "day": day}
    return _("Report %(number)s of %(day)s: %(title)s") % {
        "title": report.snapshot.plan.title,
        "number": report.number,
        "day": day,
    }
