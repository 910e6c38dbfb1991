"""manage.py import_organization FILE: make an organization from an export, all of it or nothing."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from reports.portability import ImportRefused, import_organization, read_export
from reports.portability.reading import MOST_BYTES


class Command(BaseCommand):
    """Read one organization from a file."""

    help = "Make an organization from a file that export_organization wrote."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file."""
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        """Import."""
        path: Path = options["file"]
        try:
            with path.open("rb") as file:
                data = file.read(MOST_BYTES + 1)
        except OSError as error:
            raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
        try:
            organization = import_organization(read_export(data, name=path.name))
        except ImportRefused as error:
            raise CommandError("\n".join(["Nothing was imported.", *error.lines])) from error
        address = reverse("organizations:home", args=[organization.slug])
        self.stdout.write(f"{organization.name} is here now: {address}")
        self.stdout.write("People who had no account here sign in after they have reset their password.")
