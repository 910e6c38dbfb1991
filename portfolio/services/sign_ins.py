"""The file with the demonstration's sign-ins: embedded mode only, readable by its owner alone."""

import os
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings

NAME = "demo-sign-ins.txt"


def _path() -> Path | None:
    return settings.HOME / NAME if settings.EMBEDDED else None


def keep_sign_ins(lines: Iterable[str]) -> None:
    """Write the sign-ins for the next start to print."""
    path = _path()
    if path is None:
        return
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write("\n".join(lines) + "\n")


def forget_sign_ins() -> None:
    """Delete the file."""
    path = _path()
    if path is not None:
        path.unlink(missing_ok=True)
