"""The app's addresses; full paths, included at the root by techplan/urls.py."""

from django.urls import URLPattern, URLResolver, path

from portfolio.views import desk

app_name = "portfolio"
urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/", desk.desk_list, name="desk"),
]
