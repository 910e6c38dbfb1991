"""The forms of allauth in our words: labels and no placeholders, one answer for a free and a taken address."""

from typing import Any
from urllib.parse import urlencode

from allauth.account import forms as allauth_forms
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.email_verification import send_verification_email_to_address
from allauth.account.internal.userkit import filter_users_by_email
from allauth.account.models import EmailAddress
from allauth.core import context as allauth_context
from allauth.mfa.base import forms as mfa_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from django import forms
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.hashers import make_password
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organizations.forms.fields import OneLineField
from organizations.models import User

TYPED = "typed_address"  # session key: an address in a link would stand in logs and histories
EMAIL = _("E-mail address")
PASSWORD = _("Password")
PASSWORD_RULE = _("At least 10 characters. A few words in a row are good.")
NEEDED = {
    "login": _("Write your e-mail address."),
    "email": _("Write an e-mail address."),
    "password": _("Write your password."),
    "oldpassword": _("Write your password until now."),
    "password1": _("Choose a password."),
    "password2": _("Write the new password once more."),
    "code": _("Write the code."),
    "name": _("Write a name."),
}


class PlainMixin:
    """Say what a field is for in its label, and leave the field itself empty."""

    words: dict[str, Any] = {}
    keeps_nothing = False  # what is sent is only looked at: a refusal does not say that nothing was saved

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, forms.Field] = getattr(self, "fields", {})
        for name, field in fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.words:
                field.label = self.words[name]
            field.error_messages["required"] = NEEDED.get(name, _("Write this down."))


class LoginForm(PlainMixin, allauth_forms.LoginForm):
    """Sign in by address and password."""

    keeps_nothing = True
    words = {"login": EMAIL, "password": PASSWORD, "remember": _("Keep me signed in on this computer")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        self.fields["login"].widget.attrs["autocomplete"] = "username"
        if self.request is not None:
            self.fields["login"].initial = self.request.session.get(TYPED, "")


class SignupForm(PlainMixin, allauth_forms.SignupForm):
    """Make an account. Whether the address is free or taken, the answer is the same."""

    name = OneLineField(
        label=_("Your name"),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ("name", "email", "password1")
    words = {"email": EMAIL, "password1": PASSWORD}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = PASSWORD_RULE
        self.fields["email"].widget.attrs["autocomplete"] = "username"
        request = allauth_context.request
        invitation = get_adapter(request).invitation(request) if request is not None else None
        if invitation is not None:
            self.fields["email"].initial = invitation.email

    def validate_unique_email(self, value: str) -> str:
        """Note, and do not tell, that the address is taken."""
        self.account_already_exists = bool(filter_users_by_email(value))
        return str(get_adapter().validate_unique_email(value))

    def try_save(self, request: HttpRequest) -> tuple[AbstractBaseUser | None, HttpResponse | None]:
        """Make the account; the time and the answer are those of a taken address."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        request.session["signed_up"] = True  # a cookie for both: who got one is no sign either
        if settings.EMAIL_CONFIGURED:
            return self._with_mail(request)
        return self._without_mail(request)

    def _with_mail(self, request: HttpRequest) -> tuple[AbstractBaseUser | None, HttpResponse | None]:
        """Make the account, or write to who has the address already."""
        try:
            with transaction.atomic():
                user, response = super().try_save(request)
        except IntegrityError:  # somebody took the address this very moment
            self.account_already_exists = True
            user, response = super().try_save(request)
        return user, response

    def _without_mail(self, request: HttpRequest) -> tuple[None, HttpResponse]:
        """Make the account and send everybody to the sign-in page: without mail there is no other secret way."""
        if not self.account_already_exists:
            try:
                with transaction.atomic():
                    self.save(request)
            except IntegrityError:
                pass  # somebody took the address this very moment
        messages.info(
            request,
            gettext(
                "One more step: sign in with the password that you have just chosen. If it is not accepted, this "
                "address had an account before: use the password of that account."
            ),
        )
        request.session[TYPED] = self.cleaned_data["email"]
        after = request.POST.get("next", "")
        return None, redirect(reverse("account_login") + (f"?{urlencode({'next': after})}" if after else ""))


class ResetPasswordForm(PlainMixin, allauth_forms.ResetPasswordForm):
    """Ask for a link to choose a new password."""

    keeps_nothing = True
    words = {"email": EMAIL}


class ResetPasswordKeyForm(PlainMixin, allauth_forms.ResetPasswordKeyForm):
    """Choose a new password after a link."""

    words = {"password1": _("New password"), "password2": _("New password again")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = PASSWORD_RULE


class ChangePasswordForm(PlainMixin, allauth_forms.ChangePasswordForm):
    """Choose a new password while signed in."""

    words = {
        "oldpassword": _("Password until now"),
        "password1": _("New password"),
        "password2": _("New password again"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].help_text = ""
        self.fields["password1"].help_text = PASSWORD_RULE


class ChangeEmailForm(PlainMixin, allauth_forms.AddEmailForm):
    """Change the address by which a person signs in."""

    words = {"email": _("New e-mail address")}

    def save(self, request: HttpRequest) -> EmailAddress:
        """Put the new address beside the present one, which stays until the new one is confirmed.

        allauth itself would take an address that was never confirmed for the one before last, and remove it.
        """
        with transaction.atomic():
            user = User.objects.select_for_update().get(pk=self.user.pk)
            beside = EmailAddress.objects.filter(user=user).exclude(email=user.email)
            beside.filter(verified=False).delete()
            address, _new = EmailAddress.objects.get_or_create(user=user, email=self.cleaned_data["email"])
        send_verification_email_to_address(request, address)
        return address


class ReauthenticateForm(PlainMixin, allauth_forms.ReauthenticateForm):
    """Give the password once more before something important."""

    keeps_nothing = True
    words = {"password": PASSWORD}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class AuthenticateForm(PlainMixin, mfa_forms.AuthenticateForm):
    """Give the code of the second step."""

    keeps_nothing = True
    words = {"code": _("Code")}


class ReauthenticateByCodeForm(PlainMixin, mfa_forms.ReauthenticateForm):
    """Give a code once more before something important."""

    keeps_nothing = True
    words = {"code": _("Code")}


class ActivateAppForm(PlainMixin, totp_forms.ActivateTOTPForm):
    """Show that the app is set up."""

    words = {"code": _("Code that the app shows")}


class AddPasskeyForm(PlainMixin, webauthn_forms.AddWebAuthnForm):
    """Add a passkey."""

    words = {"name": _("Name of the passkey"), "passwordless": _("Sign in with it alone, without a password")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passwordless"].help_text = _(
            "The device then asks for a finger, a face or its own code."
        )


class RenamePasskeyForm(PlainMixin, webauthn_forms.EditWebAuthnForm):
    """Give a passkey another name."""

    words = {"name": _("Name of the passkey")}
