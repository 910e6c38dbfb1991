"""Who gets what: every address of the site, for every role, in one table. One that the table does not name fails.

A row is one line: the name of the URL, the method, who may (`of(ABILITY)`, PUBLIC, SIGNED_IN), and what stands in the
address (`org` alone needs no word; else a function of the house). Objects of an app come from `house.objects`
(tests/factories/people.py).
The outcome of each role is "ok" (a page, a file, or a redirect to one), "login", or the number of the refusal.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from organizations import access
from planning.models import Plan
from tests.factories.people import ROLES, TOKEN, House
from tests.factories.shared import SHARE_TOKEN

EVERYBODY = ("anonymous", "stranger", *ROLES, "lookalike")
Outcomes = Mapping[str, str]

PUBLIC: Outcomes = dict.fromkeys(EVERYBODY, "ok")
SIGNED_IN: Outcomes = {**PUBLIC, "anonymous": "login"}


def of(ability: str) -> Outcomes:
    """Return the outcomes of a page of the organization that asks for an ability."""
    inside = {role: "ok" if role in access.ROLES[ability] else "403" for role in ROLES}
    return {"anonymous": "login", "stranger": "404", "lookalike": "404", **inside}


@dataclass(frozen=True)
class Row:
    """One address: its name, how it is asked, and what each role gets."""

    name: str
    method: str
    outcomes: Outcomes
    arguments: Callable[[House], list[Any]] | None = None
    data: Callable[[House], dict[str, Any]] = field(default=lambda house: {})

    def __str__(self) -> str:
        return f"{self.method} {self.name}"

    def path(self, house: House) -> str:
        """Return the address with the objects of the house in it."""
        if self.arguments is not None:
            return reverse(self.name, args=self.arguments(house))
        return reverse(self.name, args=[house.slug] if self.name in OF_ORGANIZATION else [])


MEMBER, VIEW, EDIT = access.MEMBER, access.VIEW, access.EDIT
MANAGE, ANSWER, REVIEW, SHARE = access.MANAGE, access.ANSWER, access.REVIEW, access.SHARE
# A share names the stranger's address; nobody of the house is its reader.
NAMED_READER: Outcomes = {**dict.fromkeys(EVERYBODY, "404"), "anonymous": "login", "stranger": "ok"}


def one(*more: Any) -> Callable[[House], list[Any]]:
    """Return what stands in an address of the house's assessment."""
    return lambda house: [house.slug, house.objects["assessment"].number, *more]


def planned(*more: Any) -> Callable[[House], list[Any]]:
    """Return what stands in an address of the house's plan."""
    return lambda house: [house.slug, house.objects["plan"].number, *more]


def approved(house: House) -> list[Any]:
    """Return what stands in an address of the house's plan, which somebody has approved."""
    Plan.objects.filter(pk=house.objects["plan"].pk).update(state=Plan.State.APPROVED)
    return planned()(house)


def stock(kind: str) -> Callable[[House], list[Any]]:
    """Return what stands in an address of a row of the house's inventory."""
    return lambda house: [house.slug, kind, house.objects["inventory"][kind].pk]


