"""What a reader is told of the plan's state and of whom to ask: on the page, in their list and in the PDF."""

from datetime import date
from io import BytesIO
from typing import Any

import pdfplumber
import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import translation

from reports.core import document as doc
from reports.render.pdf import Options, build, html, render
from tests.factories.documents import action, large, plan, profile, small
from tests.factories.people import House
from tests.factories.shared import SHARE_TOKEN

DRAFT = "This plan is a draft. It is not approved yet."
PROPOSED = "This plan is proposed. It is not approved yet."
STATES = [
    ({"state": "draft"}, DRAFT),
    ({"state": "proposed"}, PROPOSED),
    ({"state": "approved", "approved_on": "2026-09-30"}, ""),
    ({"state": "under-way", "approved_on": "2026-09-30"}, ""),
]


@pytest.fixture(autouse=True)
def no_counts() -> None:
    cache.clear()


def freeze(house: House, part: str, **values: Any) -> None:
    """Write other values into one part of the document that the house shares."""
    snapshot = house.objects["share"].rendering.snapshot
    snapshot.document[part] |= values
    snapshot.save()


def of_plan(document_plan: doc.PlanPart, language: str = "en") -> dict[str, Any]:
    with translation.override(language):
        return build(small(plan=document_plan), language=language, code="")


@pytest.mark.parametrize(("values", "said"), STATES)
def test_a_reader_sees_whether_the_plan_is_approved(
    client: Client, house: House, values: dict[str, str], said: str
) -> None:
    freeze(house, "plan", **values)
    client.force_login(house.people["stranger"])
    addresses = (reverse("reports:share", args=[SHARE_TOKEN]), reverse("portfolio:funder"))
    for address in addresses:
        text = client.get(address).content.decode()
        assert [one for one in (DRAFT, PROPOSED) if one in text] == [said] * bool(said)
    assert ("Approved on September 30, 2026" in client.get(addresses[0]).content.decode()) is not bool(said)


@pytest.mark.parametrize(
    ("state", "said"),
    [("draft", DRAFT), ("proposed", PROPOSED)],
)
def test_the_pdf_says_so_on_its_cover_and_in_the_summary(state: str, said: str) -> None:
    document = small(plan=plan((action("buy"),), state=state))
    assert said in html(document, options=Options())
    assert {row.head: row.text for row in of_plan(document.plan)["imprint"]}["Approved"] == said
    assert of_plan(document.plan, "es")["approval"].endswith("Todavía no está aprobado.")
    decided = plan((action("buy"),), state="approved", approved_on=date(2026, 9, 30))
    assert said not in html(small(plan=decided), options=Options())


@pytest.mark.parametrize("paper", ["letter", "a4"])
def test_the_cover_of_a_draft_takes_one_page(paper: str) -> None:
    org = profile(
        is_demo=True,
        name="Brightkelp Youth Climate Crew",
        mission="Young people from Saltmarsh Point lead their neighbors in preparing for heat, smoke and high water.",
    )
    document = large().model_copy(update={"organization": org})
    pdf = render(document, options=Options(paper=paper, appendix=False)).pdf
    with pdfplumber.open(BytesIO(pdf)) as pages:
        cover, second = (page.extract_text() for page in pages.pages[:2])
    assert DRAFT in cover
    assert "Demonstration data." in cover
    assert "How to read this report" in second


def test_a_reader_is_told_whom_to_ask(client: Client, house: House) -> None:
    address = reverse("reports:share", args=[SHARE_TOKEN])
    assert "mailto:" not in client.get(address).content.decode()
    freeze(house, "organization", contact={"name": "Ada Quill", "email": ""})
    assert "mailto:" not in client.get(address).content.decode()
    freeze(house, "organization", contact={"name": "Ada Quill", "email": "ada@example.org"})
    text = client.get(address).content.decode()
    assert 'Write to Ada Quill: <a href="mailto:ada@example.org">ada@example.org</a>' in text
