"""Bring TECHPLAN_HOME up to date and run TechPlan until Ctrl-C. Called by script/run; standard library only.

Preparing is skipped when nothing changed since last time, so that later starts take seconds.
"""

import fcntl
import hashlib
import os
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import TextIO

import supervisor

ROOT = Path(__file__).resolve().parent.parent
# What is read while preparing: code, content, words, static files.
WATCHED = (
    "*/migrations",
    "*/content",
    "*/management",
    "*/core",
    "locale",
    "static",
    "techplan",
    "requirements",
)
# What a start looks through whole takes a thousandth of a second a megabyte; of more, only the list of tables is read.
WHOLE_CHECK_BYTES = 200_000_000
UNREADABLE = {
    sqlite3.SQLITE_CORRUPT,
    sqlite3.SQLITE_NOTADB,
    sqlite3.SQLITE_IOERR_READ,
    sqlite3.SQLITE_IOERR_SHORT_READ,
}


def say(text: str) -> None:
    """Print a line at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def lock(home: Path) -> TextIO:
    """Hold the folder for this process alone; the system lets go of it however the process ends."""
    file = (home / "run" / "lock").open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise SystemExit(f"TechPlan already runs on the data in {home}. Stop that one first.") from None
    return file


def need_free_port(host: str, port: int) -> None:
    """Stop with one sentence when the port is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise SystemExit(
                f"Port {port} cannot be used ({error.strerror}). Try another: PORT={port + 1} script/run"
            ) from None


def damage(database: Path) -> str:
    """Say what is wrong with a file of SQLite; empty when nothing is, or when something else keeps it from opening."""
    link = sqlite3.connect(database, timeout=5)
    try:
        # The rules of single rows use functions that Django brings along; here only the file matters.
        link.execute("PRAGMA ignore_check_constraints=ON")
        link.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if database.stat().st_size > WHOLE_CHECK_BYTES:
            return ""
        found = str(link.execute("PRAGMA quick_check(1)").fetchone()[0])
    except sqlite3.DatabaseError as error:
        known = {error.sqlite_errorcode, error.sqlite_errorcode & 0xFF} & UNREADABLE
        return str(error) if known else ""
    finally:
        link.close()
    return "" if found == "ok" else found.splitlines()[-1]


def need_sound_database(home: Path) -> None:
    """Stop with what to do when the database is broken: the site would start, and then fail on every page."""
    database = home / "data" / "techplan.sqlite3"
    if not database.exists():
        return
    emptied = not database.stat().st_size and (home / "run" / "prepared").exists()
    wrong = "it is empty" if emptied else damage(database)
    if wrong:
        raise SystemExit(
            f"The database {database} is broken ({wrong}). TechPlan does not start, so that nothing gets worse.\n"
            f"Move the folder {home} aside and put your latest copy of it in its place, then start again. "
            "TechPlan makes no copies by itself; docs/start.md says how to make one."
        )


def fingerprint(home: Path) -> str:
    """Return a hash of what preparing depends on: files by name, size and time, and which database it is."""
    digest = hashlib.sha256()
    folders = sorted({folder for pattern in WATCHED for folder in ROOT.glob(pattern)})
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            if path.suffix in {".pyc", ".mo"} or not path.is_file():
                continue
            stat = path.stat()
            digest.update(f"{path.relative_to(ROOT)} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    database = home / "data" / "techplan.sqlite3"
    digest.update(f"{ROOT} {database.stat().st_ino if database.exists() else 'none'}".encode())
    return digest.hexdigest()


def manage(*arguments: str) -> None:
    """Run a management command; stop when it fails, for nothing would work without it."""
    done = subprocess.run([sys.executable, "manage.py", *arguments], cwd=ROOT, check=False)
    if done.returncode:
        raise SystemExit(f"`script/manage {' '.join(arguments)}` failed; the lines above say why.")


def prepare(home: Path) -> None:
    """Make or update database, words, content and static files, and load the demonstration the first time."""
    stamp = home / "run" / "prepared"
    if stamp.exists() and stamp.read_text() == fingerprint(home):
        return
    manage("prepare", *(["--no-demo"] if os.environ.get("TECHPLAN_DEMO") == "no" else []))
    stamp.write_text(fingerprint(home))


def sign_ins(home: Path) -> str:
    """Return the lines that the demonstration left for later starts; empty when there is none."""
    path = home / "demo-sign-ins.txt"
    return path.read_text(encoding="utf-8").rstrip() if path.exists() else ""


def beginning() -> float:
    """Return when script/run was called, on the monotonic clock; it says so in whole seconds."""
    called = float(os.environ.pop("TECHPLAN_BEGAN", time.time()))
    return time.monotonic() - max(0.0, time.time() - called)


def main() -> int:
    """Prepare and run."""
    began = beginning()
    home = Path(os.environ["TECHPLAN_HOME"]).expanduser().resolve()
    (home / "run").mkdir(mode=0o700, parents=True, exist_ok=True)
    host, port = os.environ.get("HOST", "127.0.0.1"), int(os.environ.get("PORT", "8000"))
    os.environ |= {"HOST": host, "PORT": str(port)}
    held = lock(home)
    supervisor.end_leftovers(home / "run" / "children")
    need_free_port(host, port)
    say(f"data: {home}")
    need_sound_database(home)
    known = sign_ins(home)
    prepare(home)
    # On the first run the demonstration has just said them itself.
    repeated = known if known == sign_ins(home) else ""
    with held:
        return supervisor.Supervisor(
            home=home, root=ROOT, host=host, port=port, began=began, say=say, sign_ins=repeated
        ).run()


if __name__ == "__main__":
    sys.exit(main())
