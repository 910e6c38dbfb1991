"""Two organizations of the same name, with people of the same names and the same answers, are never mixed.

The second carries a word that the first does not have in every text that people can type. Every page, file and export
of the first is looked through for it; everything of the second is asked for under the first one's address.
"""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from uuid import uuid4

import pdfplumber
import pytest
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse

from assessments.models import Device, InventoryRecord, Service, Site
from assessments.models.inventory import InternetLine
from jobs import services as jobs
from organizations import services as people_services
from organizations.models import Invitation, Membership
from planning import services as planning
from planning.models import Plan
from reports import services as reports
from reports.models import Report
from reports.portability.export import export_organization
from tests.factories.asked import begin, joined
from tests.factories.people import House, person
from tests.factories.shared import make_report, make_share, make_snapshot
from tests.test_access_table import OF_ORGANIZATION, ROWS, Row

pytestmark = pytest.mark.django_db
MARK = "Quillfeather"
NOON = datetime(2026, 3, 16, 12, tzinfo=UTC)
ANSWERS = {"files": 1, "tasks": 2, "keys": 3, "news": 0}
FIRST_NUMBER = 70


@pytest.fixture
def twin(house: House) -> House:
    """Return the look-alike, furnished like the house; numbers and texts tell them apart."""
    organization, director = house.lookalike, house.people["lookalike"]
    organization.mission = f"{MARK} mission"
    organization.save()
    people = {
        **house.people,
        "director": director,
        "editor": person("Editor", email="editor@twin.example.org"),
    }
    members = {
        "director": organization.memberships.get(),
        "editor": Membership.objects.create(organization=organization, user=people["editor"], role="editor"),
    }
    invitation = Invitation.objects.create(
        organization=organization,
        email=f"{MARK}@example.org".lower(),
        role="editor",
        token_hash=people_services.hash_of("another-token"),
        invited_by=director,
        expires_at=datetime.now(UTC) + timedelta(days=3),
    )
    found = House(organization, house.organization, people, members, invitation)
    _furnish(found)
    for one in (house, found):
        answer(one)
    return found


def _furnish(twin: House) -> None:
    organization, director = twin.organization, twin.people["director"]
    assessment = begin(organization)
    assessment.number = FIRST_NUMBER + 1
    assessment.save(update_fields=["number"])
    joined(assessment, twin.members["director"], named=True)
    record = InventoryRecord.objects.create(organization=organization, recorded_on=NOON.date())
    site = Site.objects.create(inventory=record, key="office", name=f"{MARK} office", staff=11)
    twin.objects |= {
        "assessment": assessment,
        "inventory": {
            "devices": Device.objects.create(
                inventory=record, kind="laptop", count=3, year=2023, site=site, used_by=MARK
            ),
            "services": Service.objects.create(
                inventory=record, name=f"{MARK} mail", purposes=["email-calendar"]
            ),
            "sites": site,
            "lines": InternetLine.objects.create(site=site, down=200, up=100),
        },
        "goal": planning.add_goal(organization=organization, title="Reach everybody", measure=MARK),
    }
    plan = planning.create_plan(
        organization=organization,
        title="Plan",
        start_year=2026,
        start_quarter=2,
        user=director,
        assessments=[assessment],
        at=NOON,
    )
    Plan.objects.filter(pk=plan.pk).update(number=FIRST_NUMBER + 1)
    plan.refresh_from_db()
    plan = planning.add_own_action(
        plan=plan, revision=None, user=director, title="Ask the neighbours", summary=MARK, at=NOON
    )
    snapshot = make_snapshot(plan, by=director)
    twin.objects |= {
        "plan": plan,
        "report": make_report(snapshot, number=FIRST_NUMBER + 1, by=director),
        "failed": make_report(snapshot, number=FIRST_NUMBER + 2, by=director, state="failed"),
        "share": make_share(
            snapshot, number=FIRST_NUMBER + 3, by=director, token="another-token", recipient=MARK
        ),
    }


def signed_in(house: House, role: str = "director") -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(house.people[role])
    return client


def answer(house: House) -> None:
    """Let the director give the same answers; only the note differs."""
    client, number = signed_in(house), house.objects["assessment"].number
    note = MARK if number > FIRST_NUMBER else "A note"
    for key, level in ANSWERS.items():
        saved = client.post(
            reverse("assessments:answer-save", args=[house.slug, number, key]),
            {f"{key}-choice": level, f"{key}-revision": 0, f"{key}-note": note},
        )
        assert saved.headers["TechPlan-Answer"] == "saved"


