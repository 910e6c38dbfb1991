"""Keep web server, worker and beat running; standard library only, so that it starts at once.

A child that dies is started again, and so is one that hangs: it lives, but gives no sign of life. SIGINT and
SIGTERM end all of them in order. Each child leads a process group of its own, so that what it leaves behind is
ended with it. If this process itself is killed, Linux tells the children to end; elsewhere, and to be sure, the
next start ends what the file of children names.
"""

import contextlib
import ctypes
import http.client
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

PR_SET_PDEATHSIG = 1
STOP_SECONDS = 6.0
# A child that lived shorter than this is started again after a pause that doubles, up to the longest one.
SHORT_LIFE, LONGEST_PAUSE = 5.0, 10.0
FALSE_STARTS = 4
# The main process of each child touches a file every second or two (jobs/pulse.py, techplan/gunicorn_conf.py). Silent
# for this long, it is killed: a process that hangs would not follow a request to end. Before the first touch all the
# code is loaded, which takes longer.
SILENCE = float(os.environ.get("TECHPLAN_SILENCE", "60"))
FIRST_SILENCE = 3 * SILENCE
NO_SIGN = f"no sign of life for {SILENCE:.0f} seconds"
# In a container or on a machine of one's own, root may run the worker: it reads nothing but JSON of our own.
QUIET = "ignore:You're running the worker with superuser privileges"

_libc = ctypes.CDLL(None) if sys.platform == "linux" else None


def follow_parent() -> None:
    """Run in a new child: let Linux send it SIGTERM when the supervisor dies."""
    if _libc is not None:
        _libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def end_group(pid: int, number: int) -> bool:
    """Send a signal to a process group; return whether there was one."""
    try:
        os.killpg(pid, number)
    except (ProcessLookupError, PermissionError):
        return False
    return True


def groups() -> list[tuple[int, str]]:
    """Return the process group and the command of every process; a small Linux has no ps, a Mac no /proc."""
    if not Path("/proc/self/stat").exists():
        listing = subprocess.run(
            ["ps", "-A", "-o", "pgid=,command="], capture_output=True, text=True, check=False
        )
        rows = [line.split(None, 1) for line in listing.stdout.splitlines()]
        return [(int(row[0]), row[1]) for row in rows if len(row) == 2]
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it has just ended
            after_name = (folder / "stat").read_text().rpartition(")")[2].split()
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            found.append((int(after_name[2]), command))
    return found


def end_leftovers(path: Path) -> None:
    """End the children of a supervisor that was killed; other programs with their numbers are left alone."""
    try:
        pids = set(json.loads(path.read_text()))
    except (FileNotFoundError, ValueError):
        return
    for group in {group for group, command in groups() if group in pids and "techplan" in command}:
        end_group(group, signal.SIGKILL)
    path.unlink(missing_ok=True)


@dataclass
class Pulse:
    """The file by which a process says that it is alive. Its time is only compared with itself: clocks jump."""

    path: Path
    touched: int = 0
    since: float = 0.0

    def begin(self) -> None:
        """Forget what an earlier process said. The file stays: a full disk may have no room for a new one."""
        with contextlib.suppress(OSError):
            self.path.touch(mode=0o600)
            os.utime(self.path, (0, 0))
        self.touched, self.since = 0, time.monotonic()

    def is_silent(self) -> bool:
        """Whether the file has not been touched for too long."""
        with contextlib.suppress(FileNotFoundError):
            touched = self.path.stat().st_mtime_ns
            if touched != self.touched:
                self.touched, self.since = touched, time.monotonic()
        return time.monotonic() - self.since > (SILENCE if self.touched else FIRST_SILENCE)


def environment(pulse: Pulse | None) -> dict[str, str]:
    """Return the environment for a process that touches this file, or none."""
    return {**os.environ, "TECHPLAN_PULSE": str(pulse.path) if pulse else ""}


@dataclass
class Child:
    """A program to keep running."""

    name: str
    command: list[str]
    pulse: Pulse | None = None
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = 0.0
    due: float = 0.0
    false_starts: int = 0


