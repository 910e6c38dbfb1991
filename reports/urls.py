"""The app's addresses; full paths, included at the root by techplan/urls.py."""

from django.urls import URLPattern, URLResolver

app_name = "reports"
urlpatterns: list[URLPattern | URLResolver] = []
