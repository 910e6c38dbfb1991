"""The pages of targets: of a cell and of single questions, what they change, and what they refuse."""

from datetime import date

import pytest
from django.test import Client

from assessments.models import Standing, Target
from assessments.services.targets import Wish, set_targets
from tests.assessments.test_result_pages import answered, seen_by, url
from tests.factories.asked import begin
from tests.factories.assessments import NOON, new_organization, small_version
from tests.factories.people import House
from tests.pages import text_of

__all__ = ["answered"]
pytestmark = pytest.mark.django_db


def test_targets_of_a_cell_and_a_question_change_the_gaps(answered: House) -> None:
    client = Client()
    client.force_login(answered.people["editor"])
    page = url(answered, "target-edit", "work", "good")
    assert "files" in text_of(client.get(page))
    data = {"cell-level": "2", "cell-reason": "Enough for us", "files-level": "4", "files-by": "2027-06-30"}
    response = client.post(page, data)
    assert response["Location"] == f"{url(answered)}?cell=work/good#why"
    assert set(Target.objects.values_list("cell", "question__key", "level", "reason")) == {
        ("work/good", None, 2, "Enough for us"),
        ("", "files", 4, ""),
    }
    # files 4 (weight 1), tasks 2 (2), tools 2 (3): gaps 3, 1, 1 -> 8/6
    assert Standing.objects.get(assessment=answered.objects["assessment"]).cells["work/good"]["gap"] == "4/3"
    shown = text_of(client.get(url(answered) + "?cell=work/good"))
    assert "The target of this result was set by you: Enough for us" in shown
    client.post(page, {"cell-level": "", "files-level": ""})
    assert Target.objects.count() == 0
    assert Standing.objects.get(assessment=answered.objects["assessment"]).cells["work/good"]["gap"] == "3/2"


def test_a_wrong_target_is_refused_at_its_field(answered: House) -> None:
    client = Client()
    client.force_login(answered.people["director"])
    page = url(answered, "target-edit", "work", "good")
    response = client.post(page, {"cell-level": "9", "cell-reason": "As typed", "cell-by": "soon"})
    assert response.status_code == 422
    assert "Choose one of the levels shown." in text_of(response)
    assert "Write the day as year-month-day" in text_of(response)
    assert "As typed" in response.content.decode()
    assert Target.objects.count() == 0
    assert client.get(url(answered, "target-edit", "work", "nothing")).status_code == 404


def test_a_target_is_for_a_day_to_come_unless_it_was_set_for_that_day(answered: House) -> None:
    client = Client()
    client.force_login(answered.people["editor"])
    page = url(answered, "target-edit", "work", "good")
    response = client.post(page, {"cell-level": "2", "cell-by": "2019-01-01"})
    assert response.status_code == 422
    assert "This day has passed." in text_of(response)
    assert 'value="2019-01-01"' in response.content.decode()
    wish = Wish(cell="work/good", question="", level=2, reason="", by=date(2019, 1, 1))
    set_targets(
        assessment=answered.objects["assessment"], wishes=[wish], user=answered.people["editor"], at=NOON
    )
    assert client.post(page, {"cell-level": "3", "cell-by": "2019-01-01"}).status_code == 302


def test_targets_belong_to_one_assessment(answered: House) -> None:
    other = begin(new_organization())
    set_targets(assessment=other, wishes=[Wish("work/good", "", 1)], user=None, at=NOON)
    assert "Enough" not in seen_by(answered, "director")
    assert small_version().pk == other.instrument_id
    assert Target.objects.get().assessment_id == other.pk


def test_a_reason_without_a_target_is_not_lost(answered: House) -> None:
    client = Client()
    client.force_login(answered.people["director"])
    page = url(answered, "target-edit", "work", "good")
    response = client.post(page, {"cell-level": "", "cell-reason": "Enough for us", "files-by": "2027-06-30"})
    assert response.status_code == 422
    assert text_of(response).count("Choose a target; the reason and the day are kept with it.") >= 2
    assert "Enough for us" in response.content.decode()
    assert Target.objects.count() == 0
    client.post(page, {"cell-level": "2", "cell-reason": "Enough for us"})
    client.post(page, {"cell-level": "", "cell-reason": "Enough for us"})  # as the form stood, so taken back
    assert Target.objects.count() == 0


def test_the_page_of_targets_says_what_the_questionnaire_suggests(answered: House) -> None:
    client = Client()
    client.force_login(answered.people["director"])
    page = text_of(client.get(url(answered, "target-edit", "reach", "good")))
    assert "As the questionnaire suggests: 3, L3" in page
    # one of these three questions comes with a target of its own
    page = client.get(url(answered, "target-edit", "work", "good")).content.decode()
    assert ">As the questionnaire suggests</option>" in page