ROWS = [
    # --- the site
    Row("healthz", "get", PUBLIC),
    Row("readyz", "get", dict.fromkeys(EVERYBODY, "503")),  # no worker runs beside this test
    # --- people and organizations
    Row("organizations:landing", "get", PUBLIC),
    Row("organizations:privacy", "get", PUBLIC),
    Row("organizations:language-set", "post", PUBLIC),
    Row("organizations:start", "get", SIGNED_IN),
    Row("organizations:account", "get", SIGNED_IN),
    Row("organizations:organization-list", "get", SIGNED_IN),
    Row("organizations:organization-create", "get", SIGNED_IN),
    Row("organizations:invitation", "get", PUBLIC, lambda h: [TOKEN]),
    Row("organizations:invitation-opened", "get", dict.fromkeys(EVERYBODY, "404")),
    Row("organizations:invitation-sign-out", "post", dict.fromkeys(EVERYBODY, "login")),
    Row(
        "organizations:invitation-accept",
        "post",
        {**dict.fromkeys(EVERYBODY, "404"), "anonymous": "login"},
        lambda h: [h.invitation.pk],
    ),
    Row("organizations:home", "get", of(MEMBER)),
    Row("organizations:profile", "get", of(VIEW)),
    Row("organizations:profile", "post", of(EDIT) | {"respondent": "403"}),
    Row("organizations:logo", "get", of(MEMBER) | dict.fromkeys(ROLES, "404")),
    Row("organizations:logo-remove", "post", of(EDIT)),
    Row("organizations:organization-delete", "get", of(MANAGE)),
    Row("organizations:organization-delete", "post", of(MANAGE)),
    Row("organizations:people", "get", of(VIEW)),
    Row("organizations:invite", "get", of(MANAGE)),
    Row("organizations:invite", "post", of(MANAGE)),
    Row("organizations:leave", "get", of(MEMBER)),
    Row("organizations:leave", "post", of(MEMBER)),
    Row("organizations:member-change", "get", of(MANAGE), lambda h: [h.slug, h.members["editor"].pk]),
    Row("organizations:member-remove", "get", of(MANAGE), lambda h: [h.slug, h.members["editor"].pk]),
    Row("organizations:member-remove", "post", of(MANAGE), lambda h: [h.slug, h.members["editor"].pk]),
    Row("organizations:invitation-resend", "post", of(MANAGE), lambda h: [h.slug, h.invitation.pk]),
    Row("organizations:invitation-revoke", "post", of(MANAGE), lambda h: [h.slug, h.invitation.pk]),
    Row("organizations:history", "get", of(MANAGE)),
    # --- assessments
    Row("assessments:assessment-list", "get", of(MEMBER)),
    Row("assessments:assessment-start", "get", of(EDIT)),
    Row("assessments:assessment-start", "post", of(EDIT), data=lambda h: {"kind": "quick", "number": 2}),
    Row("assessments:assessment-detail", "get", of(MEMBER), one()),
    Row("assessments:assessment-begin", "get", of(ANSWER), one()),
    Row("assessments:assessment-begin", "post", of(ANSWER), one(), lambda h: {"named": "no"}),
    Row("assessments:assessment-continue", "post", of(EDIT), one()),
    Row("assessments:assessment-close", "post", of(REVIEW), one()),
    Row("assessments:assessment-reopen", "post", of(REVIEW), one(), lambda h: {"reason": "More people"}),
    Row("assessments:result-detail", "get", of(MEMBER), one()),
    Row("assessments:target-edit", "get", of(EDIT), one("work", "good")),
    Row("assessments:target-edit", "post", of(EDIT), one("work", "good")),
    Row("assessments:area-detail", "get", of(ANSWER), one("work")),
    Row("assessments:area-detail", "post", of(ANSWER), one("work")),
    Row("assessments:answer-card", "get", of(ANSWER), one("files")),
    Row(
        "assessments:answer-save",
        "post",
        {**of(ANSWER), "anonymous": "401"},  # a page that saves by itself has to say so, not to show a form
        one("files"),
        lambda h: {"files-choice": "2", "files-revision": "0"},
    ),
    # --- the inventory
    Row("assessments:inventory", "get", of(VIEW)),
    Row("assessments:inventory-facts", "get", of(EDIT)),
    Row("assessments:inventory-facts", "post", of(EDIT), data=lambda h: {"recorded_on": "2026-03-16"}),
    Row("assessments:inventory-row-add", "get", of(EDIT), lambda h: [h.slug, "devices"]),
    Row("assessments:inventory-row-edit", "get", of(EDIT), stock("lines")),
    Row("assessments:inventory-row-edit", "post", of(EDIT), stock("sites"), lambda h: {"name": "Shop"}),
    Row("assessments:inventory-row-remove", "post", of(EDIT), stock("devices")),
    # --- goals, gaps and plans
    Row("planning:gaps", "get", of(VIEW), one()),
    Row("planning:challenge-accept", "post", of(EDIT), one("aging-hardware")),
    Row(
        "planning:challenge-reject",
        "post",
        of(EDIT),
        one("aging-hardware"),
        lambda h: {"aging-hardware-reason": "All new"},
    ),
    Row("planning:challenge-withdraw", "post", of(EDIT), one("aging-hardware")),
    Row("planning:goal-list", "get", of(VIEW)),
    Row("planning:goal-add", "post", of(EDIT), data=lambda h: {"title": "Goal", "weight": "1"}),
    *(
        Row(f"planning:goal-{name}", method, of(EDIT), lambda h: [h.slug, h.objects["goal"].pk])
        for name, method in (
            ("edit", "get"),
            ("remove", "post"),
            ("up", "post"),
            ("down", "post"),
        )
    ),
    Row("planning:plan-list", "get", of(VIEW)),
    Row("planning:plan-create", "get", of(EDIT)),
    *(
        Row(
            f"planning:{name}",
            method,
            of(ability),
            planned(),
            lambda h: {"revision": h.objects["plan"].revision},
        )
        for name, method, ability in (
            ("plan", "get", VIEW),
            ("plan-frontier", "get", VIEW),
            ("plan-frontier-request", "post", EDIT),
            ("plan-settings", "get", EDIT),
            ("plan-choose", "post", EDIT),
            ("plan-must-haves", "post", EDIT),
            ("plan-numbers", "post", EDIT),
            ("plan-refresh", "post", EDIT),
            ("plan-propose", "post", EDIT),
            ("plan-approve", "get", REVIEW),
            ("plan-start", "post", EDIT),
            ("plan-finish", "post", EDIT),
            ("plan-reopen", "post", EDIT),
            ("plan-history", "get", VIEW),
            ("action-list", "get", VIEW),
            ("action-list", "post", EDIT),
            ("own-add", "get", EDIT),
        )
    ),
    *(
        Row(
            f"planning:{name}",
            method,
            of(ability),
            planned("keep-an-inventory"),
            lambda h: {"exclude-reason": "No"},
        )
        for name, method, ability in (
            ("action", "get", VIEW),
            ("action-put-in", "post", EDIT),
            ("action-take-out", "post", EDIT),
            ("action-must-have", "post", EDIT),
            ("action-exclude", "post", EDIT),
            ("action-free", "post", EDIT),
            ("action-done", "post", EDIT),
            ("action-not-done", "post", EDIT),
        )
    ),
    Row(
        "planning:plan-approve",
        "post",
        of(REVIEW) | {"director": "422", "consultant": "422"},  # nobody has proposed it
        planned(),
    ),
    Row("planning:plan-reopen", "post", of(REVIEW), approved),
    Row("planning:own-remove", "post", of(EDIT), planned("own-1")),
    # --- many organizations at once
    Row("portfolio:desk", "get", SIGNED_IN),
    Row("portfolio:funder", "get", SIGNED_IN),
    Row("portfolio:funder-share", "get", NAMED_READER, lambda h: [h.objects["share"].pk]),
    Row("portfolio:funder-download", "get", NAMED_READER, lambda h: [h.objects["share"].pk]),
    Row("portfolio:demo-remove", "get", {**dict.fromkeys(EVERYBODY, "403"), "anonymous": "login"}),
    Row("portfolio:demo-remove", "post", {**dict.fromkeys(EVERYBODY, "403"), "anonymous": "login"}),
    # --- reports and sharing
    Row("reports:report-list", "get", of(VIEW)),
    Row(
        "reports:report-request",
        "post",
        of(EDIT),
        data=lambda h: {"plan": h.objects["plan"].pk, "language": "en", "key": str(uuid4())},
    ),
    Row("reports:report-detail", "get", of(VIEW), lambda h: [h.slug, 1]),
    Row("reports:report-row", "get", of(VIEW), lambda h: [h.slug, 1]),
    Row("reports:report-download", "get", of(VIEW), lambda h: [h.slug, 1]),
    Row("reports:report-page", "get", of(VIEW), lambda h: [h.slug, 1, 1]),
    Row("reports:report-retry", "post", of(EDIT), lambda h: [h.slug, 2]),
    Row("reports:share-list", "get", of(SHARE)),
    Row(
        "reports:share-create",
        "post",
        of(SHARE),
        data=lambda h: {
            "report": h.objects["report"].pk,
            "recipient": "A foundation",
            "until": f"{datetime.now(UTC):%Y-%m-%d}",
            "key": str(uuid4()),
        },
    ),
    Row("reports:share-preview", "get", of(SHARE), data=lambda h: {"report": h.objects["report"].pk}),
    Row("reports:share-revoke", "post", of(SHARE), lambda h: [h.slug, h.objects["share"].pk]),
    Row("reports:share-retry", "post", of(SHARE), lambda h: [h.slug, h.objects["share"].pk]),
    Row("reports:share", "get", PUBLIC, lambda h: [SHARE_TOKEN]),
    Row("reports:share-download", "get", PUBLIC, lambda h: [SHARE_TOKEN]),
    # --- accounts
    Row("account_login", "get", PUBLIC),
    Row("account_logout", "get", PUBLIC),
    Row("account_inactive", "get", PUBLIC),
    Row("account_signup", "get", PUBLIC),
    Row("account_reauthenticate", "get", SIGNED_IN),
    Row("account_email", "get", SIGNED_IN),
    Row("account_email_verification_sent", "get", PUBLIC),
    Row("account_confirm_email", "get", PUBLIC, lambda h: ["no-such-key"]),
    Row("account_change_password", "get", SIGNED_IN),
    Row("account_set_password", "get", SIGNED_IN),
    Row("account_reset_password", "get", PUBLIC),
    Row("account_reset_password_done", "get", PUBLIC),
    Row("account_reset_password_from_key", "get", PUBLIC, lambda h: ["1", "no-such-key"]),
    Row("account_reset_password_from_key_done", "get", PUBLIC),
    Row("account_confirm_login_code", "get", SIGNED_IN),
    Row("mfa_index", "get", SIGNED_IN),
    Row("mfa_authenticate", "get", SIGNED_IN),
    Row("mfa_reauthenticate", "get", SIGNED_IN),
    Row("mfa_activate_totp", "get", SIGNED_IN),
    Row("mfa_deactivate_totp", "get", {**dict.fromkeys(EVERYBODY, "404"), "anonymous": "login"}),
    Row("mfa_view_recovery_codes", "get", {**dict.fromkeys(EVERYBODY, "404"), "anonymous": "login"}),
    Row("mfa_download_recovery_codes", "get", {**dict.fromkeys(EVERYBODY, "404"), "anonymous": "login"}),
    Row("mfa_generate_recovery_codes", "get", SIGNED_IN),
    Row("mfa_list_webauthn", "get", SIGNED_IN),
    Row("mfa_add_webauthn", "get", SIGNED_IN),
    Row("mfa_reauthenticate_webauthn", "get", SIGNED_IN),
    Row("mfa_remove_webauthn", "get", SIGNED_IN, lambda h: [10**6]),  # asks for the password first
    Row("mfa_edit_webauthn", "get", SIGNED_IN, lambda h: [10**6]),  # asks for the password first
    Row("mfa_login_webauthn", "get", SIGNED_IN),
]


