"""Who answers, what they say, what was agreed on and what is wanted. Levels are 0..4."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.models.assessment import Assessment
from assessments.models.instruments import Question
from organizations.models import Membership

LEVEL_RANGE = models.Q(level__gte=0, level__lte=4)


class Respondent(models.Model):
    """One person who answers one assessment, with answers of their own.

    `group` says whose view it is: director and board are the leadership, the rest the others.
    `named` = chose to answer with the name shown; `agrees_to_show` = lets results be seen while fewer than
    three people answer.
    """

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="respondents")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="respondents"
    )
    name = models.CharField(max_length=200, blank=True)
    group = models.CharField(max_length=10, choices=Membership.View.choices)
    named = models.BooleanField(default=False)
    agrees_to_show = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["assessment", "pk"]
        constraints = [models.UniqueConstraint(fields=["assessment", "user"], name="respondent_once")]

    def __str__(self) -> str:
        return f"Respondent {self.pk}"


class Answer(models.Model):
    """One respondent's answer to one question. `revision` grows by one with each change (stale writes are refused)."""

    class Kind(models.TextChoices):
        LEVEL = "level", _("Level")
        NOT_APPLICABLE = "not-applicable", _("Does not apply to us")
        UNKNOWN = "dont-know", _("I don’t know")

    respondent = models.ForeignKey(Respondent, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    kind = models.CharField(max_length=14, choices=Kind.choices)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    guess = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    reason = models.TextField(blank=True, help_text="why it does not apply")
    revision = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ["respondent", "question__position"]
        constraints = [
            models.UniqueConstraint(fields=["respondent", "question"], name="answer_once"),
            models.CheckConstraint(
                condition=(models.Q(kind="level") & LEVEL_RANGE)
                | (~models.Q(kind="level") & models.Q(level__isnull=True)),
                name="answer_level_fits_its_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.kind}"


class AnswerChange(models.Model):
    """Every version of an answer, the present one included. Append-only."""

    respondent = models.ForeignKey(Respondent, on_delete=models.CASCADE, related_name="changes")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField()
    kind = models.CharField(max_length=14, choices=Answer.Kind.choices)
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    guess = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["respondent", "question", "revision"]
        constraints = [
            models.UniqueConstraint(
                fields=["respondent", "question", "revision"], name="answer_revision_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.question} revision {self.revision}"


class Consensus(models.Model):
    """What the respondents agreed on for one question; level None means that it does not apply."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="consensus")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="+")
    level = models.PositiveSmallIntegerField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "question"], name="consensus_once"),
            models.CheckConstraint(
                condition=LEVEL_RANGE | models.Q(level__isnull=True), name="consensus_level_in_range"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question}: {self.level}"


class Target(models.Model):
    """The wanted level of one question (`question` set) or of one cell (`cell` = "area/quality")."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="targets")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    cell = models.CharField(max_length=121, blank=True)
    level = models.PositiveSmallIntegerField()
    reason = models.TextField(blank=True)
    by = models.DateField(null=True, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "question"],
                condition=models.Q(question__isnull=False),
                name="question_target_once",
            ),
            models.UniqueConstraint(
                fields=["assessment", "cell"],
                condition=models.Q(question__isnull=True),
                name="cell_target_once",
            ),
            models.CheckConstraint(condition=LEVEL_RANGE, name="target_level_in_range"),
            models.CheckConstraint(
                condition=models.Q(question__isnull=False, cell="")
                | (models.Q(question__isnull=True) & ~models.Q(cell="")),
                name="target_of_a_question_or_a_cell",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.cell or self.question}: {self.level}"
