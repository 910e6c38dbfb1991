"""script/run's programs: started on a folder of their own, killed one by one, and started again."""

import contextlib
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from tests.workers import ROOT, wait_for

pytestmark = pytest.mark.whole_site


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def alive(pid: int) -> bool:
    """Whether a process runs; one that is dead and only not yet buried does not."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


class Site:
    """One `script/start.py` with its home and port."""

    def __init__(self, home: Path, *, demo: bool = False) -> None:
        self.home, self.port, self.demo = home, free_port(), demo
        self.log = home.parent / "log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        dropped = ("DATABASE_URL", "REDIS_URL", "SECRET_KEY", "TECHPLAN_URL", "EMAIL_URL", "TECHPLAN_QUEUE")
        inherited = {name: value for name, value in os.environ.items() if name not in dropped}
        own = {
            "TECHPLAN_MODE": "embedded",
            "DJANGO_SETTINGS_MODULE": "techplan.settings.base",
            "TECHPLAN_HOME": str(self.home),
            "PORT": str(self.port),
            "TECHPLAN_DEMO": "yes" if self.demo else "no",
            "TECHPLAN_JOB_STALE": "3",
            "TECHPLAN_JOB_SWEEP": "1",
            "TECHPLAN_SILENCE": "9",
        }
        self.log.write_text("")
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "script/start.py"],
                cwd=ROOT,
                env={**inherited, **own},
                stdout=log,
                stderr=subprocess.STDOUT,
            )
        wait_for(lambda: "ready: " in self.log.read_text() or self.process.poll() is not None, seconds=240)
        assert f"ready: http://127.0.0.1:{self.port}" in self.log.read_text()

    def kill(self) -> None:
        """End all that runs at once, as a power cut does: to end in good order takes seconds."""
        if self.process is None or self.process.poll() is not None:
            return
        supervisor = psutil.Process(self.process.pid)
        everything = [supervisor, *supervisor.children(recursive=True)]
        for process in everything:
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()
        self.process.wait()
        wait_for(lambda: not any(alive(process.pid) for process in everything), seconds=10)

    def child(self, word: str) -> psutil.Process | None:
        """Return the child whose command holds a word."""
        for child in psutil.Process(self.process.pid).children():
            with contextlib.suppress(psutil.NoSuchProcess):  # it has just died
                if word in child.cmdline():
                    return child
        return None

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False

    def ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=5) as answer:
                return answer.status == 200
        except OSError:
            return False

    def heartbeat(self) -> str:
        with sqlite3.connect(self.home / "data" / "techplan.sqlite3", timeout=20) as link:
            row = link.execute("select max(seen_at) from jobs_workerheartbeat").fetchone()
        return str(row[0])


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One folder of data for all tests here: the first start prepares it, later ones take seconds."""
    return tmp_path_factory.mktemp("site") / "home"


@pytest.fixture
def site(home: Path) -> Iterator[Site]:
    site = Site(home)
    yield site
    site.kill()


def later(value: Callable[[], str]) -> Callable[[], bool]:
    """Return a question: has the value changed since now?"""
    before = value()
    return lambda: value() != before


def test_the_site_survives_the_death_of_each_of_its_processes(site: Site) -> None:
    site.start()
    wait_for(site.ready, seconds=60)
    for word in ("gunicorn", "worker", "beat"):
        wait_for(lambda word=word: site.child(word) is not None, seconds=30)
        victim = site.child(word)
        victim.kill()
        wait_for(lambda word=word, old=victim.pid: (new := site.child(word)) and new.pid != old, seconds=30)
        wait_for(site.answers, seconds=30)
        wait_for(later(site.heartbeat), seconds=60)
    server_process = site.child("gunicorn").children()[0]
    server_process.kill()
    wait_for(site.answers, seconds=30)

    began = time.monotonic()
    pids = [child.pid for child in psutil.Process(site.process.pid).children(recursive=True)]
    site.process.send_signal(signal.SIGINT)
    assert site.process.wait(timeout=20) == 0
    assert time.monotonic() - began < 12
    wait_for(lambda: not any(alive(pid) for pid in pids), seconds=10)


def test_what_hangs_is_killed_and_started_again(site: Site) -> None:
    site.start()
    wait_for(site.ready, seconds=60)
    for word, name in (("gunicorn", "web server"), ("worker", "worker"), ("beat", "beat")):
        victim = site.child(word)
        children = victim.children()
        victim.suspend()  # it lives, and it no more follows a request to end
        if word == "gunicorn":
            for process in children:
                process.kill()
        wait_for(lambda word=word, old=victim.pid: (new := site.child(word)) and new.pid != old, seconds=40)
        assert not any(alive(process.pid) for process in (victim, *children))
        wait_for(site.answers, seconds=30)
        wait_for(later(site.heartbeat), seconds=60)
        hangs = f"the {name} hangs (no sign of life for 9 seconds) and was killed; starting it again"
        assert site.log.read_text().count(hangs) == 1
    assert site.log.read_text().count("starting it again") == 3  # whoever is well is left alone


