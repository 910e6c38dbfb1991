"""What a report costs: time a page against a plain render of the same words, data and template, memory, two workers.

The document is as big as that of a demonstration organization (12 cells, 48 questions, 14 actions) and made of numbers,
so that this subject needs no database. The yardstick is the same HTML without pictures, page references and tags, with
two lines of style and the font of the system. Times are of the processor, so that a busy machine changes them little.
"""

import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import weasyprint

from bench.measure import LEAST_ROUNDS, Row
from reports.core.document import Document
from reports.render.pdf import Options, Rendered, html, render
from tests.factories.documents import large

PLAIN_STYLE = """<style>@page { size: letter; margin: 60pt 54pt } body { font: 10pt sans-serif }
table { border-collapse: collapse; width: 100% } td, th { text-align: left; vertical-align: top }
section { break-before: page } section.flow, section.goal { break-before: auto }</style>"""
PICTURE = re.compile(r"<svg.*?</svg>", re.DOTALL)
WORKER = """
import os, re, sys
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "techplan.settings.test")
import django
django.setup()
from reports.render.pdf import Options, render
from tests.factories.documents import large, small
def now():
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
document, reports = large() if sys.argv[1] == "large" else small(), int(sys.argv[2])
for number in range(reports):
    render(document, options=Options())
    if number == min(5, reports) - 1:
        print(f"{now():.0f}")
with open("/proc/self/status") as file:  # the most of this program; ru_maxrss would be that of the one that started it
    most = int(re.search("VmHWM:[^0-9]*([0-9]+) kB", file.read())[1])
print(f"{now():.0f} {most / 1024:.0f}")
"""
MEGABYTES, REPORTS, MANY = 150, 4, 40


def like(document: Document) -> str:
    """Return the words and tables of the report as a plain page."""
    page = PICTURE.sub("", html(document, options=Options()))
    return page.replace("</head>", f"{PLAIN_STYLE}</head>")


def worker(size: str, reports: int) -> list[float]:
    """Render in a process of its own; return its memory after 5 reports (all, if fewer), at the end, at most, in MB."""
    command = [sys.executable, "-c", WORKER, size, str(reports)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)  # noqa: S603  # our own words
    return [float(word) for word in done.stdout.split()]


def timed(count: int) -> float:
    """Return how long so many workers take that render the same reports at the same time."""
    began = time.perf_counter()
    with ThreadPoolExecutor(count) as pool:
        list(pool.map(lambda _n: worker("large", REPORTS), range(count)))
    return time.perf_counter() - began


def processor_medians(works: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Return the median milliseconds of processor time of each work, by turns.

    Unlike in the other subjects the garbage collector stays on: how often it runs is part of how a report is made.
    """
    times: dict[str, list[float]] = {name: [] for name in works}
    for number in range(1 + LEAST_ROUNDS):
        for name, work in works.items():
            began = time.process_time()
            work()
            if number:
                times[name].append((time.process_time() - began) * 1000)
    return {name: statistics.median(found) for name, found in times.items()}


def measure() -> list[Row]:
    """Measure the report's rows of the design."""
    document = large()
    rendered = render(document, options=Options())
    return [
        *_times(document, rendered),
        _same(document, rendered),
        *_workers(rendered.pages),
    ]


def _times(document: Document, rendered: Rendered) -> list[Row]:
    """Measure a page of the report against a page of plain words, and the words against the whole."""
    page = like(document)
    plain_pages = len(weasyprint.HTML(string=page).render().pages)
    found = processor_medians(
        {
            "report": lambda: render(document, options=Options()),
            "plain": lambda: weasyprint.HTML(string=page).write_pdf(),
            "html": lambda: html(document, options=Options()),
        }
    )
    ours, theirs = found["report"] / rendered.pages, found["plain"] / plain_pages
    share = found["html"] / found["report"]
    return [
        Row(
            f"a report of {rendered.pages} pages, tagged, warm: time a page",
            "<= 1.3 x a plain untagged render of the same words",
            f"{ours / theirs:.2f} x ({ours:.0f} ms a page; plain, {plain_pages} pages: {theirs:.0f} ms)",
            ours <= 1.3 * theirs,
        ),
        Row(
            "data and template to HTML",
            "<= 10 % of the render",
            f"{100 * share:.1f} % ({found['html']:.0f} of {found['report']:.0f} ms)",
            share <= 0.1,
        ),
    ]


def _same(document: Document, rendered: Rendered) -> Row:
    same = render(document, options=Options()).pdf == rendered.pdf
    return Row("the same document twice", "the same bytes", "the same" if same else "different", same)


def _workers(pages: int) -> list[Row]:
    """Measure the memory of a worker, and what two of them do at a time."""
    five, many, _most = worker("small", MANY)
    _five, _end, most = worker("large", REPORTS)
    speed = 2 * timed(1) / timed(2)
    return [
        Row(
            f"memory of a worker at {pages} pages",
            f"<= {MEGABYTES} MB",
            f"{most:.0f} MB at most",
            most <= MEGABYTES,
        ),
        Row(
            f"memory after {MANY} reports against that after 5",
            "<= 1.1 x",
            f"{many / five:.2f} x ({many:.0f} and {five:.0f} MB)",
            many <= 1.1 * five,
        ),
        Row("two workers against one", ">= 1.7 x", f"{speed:.2f} x", speed >= 1.7),
    ]
