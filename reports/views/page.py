"""Render the page of a share: for the reader, and as a preview for the director before the link is made."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation

from jobs.models import JobState
from organizations.models import Membership
from reports import services, sharepage
from reports.core.document import read, redact
from reports.models import Report, Share


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
    """Return the page of a share, or of a share to be made of `report` with these parts."""
    if share is not None:
        report = share.rendering
        parts = {name: getattr(share, f"with_{name}") for name in services.PARTS}
    if report is None or parts is None:
        raise ValueError("A page needs a share, or a report and its parts.")
    document = redact(read(report.snapshot.document), **parts)
    with translation.override(report.options.get("language")):
        context = {
            "share": share,
            "report": report,
            "page": sharepage.build(document),
            "ready": report.job.state == JobState.DONE,
            "download": _download(share, token),
            "preview": preview,
            "organization": report.organization,
            "who": _who(share),
            "back": reverse("reports:share-list", args=[membership.organization.slug]) if membership else "",
        }
        page = render(request, "reports/share.html", context)
        page["Content-Language"] = translation.get_language() or ""
        return page


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
