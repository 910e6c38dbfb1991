"""A real Celery worker process for the tests, with beat, on the test's own database and queue."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.db import connection

from jobs.models import Job, JobState
from script.supervisor import follow_parent

ROOT = Path(__file__).resolve().parent.parent


def wait_for(what: Callable[[], object], *, seconds: float = 30.0, every: float = 0.05) -> None:
    """Wait until `what()` is true; fail when it is not in time."""
    end = time.monotonic() + seconds
    while not what():
        if time.monotonic() > end:
            raise AssertionError(f"waited {seconds} s in vain")
        time.sleep(every)


class Worker:
    """One `celery worker -B` process with its children; `extra` goes into its environment."""

    def __init__(self, folder: Path, extra: dict[str, str] | None = None) -> None:
        self.folder = folder
        self.extra = extra or {}
        self.process: subprocess.Popen[bytes] | None = None
        self.mail_folder = folder / "mail"
        self.log_file = folder / "worker.log"

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment in which a process sees what this test sees."""
        return {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "techplan.settings.test",
            "TEST_DATABASE": str(connection.settings_dict["NAME"]),
            "TEST_MAIL_FOLDER": str(self.mail_folder),
            "TECHPLAN_HOME": str(settings.HOME),
            "TECHPLAN_QUEUE": settings.CELERY_TASK_DEFAULT_QUEUE,
            **self.extra,
        }

    def start(self) -> None:
        """Start the process, unless it runs."""
        if self.is_running():
            return
        command = [
            sys.executable,
            "-m",
            "celery",
            "-A",
            "techplan",
            "worker",
            "-B",
            "-P",
            "prefork",
            "-c",
            "1",
        ]
        options = [
            "-l",
            "INFO",
            "-s",
            str(self.folder / "beat"),
            "-I",
            "tests.jobs.kinds",
            "-n",
            f"{os.getpid()}@test",
        ]
        quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        with self.log_file.open("ab") as log:
            self.process = subprocess.Popen(
                [*command, *options, *quiet],
                cwd=ROOT,
                env=self.environment,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=follow_parent,
            )

    def is_running(self) -> bool:
        """Whether the main process is alive."""
        return self.process is not None and self.process.poll() is None

    def kill(self) -> None:
        """End the process and all its children as a power cut would (SIGKILL)."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def finish(self, job: Job, *, seconds: float = 60.0) -> Job:
        """Wait until a job is done or has failed; return it fresh from the database."""
        try:
            wait_for(lambda: self._fresh(job).state in {JobState.DONE, JobState.FAILED}, seconds=seconds)
        except AssertionError as error:
            state = self._fresh(job)
            raise AssertionError(
                f"{state}, attempts {state.attempts}: {error}\n{self.log()[-4000:]}"
            ) from error
        return self._fresh(job)

    def until_running(self, job: Job, *, seconds: float = 30.0) -> None:
        """Wait until a worker has claimed a job."""
        wait_for(lambda: self._fresh(job).state == JobState.RUNNING, seconds=seconds)

    def log(self) -> str:
        """Return what the worker has said."""
        return self.log_file.read_text(errors="replace") if self.log_file.exists() else ""

    def mails(self) -> list[str]:
        """Return the mails that jobs have sent, whole, oldest first."""
        files = sorted(self.mail_folder.glob("*.log"), key=lambda path: path.stat().st_mtime)
        return [path.read_text() for path in files]

    @staticmethod
    def _fresh(job: Job) -> Job:
        return Job.objects.get(pk=job.pk)
