"""Hand out a stored PDF: never kept by anything between us and the reader, never guessed to be something else."""

import logging

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify

from reports.models import Report

logger = logging.getLogger(__name__)


class UnreadableFile(Exception):
    """The file of a report is there and cannot be read: the disk, its rights or the file itself is at fault."""


def pdf_response(report: Report) -> FileResponse:
    """Return the PDF of a finished report as a download; raises Http404 when it is not there, UnreadableFile."""
    if not report.file.name:
        raise Http404
    try:
        file = default_storage.open(report.file.name, "rb")
    except FileNotFoundError as error:
        raise Http404 from error
    except OSError as error:
        _log_unreadable(report, error)
        raise UnreadableFile(report.code) from error
    name = f"{slugify(report.organization.name) or 'techplan'}-{report.snapshot.created_at:%Y-%m-%d}.pdf"
    response = FileResponse(file, as_attachment=True, filename=name, content_type="application/pdf")
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response


def is_readable(report: Report) -> bool:
    """Whether the file can be opened; one that is gone cannot."""
    try:
        default_storage.open(str(report.file.name), "rb").close()
    except OSError as error:
        _log_unreadable(report, error)
        return False
    return True


def unreadable_page(request: HttpRequest, *, outside: bool = False) -> HttpResponse:
    """Say that the file cannot be read now, and what to do; `outside`: to a reader of a share."""
    response = render(request, "reports/unreadable.html", {"outside": outside}, status=503)
    response["Cache-Control"] = "private, no-store"
    return response


def _log_unreadable(report: Report, error: OSError) -> None:
    logger.error("the file of report %s cannot be read: %s", report.code, error)
