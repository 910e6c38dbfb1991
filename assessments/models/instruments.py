"""Published instruments. A version never changes once it is here; its wording is the document.

The questions are rows as well, so that answers point at something that the database guards.
"""

from django.db import models


class InstrumentVersion(models.Model):
    """One immutable version of a question set. `document` is the checked content file as JSON."""

    slug = models.SlugField(max_length=80)
    version = models.PositiveSmallIntegerField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of the canonical document")
    document = models.JSONField()
    published_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["slug", "-version"]
        constraints = [models.UniqueConstraint(fields=["slug", "version"], name="instrument_version_once")]

    def __str__(self) -> str:
        return f"{self.slug} {self.version}"


class Question(models.Model):
    """One question of one version; its texts stand in the version's document under `key`."""

    instrument = models.ForeignKey(InstrumentVersion, on_delete=models.CASCADE, related_name="questions")
    key = models.SlugField(max_length=120)
    area = models.SlugField(max_length=60)
    quality = models.SlugField(max_length=60)
    position = models.PositiveSmallIntegerField()
    quick = models.BooleanField(default=False)

    class Meta:
        ordering = ["instrument", "position"]
        constraints = [models.UniqueConstraint(fields=["instrument", "key"], name="question_key_once")]

    def __str__(self) -> str:
        return self.key
