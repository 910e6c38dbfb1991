"""How allauth works here: mail goes out as jobs, sign-up can be by invitation, nothing tells who has an account."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.sites.shortcuts import get_current_site
from django.core.mail import EmailMessage
from django.forms import BaseForm
from django.http import HttpRequest
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from allauth.core import context as allauth_context  # isort: skip
from organizations import mail
from organizations.models import Invitation, User

INVITATION = "invitation"  # session key: the hash of the token whose page was opened


class AccountAdapter(DefaultAccountAdapter):
    """The rules of this site for accounts."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is switched off."),
        "duplicate_email": _("You sign in with this address already."),
        "email_password_mismatch": _(
            "Address and password do not fit together. Try again, or choose a new password."
        ),
        "enter_current_password": _("This is not your password until now."),
        "incorrect_password": _("This is not your password."),
        "too_many_login_attempts": _("Too many tries. Wait a few minutes, then sign in again."),
        "rate_limited": _("Too many tries. Wait a few minutes, then go on."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Anybody, or only who opened the page of an invitation that still holds."""
        return settings.SIGNUP == "open" or self.invitation(request) is not None

    def is_email_verified(self, request: HttpRequest, email: str) -> bool:
        """An address is known when an invitation was mailed to it and its link was opened here."""
        if super().is_email_verified(request, email):
            return True
        invitation = self.invitation(request)
        return invitation is not None and invitation.mailed and invitation.email == email.lower()

    def can_delete_email(self, email_address: EmailAddress) -> bool:
        """Never the address by which somebody signs in, confirmed or not."""
        if email_address.email == email_address.user.email:
            return False
        return bool(super().can_delete_email(email_address))

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Refuse an address by which somebody else signs in, also if it was never confirmed for them."""
        others = User.objects.filter(email=email_address.email).exclude(pk=email_address.user_id)
        if others.exists():
            template = "account/messages/email_confirmation_failed.txt"
            self.add_message(request, messages.ERROR, template, {"email": email_address.email})
            return False
        return bool(super().confirm_email(request, email_address))

    def save_user(
        self, request: HttpRequest, user: AbstractBaseUser, form: BaseForm, commit: bool = True
    ) -> AbstractBaseUser:
        """Keep the name and the language of the page with the new account."""
        if isinstance(user, User):
            user.name = form.cleaned_data.get("name", "")
            user.language = (translation.get_language() or "en")[:2]
        super().save_user(request, user, form, commit)
        return user

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the mail now and send it by a job; without a mail server nothing is sent."""
        request = allauth_context.request
        full = {"request": request, "email": email, "current_site": get_current_site(request), **context}
        with translation.override(self._language(context)):
            message: EmailMessage = self.render_mail(template_prefix, email, full)
        mail.queue(to=email, subject=str(message.subject), body=str(message.body))

    @staticmethod
    def _language(context: dict[str, Any]) -> str:
        reader = context.get("user")
        chosen = getattr(reader, "language", "")
        return str(chosen or translation.get_language() or settings.LANGUAGE_CODE)

    @staticmethod
    def invitation(request: HttpRequest) -> Invitation | None:
        """Return the invitation whose link was opened in this session, while it holds."""
        session = getattr(request, "session", None)
        hashed = session.get(INVITATION) if session is not None else None
        if not hashed:
            return None
        return Invitation.objects.filter(
            token_hash=hashed,
            accepted_at__isnull=True,
            revoked_at__isnull=True,
            expires_at__gt=timezone.now(),
        ).first()


class MFAAdapter(DefaultMFAAdapter):
    """The second step, in our words."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "cannot_delete_authenticator": _("The second step cannot be switched off for this account."),
        "cannot_generate_recovery_codes": _("Recovery codes belong to a second step. Set one up first."),
        "incorrect_code": _("This code is not right. Codes change every half minute; type the newest one."),
        "unverified_email": _("Confirm your e-mail address first; then you can set up a second step."),
        "add_email_blocked": _("Switch the second step off before you change the address."),
    }
