"""Twenty people answer one assessment at the same time, on PostgreSQL and on SQLite, and nothing is lost."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from assessments.core.standing import stored
from assessments.models import Answer, AnswerChange, Assessment, Standing
from assessments.selectors.results import result_of
from organizations.models import Membership, Organization
from tests.factories.asked import begin, joined
from tests.factories.assessments import new_organization, new_user

ROOT = Path(__file__).resolve().parents[2]
PEOPLE = 20
GIVEN = {
    "files": 1,
    "tasks": 2,
    "tools": 3,
    "keys": 2,
    "locks": 3,
    "guards": 4,
    "news": 0,
    "list": 2,
    "login": 4,
}


def twenty(organization: Organization) -> Assessment:
    """Return an assessment that twenty people have begun."""
    assessment = begin(organization)
    for number in range(PEOPLE):
        user = new_user(f"Person {number}")
        member = Membership.objects.create(organization=organization, user=user, role="respondent")
        joined(assessment, member)
    return assessment


def answer_all(assessment: Assessment, user_id: int) -> list[int]:
    """Answer every question as one person's browser does; return what came of each."""
    client = Client()
    client.force_login(Membership.objects.select_related("user").get(user_id=user_id).user)
    got = []
    for key, level in GIVEN.items():
        address = reverse(
            "assessments:answer-save", args=[assessment.organization.slug, assessment.number, key]
        )
        response = client.post(address, {f"{key}-choice": (level + user_id) % 5, f"{key}-revision": 0})
        got.append(response.status_code)
    connections.close_all()
    return got


def nothing_is_lost(assessment: Assessment) -> None:
    """Check answers, history, progress and stored scores."""
    given = PEOPLE * len(GIVEN)
    assert Answer.objects.filter(respondent__assessment=assessment).count() == given
    assert AnswerChange.objects.filter(respondent__assessment=assessment).count() == given
    standing = Standing.objects.get(assessment=assessment)
    assert standing.cells == stored(result_of(assessment))
    shown = [
        sum(1 for _key in answers)
        for answers in (
            respondent.answers.all() for respondent in assessment.respondents.prefetch_related("answers")
        )
    ]
    assert sum(shown) == given
    assert 0 < standing.answered <= standing.expected <= given


@pytest.mark.django_db(transaction=True)
def test_twenty_people_at_once_lose_nothing() -> None:
    """Threads against the database of the tests: PostgreSQL as a rule."""
    assessment = twenty(new_organization())
    users = list(assessment.respondents.values_list("user_id", flat=True))
    with ThreadPoolExecutor(PEOPLE) as pool:
        got = list(pool.map(lambda user: answer_all(assessment, user), users))
    assert got == [[200] * len(GIVEN)] * PEOPLE
    nothing_is_lost(assessment)


@pytest.mark.django_db(transaction=True)
def test_two_pages_of_one_person_at_once_do_not_overwrite_each_other() -> None:
    """Both show no answer yet; one is saved, the other is refused, whichever comes first."""
    assessment = twenty(new_organization())
    user = Membership.objects.select_related("user").filter(role="respondent")[0].user
    address = reverse(
        "assessments:answer-save", args=[assessment.organization.slug, assessment.number, "files"]
    )

    def save(level: int) -> int:
        client = Client()
        client.force_login(user)
        status = client.post(address, {"files-choice": level, "files-revision": 0}).status_code
        connections.close_all()
        return status

    with ThreadPoolExecutor(5) as pool:
        got = sorted(pool.map(save, range(5)))
    assert got == [200, 409, 409, 409, 409]
    assert AnswerChange.objects.count() == 1


def test_twenty_people_at_once_on_sqlite(tmp_path: Path) -> None:
    """The same tests in a process of their own, with the database of the embedded mode."""
    (tmp_path / "data").mkdir()
    environment = {name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"}
    environment |= {
        "DATABASE_URL": f"sqlite:///{tmp_path}/none.sqlite3",
        "TECHPLAN_HOME": str(tmp_path),
        "TEST_DB_SUFFIX": "many",
    }
    done = subprocess.run(
        [
            *(sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--create-db"),
            *(str(Path(__file__).relative_to(ROOT)), "-k", "lose_nothing or overwrite"),
        ],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]
