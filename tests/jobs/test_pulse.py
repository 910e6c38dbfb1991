"""The sign of life of worker and beat, and script/watch.py, which reads it in production."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from jobs import services
from jobs.models import JobState
from tests.workers import ROOT, Worker, wait_for

pytestmark = [pytest.mark.worker]


class WatchedWorker(Worker):
    """A worker that script/watch.py watches, with little patience."""

    def start(self) -> None:
        names = ["celery", "-A", "techplan", "worker", "-P", "prefork", "-c", "1", "-I", "tests.jobs.kinds"]
        with self.log_file.open("ab") as log:
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    "script/watch.py",
                    sys.executable,
                    "-m",
                    *names,
                    "-n",
                    f"{os.getpid()}@watched",
                ],
                cwd=ROOT,
                env={**self.environment, "TECHPLAN_SILENCE": "6", "TECHPLAN_PULSE_SECONDS": "0.5"},
                stdout=log,
                stderr=subprocess.STDOUT,
            )

    def main(self) -> psutil.Process:
        """Return Celery's main process, once its child is there."""
        watch = psutil.Process(self.process.pid)
        wait_for(lambda: watch.children() and watch.children()[0].children(), seconds=30)
        return watch.children()[0]


@pytest.fixture
def watched(transactional_db: None, tmp_path: Path) -> Iterator[WatchedWorker]:
    worker = WatchedWorker(tmp_path)
    worker.start()
    yield worker
    if worker.is_running():
        watch = psutil.Process(worker.process.pid)
        for process in [watch, *watch.children(recursive=True)]:
            process.kill()
        worker.process.wait(timeout=20)


def gone(*processes: psutil.Process) -> Callable[[], bool]:
    return lambda: not any(process.is_running() for process in processes)


def test_a_watched_worker_that_hangs_is_killed_with_its_children(watched: WatchedWorker) -> None:
    job = services.enqueue("test.slow", payload={"file": str(watched.folder / "out"), "seconds": 0.1})
    watched.finish(job)
    main = watched.main()
    processes = [main, *main.children()]
    main.suspend()
    assert watched.process.wait(timeout=20) == 1
    wait_for(gone(*processes), seconds=5)
    assert "hangs (no sign of life for 6 seconds) and was killed" in watched.log()


def test_a_worker_whose_child_hangs_is_killed(watched: WatchedWorker) -> None:
    watched.finish(services.enqueue("test.write", payload={"file": str(watched.folder / "out")}))
    child = watched.main().children()[0]
    child.suspend()
    services.enqueue("test.slow", payload={"file": str(watched.folder / "out"), "seconds": 0.1})
    assert watched.process.wait(timeout=40) == 1
    wait_for(gone(child), seconds=5)


def test_a_long_job_is_no_silence(watched: WatchedWorker) -> None:
    job = services.enqueue("test.slow", payload={"file": str(watched.folder / "out"), "seconds": 10})
    job = watched.finish(job)
    assert (job.state, job.attempts) == (JobState.DONE, 1)
    assert watched.is_running()


def test_a_worker_that_is_asked_to_end_finishes_its_job_first(watched: WatchedWorker) -> None:
    job = services.enqueue("test.slow", payload={"file": str(watched.folder / "out"), "seconds": 9})
    watched.until_running(job)
    watched.process.send_signal(signal.SIGTERM)
    assert watched.process.wait(timeout=30) == 0
    job.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.DONE, 1)
