"""What the durable row costs beside the work itself."""

from datetime import timedelta

from django.utils import timezone

from bench.measure import Row, ratio_row
from bench.yardsticks import stored_rows
from jobs import registry, services
from jobs.models import Job, JobState

FINISHED = 10_000


def measure() -> list[Row]:
    """Measure one job that does nothing, and a sweep over a long history."""
    registry.register("bench.nothing", lambda job, beat: None)
    now = timezone.now()
    Job.objects.bulk_create(
        [
            Job(kind="bench.nothing", state=JobState.DONE, created_at=now - timedelta(days=1), percent=100)
            for _ in range(FINISHED)
        ]
    )

    def one_job() -> None:
        job = Job.objects.create(kind="bench.nothing", created_at=now)
        services.run(job.pk)

    def two_writes() -> None:
        job = Job.objects.create(kind="bench.nothing", created_at=now)
        Job.objects.filter(pk=job.pk).update(state=JobState.DONE)

    return [
        ratio_row(
            "a job that does nothing: written, claimed, done, written down",
            goal=4,
            work=one_job,
            yardstick=two_writes,
            name="writing a row twice",
            rounds=40,
        ),
        ratio_row(
            f"sweep over {FINISHED:,} finished jobs",
            goal=5,
            work=lambda: services.sweep(at=timezone.now(), tell=lambda pk: False),
            yardstick=stored_rows(50),
            name="reading 50 rows",
        ),
    ]
