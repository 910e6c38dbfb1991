"""Twenty people answer one assessment at once through a real server: every answer that was acknowledged is stored.

Each signs in by the form and answers every question twice, so that histories and revisions count too. Loopback only.
"""

import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from assessments.core.standing import stored
from assessments.models import Answer, AnswerChange, Assessment, Standing
from assessments.selectors.results import result_of
from organizations.models import Membership, Organization, User
from tests.factories.asked import begin, joined
from tests.factories.people import PASSWORD, person
from tests.serving import serving

PEOPLE = 20
KEYS = ("files", "tasks", "tools", "keys", "locks", "guards", "news", "list", "login")
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class Browser:
    """Cookies, forms and the headers of an autosave; what a person's browser sends."""

    def __init__(self, origin: str) -> None:
        self.origin = origin
        self.open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar())).open
        self.token = ""

    def get(self, path: str) -> str:
        """Open a page and keep its token."""
        with self.open(self.origin + path, timeout=60) as answer:
            text: str = answer.read().decode()
        found = TOKEN.search(text)
        self.token = found[1] if found else self.token
        return text

    def post(self, path: str, **data: object) -> tuple[int, dict[str, str]]:
        """Send a form; return the status and the headers."""
        body = urllib.parse.urlencode(data | {"csrfmiddlewaretoken": self.token}).encode()
        request = urllib.request.Request(  # noqa: S310  # our own server
            self.origin + path, data=body, headers={"HX-Request": "true", "Referer": self.origin + path}
        )
        try:
            with self.open(request, timeout=60) as answer:
                answer.read()
                return answer.status, dict(answer.headers)
        except urllib.error.HTTPError as error:
            return error.code, dict(error.headers)


@pytest.fixture
def server(transactional_db: None, tmp_path: Path) -> Iterator[str]:
    """Return the address of gunicorn with its usual settings, on the database of the tests."""
    with serving(tmp_path / "log") as origin:
        yield origin


def twenty() -> tuple[Assessment, list[User]]:
    """Return an assessment that twenty people have begun."""
    organization = Organization.objects.create(slug="many", name="Many", staff_count=PEOPLE)
    assessment = begin(organization)
    people = [person(f"Person {number}") for number in range(PEOPLE)]
    for user in people:
        member = Membership.objects.create(organization=organization, user=user, role="respondent")
        joined(assessment, member)
    return assessment, people


def answer_everything(origin: str, email: str, turn: int) -> dict[str, int]:
    """Sign in and answer every question twice; return the level that the server acknowledged last."""
    browser = Browser(origin)
    browser.get("/accounts/login/")
    status, _headers = browser.post("/accounts/login/", login=email, password=PASSWORD)
    assert status == 200
    browser.get("/o/many/assessments/1/work/")
    acknowledged, revisions = {}, dict.fromkeys(KEYS, "0")
    for again in range(2):
        for place, key in enumerate(KEYS):
            level = (turn + place + 2 * again) % 5
            data = {f"{key}-choice": level, f"{key}-revision": revisions[key]}
            status, headers = browser.post(f"/o/many/assessments/1/answers/{key}/", **data)
            assert (status, headers.get("TechPlan-Answer")) == (200, "saved")
            acknowledged[key], revisions[key] = level, headers["TechPlan-Revision"]
    return acknowledged


def test_every_acknowledged_answer_of_twenty_people_is_stored(server: str) -> None:
    assessment, people = twenty()
    with ThreadPoolExecutor(PEOPLE) as pool:
        found = pool.map(answer_everything, [server] * PEOPLE, [user.email for user in people], range(PEOPLE))
        acknowledged = {user.pk: levels for user, levels in zip(people, found, strict=True)}
    rows = Answer.objects.filter(respondent__assessment=assessment).values_list(
        "respondent__user_id", "question__key", "level"
    )
    got: dict[int, dict[str, int]] = {}
    for user_id, key, level in rows:
        got.setdefault(user_id, {})[key] = level
    assert got == acknowledged
    assert AnswerChange.objects.filter(respondent__assessment=assessment).count() == 2 * PEOPLE * len(KEYS)
    standing = Standing.objects.get(assessment=assessment)
    assert standing.cells == stored(result_of(assessment))
    assert standing.answered <= PEOPLE * len(KEYS)
