"""Render the page of a share: for the reader, and as a preview for the director before the link is made."""

import logging

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from organizations.models import Membership
from reports import services, sharepage
from reports.core.document import Document, DocumentError, read, redact
from reports.models import Report, Share

logger = logging.getLogger(__name__)


def share_page(
    request: HttpRequest,
    *,
    share: Share | None = None,
    report: Report | None = None,
    parts: dict[str, bool] | None = None,
    token: str = "",
    preview: bool = False,
    membership: Membership | None = None,
) -> HttpResponse:
    """Return the page of a share, or of a share to be made of `report` with these parts.

    It speaks the language of who reads it; the PDF has its own, and the page says which. A document that this site
    does not read gets a page that says so.
    """
    if share is not None:
        report = share.rendering
        parts = {name: getattr(share, f"with_{name}") for name in services.PARTS}
    if report is None or parts is None:
        raise ValueError("A page needs a share, or a report and its parts.")
    document = _document(report)
    back = reverse("reports:share-list", args=[membership.organization.slug]) if membership else ""
    with translation.override(_wanted(request)):
        if document is None:
            page = _not_shown(request, outside=not preview, back=back)
        else:
            context = {
                "share": share,
                "report": report,
                "page": sharepage.build(redact(document, **parts)),
                "download": _download(share, token),
                "spoken": _spoken(report),
                "preview": preview,
                "signed_in": share is not None and not token,
                "organization": report.organization,
                "who": _who(share),
                "back": back,
            }
            page = render(request, "reports/share.html", context)
        page["Content-Language"] = translation.get_language() or ""
        return page


def _document(report: Report) -> Document | None:
    """Return the whole document of a report; None, with a line in the log, when it cannot be read."""
    try:
        return read(report.snapshot.document)
    except DocumentError as error:
        logger.error("the document of report %s cannot be shown: %s", report.code, error)
        return None


def _not_shown(request: HttpRequest, *, outside: bool, back: str) -> HttpResponse:
    """Say that the document cannot be shown, and whom to tell; `back` is for who is not `outside`."""
    return render(request, "reports/not_shown.html", {"outside": outside, "back": back}, status=503)


def _wanted(request: HttpRequest) -> str | None:
    """Return the language that a link of the page asks for, else that of the reader.

    A link and not a form: a page that sends no referrer cannot post to us, and a reader's choice needs no cookie.
    """
    asked = request.GET.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else translation.get_language()


def _spoken(report: Report) -> str:
    """Return which language the PDF speaks."""
    if report.options.get("language") == "es":
        return _("The PDF is in Spanish.")
    return _("The PDF is in English.")


def _download(share: Share | None, token: str) -> str:
    """Return where the PDF of a share is; empty in a preview."""
    if share is None:
        return ""
    if token:
        return reverse("reports:share-download", args=[token])
    return reverse("portfolio:funder-download", args=[share.pk])


def _who(share: Share | None) -> dict[str, str]:
    """Return name and job title of who shared; the title is that of their membership, if they still have one."""
    if share is None or share.created_by is None:
        return {"name": "", "title": ""}
    membership = Membership.objects.filter(user=share.created_by, organization=share.organization).first()
    return {"name": str(share.created_by), "title": membership.title if membership else ""}
