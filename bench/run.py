"""Measure everything and write docs/performance.md: `.venv/bin/python -m bench.run [subject ...]`.

Uses a database of its own on the server that DATABASE_URL names (PostgreSQL on this machine unless set).
Exit code 1 when a row does not hold.
"""

import argparse
import datetime
import importlib
import os
import pkgutil
import platform
import re
import sys
from collections.abc import Iterator
from pathlib import Path

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "techplan.settings.test")
os.environ.setdefault("TEST_DB_SUFFIX", "bench")

import django

django.setup()

import weasyprint
from django.db import connection
from django.test.utils import setup_databases, setup_test_environment, teardown_databases

from bench import rows
from bench.measure import Row

PAGE = Path(__file__).resolve().parent.parent / "docs" / "performance.md"
START, END = "<!-- measured: start -->", "<!-- measured: end -->"
HEAD = f"""# Performance

Measured by `.venv/bin/python -m bench.run`. Each row compares the product with a yardstick (`bench/yardsticks.py`)
in the same run, by turns, in medians: a slow or busy machine slows both.

{START}
{END}
"""


def subjects() -> list[str]:
    """Return the names of the modules in bench/rows."""
    return sorted(module.name for module in pkgutil.iter_modules(rows.__path__))


def measure(names: list[str]) -> Iterator[tuple[str, list[Row]]]:
    """Measure each subject on a fresh database of the run, and hand it out before the next one begins."""
    setup_test_environment()
    made = setup_databases(verbosity=0, interactive=False)
    try:
        for name in names:
            print(f"measuring {name}", flush=True)
            yield name, importlib.import_module(f"bench.rows.{name}").measure()
    finally:
        teardown_databases(made, verbosity=0)


def machine() -> str:
    """Say when and on what this was measured, and how busy it was: the load in five minutes, for each core."""
    today = datetime.datetime.now(tz=datetime.UTC).date()
    load = os.getloadavg()[1] / (os.cpu_count() or 1)
    parts = (
        f"{os.cpu_count()} cores ({platform.machine()}), {platform.system()}",
        f"Python {platform.python_version()}, Django {django.get_version()}, WeasyPrint {weasyprint.__version__}",
        connection.display_name,
        f"load {load:.1f} a core",
    )
    return f"{today:%Y-%m-%d}; " + "; ".join(parts)


def table(name: str, found: list[Row]) -> str:
    """Return the results of one subject as Markdown."""
    lines = [f"## {name.replace('_', ' ').capitalize()}", "", f"Measured on {machine()}.", ""]
    lines += ["| what | goal | measured | holds |", "| --- | --- | --- | --- |"]
    lines += [
        f"| {row.what} | {row.goal} | {row.measured} | {'yes' if row.holds else '**no**'} |" for row in found
    ]
    return "\n".join([*lines, ""])


def write(section: str) -> None:
    """Put a section into the page; what people wrote and the other sections stay."""
    page = PAGE.read_text() if PAGE.exists() else HEAD
    part = re.compile(re.escape(START) + "\n(.*)" + re.escape(END), re.DOTALL)
    found = part.search(page)
    kept = re.findall(r"## .*?(?=^## |\Z)", found[1] if found else "", re.DOTALL | re.MULTILINE)
    every = {text.splitlines()[0]: f"{text.rstrip()}\n" for text in [*kept, section]}
    text = "\n".join(every[title] for title in sorted(every))
    PAGE.write_text(part.sub(lambda _: f"{START}\n{text}\n{END}", page))


def main() -> int:
    """Measure what was asked for; each section is written as soon as it is there."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("subject", nargs="*", help="a module of bench/rows; all when none is named")
    chosen = parser.parse_args().subject or subjects()
    every = True
    for name, found in measure(chosen):
        section = table(name, found)
        print(section, flush=True)
        write(section)
        every = every and all(row.holds for row in found)
    return 0 if every else 1


if __name__ == "__main__":
    sys.exit(main())
