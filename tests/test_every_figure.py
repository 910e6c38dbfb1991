"""Every figure is the same wherever it stands: pages, PDF, funder's page, desk and export, of the demonstration.

The figures are read off each of them as people see them, and compared with those of the export, which are exact.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.urls import reverse

from assessments.services.content import import_instrument
from jobs import services as jobs
from organizations import figures
from organizations.models import Membership, Organization
from organizations.money import whole_money
from planning.models import Plan
from portfolio.core.cohort import Cohort
from portfolio.services import load_demo
from reports.models import Report
from tests.factories.demo import COHORT, TODAY
from tests.factories.instruments import shipped

pytestmark = pytest.mark.django_db
KEYS = ("corvina-renters", "lanternfold")
INSTRUMENT = "social-media-alignment"
YEARS = 3


def small_cohort() -> Cohort:
    """Return the demonstration with two of its organizations and without shares."""
    kept = [one for one in COHORT.organizations if one.key in KEYS]
    funders = [one.model_copy(update={"shares": type(one.shares)()}) for one in COHORT.funders]
    return COHORT.model_copy(update={"organizations": type(COHORT.organizations)(kept), "funders": funders})


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Two organizations of the demonstration, their reports made."""
    with django_db_blocker.unblock(), transaction.atomic():
        import_instrument(instrument=shipped(), name=INSTRUMENT)
        load_demo(cohort=small_cohort(), language="en", at=TODAY)
        for report in Report.objects.filter(audience="own"):
            jobs.run(report.job_id)
        yield
        transaction.set_rollback(True)


