"""A damaged file in the folder of the queue costs that file alone: a real worker goes on, or starts again."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings

from jobs import services
from jobs.models import JobState
from tests.jobs.filebroker_hands import message
from tests.workers import Worker, wait_for

pytestmark = [
    pytest.mark.worker,
    pytest.mark.skipif(
        not settings.EMBEDDED, reason="the queue is a Redis server; see tests/test_embedded.py"
    ),
]


def test_a_damaged_queue_table_does_not_keep_a_killed_worker_down(worker: Worker, tmp_path: Path) -> None:
    folder = Path(str(settings.CELERY_BROKER_TRANSPORT_OPTIONS["control_folder"]))
    worker.finish(services.enqueue("test.write", payload={"file": str(tmp_path / "out")}))
    worker.kill()
    (table,) = folder.glob("*.exchange")
    table.write_bytes(b"")
    worker.start()
    job = worker.finish(services.enqueue("test.write", payload={"file": str(tmp_path / "out")}))
    assert job.state == JobState.DONE
    assert json.loads(table.read_text())


@pytest.mark.parametrize(
    "damaged",
    [
        [],
        {},
        message([], **{"content-type": "application/x-python-serialize"}),
        message([], headers={"task": "jobs.run", "id": "1"}),
        message(5, headers={"task": "jobs.run", "id": "1"}),
        message([]),
        message([], body=""),
    ],
)
def test_a_damaged_message_does_not_end_the_worker(worker: Worker, tmp_path: Path, damaged: object) -> None:
    worker.finish(services.enqueue("test.write", payload={"file": str(tmp_path / "out")}))
    process = worker.process
    folder = Path(str(settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_in"]))
    name = f"00000000000000000001_x.{settings.CELERY_TASK_DEFAULT_QUEUE}.msg"
    (folder / name).write_text(json.dumps(damaged))
    job = worker.finish(services.enqueue("test.write", payload={"file": str(tmp_path / "out")}))
    assert job.state == JobState.DONE
    wait_for(lambda: not (folder / name).exists())
    assert worker.process is process
    assert worker.is_running()


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo])
def test_what_is_no_plain_file_does_not_end_the_worker(
    worker: Worker, tmp_path: Path, make: Callable[[Path], None]
) -> None:
    worker.finish(services.enqueue("test.write", payload={"file": str(tmp_path / "out")}))
    process, said = worker.process, worker.log()
    folder = Path(str(settings.CELERY_BROKER_TRANSPORT_OPTIONS["data_folder_in"]))
    odd = folder / f"00000000000000000001_x.{settings.CELERY_TASK_DEFAULT_QUEUE}.msg"
    left = set(folder.glob("*taken-*"))
    make(odd)
    job = worker.finish(services.enqueue("test.write", payload={"file": str(tmp_path / "out")}))
    assert job.state == JobState.DONE
    wait_for(lambda: not odd.exists())
    assert worker.process is process
    assert worker.is_running()
    assert worker.log()[len(said) :].count("it is no plain file") == 1
    assert set(folder.glob("*taken-*")) == left
