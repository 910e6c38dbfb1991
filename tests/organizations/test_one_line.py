"""What has one line is one line that can be seen: in every form, in an import, in a mail."""

import json
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

import pytest
from django import forms
from django.test import Client
from django.utils import timezone

from jobs.models import Job
from organizations import services
from organizations.models import Membership, Organization, User
from organizations.oneline import NotOneLineError, one_line
from reports.portability import ImportRefused, export_organization, import_organization, read_export
from tests.factories.people import House, person
from tests.organizations.test_views import PROFILE, signed_in
from tests.pages import text_of

SENTENCE = "Write this on one line, with characters that can be seen."
OURS = ("organizations", "assessments", "planning", "reports", "portfolio")
# Typed to be compared; allauth's own, which their owner alone sees.
OTHERWISE = {"DeleteForm.name"}
ALLAUTHS = ("PasskeyForm.name", ".code", ".username")


@pytest.mark.parametrize("text", ["", "Río & Sol", "א ב", "👩‍👩‍👧", "a\u00a0b", "%", "木"])
def test_what_people_write_stays_as_it_is(text: str) -> None:
    assert one_line(text) == text


@pytest.mark.parametrize(
    "text", ["a\nb", "a\rb", "a\x00b", "a\tb", "a\x85b", "a\u2028b", "a\u2029b", "\u200b", "\u3164", "\u202e"]
)
def test_more_lines_and_nothing_to_be_seen_are_refused(text: str) -> None:
    with pytest.raises(NotOneLineError):
        one_line(text)


def test_a_text_does_not_turn_what_follows() -> None:
    assert one_line("\u202eab\u2066c\u2069\u202c") == "abc"


def all_forms() -> Iterator[type[forms.BaseForm]]:
    for name in OURS:
        package = import_module(name)
        for module in walk_packages(package.__path__, f"{name}."):
            if "forms" in module.name:
                found = vars(import_module(module.name)).values()
                yield from (one for one in found if isinstance(one, type) and issubclass(one, forms.BaseForm))


def test_every_field_of_one_line_checks_it() -> None:
    plain = {
        f"{form.__name__}.{name}"
        for form in all_forms()
        if form.__module__.startswith(OURS)
        for name, field in getattr(form, "base_fields", {}).items()
        if type(field) is forms.CharField and type(field.widget) is forms.TextInput
    }
    assert {one for one in plain if not one.endswith(ALLAUTHS)} == OTHERWISE


def test_every_field_of_many_lines_takes_out_what_turns() -> None:
    kept = {
        f"{form.__name__}.{name}"
        for form in all_forms()
        for name, field in getattr(form, "base_fields", {}).items()
        if isinstance(field.widget, forms.Textarea) and field.clean("\u202ea\nb") != "a\nb"
    }
    assert kept == set()


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["Corvina\nPay at evil.example", "\u200b\u2060"])
def test_a_form_says_so_at_the_field(house: House, typed: str) -> None:
    client, path = signed_in(house), f"/o/{house.slug}/profile/"
    answer = client.post(path, {**PROFILE, "name": typed})
    assert SENTENCE in text_of(answer)
    client.post(path, {**PROFILE, "name": "Cor\u202evina\u202c", "field": "\u2067Hou\u2069sing"})
    saved = Organization.objects.get(pk=house.organization.pk)
    assert (saved.name, saved.field) == ("Corvina", "Housing")


@pytest.mark.django_db
def test_a_person_has_a_name_of_one_line(house: House) -> None:
    fields = {"email": "new@example.org", "password1": "coffee while it starts"}
    answer = Client().post("/accounts/signup/", {**fields, "name": "Ana\nOpen evil.example"})
    assert SENTENCE in text_of(answer)
    assert not User.objects.filter(email="new@example.org").exists()
    answer = signed_in(house).post("/account/", {"name": "Ana\x0bB", "language": "en"})
    assert SENTENCE in text_of(answer)


@pytest.mark.django_db
def test_an_import_refuses_it_with_one_line_each(house: House) -> None:
    document: Any = export_organization(house.organization).model_dump(mode="json")
    document["organization"]["name"] = "Corvina\nPay at evil.example"
    document["people"][0]["name"] = "A\u202eb"
    with pytest.raises(ImportRefused) as refused:
        import_organization(read_export(json.dumps(document).encode(), name="a.json"))
    assert sorted(refused.value.lines) == [
        "organization.name: must be one line of characters that can be seen",
        "people[0].name: holds characters that turn the direction of writing",
    ]


@pytest.mark.django_db
def test_a_mail_begins_with_our_words_whatever_a_name_holds() -> None:
    """Also one that was stored before names had one line."""
    organization = Organization.objects.create(slug="evil", name="Evil\n\nPay at evil.example")
    director = person("Ana\r\nYour account is closed")
    Membership.objects.create(organization=organization, user=director, role="director")
    services.invite(
        organization=organization,
        email="new@example.org",
        role="editor",
        answers_as="staff",
        by=director,
        at=timezone.now(),
    )
    mail = Job.objects.get(kind="organizations.send_mail").payload
    names = "Ana Your account is closed invites you to {}Evil Pay at evil.example"
    assert mail["subject"] == f"{names.format('')} on TechPlan"
    first, *_rest = mail["body"].splitlines()
    assert first == f"{names.format('work on the technology plan of ')}. Your role would be: Editor."
