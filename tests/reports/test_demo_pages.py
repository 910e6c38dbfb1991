"""Each report of the demonstration has as many pages as a foundation reads, in each language and on each sheet."""

import pytest

from reports.models import Report
from reports.render.pdf import LANGUAGES, PAPERS, Options, render
from reports.services.building import document_of
from tests.factories.demo import demo  # noqa: F401  a fixture
from tests.printed import lines_by_page

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_demonstration_report_has_12_to_19_pages_and_a_last_page_worth_turning_to(
    demo,  # noqa: F811
    language,
    paper,
):
    reports = Report.objects.filter(audience="own").select_related("snapshot", "organization")
    options = Options(language=language, paper=paper, code="ABCD-1234")
    made = {report.organization.slug: render(document_of(report), options=options) for report in reports}
    assert len(made) == 5
    assert {slug: one.pages for slug, one in made.items() if not 12 <= one.pages <= 19} == {}
    lines = {slug: lines_by_page(one.pdf)[-1] for slug, one in made.items()}
    assert {slug: count for slug, count in lines.items() if count < 20} == {}
