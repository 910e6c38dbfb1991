"""Write down each sign-in. Signals because allauth and Django tell of it in no other way."""

from typing import Any

from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from organizations.models import User
from organizations.services.trail import record


@receiver(user_logged_in, dispatch_uid="organizations.sign-in")
def record_sign_in(sender: Any, user: User, **_more: Any) -> None:
    """Write down that a person signed in; their organizations' directors read it."""
    record("sign-in", organization=None, user=user)
