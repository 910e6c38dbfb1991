"""Start an assessment, say how one answers, say why it is opened again."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.models import Assessment
from organizations.forms import HouseHelper, OneLineField


class StartForm(forms.Form):
    """Which form is started; `number` makes doing it twice the same as once."""

    kind = forms.ChoiceField(
        choices=[(Assessment.Kind.QUICK.value, ""), (Assessment.Kind.FULL.value, "")],
        error_messages={
            "required": _("Choose the ten-minute check or the full questionnaire."),
            "invalid_choice": _("Choose the ten-minute check or the full questionnaire."),
        },
    )
    number = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class BeginForm(forms.Form):
    """How somebody answers: with their name or without, and whether results show while few answer."""

    named = forms.TypedChoiceField(
        label=_("Your name"),
        choices=[
            ("no", _("Answer without my name: my notes stand in no result and no report")),
            ("yes", _("Answer with my name: it stands beside my notes in results and reports")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="no",
        error_messages={"required": _("Choose whether your name is shown.")},
    )
    agrees_to_show = forms.BooleanField(
        label=_("Show the results while fewer than three people have answered"),
        help_text=_(
            "With one or two people, a result can tell who said what. So all who answer have to tick this."
        ),
        required=False,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = HouseHelper(self, form_tag=False, quiet=True)
        self.helper.disable_csrf = True


class ReopenForm(forms.Form):
    """Why a closed assessment is opened again."""

    reason = OneLineField(
        label=_("Why is it opened again?"),
        help_text=_("One sentence. It is kept with the assessment."),
        max_length=500,
        widget=forms.TextInput,
        error_messages={"required": _("Say in a sentence why it is opened again.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = HouseHelper(self, form_tag=False, quiet=True)
        self.helper.disable_csrf = True
