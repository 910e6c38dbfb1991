"""A real gunicorn with the site's own settings, on the database of the tests."""

import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from script.supervisor import follow_parent
from tests.workers import ROOT, wait_for


@contextmanager
def serving(log: Path, *, processes: int = 2, threads: int = 4) -> Iterator[str]:
    """Run the server; give its address when it answers. It writes to `log`."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "techplan.settings.test",
        "TEST_DATABASE": str(connection.settings_dict["NAME"]),
        "TECHPLAN_HOME": str(settings.HOME),
        "WEB_CONCURRENCY": str(processes),
        "WEB_THREADS": str(threads),
    }
    command = [sys.executable, "-m", "gunicorn", "-c", "python:techplan.gunicorn_conf", "techplan.wsgi"]
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*command, "-b", f"127.0.0.1:{port}"],
            cwd=ROOT,
            env=environment,
            stdout=out,
            stderr=subprocess.STDOUT,
            preexec_fn=follow_parent,
        )
    origin = f"http://127.0.0.1:{port}"
    try:
        wait_for(lambda: process.poll() is not None or answers(origin), seconds=60)
        assert process.poll() is None, log.read_text()
        yield origin
    finally:
        process.terminate()
        process.wait(timeout=30)


def answers(origin: str, *, seconds: float = 5) -> bool:
    """Say whether the server answers in time."""
    try:
        with urllib.request.urlopen(f"{origin}/healthz", timeout=seconds) as answer:  # noqa: S310  # our own server
            return bool(answer.status == 200)
    except OSError:
        return False
