"""The Celery application: one for both modes; the broker comes from the settings."""

import gc
import os
from typing import Any

from celery import Celery
from celery.signals import worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "techplan.settings.base")

# A render makes many objects that live until it ends: collecting less often makes it a tenth faster.
GC_THRESHOLD = 50_000

app = Celery("techplan")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.steps["consumer"].add("jobs.pulse:WorkerPulse")


@worker_process_init.connect  # type: ignore[untyped-decorator]
def relax_garbage_collection(**_kwargs: Any) -> None:
    """Collect less often in the worker's own processes; freeze what was there before the first job."""
    gc.freeze()
    gc.set_threshold(GC_THRESHOLD)
