"""Check the content files, and publish the instruments among them.

`--check` needs no database. Files may be named; without names those that the site ships with are taken.
"""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from assessments.core.content import SHIPPED, ContentError
from assessments.core.instruments import Instrument, read_instrument
from assessments.core.support import read_support_ends
from assessments.services.content import import_instrument


class Command(BaseCommand):
    """Read every file first, so that nothing is published when one of them is wrong."""

    help = "Check the content files and publish the questionnaires in them. Safe to run again."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="*", type=Path, help="questionnaires, instead of the shipped ones")
        parser.add_argument("--check", action="store_true", help="only check; needs no database")

    def handle(self, *args: Any, files: list[Path], check: bool, **options: Any) -> None:
        lines: list[str] = []
        found: dict[Path, Instrument] = {}
        for path in files or sorted((SHIPPED / "instruments").glob("*.yaml")):
            try:
                found[path] = read_instrument(path)
            except ContentError as error:
                lines += error.lines
        if not files:
            try:
                read_support_ends(SHIPPED / "support-ends.yaml")
            except ContentError as error:
                lines += error.lines
        lines += _same_version_twice(found)
        if not lines and not check:
            lines += self._publish(found)
        if lines:
            raise CommandError("\n".join(lines))
        if check:
            self.stdout.write(f"{len(found)} questionnaires are right.")

    def _publish(self, found: dict[Path, Instrument]) -> list[str]:
        """Publish all or none; return what is wrong."""
        said = []
        try:
            with transaction.atomic():
                for path, instrument in found.items():
                    version, created = import_instrument(instrument=instrument, name=path.name)
                    state = (
                        f"published, {len(instrument.questions)} questions"
                        if created
                        else "already published"
                    )
                    said.append(f"{version}: {state}")
        except ContentError as error:
            return error.lines
        for line in said:
            self.stdout.write(line)
        return []


def _same_version_twice(found: dict[Path, Instrument]) -> list[str]:
    first: dict[tuple[str, int], Path] = {}
    lines = []
    for path, instrument in found.items():
        other = first.setdefault((instrument.slug, instrument.version), path)
        if other is not path:
            lines.append(f"{path.name}: version: {other.name} is version {instrument.version} of it too")
    return lines
