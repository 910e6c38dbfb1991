"""Bring an installation up to date: words, database, content, static files, demonstration. Safe to repeat."""

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from techplan import translations


class Command(BaseCommand):
    """Do what is needed after installing or updating, saying each step."""

    help = (
        "Compile words, migrate, read content, collect static files, load the demonstration on the first run."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Let a production site leave out what its image already holds or must not hold."""
        parser.add_argument("--no-static", action="store_true", help="static files are collected already")
        parser.add_argument("--no-words", action="store_true", help="words are compiled already")
        parser.add_argument("--no-demo", action="store_true", help="never load the demonstration")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do the steps in order; the first that fails stops the start."""
        if not options["no_words"]:
            self._step("words", lambda: translations.compile_all(settings.LOCALE_PATHS))
        self._step("database", self._database)
        self._step("content", lambda: call_command("import_content", verbosity=0))
        if not options["no_static"]:
            self._step("static files", lambda: call_command("collectstatic", "--noinput", verbosity=0))
        if not options["no_demo"]:
            self._step("demonstration", lambda: call_command("demo", "--if-first-run"))

    def _database(self) -> None:
        call_command("migrate", "--noinput", verbosity=0)
        call_command("createcachetable", verbosity=0)

    def _step(self, name: str, work: Any) -> None:
        self.stdout.write(f"preparing: {name}")
        self.stdout.flush()
        work()
