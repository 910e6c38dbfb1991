"""The job row: written, claimed once, finished, given back, swept."""

from datetime import timedelta

import pytest
from django.utils import timezone

from jobs import services
from jobs.models import Job, JobState

pytestmark = pytest.mark.django_db


def test_enqueue_with_a_key_makes_one_job() -> None:
    first = services.enqueue("test.nothing", payload={"a": 1}, key="once")
    second = services.enqueue("test.nothing", payload={"a": 1}, key="once")
    assert (first.pk, Job.objects.count()) == (second.pk, 1)


def test_claim_gives_a_job_to_one_only() -> None:
    job = services.enqueue("test.nothing", payload={})
    now = timezone.now()
    claimed = services.claim(job.pk, at=now)
    assert claimed is not None
    assert (claimed.state, claimed.attempts) == (JobState.RUNNING, 1)
    assert services.claim(job.pk, at=now + timedelta(seconds=1)) is None