def named_patterns(
    patterns: list[URLPattern | URLResolver], namespace: str = "", route: str = ""
) -> Iterator[tuple[str, str]]:
    """Yield the name (with its namespace) and the route of every address below these patterns."""
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from named_patterns(pattern.url_patterns, inner, here)
        else:
            yield f"{namespace}{pattern.name or here}", here


ALL = list(named_patterns(get_resolver().url_patterns))
OF_ORGANIZATION = {name for name, route in ALL if route.startswith("o/<slug:org>/")}
ADMIN = sorted({name for name, _route in ALL if name.startswith("admin:")})


def outcome(client: Client, row: Row, house: House) -> str:
    """Ask, and say in a word what came."""
    response = getattr(client, row.method)(row.path(house), row.data(house))
    if response.streaming:
        b"".join(response.streaming_content)  # a file is closed when it was read
    if response.status_code == 302:
        return "login" if response["Location"].startswith("/accounts/login/") else "ok"
    return "ok" if response.status_code < 400 else str(response.status_code)


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_every_role_gets_what_the_table_says(row: Row, house: House) -> None:
    got = {}
    for role in EVERYBODY:
        client = Client()
        if role != "anonymous":
            client.force_login(house.people[role])
        with transaction.atomic():  # what one role changes, the next must not find
            got[role] = outcome(client, row, house)
            transaction.set_rollback(True)
    assert got == dict(row.outcomes)


def test_every_address_is_in_the_table() -> None:
    known = {row.name for row in ROWS} | set(ADMIN)
    assert sorted({name for name, _route in ALL} - known) == []


@pytest.mark.parametrize("name", ADMIN)
def test_the_admin_lets_nobody_in_who_is_not_an_operator(name: str, house: House) -> None:
    route = next(route for known, route in ALL if known == name)
    path = "/" + route.replace("<path:object_id>", "1").replace("<int:content_type_id>", "1").replace(
        "<path:object_id>", "1"
    ).replace("(?P<app_label>", "organizations").replace("(?P<url>.*)$", "x")
    for role in EVERYBODY:
        client = Client()
        if role != "anonymous":
            client.force_login(house.people[role])
        assert client.get(path).status_code in {302, 403, 404}
