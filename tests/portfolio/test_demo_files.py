"""Removing the demonstration removes its files, once the transaction is committed."""

from datetime import UTC, datetime

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from organizations import files
from organizations.models import Organization
from portfolio.models import Demonstration
from portfolio.services import remove_demo


@pytest.mark.django_db(transaction=True)
def test_files_go_too() -> None:
    organization = Organization.objects.create(slug="invented", name="Invented", is_demo=True)
    name = default_storage.save(f"{files.folder(organization)}reports/a.pdf", ContentFile(b"x"))
    Demonstration.objects.create(version=1, language="en", loaded_at=datetime(2026, 1, 1, tzinfo=UTC))
    remove_demo(at=timezone.now())
    assert not default_storage.exists(name)
