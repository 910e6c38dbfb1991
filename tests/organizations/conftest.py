"""What tests about accounts begin with."""

from typing import Any

import pytest
from django.core.cache import cache


@pytest.fixture(autouse=True)
def no_limits_left_over() -> None:
    """Sign-ins of other tests count towards the limits."""
    cache.clear()


@pytest.fixture
def no_mail(settings: Any) -> None:
    """A site without a mail server."""
    settings.EMAIL_CONFIGURED = False
    settings.ACCOUNT_EMAIL_VERIFICATION = "none"
    settings.ACCOUNT_EMAIL_NOTIFICATIONS = False
