"""What goes with a report when it is deleted, alone or with its organization: its job.

A signal and no direct call: organizations are deleted by an app that must not know this one.
"""

from typing import Any

from django.db.models.signals import post_delete
from django.dispatch import receiver

from jobs.models import Job
from reports.models import Report


@receiver(post_delete, sender=Report, dispatch_uid="reports.delete_job")
def delete_job(instance: Report, **kwargs: Any) -> None:
    """Delete the job of a report that is gone."""
    Job.objects.filter(pk=instance.job_id).delete()
