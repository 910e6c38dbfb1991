"""What pages of a signed-in person have in common: their language, and that no browser keeps them."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import add_never_cache_headers


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
