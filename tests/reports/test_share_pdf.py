"""A share whose PDF is not there, or whose copy cannot be shown: the reader and the director are told what is so."""

from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from jobs.models import Job, JobState
from reports.models import Report, Share
from tests.factories.people import House
from tests.factories.shared import SHARE_TOKEN
from tests.reports.test_shares import share_form

FAILED = "The PDF could not be made"
MAKING = "The PDF is still being made"


@pytest.fixture(autouse=True)
def no_counts() -> None:
    cache.clear()


@pytest.fixture
def reader(client: Client, house: House) -> Client:
    client.force_login(house.people["stranger"])
    return client


@pytest.fixture
def director(house: House) -> Client:
    client = Client()
    client.force_login(house.people["director"])
    return client


def without_file(house: House, state: str) -> None:
    rendering = house.objects["share"].rendering
    Report.objects.filter(pk=rendering.pk).update(file="", ready_at=None)
    Job.objects.filter(pk=rendering.job_id).update(state=state, message="The disk was full.")


def out_of_bounds(house: House) -> None:
    snapshot = house.objects["share"].rendering.snapshot
    snapshot.document["plan"]["horizon_years"] = 10**6
    snapshot.save()


@pytest.mark.parametrize("state", [JobState.QUEUED, JobState.RUNNING, JobState.FAILED])
def test_a_reader_is_told_whether_the_pdf_is_being_made_or_could_not_be(
    reader: Client, house: House, state: str
) -> None:
    without_file(house, state)
    share = house.objects["share"]
    pages = [reverse("reports:share", args=[SHARE_TOKEN]), reverse("portfolio:funder-share", args=[share.pk])]
    downloads = [
        reverse("reports:share-download", args=[SHARE_TOKEN]),
        reverse("portfolio:funder-download", args=[share.pk]),
    ]
    for page, download in zip(pages, downloads, strict=True):
        answer = reader.get(download, follow=True)
        assert answer.redirect_chain == [(page, 302)]
        text = answer.content.decode()
        assert (FAILED in text, MAKING in text) == (state == JobState.FAILED, state != JobState.FAILED)
        assert "disk" not in text
    listed = reader.get(reverse("portfolio:funder")).content.decode()
    assert (FAILED in listed) is (state == JobState.FAILED)
    assert ("The PDF is being made" in listed) is (state != JobState.FAILED)
    assert not share.accesses.filter(kind="downloaded").exists()


def test_the_director_reads_why_the_pdf_could_not_be_made_and_tries_again(
    director: Client, house: House
) -> None:
    without_file(house, JobState.FAILED)
    sharing, share = reverse("reports:share-list", args=[house.slug]), house.objects["share"]
    text = director.get(sharing).content.decode()
    assert FAILED in text
    assert "The disk was full." in text
    retry = reverse("reports:share-retry", args=[house.slug, share.pk])
    assert f'action="{retry}"' in text
    assert "The PDF is being made" in director.post(retry, follow=True).content.decode()


def test_a_copy_that_cannot_be_shown_says_so_and_is_not_counted_as_seen(
    reader: Client, house: House, caplog: pytest.LogCaptureFixture
) -> None:
    out_of_bounds(house)
    share = house.objects["share"]
    for address in (
        reverse("reports:share", args=[SHARE_TOKEN]),
        reverse("portfolio:funder-share", args=[share.pk]),
    ):
        caplog.clear()
        answer = reader.get(address)
        assert answer.status_code == 503
        assert "This document cannot be shown" in answer.content.decode()
        assert reverse("reports:share-list", args=[house.slug]) not in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]
        said = [record for record in caplog.records if record.name.startswith("reports")]
        assert [record.exc_info for record in said] == [None]
        assert f"the document of report {share.rendering.code} cannot be shown: " in said[0].getMessage()
        assert reader.get(address, {"language": "es"})["Content-Language"] == "es"
    assert not share.accesses.exists()


def test_the_preview_of_a_copy_that_cannot_be_shown_says_so(director: Client, house: House) -> None:
    out_of_bounds(house)
    report = Report.objects.get(pk=house.objects["report"].pk)
    answer = director.get(reverse("reports:share-preview", args=[house.slug]), {"report": str(report.pk)})
    assert answer.status_code == 503
    text = answer.content.decode()
    assert "Tell the people who run this site" in text
    assert f'<a href="{reverse("reports:share-list", args=[house.slug])}">Back to sharing</a>' in text


def test_a_form_that_is_sent_twice_mails_once_and_says_so(director: Client, house: House) -> None:
    form = share_form(house, key=str(uuid4()), recipient_email="imogen@example.org")
    pages = [
        director.post(reverse("reports:share-create", args=[house.slug]), form, follow=True)
        for _turn in range(2)
    ]
    said = [page.content.decode() for page in pages]
    assert [message.to for message in mail.outbox] == [["imogen@example.org"]]
    assert Share.objects.filter(recipient_email="imogen@example.org").count() == 1
    assert ["The link was sent to imogen@example.org" in text for text in said] == [True, False]
    assert ["One e-mail at most went out" in text for text in said] == [False, True]
    assert all('id="new-link"' in text for text in said)


def test_a_form_that_is_sent_twice_promises_no_mail_where_none_is_sent(
    director: Client, house: House, settings: Any
) -> None:
    settings.EMAIL_CONFIGURED = False
    form = share_form(house, key=str(uuid4()), recipient_email="imogen@example.org")
    address = reverse("reports:share-create", args=[house.slug])
    for _turn in range(2):
        text = director.post(address, form, follow=True).content.decode()
        assert "This site sends no mail. Hand the link below on yourself." in text
        assert "could not be sent" not in text
        assert "went out" not in text
        assert 'id="new-link"' in text
    assert mail.outbox == []
