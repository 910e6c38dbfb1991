"""What an organization has, as it was on one day. Money is cents a year, speeds are Mbit/s, shares run from 0 to 1.

An empty value means "not recorded". Where "there is none" is an answer of its own it has a field of its own.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.core.inventory import DEVICE_KINDS
from organizations.models import Organization


class InventoryRecord(models.Model):
    """The day of the inventory and the single facts that the rules read. One an organization."""

    organization = models.OneToOneField(Organization, on_delete=models.CASCADE, related_name="inventory")
    recorded_on = models.DateField()
    has_technology_owner = models.BooleanField(null=True, blank=True)
    technology_owner = models.CharField(max_length=200, blank=True)
    support_hours_a_month = models.DecimalField(max_digits=6, decimal_places=1, null=True, blank=True)
    training_hours_per_person_last_year = models.DecimalField(
        max_digits=6, decimal_places=1, null=True, blank=True
    )
    backup_second_copy = models.BooleanField(null=True, blank=True)
    backup_newest_days = models.PositiveIntegerField(null=True, blank=True)
    backup_newest_none = models.BooleanField(default=False)
    guest_wifi = models.BooleanField(null=True, blank=True)
    accounts_of_leavers = models.PositiveIntegerField(null=True, blank=True)
    staff_off_site_share = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    staff_off_site_without_laptop_share = models.DecimalField(
        max_digits=5, decimal_places=4, null=True, blank=True
    )
    yearly_cost_paid_by_ending_grants_share = models.DecimalField(
        max_digits=5, decimal_places=4, null=True, blank=True
    )
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"Inventory of {self.organization}"


class DatedFact(models.Model):
    """A policy, a plan or a restore test: there is none (`exists` False), or when it was last reviewed or done."""

    class Kind(models.TextChoices):
        ACCEPTABLE_USE = "policy-acceptable-use", _("Rules for using technology")
        DATA_PROTECTION = "policy-data-protection", _("Rules for personal data")
        SOCIAL_MEDIA = "policy-social-media", _("Social media guide")
        JOINING_LEAVING = "policy-joining-leaving", _("List for people who join or leave")
        TECHNOLOGY = "plan-technology", _("Technology plan")
        INCIDENT = "plan-incident", _("Plan for the day something goes wrong")
        REPLACEMENT = "plan-replacement", _("Plan for replacing equipment")
        RESTORE_TEST = "backup-restore-test", _("Last test of restoring the backup")

    inventory = models.ForeignKey(InventoryRecord, on_delete=models.CASCADE, related_name="dated_facts")
    kind = models.CharField(max_length=24, choices=Kind.choices)
    exists = models.BooleanField()
    on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["inventory", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["inventory", "kind"], name="dated_fact_once"),
            models.CheckConstraint(
                condition=models.Q(exists=True, on__isnull=False) | models.Q(exists=False, on__isnull=True),
                name="dated_fact_has_a_day_if_it_exists",
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class Site(models.Model):
    """A place of work. `staff` counts the paid people who work there."""

    inventory = models.ForeignKey(InventoryRecord, on_delete=models.CASCADE, related_name="sites")
    key = models.SlugField(max_length=60)
    name = models.CharField(max_length=200)
    place = models.CharField(max_length=200, blank=True)
    staff = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["inventory", "pk"]
        constraints = [models.UniqueConstraint(fields=["inventory", "key"], name="site_key_once")]

    def __str__(self) -> str:
        return self.name


class Device(models.Model):
    """`count` equal devices."""

    class Condition(models.TextChoices):
        GOOD = "good", _("Works well")
        FAIR = "fair", _("Works, with trouble")
        POOR = "poor", _("Hardly works")
        OUT = "out", _("Out of use")

    inventory = models.ForeignKey(InventoryRecord, on_delete=models.CASCADE, related_name="devices")
    kind = models.CharField(max_length=12, choices=[(kind, kind) for kind in DEVICE_KINDS])
    count = models.PositiveIntegerField()
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    os = models.CharField(max_length=80, blank=True)
    supported_until = models.DateField(null=True, blank=True)
    site = models.ForeignKey(Site, on_delete=models.SET_NULL, null=True, blank=True, related_name="devices")
    used_by = models.CharField(max_length=200, blank=True)
    personal = models.BooleanField(default=False, help_text="belongs to a private person")
    condition = models.CharField(max_length=6, choices=Condition.choices, blank=True)
    encrypted = models.PositiveIntegerField(null=True, blank=True)
    managed = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["inventory", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(count__gte=1), name="device_count_at_least_one")
        ]

    def __str__(self) -> str:
        return f"{self.count} {self.kind}"


class Service(models.Model):
    """A program or online service. `purposes` holds option keys; `renews_month` is 1..12."""

    class TwoStep(models.TextChoices):
        ALL = "all", _("Everyone")
        SOME = "some", _("Some people")
        NONE = "none", _("Nobody")

    inventory = models.ForeignKey(InventoryRecord, on_delete=models.CASCADE, related_name="services")
    name = models.CharField(max_length=200)
    purposes = models.JSONField(default=list, blank=True)
    users = models.PositiveIntegerField(null=True, blank=True)
    yearly_cost_cents = models.PositiveBigIntegerField(null=True, blank=True)
    renews_month = models.PositiveSmallIntegerField(null=True, blank=True)
    two_step = models.CharField(max_length=4, choices=TwoStep.choices, blank=True)
    shared_login = models.BooleanField(null=True, blank=True)
    personal = models.BooleanField(default=False, help_text="in the name of a private person")

    class Meta:
        ordering = ["inventory", "pk"]

    def __str__(self) -> str:
        return self.name


class InternetLine(models.Model):
    """One internet line of one site."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="lines")
    kind = models.CharField(max_length=40, blank=True)
    down = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    up = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    yearly_cost_cents = models.PositiveBigIntegerField(null=True, blank=True)
    backup_line = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["site", "pk"]

    def __str__(self) -> str:
        return f"{self.site}: {self.kind}"