def pages(house: House, client: Client) -> dict[str, str]:
    """Return every page that this person can open, by its name."""
    found = {}
    for row in ROWS:
        if row.method != "get" or row.name == "account_logout":
            continue
        arguments = _own(row, house)
        answer = client.get(reverse(row.name, args=arguments), row.data(house))
        if answer.streaming:
            b"".join(answer.streaming_content)  # a file is closed when it was read
        elif answer.status_code == 200 and "text/html" in answer["Content-Type"]:
            found[row.name] = answer.text
    return found


def _own(row: Row, house: House) -> list[object]:
    """Return what stands in the address; the table's own numbers of reports are those of the house."""
    arguments = list(row.arguments(house)) if row.arguments else _slug(row, house)
    if row.name.startswith("reports:report-") and len(arguments) > 1:
        arguments[1] = house.objects["failed" if row.name.endswith("retry") else "report"].number
    if row.name in {"reports:share", "reports:share-download"} and house.objects["share"].recipient == MARK:
        arguments = ["another-token"]
    return arguments


def _slug(row: Row, house: House) -> list[object]:
    return [house.slug] if row.name in OF_ORGANIZATION else []


def test_no_page_shows_anything_of_the_other(house: House, twin: House) -> None:
    own = pages(twin, signed_in(twin))
    assert sum(MARK in text for text in own.values()) >= 10
    for role in ("director", "consultant", "viewer"):
        seen = pages(house, signed_in(house, role))
        assert "portfolio:desk" in seen
        assert {name for name, text in seen.items() if MARK.lower() in text.lower()} == set(), role
        assert {name for name, text in seen.items() if twin.slug in text} == set(), role


def test_nothing_of_the_other_is_found_under_ones_own_address(house: House, twin: House) -> None:
    asked = [
        (row, _own(row, twin)[1:], row.data(twin))  # some rows first bring what they ask for into its state
        for row in ROWS
        if row.name in OF_ORGANIZATION and row.arguments and _own(row, twin)[1:] != _own(row, house)[1:]
    ]
    assert len(asked) >= 50
    client, before = signed_in(house), export_organization(twin.organization)
    for row, theirs, data in asked:
        answer = getattr(client, row.method)(reverse(row.name, args=[house.slug, *theirs]), data)
        assert answer.status_code == 404, str(row)
    assert export_organization(twin.organization) == before


def test_the_others_plan_and_report_cannot_be_chosen_in_a_form(house: House, twin: House) -> None:
    client, before = signed_in(house), export_organization(twin.organization)
    until = f"{datetime.now(UTC) + timedelta(days=9):%Y-%m-%d}"
    sent = {
        "reports:report-request": {"plan": twin.objects["plan"].pk, "language": "en", "key": uuid4()},
        "reports:share-create": {
            "report": twin.objects["report"].pk,
            "recipient": "A foundation",
            "until": until,
            "key": uuid4(),
        },
    }
    for name, data in sent.items():
        answer = client.post(reverse(name, args=[house.slug]), data)
        assert answer.status_code == 422
        assert MARK not in answer.text
    preview = client.get(
        reverse("reports:share-preview", args=[house.slug]), {"report": twin.objects["report"].pk}
    )
    assert preview.status_code == 404
    device = {"kind": "laptop", "count": 1, "site": twin.objects["inventory"]["sites"].pk}
    answer = client.post(reverse("assessments:inventory-row-add", args=[house.slug, "devices"]), device)
    assert answer.status_code == 422
    assert export_organization(twin.organization) == before


def test_the_files_of_one_hold_nothing_of_the_other(house: House, twin: House) -> None:
    texts = {}
    for one in (house, twin):
        report = reports.request_report(
            plan=one.objects["plan"],
            by=one.people["director"],
            language="en",
            at=datetime.now(UTC),
            idempotency_key=uuid4(),
        )
        jobs.run(report.job_id)
        texts[one.slug] = printed(Report.objects.get(pk=report.pk))
    assert MARK in texts[twin.slug]
    assert MARK not in texts[house.slug]
    assert MARK in export_organization(twin.organization).model_dump_json()
    own = export_organization(house.organization).model_dump_json()
    assert MARK.lower() not in own.lower()
    assert twin.slug not in own


def printed(report: Report) -> str:
    """Return the printed words of a report."""
    with default_storage.open(report.file.name) as file, pdfplumber.open(BytesIO(file.read())) as pdf:
        return "\n".join(page.extract_text() or "" for page in pdf.pages)
