"""Hand out a stored PDF: never kept by anything between us and the reader, never guessed to be something else."""

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.utils.text import slugify

from reports.models import Report


def pdf_response(report: Report) -> FileResponse:
    """Return the PDF of a finished report as a download; raises Http404 when it is not there."""
    if not report.file.name:
        raise Http404
    try:
        file = default_storage.open(report.file.name, "rb")
    except FileNotFoundError as error:
        raise Http404 from error
    name = f"{slugify(report.organization.name) or 'techplan'}-{report.snapshot.created_at:%Y-%m-%d}.pdf"
    response = FileResponse(file, as_attachment=True, filename=name, content_type="application/pdf")
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
