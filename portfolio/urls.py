"""The app's addresses; full paths, included at the root by techplan/urls.py."""

from django.urls import URLPattern, URLResolver, path

from portfolio.views import demo, desk, funder

app_name = "portfolio"
urlpatterns: list[URLPattern | URLResolver] = [
    path("desk/", desk.desk_list, name="desk"),
    path("demo/remove/", demo.demo_remove, name="demo-remove"),
    path("funder/", funder.funder_list, name="funder"),
    path("funder/<int:share_id>/", funder.funder_share, name="funder-share"),
    path("funder/<int:share_id>/download/", funder.funder_download, name="funder-download"),
]
