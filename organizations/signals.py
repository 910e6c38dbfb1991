"""Write down each sign-in, and each change of how a person signs in: allauth and Django tell of it in no other way."""

from typing import Any

from allauth.account.signals import email_changed, password_changed, password_reset, password_set
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in
from django.dispatch import Signal

from organizations.models import User
from organizations.services.trail import record

KINDS: dict[Signal, str] = {
    user_logged_in: "sign-in",
    password_changed: "password-changed",
    password_set: "password-changed",
    password_reset: "password-changed",
    email_changed: "email-changed",
    authenticator_added: "second-step-added",
    authenticator_removed: "second-step-removed",
}


def write_down(sender: Any, user: User, signal: Signal, **_more: Any) -> None:
    """Write down what a person did at the door; their organizations' directors read it."""
    record(KINDS[signal], organization=None, user=user)


for signal in KINDS:
    signal.connect(write_down, dispatch_uid="organizations.door")
