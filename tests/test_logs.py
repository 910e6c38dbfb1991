"""No log holds an address that is a key: what the handlers really write, and every address of the URL table."""

import io
import logging
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import URLResolver, get_resolver
from gunicorn.config import Config
from gunicorn.glogging import Logger

from techplan import gunicorn_conf
from techplan.logs import HIDDEN, hide_secrets
from tests.factories.people import TOKEN, House
from tests.factories.shared import SHARE_TOKEN

PATHS = {
    "share": f"/s/{SHARE_TOKEN}/",
    "download": f"/s/{SHARE_TOKEN}/download/",
    "invitation": f"/invitations/{TOKEN}/",
    "confirm": f"/accounts/confirm-email/{TOKEN}/",
    "reset": f"/accounts/password/reset/key/1-{TOKEN}/",
}
# Whoever is not signed in as somebody who may gets nowhere here.
GUARDED = ("/o/", "/admin/")
PARAMETER = re.compile(r"<(?!int:)[^>]+>|\(\?P<\w+>[^)]*\)")


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What the handler of the settings writes."""
    handlers = [h for h in logging.getLogger().handlers if type(h) is logging.StreamHandler]
    assert len(handlers) == 1
    text = io.StringIO()
    before = handlers[0].setStream(text)
    yield text
    handlers[0].setStream(before)


@pytest.mark.parametrize("path", PATHS.values(), ids=PATHS)
def test_a_refusal_does_not_write_the_secret_of_its_address(
    house: House, written: io.StringIO, path: str, settings: Any
) -> None:
    Client().options(path)
    Client(enforce_csrf_checks=True).post(path, {"a": "b"})
    settings.SHARE_REQUESTS_A_MINUTE = 0
    cache.clear()
    Client().get(path)
    cache.clear()
    assert "Forbidden" in written.getvalue()
    assert HIDDEN in written.getvalue()
    assert TOKEN not in written.getvalue()
    assert SHARE_TOKEN not in written.getvalue()


@pytest.mark.parametrize("body", ["a=" + "a" * 6_000_000, "&".join(f"f{number}=1" for number in range(5000))])
def test_a_request_that_sends_too_much_is_told_in_one_line(
    house: House, written: io.StringIO, body: str
) -> None:
    client, form = Client(enforce_csrf_checks=True), "application/x-www-form-urlencoded"
    client.get("/accounts/login/")  # the token's cookie: without it nothing is read at all
    client.post("/accounts/login/", body, content_type=form)
    lines = written.getvalue().splitlines()
    assert len(lines) == 1
    assert "POST /accounts/login/: " in lines[0]
    assert "exceeded settings.DATA_UPLOAD_MAX_" in lines[0]


FORGED = "2026-01-01 00:00:00,000 CRITICAL root: forged"
REFUSALS = {
    "too many fields": "TooManyFieldsSent",
    "too large": "RequestDataTooBig",
    "another host": "DisallowedHost",
}


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (f"/s/{SHARE_TOKEN}%0A{FORGED}/", "/s/[hidden]"),
        (f"/o/nowhere%0D%0A{FORGED}/", rf"/o/nowhere\r\n{FORGED}/"),
        (f"/o/\u2028{FORGED}/%1B[2K", rf"/o/\u2028{FORGED}/\x1b[2K"),
    ],
)
@pytest.mark.parametrize("refusal", ["too many fields", "too large", "another host"])
def test_an_address_cannot_make_a_second_line(
    house: House, written: io.StringIO, path: str, said: str, refusal: str
) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.get("/accounts/login/")
    large, many = "a=" + "a" * 6_000_000, "&".join(f"f{number}=1" for number in range(5000))
    body = {"too many fields": many, "too large": large}.get(refusal, "")
    host = "evil.example" if refusal == "another host" else "testserver"
    form = "application/x-www-form-urlencoded"
    client.post(path, body, content_type=form, headers={"host": host})
    lines = written.getvalue().splitlines()
    assert len(lines) == 1
    assert f" django.security.{REFUSALS[refusal]}: POST {said}" in lines[0]
    assert SHARE_TOKEN not in lines[0]


def test_a_missing_token_names_its_path_once(written: io.StringIO) -> None:
    Client(enforce_csrf_checks=True).post("/accounts/login/", {"a": "b"})
    (line,) = written.getvalue().splitlines()
    assert " django.security.csrf: Forbidden (CSRF cookie not set.): /accounts/login/" in line
    assert line.count("/accounts/login/") == 1


def test_a_path_of_a_file_that_leads_out_keeps_its_traceback(written: io.StringIO, settings: Any) -> None:
    settings.ROOT_URLCONF = "tests.factories.broken_site"
    Client().get("/outside/")
    first, second, *_more, last = written.getvalue().splitlines()
    assert " ERROR django.security.SuspiciousFileOperation: " in first
    assert second.endswith("Traceback (most recent call last):")
    assert "SuspiciousFileOperation: " in last


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\v", "\x85", "\u2028", "\x1b[1A"])
def test_what_somebody_typed_stands_in_one_line(written: io.StringIO, end: str) -> None:
    typed = f"Zoë{end}{FORGED}"
    escaped = end.encode("unicode_escape").decode()
    logging.getLogger("jobs").warning("%s is not a name", typed)
    try:
        raise ValueError(typed)
    except ValueError as error:
        logging.getLogger("jobs").exception("not done: %s", error)
    text = written.getvalue()
    lines = text.splitlines()
    assert f" WARNING jobs: Zoë{escaped}{FORGED} is not a name" in lines[0]
    assert f" ERROR jobs: not done: Zoë{escaped}{FORGED}" in lines[1]
    assert [line[:2].isspace() for line in lines[2:]] == [True] * (len(lines) - 2)
    assert "\x1b" not in text


def test_a_fault_does_not_write_the_secret_of_its_address(written: io.StringIO) -> None:
    try:
        raise RuntimeError(f"no answer for {PATHS['share']}")
    except RuntimeError:
        logging.getLogger("django.request").exception("Internal Server Error: %s", PATHS["share"])
    assert "RuntimeError: no answer for /s/[hidden]/" in written.getvalue()
    assert SHARE_TOKEN not in written.getvalue()


def test_gunicorn_does_not_write_it_either(capsys: pytest.CaptureFixture[str]) -> None:
    config = Config()
    config.set("accesslog", "-")
    config.set("loglevel", gunicorn_conf.loglevel)
    logger = Logger(config)
    logger.error("Error handling request %s", f"{PATHS['invitation']}\n{FORGED}")
    logger.access_log.info("%(r)s", {"r": f"GET {PATHS['share']}?a=b HTTP/1.1"})
    out, err = capsys.readouterr()
    assert rf"Error handling request /invitations/{HIDDEN}/\n{FORGED}" in err
    assert out == f"GET /s/{HIDDEN}/?a=b HTTP/1.1\n"
    for log in (logger.error_log, logger.access_log):
        log.handlers.clear()


def routes(patterns: list[Any], before: str = "/") -> Iterator[str]:
    """Return each address of the URL table that has a part which is no number."""
    for pattern in patterns:
        route = before + str(pattern.pattern).replace("^", "")
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        elif PARAMETER.search(route):
            yield route


def test_every_open_address_with_a_word_in_it_is_hidden() -> None:
    found = [route for route in routes(get_resolver().url_patterns) if not route.startswith(GUARDED)]
    assert {"/s/<str:token>/", "/invitations/<str:token>/"} < set(found)
    shown = [route for route in found if "Quenchwell" in hide_secrets(PARAMETER.sub("Quenchwell", route))]
    assert shown == []


def test_other_addresses_are_written_as_they_are() -> None:
    for path in (
        "/o/harbor-house/plans/3/actions/mfa/",
        "/invitations/opened/",
        "/invitations/opened/3/accept/",
    ):
        assert hide_secrets(f"Not Found: {path}") == f"Not Found: {path}"
