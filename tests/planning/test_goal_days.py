"""By when a goal is reached: a day of our time."""

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