class Tables(HTMLParser):
    """Reads the tables and the figures of a page: rows of texts; `dd` texts under their `dt`; texts by class."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self.terms: dict[str, str] = {}
        self.marked: dict[str, list[str]] = {}
        self._stack: list[tuple[str, set[str]]] = []
        self._term = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in {"br", "img", "input", "link", "meta", "hr", "rect", "line", "path", "circle"}:
            return
        names = set((dict(attrs).get("class") or "").split())
        self._stack.append((tag, names))
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"} and self.rows:
            self.rows[-1].append("")
        elif tag == "dt":
            self._term = ""
        for name in names:
            self.marked.setdefault(name, []).append("")

    def handle_endtag(self, tag: str) -> None:
        while self._stack and self._stack.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        text = " ".join(data.split())
        if not text:
            return
        tags = [tag for tag, _names in self._stack]
        if ("td" in tags or "th" in tags) and self.rows and self.rows[-1]:
            self.rows[-1][-1] = f"{self.rows[-1][-1]} {text}".strip()
        if "dt" in tags:
            self._term = f"{self._term} {text}".strip()
        elif "dd" in tags:
            self.terms[self._term] = f"{self.terms.get(self._term, '')} {text}".strip()
        for name in {name for _tag, names in self._stack for name in names}:
            self.marked[name][-1] = f"{self.marked[name][-1]} {text}".strip()


@dataclass
class Shown:
    """What is shown of one organization, everywhere."""

    exact: dict[str, Any]
    results: str
    gaps: str
    plan: str
    funder: str
    desk: str
    pdf: str

    @property
    def cells(self) -> dict[str, dict[str, Any]]:
        """The exact cells by key "area/quality"."""
        return self.exact["assessments"][-1]["computed"]["cells"]

    @property
    def costs(self) -> dict[str, Any]:
        return self.exact["plans"][0]["computed"]["costs"]


@pytest.fixture(scope="module", params=KEYS)
def shown(
    loaded: None,
    django_db_blocker: Any,
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
) -> Shown:
    """Everything that shows figures of this organization, read once."""
    with django_db_blocker.unblock():
        return read(request.param, tmp_path_factory.mktemp("export") / "export.json")


def read(slug: str, file: Path) -> Shown:
    """Open every page, read the PDF, export."""
    call_command("export_organization", slug, "--out", str(file))
    organization = Organization.objects.get(slug=slug)
    report = Report.objects.get(organization=organization, audience="own")
    number = organization.assessments.order_by("-number").values_list("number", flat=True)[0]
    director, consultant = Client(), Client()
    for client, role in ((director, "director"), (consultant, "consultant")):
        user = Membership.objects.get(organization=organization, role=role).user
        user.language = "en"
        user.save()
        client.force_login(user)

    def page(name: str, *args: object, **query: object) -> str:
        answer = director.get(reverse(name, args=[organization.slug, *args]), query)
        assert answer.status_code == 200
        return answer.text

    return Shown(
        exact=json.loads(file.read_text(encoding="utf-8")),
        results=page("assessments:result-detail", number),
        gaps=page("planning:gaps", number),
        plan=page("planning:plan", Plan.objects.get(organization=organization).number),
        funder=page("reports:share-preview", report=report.pk, security="on"),
        desk=consultant.get(reverse("portfolio:desk"), {"q": organization.name}).text,
        pdf=printed(report),
    )


def printed(report: Report) -> str:
    """Return the printed words of a report, line by line."""
    with default_storage.open(report.file.name) as file, pdfplumber.open(BytesIO(file.read())) as pdf:
        return "\n".join(page.extract_text(layout=False) or "" for page in pdf.pages)


def level(text: str | None) -> str:
    """Return a level of the export as it is shown."""
    return figures.level(None if text is None else Fraction(text))


def money(amount: dict[str, int], name: str = "likely") -> str:
    return whole_money(amount[name], "USD")


def named(key: str) -> str:
    """Return how a cell is called."""
    area, quality = key.split("/")
    return f"{area.capitalize()}, {quality}"


def test_scores(shown: Shown) -> None:
    wanted = {named(key): level(cell["score"]) for key, cell in shown.cells.items()}
    assert len(wanted) == 12
    assert list(Tables(shown.results).marked["level"])[:12] == list(wanted.values())
    gaps = {row[0]: row[1] for row in Tables(shown.gaps).rows if row and row[0] in wanted}
    assert gaps == wanted
    pdf = {f"{m[1]}, {m[2]}": m[3] for line in shown.pdf.splitlines() if (m := PDF_CELL.match(line))}
    assert pdf == wanted
    funder = {
        f"{row[0]}, {quality}": value
        for row in Tables(shown.funder).rows
        if row and f"{row[0]}, effective" in wanted
        for quality, value in zip(("effective", "efficient", "secure"), row[1:], strict=True)
    }
    assert funder == wanted


PDF_CELL = re.compile(r"^(\w+), (effective|efficient|secure) (\d\.\d|–) .* \d of \d, ")
PDF_GAP = re.compile(r"^(\w+), (effective|efficient|secure) .* \d of \d, \d+ (\d\.\d) (\d\.\d|–) ")


def test_targets_and_gaps(shown: Shown) -> None:
    wanted = {named(key): (level(cell["target"]), level(cell["gap"])) for key, cell in shown.cells.items()}
    gaps = {row[0]: (row[2], row[3]) for row in Tables(shown.gaps).rows if row and row[0] in wanted}
    assert gaps == wanted
    found = (PDF_GAP.match(line) for line in shown.pdf.splitlines())
    pdf = {f"{m[1]}, {m[2]}": (m[3], m[4].replace("–", "0.0")) for m in found if m}
    assert pdf == wanted
    widest = max(Fraction(cell["gap"]) for cell in shown.cells.values())
    assert f"{figures.level(widest)} below the target" in shown.desk
    assert f"{figures.level(widest)} levels" in shown.gaps


def test_means_of_the_areas(shown: Shown) -> None:
    wanted = {
        area.capitalize(): level(value)
        for area, value in shown.exact["assessments"][-1]["computed"]["areas"].items()
    }
    together = Tables(shown.results).marked["mean"]
    assert [text for text in together if text][: len(wanted)] == list(wanted.values())
    for area, value in wanted.items():
        assert re.search(rf'<span class="visually-hidden">{area} </span>{re.escape(value)}<', shown.desk)


def test_costs_by_year(shown: Shown) -> None:
    costs, count = shown.costs, len(shown.exact["plans"][0]["computed"]["chosen"])
    years = [money(year) for year in costs["by_year"]]
    total = money(costs["total"])
    assert len(years) == YEARS
    plan = Tables(shown.plan)
    by_year = [row for row in plan.rows if len(row) == 5 and row[1].startswith("$") and row[0] != "In all"]
    assert [row[3] for row in by_year] == years
    whole = [row for row in plan.rows if row and row[0] == "In all"]
    assert whole
    assert {total} == {row[3] if len(row) == 5 else row[-2] for row in whole}
    assert plan.terms["Cost, 3 years"].startswith(f"{total} likely; between")
    low, high = (money(costs["total"], name) for name in ("low", "high"))
    assert f"between {low} and {high}" in plan.terms["Cost, 3 years"]
    lines = [line for line in shown.pdf.splitlines() if line.startswith("Whole plan $")]
    assert len(lines) >= 2
    shown_years = [year if year != "$0" else "–" for year in years]
    assert {line for line in lines if len(line.split()) == 6} == {
        f"Whole plan {' '.join(shown_years)} {total}"
    }
    assert f"We ask {total} over 3 years" in shown.pdf
    assert f"{low} to {high}" in shown.pdf
    funder = Tables(shown.funder)
    assert funder.terms["Cost, 3 years"] == f"{total} between {low} and {high}; {years[0]} in the first year"
    assert total in Tables(shown.desk).marked["stage"][0]
    assert f"The plan has {count} action" in shown.funder


def test_hours(shown: Shown) -> None:
    computed = shown.exact["plans"][0]["computed"]
    exact = sum((Fraction(computed["candidates"][key]["hours"]) for key in computed["chosen"]), Fraction(0))
    wanted = figures.hours(exact)
    plan = Tables(shown.plan)
    assert plan.terms["Staff time"].startswith(f"{wanted} hours of ")
    foot = [row for row in plan.rows if row and re.match(r"^(All|This one)", row[0])]
    assert foot[0][2] == wanted
    sums = re.findall(r"^Whole plan (\d+) (\S+) ", shown.pdf, re.MULTILINE)
    assert sums == [(str(len(computed["chosen"])), wanted)]
    assert Tables(shown.funder).terms["Their own staff time"] == f"{wanted} hours not asked for"


def test_the_three_years_add_up(shown: Shown) -> None:
    costs = shown.costs
    for name in ("low", "likely", "high"):
        assert sum(year[name] for year in costs["by_year"]) == costs["total"][name]
        assert (
            sum(costs["one_time"][year][name] + costs["yearly"][year][name] for year in range(YEARS))
            == (costs["total"][name])
        )
