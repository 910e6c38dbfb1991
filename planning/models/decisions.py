"""What people of an organization decided: goals, challenges that are true for them, actions already done."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from organizations.models import Organization


class Goal(models.Model):
    """A goal of the organization's mission. `areas` are keys of the instrument's areas; `weight` is 1..3."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="goals")
    title = models.CharField(max_length=300)
    measure = models.CharField(max_length=300, blank=True)
    by = models.DateField(null=True, blank=True)
    areas = models.JSONField(default=list)
    weight = models.PositiveSmallIntegerField(
        default=1, validators=[MinValueValidator(1), MaxValueValidator(3)]
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["organization", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(weight__gte=1, weight__lte=3), name="goal_weight_1_to_3"
            )
        ]

    def __str__(self) -> str:
        return self.title


class ChallengeDecision(models.Model):
    """Somebody said that a challenge is true for the organization, or is not (with a reason)."""

    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="challenge_decisions"
    )
    challenge = models.SlugField(max_length=80)
    accepted = models.BooleanField()
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "challenge"], name="challenge_decided_once"),
            models.CheckConstraint(
                condition=models.Q(accepted=True) | ~models.Q(reason=""), name="rejection_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.challenge}: {'accepted' if self.accepted else 'rejected'}"


class ActionMark(models.Model):
    """Somebody confirmed or marked an action as done (or as not done, against the inventory)."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="action_marks")
    action = models.SlugField(max_length=80)
    done = models.BooleanField()
    marked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organization", "action"], name="action_marked_once")]

    def __str__(self) -> str:
        return f"{self.action}: {'done' if self.done else 'not done'}"
