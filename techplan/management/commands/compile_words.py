"""Compile the translated words, or check that the catalogues can be compiled."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from techplan import translations


class Command(BaseCommand):
    """Compile django.po files without gettext tools."""

    help = "Compile locale/*/LC_MESSAGES/django.po; with --check only see that they are sound."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --check."""
        parser.add_argument("--check", action="store_true", help="write nothing; fail on a broken catalogue")

    def handle(self, *args: Any, **options: Any) -> None:
        """Compile or check."""
        if not options["check"]:
            self.stdout.write(f"compiled: {translations.compile_all(settings.LOCALE_PATHS)}")
            return
        wrong = translations.errors(settings.LOCALE_PATHS)
        if wrong:
            raise CommandError("\n".join(wrong))
