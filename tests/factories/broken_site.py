"""A site whose own pages break, for the tests of what a visitor then sees and what the log then says."""

from typing import Any

from django.urls import path
from django.utils._os import safe_join

from techplan import urls


def broken(request: Any) -> Any:
    """Break."""
    raise RuntimeError("broken on purpose")


def outside(request: Any) -> Any:
    """Look for a file where there are none of ours."""
    return safe_join("/srv/files", "../secret")


urlpatterns = [path("broken/", broken), path("outside/", outside), *urls.urlpatterns]
handler500 = urls.handler500
