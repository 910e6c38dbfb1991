"""The broker goes away and comes back: pages answer, jobs wait in their rows, nothing is lost."""

import contextlib
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from jobs import services
from jobs.models import Job, JobState
from tests.workers import ROOT, Worker, wait_for

pytestmark = pytest.mark.worker


class Redis:
    """A Redis server of this test's own, which it can stop and start."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = int(probe.getsockname()[1])
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        options = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(self.folder)]
        self.process = subprocess.Popen(
            ["redis-server", "--port", str(self.port), *options], stdout=subprocess.DEVNULL
        )
        wait_for(self.answers, seconds=15)

    def answers(self) -> bool:
        try:
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        except OSError:
            return False
        return True

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None


class Folder:
    """The queue's folder, which can be taken away and brought back."""

    def __init__(self, aside: Path) -> None:
        self.folder, self.aside = settings.HOME / "queue", aside

    def start(self) -> None:
        if self.aside.exists():
            self.folder.unlink()
            shutil.move(self.aside, self.folder)

    def kill(self) -> None:
        shutil.move(self.folder, self.aside)
        while not self.folder.is_file():
            # A process that asked for the folder just now has made another one.
            shutil.rmtree(self.folder, ignore_errors=True)
            with contextlib.suppress(IsADirectoryError):
                self.folder.write_text("a file where a folder should be")


@pytest.fixture
def broker(tmp_path: Path) -> Iterator[Redis | Folder]:
    broker = Folder(tmp_path / "aside") if settings.EMBEDDED else Redis(tmp_path)
    broker.start()
    yield broker
    if isinstance(broker, Redis):
        broker.kill()
    else:
        broker.start()


@pytest.fixture
def own_worker(transactional_db: None, tmp_path: Path, broker: Redis | Folder) -> Iterator[Worker]:
    extra = {"REDIS_URL": f"redis://127.0.0.1:{broker.port}/0"} if isinstance(broker, Redis) else {}
    worker = Worker(tmp_path, extra)
    worker.start()
    yield worker
    worker.kill()


def enqueue(worker: Worker, file: Path) -> Job:
    """Enqueue as a web server would; it must answer soon whatever the broker does.

    Which Redis it is, a process learns when it starts: that takes a process of its own.
    """
    if settings.EMBEDDED:
        return services.enqueue("test.write", payload={"file": str(file)})
    done = subprocess.run(
        [sys.executable, "-m", "tests.jobs.enqueue", str(file)],
        cwd=ROOT,
        env=worker.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    number, seconds = done.stdout.split()
    assert float(seconds) < 5
    return Job.objects.get(pk=int(number))


def test_jobs_written_while_the_broker_is_down_are_done_when_it_is_back(
    own_worker: Worker, broker: Redis | Folder, tmp_path: Path
) -> None:
    before = enqueue(own_worker, tmp_path / "out")
    assert own_worker.finish(before).state == JobState.DONE
    broker.kill()
    jobs = [Job.objects.get(pk=enqueue(own_worker, tmp_path / "out").pk) for _ in range(3)]
    assert [(job.state, job.published_at) for job in jobs] == [(JobState.QUEUED, None)] * 3
    broker.start()
    assert [own_worker.finish(job, seconds=120).state for job in jobs] == [JobState.DONE] * 3
    assert sorted(map(int, (tmp_path / "out").read_text().split())) == [job.pk for job in (before, *jobs)]
