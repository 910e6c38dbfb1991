"""A plan: what is chosen, when, by whom, for how much. Money is integer cents, times are quarters and hours."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models import Assessment
from organizations.models import Organization


class Plan(models.Model):
    """One plan. `number` counts from 1 in its organization and stands in the address.

    It rests on `assessments`; a plan begins with quarter `start_quarter` (1..4) of `start_year` and lasts
    `horizon_years`. `is_newest` marks the plan with the highest number, which the desk reads. Totals are stored by
    the services for lists; they equal what the core computes, unless `stale`, or answers came after
    `counted_through`: then they are counted again (planning.services.totals). `moved`: they are others than when
    somebody last saved the plan. `approved_cents` is what the plan likely came to when
    it was approved, `approved_percent` how much of the gap it closed then. `revision` grows with every change, so
    that a stale form is refused. `frontier` keeps what each budget buys, worked out by a worker; its key says what
    it was made of (see planning.selectors.frontiers).
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Draft")
        PROPOSED = "proposed", _("Proposed")
        APPROVED = "approved", _("Approved")
        UNDER_WAY = "under-way", _("Under way")
        FINISHED = "finished", _("Finished")

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="plans")
    number = models.PositiveIntegerField()
    is_newest = models.BooleanField(default=True)
    title = models.CharField(max_length=200)
    assessments = models.ManyToManyField(Assessment, related_name="plans")
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    start_year = models.PositiveSmallIntegerField()
    start_quarter = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(4)])
    horizon_years = models.PositiveSmallIntegerField(default=3)
    budget_cents = models.PositiveBigIntegerField(null=True, blank=True)
    yearly_limit_cents = models.PositiveBigIntegerField(null=True, blank=True)
    hours_per_quarter = models.PositiveIntegerField(null=True, blank=True)
    one_time_cents = models.PositiveBigIntegerField(default=0)
    total_low_cents = models.PositiveBigIntegerField(default=0)
    total_likely_cents = models.PositiveBigIntegerField(default=0)
    total_high_cents = models.PositiveBigIntegerField(default=0)
    actions_count = models.PositiveIntegerField(default=0)
    unscheduled_count = models.PositiveIntegerField(default=0)
    stale = models.BooleanField(default=False)
    counted_through = models.DateTimeField(null=True, blank=True)
    moved = models.BooleanField(default=False)
    frontier = models.JSONField(default=dict, blank=True)
    approved_on = models.DateField(null=True, blank=True)
    approved_by = models.CharField(max_length=200, blank=True)
    approved_cents = models.PositiveBigIntegerField(null=True, blank=True)
    approved_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["organization", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["organization", "number"], name="plan_number_once"),
            models.UniqueConstraint(
                fields=["organization"], condition=models.Q(is_newest=True), name="one_newest_plan"
            ),
            models.CheckConstraint(
                condition=models.Q(start_quarter__gte=1, start_quarter__lte=4),
                name="plan_starts_in_a_quarter",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_approved(self) -> bool:
        """Say whether somebody approved it, and nobody has put it back since."""
        return self.state not in {self.State.DRAFT, self.State.PROPOSED}


class PlanAction(models.Model):
    """One action that the plan says something about: a catalogue key, or an own action ("own-3").

    `start` is a quarter counted from the plan's first (0), empty = the schedule decides. An own action carries its
    words in `title`, `summary`, `kind`, its expected lifts in `lifts` ([{"cell", "levels"}]) and its hours.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="actions")
    key = models.SlugField(max_length=80)
    chosen = models.BooleanField(default=False)
    must_have = models.BooleanField(default=False)
    excluded = models.BooleanField(default=False)
    excluded_reason = models.CharField(max_length=300, blank=True)
    by_hand = models.BooleanField(default=False)
    owner = models.CharField(max_length=200, blank=True)
    start = models.PositiveSmallIntegerField(null=True, blank=True)
    without_help = models.BooleanField(default=False)
    is_own = models.BooleanField(default=False)
    title = models.CharField(max_length=200, blank=True)
    summary = models.TextField(blank=True)
    kind = models.CharField(max_length=12, blank=True)
    lifts = models.JSONField(default=list, blank=True)
    weeks = models.PositiveSmallIntegerField(null=True, blank=True)
    hours = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["plan", "key"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="plan_action_once"),
            models.CheckConstraint(
                condition=~models.Q(must_have=True, excluded=True), name="must_have_is_not_excluded"
            ),
        ]

    def __str__(self) -> str:
        return self.key


class PlanCost(models.Model):
    """The organization's own figures for one cost row of an action (empty = the catalogue's), or an own action's row.

    `row` counts the rows of the action from 0. `number` is how many units; `one_time_cents` and `yearly_cents` are
    for all units together. `lots` says how many units are bought in the first, second, ... year (empty = all at once).
    """

    action = models.ForeignKey(PlanAction, on_delete=models.CASCADE, related_name="costs")
    row = models.PositiveSmallIntegerField()
    number = models.PositiveIntegerField(null=True, blank=True)
    one_time_cents = models.PositiveBigIntegerField(null=True, blank=True)
    yearly_cents = models.PositiveBigIntegerField(null=True, blank=True)
    lots = models.JSONField(default=list, blank=True)
    category = models.CharField(max_length=12, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["action", "row"]
        constraints = [models.UniqueConstraint(fields=["action", "row"], name="plan_cost_once")]

    def __str__(self) -> str:
        return f"{self.action} row {self.row}"


class PlanNumber(models.Model):
    """A number that the inventory does not give, or that somebody corrected: `count` is a key of the content format."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="numbers")
    count = models.SlugField(max_length=60)
    number = models.PositiveIntegerField()

    class Meta:
        ordering = ["plan", "count"]
        constraints = [models.UniqueConstraint(fields=["plan", "count"], name="plan_number_of_a_count_once")]

    def __str__(self) -> str:
        return f"{self.count}: {self.number}"


class PlanEvent(models.Model):
    """What happened to a plan: created, chosen under a budget, proposed, approved, reopened. Append-only."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=20)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    detail = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.plan}: {self.kind}"
