"""Shares as their readers see them: one plain page for every wrong link, nothing let out that was not ticked."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from jobs.models import Job, JobState
from organizations.models import AuditEvent
from reports import services
from reports.models import Report, ShareAccess
from tests.factories.people import House
from tests.factories.shared import (
    SECRETS,
    SHARE_TOKEN,
    another_share,
    make_plan,
    make_share,
    make_snapshot,
)


@pytest.fixture(autouse=True)
def no_counts() -> None:
    cache.clear()


def test_the_page_says_who_what_and_how_much_and_is_kept(client: Client, house: House) -> None:
    response = client.get(reverse("reports:share", args=[SHARE_TOKEN]))
    text = response.content.decode()
    assert "technology plan, 2026 to 2029" in text
    assert "Shared by Director" in text
    assert "The mission of corvina-renters-table." in text
    assert "$1,500" in text
    assert "Replace three computers" in text
    assert re.search(r"<b>Answer sooner</b><br><span[^>]*>Hours, from 26 to 2</span>", text)
    assert "3 of 5 computers were older than five years." in text
    assert reverse("reports:share-download", args=[SHARE_TOKEN]) in text
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in response["Cache-Control"]
    assert "<nav" not in text
    share = house.objects["share"]
    assert [(one.kind, one.user) for one in share.accesses.all()] == [("viewed", None)]
    assert AuditEvent.objects.filter(kind="share-viewed", organization=house.organization).count() == 1


@pytest.mark.parametrize(
    ("people", "said", "unsaid"),
    [
        (None, "The plan has", "paid"),
        (0, "has no paid people", "0 paid"),
        (1, "has 1 paid person", "no paid"),
    ],
)
def test_the_page_says_of_people_only_what_is_known(
    client: Client, house: House, people: int | None, said: str, unsaid: str
) -> None:
    house.organization.staff_count = people
    house.organization.save(update_fields=["staff_count"])
    snapshot = make_snapshot(make_plan(house.organization, number=7), by=house.people["director"])
    share = make_share(
        snapshot, number=77, by=house.people["director"], email="a@example.org", token="p" * 43
    )
    page = client.get(reverse("reports:share", args=["p" * 43])).content.decode()
    assert share.pk
    assert said in page
    assert unsaid not in page


def test_the_page_speaks_the_readers_language_and_says_that_of_the_pdf(client: Client, house: House) -> None:
    address = reverse("reports:share", args=[SHARE_TOKEN])
    spanish = client.get(address, headers={"accept-language": "es-MX,es;q=0.9"})
    assert spanish["Content-Language"] == "es"
    text = spanish.content.decode()
    assert '<html lang="es">' in text
    assert "plan de tecnología" in text
    assert "Replace three computers (es)" in text
    assert "El PDF está en inglés." in text
    assert '<a href="?language=en" lang="en" hreflang="en">English</a>' in text
    english = client.get(address, {"language": "en"}, headers={"accept-language": "es"})
    assert english["Content-Language"] == "en"
    assert "The PDF is in English." in english.content.decode()
    assert '<html lang="en">' in client.get(address, {"language": "tlh"}).content.decode()
    Report.objects.filter(pk=house.objects["share"].rendering_id).update(options={"language": "es"})
    assert "The PDF is in Spanish." in client.get(address).content.decode()


def test_the_download_is_kept_and_private(client: Client, house: House) -> None:
    response = client.get(reverse("reports:share-download", args=[SHARE_TOKEN]))
    assert b"".join(response.streaming_content).startswith(b"%PDF-")  # type: ignore[attr-defined]
    assert response["Cache-Control"].startswith("private, no-store")
    assert response["Referrer-Policy"] == "no-referrer"
    assert ShareAccess.objects.get().kind == "downloaded"


def test_the_page_has_nothing_that_was_not_ticked(client: Client, house: House) -> None:
    text = client.get(reverse("reports:share", args=[SHARE_TOKEN])).content.decode()
    for secret in SECRETS.values():
        assert secret not in text
    assert "Secure" not in text
    assert "secure" not in text.lower().replace("csrf", "")
    share = house.objects["share"]
    share.with_security = True
    share.save()
    assert "Secure" in client.get(reverse("reports:share", args=[SHARE_TOKEN])).content.decode()


def test_every_wrong_link_gives_the_same_page(client: Client, house: House) -> None:
    now = timezone.now()
    tokens = [
        "unknown",
        "x" * 500,
        another_share(house, revoked_at=now),
        another_share(house, expires_at=now - timedelta(seconds=1)),
    ]
    bodies = set()
    for token in tokens:
        for name in ("share", "share-download"):
            response = client.get(reverse(f"reports:{name}", args=[token]))
            assert response.status_code == 404
            assert response["Referrer-Policy"] == "no-referrer"
            assert response["X-Robots-Tag"] == "noindex, nofollow"
            bodies.add(
                re.sub(r'(csrfmiddlewaretoken" value=|X-CSRFToken": )"[^"]*"', "", response.content.decode())
            )
    assert len(bodies) == 1
    body = bodies.pop()
    assert house.organization.name not in body
    assert "There is nothing to see under this link" in body
    assert not ShareAccess.objects.exists()


def test_too_many_requests_from_one_address_are_refused(client: Client, house: House, settings: Any) -> None:
    settings.SHARE_REQUESTS_A_MINUTE = 5
    address = reverse("reports:share", args=["unknown"])
    assert [client.get(address).status_code for _request in range(5)] == [404] * 5
    response = client.get(reverse("reports:share", args=[SHARE_TOKEN]))
    assert response.status_code == 429
    assert response["Retry-After"] == "60"
    assert "Wait a minute" in response.content.decode()
    assert client.get(address, REMOTE_ADDR="10.1.2.3", HTTP_X_FORWARDED_FOR="10.1.2.3").status_code == 404


def test_a_reader_who_signs_in_finds_what_was_shared_with_their_address(client: Client, house: House) -> None:
    stranger = house.people["stranger"]
    client.force_login(stranger)
    share = house.objects["share"]
    text = client.get(reverse("portfolio:funder")).content.decode()
    assert "Corvina Renters&#x27; Table" in text
    assert f'lang="en">{house.objects["plan"].title}<' in text
    assert "Asks for $1,500" in text
    assert f"to be seen until {date_format(share.last_day, 'DATE_FORMAT')}" in text
    page = client.get(reverse("portfolio:funder-share", args=[share.pk]))
    text = page.content.decode()
    assert "technology plan, 2026 to 2029" in text
    assert f'<a href="{reverse("portfolio:funder")}">Shared with you</a>' in text
    assert reverse("account_logout") in text
    download = client.get(reverse("portfolio:funder-download", args=[share.pk]))
    assert b"".join(download.streaming_content).startswith(b"%PDF-")  # type: ignore[attr-defined]
    assert sorted((one.kind, one.user) for one in share.accesses.all()) == [
        ("downloaded", stranger),
        ("viewed", stranger),
    ]
    services.revoke_share(share=share, by=house.people["director"], at=timezone.now())
    assert client.get(reverse("portfolio:funder-share", args=[share.pk])).status_code == 404
    assert "Nothing is shared with you now." in client.get(reverse("portfolio:funder")).content.decode()


def test_the_list_of_a_reader_asks_the_same_for_one_plan_and_for_many(client: Client, house: House) -> None:
    stranger = house.people["stranger"]
    client.force_login(stranger)
    address = reverse("portfolio:funder")
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for _share in range(5):
        another_share(house, email=stranger.email)
    with CaptureQueriesContext(connection) as many:
        assert client.get(address).content.decode().count("Asks for $1,500") == 6
    assert len(few) == len(many) <= 8


def test_a_copy_that_cannot_be_read_keeps_no_other_plan_from_its_reader(
    client: Client, house: House, caplog: pytest.LogCaptureFixture
) -> None:
    stranger = house.people["stranger"]
    client.force_login(stranger)
    another_share(house, email=stranger.email)
    snapshot = make_snapshot(house.objects["plan"], by=house.people["director"])
    snapshot.document["plan"]["horizon_years"] = 10**6
    snapshot.save()
    bad = make_share(snapshot, number=99, by=house.people["director"], token="bad", email=stranger.email)
    page = client.get(reverse("portfolio:funder"))
    assert page.content.decode().count("Asks for $1,500") == 2
    assert f"the plan of share {bad.pk} cannot be read" in caplog.text


def test_a_file_that_is_still_being_made_is_said_to_be_by_its_link_alone(
    client: Client, house: House
) -> None:
    rendering = house.objects["share"].rendering
    Report.objects.filter(pk=rendering.pk).update(file="", ready_at=None)
    Job.objects.filter(pk=rendering.job_id).update(state=JobState.RUNNING)
    page = client.get(reverse("reports:share-download", args=[SHARE_TOKEN]), follow=True)
    assert page.redirect_chain == [(reverse("reports:share", args=[SHARE_TOKEN]), 302)]
    assert "The PDF is still being made" in page.content.decode()
    assert not house.objects["share"].accesses.filter(kind="downloaded").exists()
    assert client.get(reverse("reports:share-download", args=["x" * 43])).status_code == 404


def test_a_reader_without_an_organization_begins_with_what_was_shared(client: Client, house: House) -> None:
    stranger = house.people["stranger"]
    stranger.memberships.all().delete()
    client.force_login(stranger)
    assert client.get(reverse("organizations:start"))["Location"] == reverse("portfolio:funder")
    page = client.get(reverse("organizations:account")).content.decode()
    assert f'href="{reverse("portfolio:funder")}"' in page
    services.revoke_share(share=house.objects["share"], by=house.people["director"], at=timezone.now())
    begin = client.get(reverse("organizations:start"))["Location"]
    assert begin == reverse("organizations:organization-create")


def test_a_member_has_the_link_to_what_was_shared_and_pays_nothing_for_it(
    client: Client, house: House
) -> None:
    client.force_login(house.people["stranger"])
    home, link = reverse("organizations:account"), f'href="{reverse("portfolio:funder")}"'
    client.get(home)
    with CaptureQueriesContext(connection) as with_share:
        assert link in client.get(home).content.decode()
    services.revoke_share(share=house.objects["share"], by=house.people["director"], at=timezone.now())
    with CaptureQueriesContext(connection) as without:
        assert link not in client.get(home).content.decode()
    assert len(with_share) == len(without)
    assert sum("reports_share" in query["sql"] for query in without) == 1


def test_an_address_that_is_not_proved_gets_nothing(client: Client, house: House) -> None:
    stranger = house.people["stranger"]
    stranger.emailaddress_set.update(verified=False)
    client.force_login(stranger)
    share = house.objects["share"]
    assert (
        "None of your e-mail addresses is confirmed yet."
        in client.get(reverse("portfolio:funder")).content.decode()
    )
    assert client.get(reverse("portfolio:funder-share", args=[share.pk])).status_code == 404
    assert client.get(reverse("portfolio:funder-download", args=[share.pk])).status_code == 404


def test_without_a_mail_server_nobody_is_promised_a_confirmed_address(
    client: Client, house: House, settings: Any
) -> None:
    promise = "Whoever signs in with this address finds the plan in their own list as well."
    stranger, shares = house.people["stranger"], reverse("reports:share-list", args=[house.slug])
    stranger.emailaddress_set.update(verified=False)
    client.force_login(house.people["director"])
    assert promise in client.get(shares).content.decode()
    settings.EMAIL_CONFIGURED = False
    assert promise not in (form := client.get(shares).content.decode())
    assert "your reader needs the link" in form
    client.force_login(stranger)
    page = client.get(reverse("portfolio:funder")).content.decode()
    assert "it cannot confirm an address" in page
    assert reverse("account_email") not in page


def test_others_do_not_see_what_was_shared_with_somebody(client: Client, house: House) -> None:
    client.force_login(house.people["lookalike"])
    share = house.objects["share"]
    assert client.get(reverse("portfolio:funder-share", args=[share.pk])).status_code == 404
