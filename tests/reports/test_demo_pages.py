"""Each report of the demonstration has as many pages as a foundation reads, in each language and on each sheet."""

import pytest

from reports.models import Report
from reports.render.pdf import LANGUAGES, PAPERS, Options, render
from reports.services.building import document_of
from tests.factories.demo import demo  # noqa: F401  a fixture

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_demonstration_report_has_12_to_20_pages(demo, language, paper):  # noqa: F811
    reports = Report.objects.filter(audience="own").select_related("snapshot", "organization")
    options = Options(language=language, paper=paper, code="ABCD-1234")
    pages = {
        report.organization.slug: render(document_of(report), options=options).pages for report in reports
    }
    assert len(pages) == 5
    assert {slug: count for slug, count in pages.items() if not 12 <= count <= 20} == {}
