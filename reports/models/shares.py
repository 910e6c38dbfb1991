"""Who may see a report by a link, until when, and what they opened."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone

from organizations.models import Organization
from reports.models.documents import Report


class Share(models.Model):
    """A link for one reader. Only the hash of its 256-bit token is kept.

    `rendering` is the share's own report of the same snapshot; security cells, notes, the answers'
    appendix and people's names are in it only where the flags say so.
    """

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="shares")
    rendering = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="share")
    recipient = models.CharField(max_length=200)
    recipient_email = models.EmailField(blank=True)
    message = models.TextField(blank=True)
    with_security = models.BooleanField(default=False)
    with_notes = models.BooleanField(default=False)
    with_appendix = models.BooleanField(default=False)
    with_names = models.BooleanField(default=False)
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["organization", "-created_at"]
        indexes = [models.Index(fields=["recipient_email"], name="share_by_reader")]

    def __str__(self) -> str:
        return f"Share for {self.recipient}"

    @property
    def last_day(self) -> date:
        """The last day on which the link works, in the time zone of this site."""
        return timezone.localtime(self.expires_at - timedelta(seconds=1)).date()


class ShareAccess(models.Model):
    """One view or download by the link, for the director to read. Append-only."""

    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="accesses")
    kind = models.CharField(max_length=10, choices=[("viewed", "viewed"), ("downloaded", "downloaded")])
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        ordering = ["share", "-at"]

    def __str__(self) -> str:
        return f"{self.kind} {self.at}"
