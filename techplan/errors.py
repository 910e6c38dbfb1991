"""The pages for what goes wrong. Those for a broken server or a full disk need no database, session or context."""

import sys
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template import loader
from django.views import defaults

from organizations.access import Refused
from techplan import disk


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that makes no sense (400), or sends too much (413). The answer does not look at it again."""
    request.POST = QueryDict()
    if isinstance(exception, RequestDataTooBig):
        response = defaults.bad_request(request, exception, template_name="413.html")
        response.status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        return response
    return defaults.bad_request(request, exception)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a member who may not do this (403), because of their role or for a reason of its own."""
    if isinstance(exception, Refused):
        return render(request, "403.html", {"exception": str(exception), "refused": exception}, status=403)
    return defaults.permission_denied(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer for what is not there, or not theirs (404)."""
    return defaults.page_not_found(request, exception)


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer when our own code failed (500) or the disk is full (503). Django calls this while it handles the fault.

    It saves no session after a 500, and this one could not be saved.
    """
    if disk.is_full(sys.exception()):
        if hasattr(request, "session"):
            request.session.modified = False
        return HttpResponse(loader.render_to_string("503.html"), status=503)
    return defaults.server_error(request)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose secret token is missing or old (403)."""
    return HttpResponse(loader.render_to_string("csrf_failure.html", {}, request), status=403)
