"""Check a site: one plain line for each part that it needs; the exit code is 1 when one is missing."""

import secrets
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import weasyprint
from celery import current_app
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management.base import BaseCommand, CommandParser
from django.db import connection
from kombu.exceptions import ChannelError
from weasyprint.text.fonts import FontConfiguration

from techplan import health
from techplan.health import Unwell

FONTS = ("source-sans-3-latin-400-normal.woff2", "source-serif-4-latin-400-normal.woff2")
LITTLE_SPACE_MB = 500
NOT_FOUND = "404"


class Command(BaseCommand):
    """Run every check, also after one has failed."""

    help = "Check database, broker, worker, storage, fonts and the making of a PDF."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        """Let a health check ask for some parts only."""
        parser.add_argument(
            "--only", action="append", choices=list(CHECKS), help="check this part; can repeat"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print a line a check."""
        chosen = options["only"] or list(CHECKS)
        results = [self._report(name, CHECKS[name]) for name in chosen]
        if not all(results):
            raise SystemExit(1)

    def _report(self, name: str, check: Callable[[], str]) -> bool:
        try:
            line, well = check(), True
        except Exception as error:  # whatever is wrong belongs on the line
            reason = str(error).strip() or type(error).__name__
            line, well = reason.splitlines()[0], False
        self.stdout.write(f"{'ok    ' if well else 'FAILED'}  {name}: {line}")
        return well


def database() -> str:
    """Ask the database, and compare its tables with the code."""
    health.check_database()
    health.check_migrations()
    return f"{connection.display_name} answers and its tables are up to date"


def cache() -> str:
    """Write to the cache and read it back."""
    health.check_cache()
    return "remembers what is put into it"


def broker() -> str:
    """Open the queue and count what waits in it."""
    with current_app.connection_for_write(connect_timeout=3) as link:
        link.ensure_connection(max_retries=1, interval_start=0, interval_step=0)
        name = current_app.conf.task_default_queue
        try:
            waiting = link.default_channel.queue_declare(name, passive=True).message_count
        except ChannelError as error:
            if str(error.reply_code) != NOT_FOUND:
                raise
            waiting = 0  # a queue that nothing was ever put into is not there yet
    kind = "folder of files" if settings.EMBEDDED else "server"
    return f"the queue's {kind} can be reached; messages waiting: {waiting}"


def worker() -> str:
    """Look for a sign of life."""
    health.check_worker()
    return "was alive a moment ago"


def storage() -> str:
    """Store a file, read it, remove it; look at the space left."""
    content = secrets.token_bytes(64)
    name = default_storage.save(f"doctor/{secrets.token_hex(8)}", ContentFile(content))
    try:
        with default_storage.open(name) as file:
            if file.read() != content:
                raise Unwell("a file came back with other content")
    finally:
        default_storage.delete(name)
    folder = Path(settings.MEDIA_ROOT)
    if not folder.is_dir():
        return "files can be stored and read back"
    free_mb = shutil.disk_usage(folder).free // 1_000_000
    if free_mb < LITTLE_SPACE_MB:
        raise Unwell(f"only {free_mb} MB are free in {folder}")
    return f"files can be stored and read back; {free_mb} MB are free in {folder}"


def mail() -> str:
    """Say whether letters can be sent; a site works without."""
    if settings.EMAIL_CONFIGURED:
        return "a mail server is configured"
    return "no mail server is configured (EMAIL_URL); pages show the links that they would send"


def fonts() -> str:
    """Look for the house fonts, which lie in the repository."""
    folder = settings.BASE_DIR / "static" / "fonts"
    missing = [name for name in FONTS if not (folder / name).is_file()]
    if missing:
        raise Unwell(f"missing in {folder}: {', '.join(missing)}")
    return "the house fonts are in place"


def pdf() -> str:
    """Make a tagged one-page PDF with a house font in it."""
    font = (settings.BASE_DIR / "static" / "fonts" / FONTS[0]).as_uri()
    configuration = FontConfiguration()
    style = weasyprint.CSS(
        string=f"@font-face {{ font-family: House; src: url({font}) }} body {{ font-family: House }}",
        font_config=configuration,
    )
    page = weasyprint.HTML(string="<html lang=en><title>Doctor</title><h1>One page</h1></html>")
    written: bytes = page.write_pdf(stylesheets=[style], font_config=configuration, pdf_variant="pdf/ua-1")
    if not written.startswith(b"%PDF-"):
        raise Unwell("the PDF that was made is not one")
    return f"WeasyPrint {weasyprint.__version__} made a page of {len(written):,} bytes"


CHECKS: dict[str, Callable[[], str]] = {
    check.__name__: check for check in (database, cache, broker, worker, storage, mail, fonts, pdf)
}
