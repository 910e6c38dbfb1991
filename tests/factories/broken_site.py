"""A site whose one page of its own breaks, for the test of what a visitor then sees."""

from typing import Any

from django.urls import path

from techplan import urls


def broken(request: Any) -> Any:
    """Break."""
    raise RuntimeError("broken on purpose")


urlpatterns = [path("broken/", broken), *urls.urlpatterns]
handler500 = urls.handler500
