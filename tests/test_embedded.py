"""All tests that use a real worker, once more in the embedded mode: SQLite and the queue of files."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

from tests.workers import ROOT

SELECTED = "worker and not whole_site"


@pytest.mark.whole_site
def test_whatever_needs_a_worker_passes_on_sqlite_and_files(tmp_path: Path) -> None:
    assert not settings.EMBEDDED
    dropped = ("DATABASE_URL", "REDIS_URL", "TEST_DATABASE", "TECHPLAN_QUEUE", "TECHPLAN_HOME", "SECRET_KEY")
    environment = {
        name: value for name, value in os.environ.items() if name not in dropped and "PYTEST" not in name
    }
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", "-m", SELECTED],
        cwd=ROOT,
        env={**environment, "TECHPLAN_MODE": "embedded", "TECHPLAN_HOME": str(tmp_path / "home")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    assert "passed" in done.stdout
