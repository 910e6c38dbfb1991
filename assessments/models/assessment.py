"""One organization's run through one instrument version, and where it stands."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models.instruments import InstrumentVersion
from organizations.models import Organization


class Assessment(models.Model):
    """One assessment. `number` counts from 1 in its organization and stands in the address.

    `cells` (keys "area/quality") is filled for a follow-up only: the cells that are asked again.
    """

    class Kind(models.TextChoices):
        QUICK = "quick", _("Ten-minute check")
        FULL = "full", _("Full questionnaire")
        FOLLOW_UP = "follow-up", _("Follow-up")

    class State(models.TextChoices):
        DRAFT = "draft", _("Not opened yet")
        OPEN = "open", _("Open for answers")
        REVIEW = "review", _("In review")
        CLOSED = "closed", _("Closed")

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="assessments")
    number = models.PositiveIntegerField()
    instrument = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT, related_name="assessments")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    cells = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["organization", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "number"], name="assessment_number_once"),
            models.CheckConstraint(
                condition=models.Q(state="closed", closed_at__isnull=False)
                | (~models.Q(state="closed") & models.Q(closed_at__isnull=True)),
                name="assessment_closed_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.number}"


class AssessmentEvent(models.Model):
    """What happened to an assessment: started, continued as full, closed, reopened. Append-only."""

    class Kind(models.TextChoices):
        STARTED = "started", _("Started")
        CONTINUED = "continued", _("Continued as the full questionnaire")
        CLOSED = "closed", _("Closed")
        REOPENED = "reopened", _("Reopened")

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reason = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.assessment}: {self.kind}"


class Standing(models.Model):
    """The stored scores of one assessment, rewritten whenever an answer or a target changes.

    `cells` maps a cell key to {"score", "low", "high", "target", "gap" (fractions as "7/3" or null), "base",
    "applicable"}. `earlier` is the same for what stood before this assessment began, so that `current` (each cell's
    latest score) can be told without reading older rows. `areas` maps an area to its current mean as a number
    (for sorting only). `state` is that of the assessment, told again here because the desk reads this row alone.
    `is_current` marks the newest assessment of the organization: the row that the desk reads.
    `answered` and `expected` leave follow-up questions out: whether they appear would tell what somebody said.
    `own_shown` says that three people have answered this assessment or all who did agree to show its results,
    `earlier_shown` that `earlier` may be seen, `shown` that `current` may: by members who may look, on any list.
    """

    assessment = models.OneToOneField(Assessment, on_delete=models.CASCADE, related_name="standing")
    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="standings")
    is_current = models.BooleanField(default=True)
    state = models.CharField(max_length=8, choices=Assessment.State.choices, default=Assessment.State.OPEN)
    own_shown = models.BooleanField(default=True)
    earlier_shown = models.BooleanField(default=True)
    shown = models.BooleanField(default=True)
    cells = models.JSONField(default=dict)
    earlier = models.JSONField(default=dict)
    current = models.JSONField(default=dict)
    areas = models.JSONField(default=dict)
    overall = models.DecimalField(max_digits=6, decimal_places=4, null=True)
    weakest_cell = models.CharField(max_length=121, blank=True)
    biggest_gap_cell = models.CharField(max_length=121, blank=True)
    biggest_gap = models.DecimalField(max_digits=6, decimal_places=4, null=True)
    answered = models.PositiveIntegerField(default=0, help_text="answers given by all respondents")
    expected = models.PositiveIntegerField(default=0, help_text="answers that all respondents can give")
    last_activity = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization"], condition=models.Q(is_current=True), name="one_current_standing"
            )
        ]
        indexes = [
            # All that a desk counts and sorts by at first: it then need not read rows with their cells.
            models.Index(
                fields=["organization", "state", "answered", "expected", "last_activity"],
                condition=models.Q(is_current=True),
                name="standing_for_desk",
            )
        ]

    def __str__(self) -> str:
        return f"Standing of {self.assessment}"
