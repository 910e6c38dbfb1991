"""Shares as a director makes them, sees them opened and takes them back: a token that is nowhere."""

import re
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core import mail
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from organizations.models import AuditEvent
from reports import services
from reports.keys import token_hash
from reports.models import Report, Share, ShareAccess
from tests.factories.people import House
from tests.factories.shared import (
    SECRETS,
    SHARE_TOKEN,
    another_share,
    make_plan,
    make_report,
    make_share,
    make_snapshot,
)


@pytest.fixture(autouse=True)
def no_counts() -> None:
    cache.clear()


@pytest.fixture
def director(house: House, client: Client) -> Client:
    client.force_login(house.people["director"])
    return client


def share_form(house: House, **more: Any) -> dict[str, Any]:
    return {
        "report": house.objects["report"].pk,
        "recipient": "Imogen Tallowmere",
        "until": (timezone.localdate() + timedelta(days=30)).isoformat(),
        "key": str(uuid4()),
        **more,
    }


def create(client: Client, house: House, **more: Any) -> str:
    """Make a share through the page; return its link as the next page shows it."""
    response = client.post(reverse("reports:share-create", args=[house.slug]), share_form(house, **more))
    assert response.status_code == 302, response.content.decode()[:3000]
    text = client.get(response["Location"]).content.decode()
    found = re.search(r'id="new-link"[^>]* value="([^"]+)"', text)
    assert found is not None
    return found[1]


def path_of(link: str) -> str:
    return "/s/" + link.split("/s/")[1]


