"""The embedded mode end to end: sign-in, autosave and a report by the processes of script/run, on SQLite and files.

The worker's whole process group is killed in mid report, as by a power cut; the report is finished afterwards.
"""

import os
import re
import signal
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_many_over_http import Browser
from tests.test_run import Site
from tests.workers import wait_for

pytestmark = pytest.mark.whole_site
BASE = "/o/harbor/"
HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    site = Site(tmp_path / "home")
    yield site
    site.kill()


def ask(site: Site, query: str, *given: object) -> list[tuple[object, ...]]:
    """Read from the site's database."""
    with sqlite3.connect(site.home / "data" / "techplan.sqlite3", timeout=20) as link:
        return link.execute(query, given).fetchall()


def newest_job(site: Site) -> tuple[object, ...]:
    """Return state, percent and attempts of the newest report's job."""
    return ask(
        site,
        "select job.state, job.percent, job.attempts from reports_report report"
        " join jobs_job job on job.id = report.job_id order by report.id desc limit 1",
    )[0]


def sign_up(site: Site) -> Browser:
    """Make an account, sign in, name the organization."""
    browser = Browser(f"http://127.0.0.1:{site.port}")
    who = {"email": "rosa@harbor.example.org", "password": "coffee while it starts"}
    browser.get("/accounts/signup/")
    browser.post("/accounts/signup/", name="Rosa Marsh", email=who["email"], password1=who["password"])
    browser.get("/accounts/login/")
    browser.post("/accounts/login/", login=who["email"], password=who["password"])
    key = dict(HIDDEN.findall(browser.get("/organizations/new/")))["key"]
    profile = {"currency": "USD", "language": "en", "paper_size": "letter", "staff_count": 8}
    browser.post("/organizations/new/", key=key, name="Harbor", **profile)
    assert "Harbor" in browser.get(BASE)
    return browser


def answer_and_plan(site: Site, browser: Browser) -> None:
    """Answer the ten-minute check, each answer as a page saves it by itself; choose under a budget."""
    browser.post(f"{BASE}assessments/start/", kind="quick", number=1)
    browser.post(f"{BASE}assessments/1/begin/", named="no")
    for area in ("collaboration", "communication", "monitoring", "multimedia"):
        page = browser.get(f"{BASE}assessments/1/{area}/")
        for key in re.findall(r'data-key="([a-z0-9-]+)"', page):
            data = {f"{key}-choice": 1, f"{key}-revision": 0}
            status, headers = browser.post(f"{BASE}assessments/1/answers/{key}/", **data)
            assert (status, headers.get("TechPlan-Answer")) == (200, "saved")
    assert ask(site, "select count(*), min(level), max(level) from assessments_answer") == [(12, 1, 1)]
    browser.post(f"{BASE}plans/new/", title="Plan", start="2027-1", horizon_years=3)
    revision = dict(HIDDEN.findall(browser.get(f"{BASE}plans/1/")))["revision"]
    browser.post(f"{BASE}plans/1/choose/", budget="9000", revision=revision)
    assert ask(site, "select count(*) > 3 from planning_planaction where chosen") == [(1,)]


def ask_for_report(browser: Browser) -> None:
    """Press 'Make the report'."""
    page = browser.get(f"{BASE}reports/")
    hidden = dict(HIDDEN.findall(page))
    plan = hidden.get("plan") or re.findall(r'name="plan" value="(\d+)"', page)[0]
    key = re.findall(r'name="key" value="([0-9a-f-]{36})"', page)[0]
    browser.post(f"{BASE}reports/request/", plan=plan, language="en", key=key)


def test_a_report_survives_the_death_of_the_worker(site: Site) -> None:
    site.start()
    browser = sign_up(site)
    answer_and_plan(site, browser)
    ask_for_report(browser)
    assert ask(site, "select count(*) from reports_report") == [(1,)]

    wait_for(lambda: newest_job(site)[0] == "running" and newest_job(site)[1], seconds=60, every=0.02)
    worker = site.child("worker")
    assert worker is not None
    os.killpg(worker.pid, signal.SIGKILL)  # each child of the supervisor leads a group of its own
    assert newest_job(site)[0] == "running"
    assert "report-" in browser.get(f"{BASE}reports/")

    wait_for(lambda: newest_job(site)[0] == "done", seconds=180)
    assert newest_job(site) == ("done", 100, 2)
    with browser.open(f"{browser.origin}{BASE}reports/1/download/", timeout=60) as answer:
        assert answer.read(5) == b"%PDF-"
