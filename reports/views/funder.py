"""What a reader with a link sees, without an account."""

from functools import wraps
from http import HTTPStatus
from typing import Any, Protocol

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from organizations import access
from organizations.limits import over_limit
from organizations.models import User
from reports import selectors, services
from reports.downloads import UnreadableFile, pdf_response, unreadable_page
from reports.models import Share
from reports.views.page import share_page


class View(Protocol):
    """A view function."""

    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase: ...


def behind_a_link(view: View) -> View:
    """Count requests by address, keep the link out of other sites' logs, and hide every kind of wrong link alike."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if over_limit(request, action="share", most=settings.SHARE_REQUESTS_A_MINUTE):
            response: HttpResponseBase = render(request, "reports/share_busy.html", status=429)
            response["Retry-After"] = "60"
        else:
            try:
                response = view(request, *args, **kwargs)
            except Http404:
                response = render(request, "reports/share_gone.html", status=404)
            except UnreadableFile:
                response = unreadable_page(request, outside=True)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return guarded


@never_cache
@require_safe
@behind_a_link
def share(request: HttpRequest, token: str) -> HttpResponse:
    """Show what was shared with the reader of this link."""
    found = _by_link(token)
    page = share_page(request, share=found, token=token)
    log(request, found, "viewed", page)
    return page


@never_cache
@require_safe
@behind_a_link
def share_download(request: HttpRequest, token: str) -> HttpResponseBase:
    """Return the PDF made for the reader of this link; while there is none, their page says so."""
    found = _by_link(token)
    if not found.rendering.file.name:
        return redirect("reports:share", token)
    response = pdf_response(found.rendering)
    log(request, found, "downloaded", response)
    return response


def _by_link(token: str) -> Share:
    """Return the open share of a token; raises Http404 for any other, whatever the reason."""
    found = selectors.open_share(token, at=timezone.now())
    if found is None:
        raise Http404
    return found


def log(request: HttpRequest, found: Share, kind: str, answer: HttpResponseBase) -> None:
    """Keep what was opened; asking for the head only is not opening, and a page that shows nothing is not seen.

    A member of the organization who is signed in looks at what is their own: that is no visit of the reader.
    """
    if request.method == "GET" and answer.status_code == HTTPStatus.OK:
        user = request.user if isinstance(request.user, User) else None
        if user is not None and access.organizations_of(user).filter(pk=found.organization_id).exists():
            return
        services.log_access(share=found, kind=kind, at=timezone.now(), user=user)
