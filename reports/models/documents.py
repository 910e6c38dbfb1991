"""A snapshot is the frozen document behind every report; a report is one rendering of it."""

from django.conf import settings
from django.db import models

from assessments.models import Assessment
from jobs.models import Job
from organizations.models import Organization
from planning.models import Plan


class Snapshot(models.Model):
    """The complete, self-contained document of one plan on one day. Written once, never changed.

    `assessments` are those that it was made of: a member reads its reports while they see those results.
    """

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="snapshots")
    plan = models.ForeignKey(Plan, on_delete=models.SET_NULL, null=True, blank=True, related_name="snapshots")
    assessments = models.ManyToManyField(Assessment, related_name="snapshots")
    schema_version = models.PositiveSmallIntegerField()
    document = models.JSONField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the canonical document")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["organization", "-created_at"]

    def __str__(self) -> str:
        return f"Snapshot {self.digest[:12]}"


class Report(models.Model):
    """One PDF of one snapshot. Its state is its job's; `audience` says for whose eyes it is rendered.

    `number` counts from 1 in its organization, for each audience by itself. `options` = {"language", "paper",
    "security", "notes", "appendix", "names"}. `code` is what a reader can check it by; `content_key` is the hash of
    snapshot and options: the same key never renders twice. `idempotency_key` tells one intent of one person from
    another.
    """

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="reports")
    number = models.PositiveIntegerField()
    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="reports")
    job = models.OneToOneField(Job, on_delete=models.PROTECT, related_name="report")
    audience = models.CharField(max_length=8, choices=[("own", "own"), ("share", "share")], default="own")
    options = models.JSONField(default=dict)
    content_key = models.CharField(max_length=64, db_index=True)
    code = models.CharField(max_length=20, unique=True)
    file = models.FileField(max_length=200, blank=True)
    pages = models.PositiveIntegerField(null=True, blank=True)
    size_bytes = models.PositiveIntegerField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    notify = models.BooleanField(default=False)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    idempotency_key = models.UUIDField(null=True, blank=True)
    created_at = models.DateTimeField()
    ready_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["organization", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "audience", "number"], name="report_number_once"),
            models.UniqueConstraint(
                fields=["organization", "audience", "requested_by", "idempotency_key"],
                name="report_asked_for_once",
            ),
        ]

    def __str__(self) -> str:
        return f"Report {self.number} of {self.organization}"
