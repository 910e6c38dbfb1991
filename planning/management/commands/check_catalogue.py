"""Check challenges and actions, and that they fit the instruments. Needs no database."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from assessments.core.content import SHIPPED, ContentError
from assessments.core.instruments import read_instrument
from planning.core.catalogue import read_catalogue, require_fit


class Command(BaseCommand):
    """Say one line an error, or how much is right."""

    help = "Check the catalogue of challenges and actions against the questionnaires."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            catalogue = read_catalogue()
            require_fit(
                catalogue,
                [read_instrument(path) for path in sorted((SHIPPED / "instruments").glob("*.yaml"))],
            )
        except ContentError as error:
            raise CommandError("\n".join(error.lines)) from None
        self.stdout.write(
            f"{len(catalogue.challenges)} challenges and {len(catalogue.actions)} actions are right."
        )
