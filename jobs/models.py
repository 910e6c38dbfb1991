"""The durable job row: the truth about work to be done. The queue only says 'look at row N now'."""

from typing import ClassVar

from django.db import models


class JobState(models.TextChoices):
    """Where a job stands. Done and failed are final."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


class Job(models.Model):
    """One piece of work, written in the transaction that wants it.

    `percent` is 0..100. `message` is a plain sentence: progress while running, the reason once failed.
    `attempts` counts claims and is the fence: whoever holds an older number has lost the job.
    `key`, when given, names the work: a second job with the same kind and key is not made.
    """

    State = JobState

    kind = models.CharField(max_length=80)
    key = models.CharField(max_length=200, null=True, blank=True)  # noqa: DJ001  # null: no key, may repeat
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=JobState, default=JobState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    percent = models.PositiveSmallIntegerField(default=0)
    message = models.CharField(max_length=500, blank=True)
    error = models.TextField(blank=True, help_text="for the operator, never shown to users")
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True, blank=True)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "key"], name="job_key_once"),
            models.CheckConstraint(condition=models.Q(percent__lte=100), name="job_percent_range"),
            models.CheckConstraint(condition=models.Q(state__in=JobState.values), name="job_state_known"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["state", "heartbeat_at"],
                name="job_unfinished",
                condition=models.Q(state__in=["queued", "running"]),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk} ({self.state})"


class WorkerHeartbeat(models.Model):
    """When a worker was last seen doing something; one row a worker, whatever the broker."""

    name = models.CharField(max_length=120, unique=True)
    seen_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return f"{self.name} at {self.seen_at:%H:%M:%S}"
