"""What pages have in common: the person's language, that no browser keeps them, a way back, a head without a body."""

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseRedirect,
    StreamingHttpResponse,
)
from django.urls import Resolver404, resolve
from django.utils import translation
from django.utils.cache import add_never_cache_headers


class HeadMiddleware:
    """Send who asks for the head only the head: the web server would write a warning about each body that it drops.

    It stands outermost, where the length of what is left out is known already.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method == "HEAD":
            if isinstance(response, StreamingHttpResponse):
                response.streaming_content = ()
            elif isinstance(response, HttpResponse):
                response.content = b""
        return response


class PersonLanguageMiddleware:
    """Activate the language of the person who is signed in; others keep that of their cookie or browser.

    It stands after AuthenticationMiddleware. Without a session cookie nobody can be signed in, and nothing is asked.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            language = getattr(request.user, "language", "")
            if language and language != translation.get_language():
                translation.activate(language)
                request.LANGUAGE_CODE = language
        return self.get_response(request)


class PrivatePagesMiddleware:
    """Let no browser and no proxy keep a page of a signed-in person, unless its view has said how.

    Computers in an office are shared: who presses Back after a sign-out must not see the plan.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        private = settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
        if private and not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response


class WayBackMiddleware:
    """Lead from an address that only takes forms to the page that it belongs to: the nearest one above it.

    Who corrects a mistake may load the answer of a form again, or go to its address: the form itself stands above.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        wanted = request.method in ("GET", "HEAD") and "HX-Request" not in request.headers
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and wanted:
            return HttpResponseRedirect(page_above(request.path_info))
        return response


def page_above(path: str) -> str:
    """Return the nearest address above this one that the site has."""
    while path != "/":
        path = path.rstrip("/").rpartition("/")[0] + "/"
        try:
            resolve(path)
        except Resolver404:
            continue
        return path
    return path
