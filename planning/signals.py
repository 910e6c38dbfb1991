"""What plans rest on and other apps change: the profile and the inventory. Their totals are marked as stale.

Signals and no direct calls: those apps must not know this one.
"""

from typing import Any

from django.db.models.signals import post_save
from django.dispatch import receiver

from assessments.models import InventoryRecord
from organizations.models import Organization
from planning.services import mark_stale


@receiver(post_save, sender=Organization, dispatch_uid="planning.profile_saved")
def profile_saved(instance: Organization, created: bool, **kwargs: Any) -> None:
    """Mark the plans of an organization whose profile changed: it gives numbers and hours."""
    if not created:
        mark_stale(instance)


@receiver(post_save, sender=InventoryRecord, dispatch_uid="planning.inventory_saved")
def inventory_saved(instance: InventoryRecord, **kwargs: Any) -> None:
    """Mark the plans of an organization whose inventory changed."""
    mark_stale(instance.organization_id)
