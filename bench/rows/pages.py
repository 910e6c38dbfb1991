"""The pages of the main job in a demonstration organization: answers of several people, a plan, a report, a share."""

from uuid import uuid4

from django.db import transaction
from django.forms.models import model_to_dict
from django.test import Client, override_settings
from django.utils import timezone

from assessments.models import Standing
from assessments.services.content import import_instrument
from assessments.services.scores import refresh_scores
from bench.measure import Row, medians
from bench.yardsticks import get, queries_of
from jobs import services as jobs
from jobs.models import Job
from organizations.models import Membership, Organization, User
from planning.models import Plan
from planning.selectors import kept
from portfolio.core.cohort import Cohort
from portfolio.core.reading import read_cohort
from portfolio.services import load_demo
from reports.models import Report
from reports.services import request_report
from tests.factories.instruments import shipped

MOST_QUERIES, MOST_OF_BARE, MOST_OF_DOWNLOAD = 15, 25, 5
NAME = "a view that does nothing"
PAGES = {
    "home": "",
    "area": "assessments/1/collaboration/",
    "results": "assessments/1/results/",
    "gaps": "assessments/1/gaps/",
    "goals": "goals/",
    "plan": "plans/1/",
    "inventory": "inventory/",
    "reports": "reports/",
    "sharing": "sharing/",
}


def smallest_part(cohort: Cohort) -> Cohort:
    """Return a cohort with its first organization only, and what was shared of it."""
    first = cohort.organizations[0]
    funders = tuple(
        one.model_copy(update={"shares": tuple(s for s in one.shares if s.organization == first.key)})
        for one in cohort.funders
    )
    return cohort.model_copy(update={"organizations": (first,), "funders": funders})


def prepared() -> tuple[Organization, User]:
    """Return an organization of the demonstration with its report made, and its director."""
    import_instrument(instrument=shipped(), name="social")
    load_demo(cohort=smallest_part(read_cohort()), language="en", at=timezone.now())
    report = Report.objects.filter(audience="own", organization__is_demo=True).order_by("pk")[0]
    jobs.run(report.job_id)
    director = Membership.objects.filter(organization=report.organization, role="director")[0]
    return report.organization, director.user


def page_rows(client: Client, slug: str) -> list[Row]:
    """Return a row for each page, all measured by turns with a view that does nothing for somebody signed in."""
    works = {name: get(client, f"/o/{slug}/{address}") for name, address in PAGES.items()}
    again = works["plan"]

    def first_look() -> None:
        kept.works.clear()
        again()

    works["plan, first look after a change"] = first_look
    asked = {}
    for name, work in works.items():
        work()
        asked[name] = queries_of(work)
    found = medians({"bare": get(client, "/bare-signed-in/"), **works}, rounds=7)
    rows = []
    for name in works:
        ratio = found[name] / found["bare"]
        rows.append(
            Row(
                f"page: {name}",
                f"<= {MOST_QUERIES} queries, <= {MOST_OF_BARE} x {NAME}",
                f"{asked[name]} queries; {ratio:.1f} x ({found[name]:.0f} ms; {NAME}: {found['bare']:.1f} ms)",
                asked[name] <= MOST_QUERIES and ratio <= MOST_OF_BARE,
            )
        )
    return rows


def download_rows(client: Client, organization: Organization, director: User) -> list[Row]:
    """Return what asking again for the same report makes, and what a second download costs."""
    report = Report.objects.filter(organization=organization, audience="own").order_by("pk")[0]
    plan = Plan.objects.get(snapshots=report.snapshot_id)
    before = Job.objects.count()
    again = request_report(
        plan=plan,
        by=director,
        language=report.options["language"],
        at=timezone.now(),
        idempotency_key=uuid4(),
    )
    made = Job.objects.count() - before
    found = medians(
        {
            "download": get(client, f"/o/{organization.slug}/reports/{report.number}/download/"),
            "bare": get(client, "/bare-signed-in/"),
        },
        rounds=11,
    )
    ratio = found["download"] / found["bare"]
    return [
        Row(
            "asking again for the report of an unchanged plan",
            "no render",
            "the same report" if again.pk == report.pk and not made else f"{made} new jobs",
            again.pk == report.pk and not made,
        ),
        Row(
            "second download",
            f"<= {MOST_OF_DOWNLOAD} x {NAME}",
            f"{ratio:.2f} x ({found['download']:.1f} ms; {NAME}: {found['bare']:.1f} ms)",
            ratio <= MOST_OF_DOWNLOAD,
        ),
    ]


def stored_row() -> Row:
    """Return whether the stored scores of the demonstration are those worked out anew."""
    of_demo = Standing.objects.filter(
        assessment__organization__is_demo=True
    )  # another subject left rows of its own
    same, standings = 0, list(of_demo.select_related("assessment"))
    for standing in standings:
        with transaction.atomic():
            fresh = refresh_scores(assessment=standing.assessment, at=standing.last_activity)
            same += model_to_dict(Standing.objects.get(pk=fresh.pk)) == model_to_dict(standing)
            transaction.set_rollback(True)
    return Row(
        "stored scores of the demonstration against those worked out anew",
        "equal",
        f"{same} of {len(standings)} equal",
        same == len(standings) > 0,
    )


@override_settings(ROOT_URLCONF="bench.yardsticks")
def measure() -> list[Row]:
    """Measure every page of the main job, the second download and the stored scores."""
    organization, director = prepared()
    client = Client()
    client.force_login(director)
    return [
        *page_rows(client, organization.slug),
        *download_rows(client, organization, director),
        stored_row(),
    ]
