"""What was shared with the proved e-mail address of somebody who signs in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from reports import selectors
from reports.downloads import UnreadableFile, pdf_response, unreadable_page
from reports.views.funder import log
from reports.views.page import share_page


@never_cache
@login_required
@require_safe
def funder_list(request: HttpRequest) -> HttpResponse:
    """List what was shared with the proved addresses of this person."""
    context = {
        "plans": selectors.shared_plans(request.user, at=timezone.now()),
        "addresses": selectors.verified_addresses(request.user),
        "section": "funder",
    }
    return render(request, "portfolio/funder.html", context)


@never_cache
@login_required
@require_safe
def funder_share(request: HttpRequest, share_id: int) -> HttpResponse:
    """Show one of the plans shared with this person."""
    found = get_object_or_404(selectors.shared_with(request.user, at=timezone.now()), pk=share_id)
    page = share_page(request, share=found)
    log(request, found, "viewed", page)
    return page


@never_cache
@login_required
@require_safe
def funder_download(request: HttpRequest, share_id: int) -> HttpResponseBase:
    """Return the PDF of one of the plans shared with this person; while there is none, its page says so."""
    found = get_object_or_404(selectors.shared_with(request.user, at=timezone.now()), pk=share_id)
    if not found.rendering.file.name:
        return redirect("portfolio:funder-share", share_id)
    try:
        response = pdf_response(found.rendering)
    except UnreadableFile:
        return unreadable_page(request, outside=True)
    log(request, found, "downloaded", response)
    return response