@dataclass
class Supervisor:
    """Starts the children, watches them and ends them. Times are seconds of the monotonic clock."""

    home: Path
    root: Path
    host: str
    port: int
    began: float
    say: Callable[[str], None]
    sign_ins: str = ""
    stopping: bool = False
    impatient: bool = False
    ready: bool = False
    children: list[Child] = field(default_factory=list)

    def run(self) -> int:
        """Run until told to stop; return the exit code."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        self.children = [self._web()]
        code = 0
        while not self.stopping:
            for child in self.children:
                self._tend(child)
            if self._hopeless():
                self.say("TechPlan could not start; the lines above say why.")
                code = 1
                break
            if not self.ready and self._first_page_answers():
                self._announce()
                # The page comes first: worker and beat load while people already read.
                self.children += self._background()
                continue
            time.sleep(0.1 if self.ready else 0.05)
        self._stop()
        return code

    def _web(self) -> Child:
        gunicorn = [sys.executable, "-m", "gunicorn", "-c", "python:techplan.gunicorn_conf", "techplan.wsgi"]
        return Child("web server", gunicorn, Pulse(self.home / "run" / "pulse-of-web-server"))

    def _background(self) -> list[Child]:
        celery = [sys.executable, "-m", "celery", "-q", "-A", "techplan"]
        quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        worker = ["worker", "-P", "prefork", "-c", "1", "-l", "WARNING", "-n", "embedded@techplan", *quiet]
        beat = ["beat", "-l", "WARNING", "--pidfile="]
        run = self.home / "run"
        return [
            Child("worker", [*celery, *worker], Pulse(run / "pulse-of-worker")),
            Child("beat", [*celery, *beat], Pulse(run / "pulse-of-beat")),
        ]

    def _tend(self, child: Child) -> None:
        """Start a child that does not run, once its pause is over; end one that hangs."""
        now = time.monotonic()
        if child.process is not None:
            how = self._end_of(child, child.process)
            if not how:
                return
            child.process = None
            short = now - child.started < SHORT_LIFE
            child.pause = min(LONGEST_PAUSE, max(0.5, 2 * child.pause)) if short else 0.0
            child.false_starts = child.false_starts + 1 if short else 0
            child.due = now + child.pause
            self.say(f"the {child.name} {how}; starting it again")
        if now >= child.due:
            self._start(child)

    def _end_of(self, child: Child, process: subprocess.Popen[bytes]) -> str:
        """Say how a child ended, with all that it left behind; empty while it is well."""
        code = process.poll()
        if code is None and not (child.pulse and child.pulse.is_silent()):
            return ""
        end_group(process.pid, signal.SIGKILL)
        if code is None:
            process.wait()
            return f"hangs ({NO_SIGN}) and was killed"
        return f"was killed by signal {-code}" if code < 0 else f"ended with code {code}"

    def _start(self, child: Child) -> None:
        if child.pulse:
            child.pulse.begin()
        child.process = subprocess.Popen(
            child.command,
            cwd=self.root,
            env={**environment(child.pulse), "PYTHONWARNINGS": QUIET},
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=follow_parent,
        )
        child.started = time.monotonic()
        self._write_children()

    def _write_children(self) -> None:
        pids = [child.process.pid for child in self.children if child.process is not None]
        path = self.home / "run" / "children"
        draft = path.with_suffix(".new")
        # On a full disk the old list stays. It is for the next start; the site must not end for it.
        with contextlib.suppress(OSError):
            draft.write_text(json.dumps(pids))
            draft.replace(path)

    def _hopeless(self) -> bool:
        """Whether the server has never answered and keeps dying."""
        return not self.ready and self.children[0].false_starts >= FALSE_STARTS

    def _first_page_answers(self) -> bool:
        host = "127.0.0.1" if self.host in {"0.0.0.0", ""} else self.host  # noqa: S104  # compared, not bound
        link = http.client.HTTPConnection(host, self.port, timeout=20)
        try:
            link.request("GET", "/", headers={"Host": f"127.0.0.1:{self.port}"})
            return link.getresponse().status < 500
        except OSError:
            return False
        finally:
            link.close()

    def _announce(self) -> None:
        self.ready = True
        if self.sign_ins:
            self.say(self.sign_ins)
        self.say(f"ready: http://{self.host}:{self.port}")
        self.say(f"(after {time.monotonic() - self.began:.0f} seconds; Ctrl-C stops)")

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.impatient = self.stopping
        self.stopping = True

    def _stop(self) -> None:
        """End all children: first ask, then after a while, or a second Ctrl-C, insist."""
        self.say("stopping")
        running = [child for child in self.children if child.process is not None]
        for child in running:
            if child.process is not None:
                child.process.terminate()
        end = time.monotonic() + STOP_SECONDS
        while any(child.process and child.process.poll() is None for child in running):
            if time.monotonic() > end or self.impatient:
                break
            time.sleep(0.05)
        for child in running:
            if child.process is not None:
                end_group(child.process.pid, signal.SIGKILL)
                child.process.wait()
        (self.home / "run" / "children").unlink(missing_ok=True)
        self.say("stopped")
