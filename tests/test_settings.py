"""The settings as a production site reads them: whole, or refused in a sentence that says what to set."""

import os
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from techplan import home
from tests.workers import ROOT

PRODUCTION = {
    "SECRET_KEY": "k" * 20 + "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGH",
    "TECHPLAN_URL": "https://plans.example.org",
    "DATABASE_URL": "postgres://postgres@127.0.0.1:5432/techplan",
    "REDIS_URL": "redis://127.0.0.1:6379/0",
}


def manage(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a management command with these settings and nothing of the tests' own."""
    kept = {
        name: os.environ[name]
        for name in ("PATH", "LANG", "DYLD_FALLBACK_LIBRARY_PATH")
        if name in os.environ
    }
    own = {"DJANGO_SETTINGS_MODULE": "techplan.settings.base", **environment}
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**kept, **own},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_production_site_is_clean_for_deployment() -> None:
    done = manage(PRODUCTION, "check", "--deploy", "--fail-level", "WARNING")
    assert (done.returncode, done.stderr) == (0, "")
    assert "no issues" in done.stdout


@pytest.mark.parametrize("name", sorted(PRODUCTION))
def test_production_does_not_start_without(name: str) -> None:
    done = manage({key: value for key, value in PRODUCTION.items() if key != name}, "check")
    assert done.returncode != 0
    assert done.stderr.startswith(f"Set {name} (or {name}_FILE) to a value of your own")
    assert len(done.stderr.splitlines()) == 1


def test_production_does_not_start_on_the_example_file() -> None:
    lines = (ROOT / ".env.example").read_text().splitlines()
    example = dict(line.split("=", 1) for line in lines if re.match(r"[A-Z_]+=", line))
    assert "change-me" in example["SECRET_KEY"]
    done = manage({**PRODUCTION, "SECRET_KEY": example["SECRET_KEY"]}, "check")
    assert done.returncode != 0
    assert "Set SECRET_KEY" in done.stderr


def test_static_files_can_be_read_by_another_user_than_the_one_who_collected_them(tmp_path: Path) -> None:
    done = manage({**PRODUCTION, "STATIC_ROOT": str(tmp_path / "static")}, "collectstatic", "--noinput")
    assert done.returncode == 0, done.stderr
    found = [tmp_path / "static", *(tmp_path / "static").rglob("*")]
    assert len(found) > 50
    assert {stat.S_IMODE(one.stat().st_mode) for one in found if one.is_dir()} == {0o755}
    assert {stat.S_IMODE(one.stat().st_mode) & 0o444 for one in found if one.is_file()} == {0o444}


def test_production_wants_https() -> None:
    done = manage({**PRODUCTION, "TECHPLAN_URL": "http://plans.example.org"}, "check")
    assert "TECHPLAN_URL must start with https://" in done.stderr


def test_a_secret_can_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(PRODUCTION["SECRET_KEY"])
    environment = {key: value for key, value in PRODUCTION.items() if key != "SECRET_KEY"}
    done = manage({**environment, "SECRET_KEY_FILE": str(tmp_path / "key")}, "check")
    assert done.returncode == 0, done.stderr


def test_the_embedded_mode_needs_nothing_but_a_folder(tmp_path: Path) -> None:
    environment = {"TECHPLAN_MODE": "embedded", "TECHPLAN_HOME": str(tmp_path / "home")}
    done = manage(environment, "check")
    assert done.returncode == 0, done.stderr
    assert stat.S_IMODE((tmp_path / "home").stat().st_mode) == 0o700


def test_the_secret_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    first = home.secret_key(tmp_path / "key")
    assert home.secret_key(tmp_path / "key") == first
    assert len(first) > 60
    assert stat.S_IMODE((tmp_path / "key").stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


@pytest.mark.parametrize(
    ("variable", "link", "file", "zone"),
    [
        ("America/Lima", "Europe/Madrid", "Asia/Tokyo", "America/Lima"),
        ("", "/usr/share/zoneinfo/Europe/Madrid", "Asia/Tokyo\n", "Europe/Madrid"),
        ("Nowhere/At/All", "/somewhere/else", "Asia/Tokyo\n", "Asia/Tokyo"),
        ("", "", "../../etc/passwd", "UTC"),
        ("", "", "", "UTC"),
    ],
)
def test_a_machine_of_ones_own_tells_its_time_zone(
    variable: str, link: str, file: str, zone: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", variable)
    (tmp_path / "etc").mkdir()
    if link:
        (tmp_path / "etc/localtime").symlink_to(link)
    if file:
        (tmp_path / "etc/timezone").write_text(file)
    assert home.time_zone(tmp_path) == zone


def test_production_keeps_to_the_zone_that_it_is_told() -> None:
    script = "from django.conf import settings; print(settings.TIME_ZONE)"
    for more, zone in (({}, "UTC"), ({"TIME_ZONE": "America/Lima"}, "America/Lima")):
        done = manage({**PRODUCTION, **more, "TZ": "Asia/Tokyo"}, "shell", "--no-imports", "-c", script)
        assert done.stdout.strip() == zone, done.stderr


def test_every_variable_stands_in_the_table_of_the_documentation() -> None:
    read = r"(?:env\.\w+|required|environ\.get)\(\s*[\"']([A-Z_]+)[\"']"
    sources = (
        "techplan/settings/base.py",
        "techplan/gunicorn_conf.py",
        "script/supervisor.py",
        "jobs/pulse.py",
    )
    found = {name for source in sources for name in re.findall(read, (ROOT / source).read_text())}
    table = re.findall(r"^\| .*", (ROOT / "docs/production.md").read_text(), re.MULTILINE)
    listed = {name for row in table for name in re.findall(r"`([A-Z_]+)`", row)}
    assert len(found) > 25
    assert found - listed == {"TECHPLAN_PULSE"}  # which script/watch.py sets for its own children
