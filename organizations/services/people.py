"""Make people and change what they say about themselves."""

from allauth.account.models import EmailAddress
from django.db import transaction

from organizations.models import User


@transaction.atomic
def create_user(*, email: str, name: str = "", password: str | None = None, language: str = "") -> User:
    """Make a person whose address counts as confirmed: for the demonstration, imports and tests."""
    user = User.objects.create_user(email, password, name=name, language=language)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def set_language(*, user: User, language: str) -> None:
    """Remember the language in which this person reads the pages."""
    user.language = language
    user.save(update_fields=["language"])


def update_person(*, user: User, name: str, language: str) -> User:
    """Change a person's name and language."""
    user.name = name
    user.language = language
    user.save(update_fields=["name", "language"])
    return user
