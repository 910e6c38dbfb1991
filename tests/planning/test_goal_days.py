"""By when a goal is reached: a day of our time."""

from datetime import date

import pytest

from planning.models import Goal


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "9999-12-31"])
def test_a_day_far_from_now_is_refused_and_kept_as_typed(client, at, corvina, day):
    Goal.objects.all().delete()
    answer = client.post(at("goal-add"), {"title": "Reach everybody", "by": day, "weight": "1"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Write a day between the years 2000 and" in page
    assert f'value="{day}"' in page
    assert not Goal.objects.exists()
    assert (
        client.post(at("goal-add"), {"title": "Reach", "by": "2030-01-01", "weight": "1"}).status_code == 302
    )


def test_a_day_that_has_passed_is_refused_unless_it_stood_there_before(client, at, corvina):
    Goal.objects.all().delete()
    typed = {"title": "Reach everybody", "by": "2020-01-01", "weight": "1"}
    answer = client.post(at("goal-add"), typed)
    assert answer.status_code == 422
    assert (
        "This day has passed. Choose one that is still to come, or leave it empty." in answer.content.decode()
    )
    old = Goal.objects.create(organization=corvina, title="Old", by=date(2020, 1, 1), position=1)
    assert client.post(at("goal-edit", old.pk), {**typed, "title": "Older"}).status_code == 302
    assert client.post(at("goal-edit", old.pk), {**typed, "by": "2020-01-02"}).status_code == 422
