"""Make the PDF of a report. Runs in the worker; doing it twice gives the first result."""

import errno
import hashlib
from collections.abc import Callable

from celery.exceptions import SoftTimeLimitExceeded
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_noop

from jobs.errors import JobFailed
from organizations import files, mail
from reports.core.document import Document, DocumentError, read, redact
from reports.models import Report
from reports.render.errors import ReportError
from reports.render.pdf import Options, Rendered, render

Beat = Callable[[int, str], None]

# Kept in English with the job; the page that shows one says it in the language of its reader.
BROKEN = gettext_noop("The report cannot be laid out. Tell the people who run this site; your data is safe.")
TOO_LONG = gettext_noop("Making the report took too long and was stopped. Try again.")
NO_ROOM = gettext_noop(
    "There is no room left on this site’s disk. Tell the people who run it, then try again."
)
NOT_STORED = gettext_noop(
    "The report could not be stored. Tell the people who run this site, then try again."
)
DELETED = gettext_noop("This report was deleted.")

FULL_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}


def build_report(*, report: Report, beat: Beat) -> Report:
    """Render a report and keep its file. Raises JobFailed with a sentence that a person can read."""
    if report.file.name and default_storage.exists(report.file.name):
        return report
    language = str(report.options.get("language") or settings.LANGUAGE_CODE)
    with translation.override(language):
        try:
            rendered = render(document_of(report), options=options_of(report), on_progress=beat)
            keep(report, rendered)
        except (ReportError, DocumentError) as error:
            raise JobFailed(str(error)) from error
        except (TemplateSyntaxError, TemplateDoesNotExist) as error:
            raise JobFailed(BROKEN) from error
        except SoftTimeLimitExceeded as error:
            raise JobFailed(TOO_LONG) from error
        except OSError as error:
            raise JobFailed(reason_for(error)) from error
    return report


def document_of(report: Report) -> Document:
    """Return the document of a report; it has only those sensitive parts that the options name."""
    options = report.options
    return redact(
        read(report.snapshot.document),
        security=bool(options["security"]),
        notes=bool(options["notes"]),
        appendix=bool(options["appendix"]),
        names=bool(options["names"]),
    )


def options_of(report: Report) -> Options:
    """Return what the renderer needs to know beside the document."""
    return Options(**report.options, code=report.code)


def store(report: Report, pdf: bytes) -> str:
    """Write the file below the organization's folder; return its name in the storage."""
    name = f"{files.folder(report.organization)}reports/{report.code}.pdf"
    if default_storage.exists(name):
        default_storage.delete(name)  # what an interrupted attempt left behind
    return default_storage.save(name, ContentFile(pdf))


def reason_for(error: OSError) -> str:
    """Say in a sentence why a file could not be read or written."""
    return NO_ROOM if error.errno in FULL_DISK else NOT_STORED


@transaction.atomic
def keep(report: Report, rendered: Rendered) -> None:
    """Store the file, write down where it is and what it holds, and tell who asked for it.

    The row is held meanwhile: who deletes the report waits, and takes the file along. One that is gone gets no file.
    """
    if not Report.objects.select_for_update().filter(pk=report.pk).exists():
        raise JobFailed(DELETED)
    report.file = store(report, rendered.pdf)
    report.pages = rendered.pages
    report.size_bytes = len(rendered.pdf)
    report.sha256 = hashlib.sha256(rendered.pdf).hexdigest()
    report.ready_at = report.ready_at or timezone.now()
    report.save(update_fields=["file", "pages", "size_bytes", "sha256", "ready_at"])
    who = report.requested_by
    if report.notify and who is not None and settings.EMAIL_CONFIGURED:
        address = reverse("reports:report-list", args=[report.organization.slug])
        mail.send(
            "reports/mail/ready",
            who.email,
            {"organization": report.organization.name, "link": f"{settings.SITE_URL}{address}"},
            who.language or report.organization.language,
            report.organization,
        )
