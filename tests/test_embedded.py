"""All tests that use a real worker, once more in the embedded mode: SQLite and the queue of files."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.workers import ROOT

SELECTED = "worker and not whole_site"
MARK = "mark.worker"  # which files hold such tests: reading all the others in takes longer than some tests
# These tests mostly wait, so two processes take half the time; each has a home of its own, in TMPDIR.
TOGETHER = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")


@pytest.mark.whole_site
def test_whatever_needs_a_worker_passes_on_sqlite_and_files(tmp_path: Path) -> None:
    assert not settings.EMBEDDED
    files = [str(path) for path in sorted(ROOT.glob("tests/**/test_*.py")) if MARK in path.read_text()]
    dropped = ("DATABASE_URL", "REDIS_URL", "TEST_DATABASE", "TECHPLAN_QUEUE", "TECHPLAN_HOME", "SECRET_KEY")
    environment = {
        name: value for name, value in os.environ.items() if name not in dropped and "PYTEST" not in name
    }
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-x",
            "-p",
            "no:cacheprovider",
            *TOGETHER,
            "-m",
            SELECTED,
            *files,
        ],
        cwd=ROOT,
        env={**environment, "TECHPLAN_MODE": "embedded", "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    assert "passed" in done.stdout
