"""What every answer tells the browser, and the pages for what goes wrong."""

import errno
import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils import translation

from techplan import errors
from tests.factories.people import House

pytestmark = pytest.mark.django_db


def test_the_content_security_policy_allows_nothing_from_elsewhere_and_nothing_inline(client: Client) -> None:
    policy = client.get("/healthz")["Content-Security-Policy"]
    rules = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["script-src"] == rules["style-src"] == rules["connect-src"] == "'self'"
    assert "unsafe" not in policy
    assert "http" not in policy


def test_static_files_carry_the_rules_as_well(tmp_path: Path, settings: Any) -> None:
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "picture.svg").write_text("<svg/>")
    client = Client()
    answer = client.get("/static/picture.svg")
    assert answer.status_code == 200
    assert answer["Content-Security-Policy"] == client.get("/healthz")["Content-Security-Policy"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "camera=()" in answer["Permissions-Policy"]
    answer.close()


def test_passkeys_are_for_our_own_pages_and_cameras_for_nobody(client: Client) -> None:
    policy = client.get("/healthz")["Permissions-Policy"]
    assert "publickey-credentials-get=(self)" in policy
    assert "camera=()" in policy


def test_the_admin_asks_for_a_sign_in_by_our_own_page(client: Client) -> None:
    answer = client.get("/admin/login/")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/accounts/login/")


def test_no_browser_keeps_a_page_of_somebody_who_is_signed_in(client: Client, house: House) -> None:
    assert not client.get("/").has_header("Cache-Control")
    client.force_login(house.people["director"])
    for page in ("", "people/", "history/", "profile/", "plans/", "inventory/", "no-such-page/"):
        assert "no-store" in client.get(f"/o/{house.slug}/{page}")["Cache-Control"]


@pytest.mark.parametrize("language", [code for code, _ in settings.LANGUAGES])
def test_a_page_that_is_not_there_says_so(client: Client, language: str) -> None:
    answer = client.get("/no/such/page/", headers={"accept-language": language})
    assert answer.status_code == 404
    assert f'lang="{language}"' in answer.content.decode()


@pytest.mark.parametrize(
    ("fault", "status", "title"),
    [
        (RuntimeError("broken"), 500, "Something broke on our side"),
        (OSError(errno.ENOSPC, "full"), 503, "The disk is full"),
    ],
)
def test_a_broken_server_answers_without_database_or_context(
    rf: RequestFactory, django_assert_num_queries: Any, fault: Exception, status: int, title: str
) -> None:
    try:
        raise fault
    except type(fault):
        with django_assert_num_queries(0), translation.override("en"):
            answer = errors.server_error(rf.get("/"))
    assert answer.status_code == status
    page = answer.content.decode()
    assert f"<title>{title} | TechPlan</title>" in page
    assert f"<h1>{title}</h1>" in page


def test_a_form_without_its_token_is_told_what_to_do() -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/accounts/login/", {"login": "a@example.org", "password": "x"})
    assert answer.status_code == 403
    assert "send the form once more" in " ".join(answer.content.decode().split())


def test_the_language_of_the_browser_is_used_and_a_choice_is_kept(client: Client) -> None:
    assert client.get("/accounts/login/", headers={"accept-language": "es"})["Content-Language"] == "es"
    client.post("/language/", {"language": "es", "next": "/"})
    assert client.get("/accounts/login/", headers={"accept-language": "en"})["Content-Language"] == "es"


def test_error_handlers_take_what_django_gives_them(rf: RequestFactory) -> None:
    request: HttpRequest = rf.get("/")
    assert errors.bad_request(request, Exception()).status_code == 400
    assert errors.page_not_found(request, Exception()).status_code == 404


def test_a_part_with_a_form_is_given_the_token() -> None:
    """`only` hides the token of the page from an included part; its form would be refused by a real browser."""
    templates = {
        str(path.relative_to(folder)): path.read_text(encoding="utf-8")
        for folder in settings.TEMPLATES[0]["DIRS"]
        for path in folder.rglob("*.html")
    }
    includes = [
        (page, part, how)
        for page, text in templates.items()
        for part, how in re.findall(r'{% include "([^"]+)"([^%]*) only %}', text)
    ]
    assert len(includes) > 10
    assert [
        (page, part)
        for page, part, how in includes
        if "{% csrf_token %}" in templates[part] and "csrf_token=csrf_token" not in how
    ] == []
