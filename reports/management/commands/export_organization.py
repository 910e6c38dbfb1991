"""manage.py export_organization SLUG [--out FILE]: write everything of an organization as one JSON document."""

import json
import os
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from organizations.models import Organization
from reports.portability import Export, export_organization


class Command(BaseCommand):
    """Write one organization to a file, or to standard output."""

    help = "Write everything of an organization as one JSON document (docs/export-format.md)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the address of the organization and a file."""
        parser.add_argument("slug", nargs="?", help="the organization, as in /o/SLUG/")
        parser.add_argument(
            "--schema", action="store_true", help="print the JSON Schema of an export instead"
        )
        parser.add_argument("--out", type=Path, help="the file; readable by its owner only")

    def handle(self, *args: Any, **options: Any) -> None:
        """Export."""
        if options["schema"]:
            self.stdout.write(json.dumps(Export.model_json_schema(), indent=1))
            return
        organization = Organization.objects.filter(slug=options["slug"]).first()
        if organization is None:
            raise CommandError(f"There is no organization {options['slug']!r}.")
        document = export_organization(organization).model_dump(mode="json")
        text = json.dumps(document, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
        target: Path | None = options["out"]
        if target is None:
            self.stdout.write(text)
            return
        try:
            descriptor = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(text)
        except OSError as error:
            raise CommandError(f"{target} cannot be written: {error.strerror}.") from error
        self.stderr.write(f"{organization.name} is in {target} ({len(text.encode()):,} bytes).")