def everything_in_the_database() -> str:
    """Return every text of every table, to look for what must not be there."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608  # our own tables
            found.append(repr(cursor.fetchall()))
    return " ".join(found)


def test_the_link_is_shown_once_and_its_token_is_kept_nowhere(director: Client, house: House) -> None:
    link = create(director, house)
    token = link.rstrip("/").split("/")[-1]
    assert len(token) == 43  # 256 bits in base64
    share = Share.objects.latest("pk")
    assert share.token_hash == token_hash(token)
    assert token not in everything_in_the_database()
    again = director.get(reverse("reports:share-list", args=[house.slug])).content.decode()
    assert token not in again
    assert not any(getattr(share, f"with_{name}") for name in services.PARTS)
    assert share.rendering.options["security"] is False
    assert AuditEvent.objects.filter(kind="share-created", organization=house.organization).count() == 1


def test_sending_the_form_twice_makes_one_share_and_every_link_shown_works(
    director: Client, house: House
) -> None:
    key = str(uuid4())
    first = create(director, house, key=key)
    second = create(director, house, key=key)
    assert Share.objects.filter(organization=house.organization).count() == 2  # the house's own, and this one
    reader = Client()
    assert [reader.get(path_of(link)).status_code for link in (first, second)] == [200, 200]
    kept = everything_in_the_database()
    assert not any(secret in kept for secret in (key, UUID(key).hex, path_of(first).split("/")[2]))


def test_a_link_takes_the_secret_of_the_site(director: Client, house: House, settings: Any) -> None:
    key = str(uuid4())
    first = create(director, house, key=key)
    settings.SECRET_KEY = "another-secret-" + "0123456789abcdef" * 3
    second = services.create_share(
        report=house.objects["report"],
        by=house.people["director"],
        at=timezone.now(),
        expires_at=Share.objects.latest("pk").expires_at,
        recipient="Imogen Tallowmere",
        idempotency_key=UUID(key),
    ).link
    assert first != second
    assert [Client().get(path_of(link)).status_code for link in (first, second)] == [200, 200]


def test_a_form_sent_again_for_another_reader_opens_nothing_of_the_first(
    director: Client, house: House
) -> None:
    key = str(uuid4())
    first = create(director, house, key=key, security="on")
    later = (timezone.localdate() + timedelta(days=31)).isoformat()
    changes = ({"recipient": "Somebody else"}, {"until": later}, {"message": "More words"}, {"names": "on"})
    for other in (*({"security": "on", **change} for change in changes), {}):
        response = director.post(
            reverse("reports:share-create", args=[house.slug]), share_form(house, key=key, **other)
        )
        assert response.status_code == 422
        assert "This form was used already. Load the page again." in response.content.decode()
    assert Client().get(path_of(first)).status_code == 200


def test_a_form_sent_again_after_the_share_was_taken_back_opens_nothing(
    director: Client, house: House
) -> None:
    key = str(uuid4())
    first = create(director, house, key=key)
    services.revoke_share(share=Share.objects.latest("pk"), by=house.people["director"], at=timezone.now())
    response = director.post(reverse("reports:share-create", args=[house.slug]), share_form(house, key=key))
    assert response.status_code == 422
    assert "This form was used already. Load the page again." in response.content.decode()
    assert Client().get(path_of(first)).status_code == 404


def test_a_key_is_one_persons_in_one_organization(director: Client, house: House) -> None:
    key = str(uuid4())
    first = create(director, house, key=key)
    members = house.members
    members["consultant"].may_share = True
    members["consultant"].save()
    colleague, elsewhere = Client(), Client()
    colleague.force_login(house.people["consultant"])
    elsewhere.force_login(house.people["lookalike"])
    make_report(make_snapshot(make_plan(house.lookalike)), number=1)
    own = house.lookalike.reports.get()
    other = House(house.lookalike, house.organization, {}, {}, house.invitation, {"report": own})
    links = [first, create(colleague, house, key=key), create(elsewhere, other, key=key)]
    assert [Client().get(path_of(link)).status_code for link in links] == [200] * 3
    assert set(Report.objects.filter(audience="share").values_list("idempotency_key", flat=True)) == {None}


def test_the_link_is_mailed_where_there_is_an_address(director: Client, house: House) -> None:
    link = create(director, house, recipient_email="Imogen@Example.org", message="Please read page 3.")
    message = mail.outbox[-1]
    assert message.to == ["imogen@example.org"] or message.to == ["Imogen@example.org"]
    assert link in message.body
    assert "Please read page 3." in message.body
    assert link.rstrip("/").split("/")[-1] not in everything_in_the_database()


def test_a_dead_mail_server_is_told_and_the_link_is_there(
    director: Client, house: House, settings: Any
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 2
    response = director.post(
        reverse("reports:share-create", args=[house.slug]), share_form(house, recipient_email="i@example.org")
    )
    text = director.get(response["Location"]).content.decode()
    assert "could not be sent by e-mail" in text
    assert 'id="new-link"' in text


def test_the_form_of_a_share_leaves_its_sentences_to_us(director: Client, house: House) -> None:
    text = director.get(reverse("reports:share-list", args=[house.slug])).content.decode()
    address = reverse("reports:share-create", args=[house.slug])
    assert re.search(f'<form[^>]* action="{address}"[^>]* novalidate', text)
    assert "Goals, their measures and the names of actions stay as they are written" in text


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("until", "2020-01-01", "This day is past."),
        ("until", "2199-01-01", "three years at most"),
        ("until", "soon", "Enter a valid date"),
        ("recipient", "   ", "This field is required"),
        ("recipient_email", "nobody", "valid email"),
        ("report", "999999", "Select a valid choice"),
        ("message", "x" * 2001, "at most 2000 characters"),
    ],
)
def test_a_wrong_form_says_why_and_keeps_what_was_typed(
    director: Client, house: House, field: str, value: str, sentence: str
) -> None:
    address = reverse("reports:share-create", args=[house.slug])
    form = share_form(house, **{"message": "Kept words", field: value})
    response = director.post(address, form)
    assert response.status_code == 422
    text = response.content.decode()
    assert sentence in text
    if field != "message":
        assert "Kept words" in text
    assert Share.objects.filter(organization=house.organization).count() == 1


def test_only_a_finished_report_of_the_own_house_can_be_shared(house: House) -> None:
    values: dict[str, Any] = {
        "by": house.people["director"],
        "at": timezone.now(),
        "recipient": "A",
        "idempotency_key": uuid4(),
    }
    later = timezone.now() + timedelta(days=1)
    with pytest.raises(ValidationError):
        services.create_share(report=house.objects["failed"], expires_at=later, **values)
    with pytest.raises(ValidationError):
        services.create_share(report=house.objects["report"], expires_at=values["at"], **values)
    with pytest.raises(ValidationError):
        services.create_share(report=house.objects["share"].rendering, expires_at=later, **values)


def test_taking_a_share_back_ends_it_at_once(director: Client, house: House) -> None:
    link = create(director, house)
    share = Share.objects.latest("pk")
    reader = Client()
    assert reader.get(path_of(link)).status_code == 200
    director.post(reverse("reports:share-revoke", args=[house.slug, share.pk]))
    assert reader.get(path_of(link)).status_code == 404
    first = Share.objects.get(pk=share.pk).revoked_at
    director.post(reverse("reports:share-revoke", args=[house.slug, share.pk]))
    assert Share.objects.get(pk=share.pk).revoked_at == first
    assert AuditEvent.objects.filter(kind="share-revoked").count() == 1
    text = director.get(reverse("reports:share-list", args=[house.slug])).content.decode()
    assert "Taken back" in text


def test_taking_back_asks_first_and_keeps_what_was_opened(director: Client, house: House) -> None:
    share = house.objects["share"]
    services.log_access(share=share, kind="viewed", at=timezone.now())
    address = reverse("reports:share-list", args=[house.slug])
    before = director.get(address).content.decode()
    revoke = f'action="{reverse("reports:share-revoke", args=[house.slug, share.pk])}"'
    step = before[before.index('<details class="behind sure">') :]
    assert revoke in step[: step.index("</details>")]  # opened by one press, sent by another
    assert "A foundation can then open neither the page nor the PDF." in step
    assert "No longer open" not in before
    answered = director.post(reverse("reports:share-revoke", args=[house.slug, share.pk]))
    assert answered["Location"] == f"{address}#share-{share.pk}"
    after = director.get(address).content.decode()
    ended = after[after.index("No longer open") :]
    assert f'id="share-{share.pk}"' in ended
    assert "Taken back" in ended
    assert "Seen: 1, downloaded: 0" in ended
    assert revoke not in after


def test_the_director_sees_each_view_and_download(director: Client, house: House) -> None:
    share = house.objects["share"]
    for kind in ("viewed", "viewed", "downloaded"):
        services.log_access(share=share, kind=kind, at=timezone.now())
    text = director.get(reverse("reports:share-list", args=[house.slug])).content.decode()
    assert "Seen: 2, downloaded: 1, last on" in text
    assert text.count(": seen</li>") == 2


def test_a_member_who_is_signed_in_is_no_visit_of_the_reader(director: Client, house: House) -> None:
    share = house.objects["share"]
    assert director.get(reverse("reports:share", args=[SHARE_TOKEN])).status_code == 200
    download = director.get(reverse("reports:share-download", args=[SHARE_TOKEN]))
    assert b"".join(download.streaming_content).startswith(b"%PDF-")  # type: ignore[attr-defined]
    text = director.get(reverse("reports:share-list", args=[house.slug])).content.decode()
    assert share.accesses.count() == 0
    assert not AuditEvent.objects.filter(kind__in=["share-viewed", "share-downloaded"]).exists()
    assert "What members of your organization open while they are signed in is not counted." in text


def test_the_preview_shows_what_the_reader_will_see_and_keeps_nothing(director: Client, house: House) -> None:
    address = reverse("reports:share-preview", args=[house.slug])
    report = house.objects["report"]
    text = director.get(address, {"report": report.pk}).content.decode()
    assert "This is what the reader will see." in text
    assert "Secure" not in text
    assert "Secure" in director.get(address, {"report": report.pk, "security": "on"}).content.decode()
    assert SECRETS["names"] not in text
    assert SECRETS["names"] in director.get(address, {"report": report.pk, "names": "on"}).content.decode()
    assert not ShareAccess.objects.exists()
    assert director.get(address, {"report": "x"}).status_code == 302
    assert director.get(address, {"report": house.objects["share"].rendering.pk}).status_code == 404


def test_a_consultant_shares_only_when_a_director_lets_them(client: Client, house: House) -> None:
    client.force_login(house.people["consultant"])
    address = reverse("reports:share-list", args=[house.slug])
    assert client.get(address).status_code == 403
    member = house.members["consultant"]
    member.may_share = True
    member.save()
    assert client.get(address).status_code == 200


def test_lookalikes_do_not_mix_in_shares(director: Client, house: House) -> None:
    other = house.people["lookalike"]
    plan = make_plan(house.lookalike)
    theirs = make_share(
        make_snapshot(plan, by=other), number=1, by=other, token="theirs", recipient="Their reader"
    )
    text = director.get(reverse("reports:share-list", args=[house.slug])).content.decode()
    assert "Their reader" not in text
    assert director.post(reverse("reports:share-revoke", args=[house.slug, theirs.pk])).status_code == 404
    assert (
        director.get(
            reverse("reports:share-preview", args=[house.slug]), {"report": theirs.rendering_id}
        ).status_code
        == 404
    )
    page = Client().get(reverse("reports:share", args=["theirs"])).content.decode()
    assert "The mission of corvina-renters-table-2." in page


def test_pages_ask_the_same_for_one_share_and_for_many(director: Client, house: House) -> None:
    address = reverse("reports:share-list", args=[house.slug])
    director.get(address)
    with CaptureQueriesContext(connection) as few:
        director.get(address)
    for _share in range(10):
        another_share(house)
    with CaptureQueriesContext(connection) as many:
        director.get(address)
    assert len(few) == len(many) <= 15
    cache.clear()
    with CaptureQueriesContext(connection) as reader:
        Client().get(reverse("reports:share", args=[SHARE_TOKEN]))
    assert len(reader) <= 10


def test_the_last_day_is_whole(house: House) -> None:
    share = house.objects["share"]
    day = timezone.localdate()
    share.expires_at = timezone.make_aware(datetime.combine(day + timedelta(days=1), datetime.min.time()))
    assert share.last_day == day
