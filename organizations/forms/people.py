"""Who belongs to an organization, and as what; and what a person says about themselves."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from organizations.forms.base import HouseHelper
from organizations.forms.fields import OneLineField
from organizations.forms.stale import SeenForm
from organizations.models import Language, Membership, Organization, User

ROLE_WORDS = {
    Membership.Role.DIRECTOR: _("Director: everything, and only directors share, invite and delete"),
    Membership.Role.EDITOR: _("Editor: answers, and changes profile, equipment, goals and plans"),
    Membership.Role.RESPONDENT: _(
        "Respondent: answers the questions, and sees only the result of their own answers"
    ),
    Membership.Role.CONSULTANT: _("Consultant: from outside; edits, reviews and signs off"),
    Membership.Role.VIEWER: _("Viewer: reads everything and answers, for instance the board"),
}
VIEW_HELP = _("The views of the leadership (director and board) and of the others are compared.")


class InvitationForm(forms.Form):
    """Whom to invite, and as what."""

    email = forms.EmailField(
        label=_("E-mail address"),
        error_messages={
            "required": _("Write the address of the person to invite."),
            "invalid": _("This is not an e-mail address. It looks like name@example.org."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    role = forms.ChoiceField(
        label=_("Role"), choices=list(ROLE_WORDS.items()), widget=forms.RadioSelect, initial="respondent"
    )
    answers_as = forms.ChoiceField(
        label=_("Answers as"), choices=Membership.View.choices, help_text=VIEW_HELP, initial="staff"
    )

    def __init__(self, *args: Any, back: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = HouseHelper(self, save=_("Invite"), back=back, back_text=_("Back to people"))


class MemberForm(SeenForm, forms.ModelForm):
    """What a member is in the organization."""

    class Meta:
        model = Membership
        fields = ("role", "title", "answers_as", "may_share")
        field_classes = {"title": OneLineField}
        widgets = {"role": forms.RadioSelect}
        labels = {"may_share": _("This consultant may share reports with people outside")}
        help_texts = {
            "answers_as": VIEW_HELP,
            "title": _("For instance office manager."),
            "may_share": _("Counts for consultants only. Directors always may."),
        }

    def __init__(self, *args: Any, back: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role: Any = self.fields["role"]
        role.choices = list(ROLE_WORDS.items())
        self.helper = HouseHelper(self, save=_("Save"), back=back, back_text=_("Back to people"))
        self.remember()


class DeleteForm(forms.Form):
    """The name of the organization, typed by hand, before everything of it is deleted."""

    nothing_words = _("Nothing was deleted.")  # what the summary of mistakes says in place of "saved"

    name = forms.CharField(
        label=_("Name of the organization"),
        max_length=200,
        error_messages={"required": _("Type the name to delete the organization.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, organization: Organization, back: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organization = organization
        self.helper = HouseHelper(self, save=_("Delete everything"), back=back, back_text=_("Cancel"))

    def clean_name(self) -> str:
        """Compare with the real name; spaces around it do not count."""
        name = str(self.cleaned_data["name"])
        if name.strip() != self.organization.name.strip():
            raise forms.ValidationError(
                _("This is not the name. Type it exactly as it stands above, or keep the organization.")
            )
        return name


class AccountForm(forms.ModelForm):
    """What a person says about themselves."""

    language = forms.ChoiceField(label=_("Language of the pages"), choices=Language.choices)

    class Meta:
        model = User
        fields = ("name", "language")
        field_classes = {"name": OneLineField}
        help_texts = {"name": _("As your colleagues know you.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].widget.attrs["autocomplete"] = "name"
        self.helper = HouseHelper(self, save=_("Save"))
