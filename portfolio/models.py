"""What this app keeps itself: that the demonstration was loaded, for whom, and that it was removed."""

from typing import ClassVar

from django.conf import settings
from django.db import models


class Demonstration(models.Model):
    """One loading of the demonstration. `years` is by how many its dates were moved to keep it young.

    Its organizations carry `is_demo`; `people` are the users who were made for it and go with it. The row stays
    after the removal, so that a first start never brings back what somebody took away.
    """

    version = models.PositiveSmallIntegerField()
    years = models.SmallIntegerField(default=0)
    language = models.CharField(max_length=8, choices=settings.LANGUAGES)
    people = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="+")
    loaded_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-loaded_at"]

    def __str__(self) -> str:
        return f"Demonstration of {self.loaded_at:%Y-%m-%d}"
