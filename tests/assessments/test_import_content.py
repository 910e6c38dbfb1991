"""Publishing instruments: once, whole, and never changed."""

from io import StringIO
from pathlib import Path

import pytest
import yaml
from django.core.management import CommandError, call_command

from assessments.core.instruments import Instrument, checked_instrument
from assessments.models import InstrumentVersion, Question
from assessments.services.content import import_instrument
from tests.factories.instruments import shipped, small_document


def run(*arguments: str) -> list[str]:
    out = StringIO()
    call_command("import_content", *arguments, stdout=out)
    return out.getvalue().splitlines()


def write(path: Path, **changes: object) -> str:
    path.write_text(yaml.safe_dump({**small_document(), **changes}, allow_unicode=True), encoding="utf-8")
    return str(path)


@pytest.mark.django_db
def test_the_shipped_instruments_are_published_once() -> None:
    assert run() == [
        "capability-and-maturity 1: published, 36 questions",
        "social-media-alignment 1: published, 48 questions",
    ]
    assert run() == [
        "capability-and-maturity 1: already published",
        "social-media-alignment 1: already published",
    ]
    version = InstrumentVersion.objects.get(slug="social-media-alignment")
    assert Instrument.model_validate(version.document) == shipped()
    assert list(version.questions.values_list("key", "area", "quality", "quick")) == [
        (one.key, one.area, one.quality, one.quick) for one in shipped().questions
    ]


@pytest.mark.django_db
def test_a_changed_published_version_is_refused_and_a_new_version_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "small.yaml"
    run(write(path))
    with pytest.raises(CommandError) as caught:
        run(write(path, title={"en": "Other"}))
    assert str(caught.value) == (
        "small.yaml: version: version 1 of small is published and never changes; "
        "give the changed questions a new version"
    )
    assert InstrumentVersion.objects.get().document["title"]["en"] == "Small"
    assert run(write(path, title={"en": "Other"}, version=2)) == ["small 2: published, 9 questions"]
    assert Question.objects.count() == 18


@pytest.mark.django_db
def test_nothing_is_published_when_one_file_is_wrong(tmp_path: Path) -> None:
    good = write(tmp_path / "good.yaml")
    bad = write(tmp_path / "bad.yaml", minutes=7)
    with pytest.raises(CommandError) as caught:
        run(good, bad)
    assert str(caught.value) == "bad.yaml: minutes: must be a mapping, is 7"
    with pytest.raises(CommandError) as caught:
        run(good, write(tmp_path / "same.yaml"))
    assert str(caught.value) == "same.yaml: version: good.yaml is version 1 of it too"
    assert not InstrumentVersion.objects.exists()


@pytest.mark.django_db
def test_a_change_in_the_second_file_takes_the_first_back(tmp_path: Path) -> None:
    import_instrument(instrument=checked_instrument(small_document(), name="x"), name="x")
    other = write(tmp_path / "a.yaml", slug="other")
    changed = write(tmp_path / "b.yaml", title={"en": "Other"})
    with pytest.raises(CommandError):
        run(other, changed)
    assert list(InstrumentVersion.objects.values_list("slug", flat=True)) == ["small"]


def test_checking_needs_no_database() -> None:
    assert run("--check") == ["2 questionnaires are right."]