def test_a_web_server_that_is_merely_busy_is_left_alone(site: Site) -> None:
    site.start()
    wait_for(site.ready, seconds=60)
    server = site.child("gunicorn")
    head = (
        "POST /accounts/login/ HTTP/1.1",
        "Host: 127.0.0.1",
        f"Cookie: csrftoken={'a' * 32}",
        "Content-Type: application/x-www-form-urlencoded",
        "Content-Length: 9",
    )
    with contextlib.ExitStack() as slow_ones:

        def all_wait() -> bool:
            """Send a few requests without their end; whether each thread has one by now."""
            for _number in range(10):
                link = slow_ones.enter_context(socket.create_connection(("127.0.0.1", site.port)))
                link.sendall("\r\n".join([*head, "", "log"]).encode())
            return not site.answers()

        end = time.monotonic() + 12
        while time.monotonic() < end:
            wait_for(all_wait, seconds=20)
    wait_for(site.answers, seconds=30)
    assert site.child("gunicorn").pid == server.pid
    assert "starting it again" not in site.log.read_text()


def test_a_killed_supervisor_does_not_block_the_next_start(site: Site) -> None:
    site.start()
    wait_for(lambda: site.child("worker") is not None, seconds=30)
    assert json.loads((site.home / "run" / "children").read_text())
    site.process.kill()
    site.process.wait()
    site.start()
    assert site.answers()


def test_a_supervisor_that_cannot_write_goes_on(site: Site) -> None:
    site.start()
    wait_for(lambda: site.child("beat") is not None, seconds=30)
    draft = site.home / "run" / "children.new"
    draft.mkdir()  # nothing can be written there, as on a full disk
    try:
        victim = site.child("beat")
        victim.kill()
        wait_for(lambda: "starting it again" in site.log.read_text(), seconds=30)
        with pytest.raises(subprocess.TimeoutExpired):
            site.process.wait(timeout=4)
        assert site.child("beat").pid != victim.pid
    finally:
        draft.rmdir()


def test_a_second_start_on_the_same_data_is_refused_in_a_sentence(site: Site) -> None:
    site.start()
    other = Site(site.home)
    other.log = site.home.parent / "other-log"
    with pytest.raises(AssertionError):
        other.start()
    assert re.search(r"already runs on the data in .*Stop that one first\.", other.log.read_text())


def test_a_taken_port_is_refused_in_a_sentence(site: Site) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", site.port))
        taken.listen()
        with pytest.raises(AssertionError):
            site.start()
    assert f"Port {site.port} cannot be used" in site.log.read_text()


def empty(database: Path) -> None:
    database.write_bytes(b"")


def overwrite(database: Path) -> None:
    with database.open("r+b") as file:
        file.seek(database.stat().st_size // 2)
        file.write(b"\xaa" * 50 * 4096)


@pytest.mark.parametrize(("harm", "what"), [(overwrite, ".+"), (empty, "it is empty")])
def test_a_broken_database_is_refused_with_what_to_do(
    site: Site, harm: Callable[[Path], None], what: str
) -> None:
    site.start()
    site.process.send_signal(signal.SIGINT)
    assert site.process.wait(timeout=20) == 0
    database = site.home / "data" / "techplan.sqlite3"
    with contextlib.closing(sqlite3.connect(database)) as link:
        link.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    sound = database.read_bytes()
    harm(database)
    try:
        with pytest.raises(AssertionError):
            site.start()
    finally:
        with database.open("r+b") as file:  # in its place, so that it counts as prepared
            file.write(sound)
    said = site.log.read_text()
    assert re.search(
        rf"The database {database} is broken \({what}\)\. .*\nMove the folder {site.home} aside", said
    )
    assert "ready:" not in said
    assert "Traceback" not in said
    site.start()
    assert site.answers()


def test_data_are_readable_by_their_owner_only(site: Site) -> None:
    site.start()
    for name in ("data", "media", "queue", "run"):
        assert (site.home / name).stat().st_mode & 0o077 == 0
    assert (site.home / "secret-key").stat().st_mode & 0o777 == 0o600
    assert len((site.home / "secret-key").read_text()) >= 64
