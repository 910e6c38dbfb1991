"""The app's addresses; full paths, included at the root by techplan/urls.py."""

from django.urls import URLPattern, URLResolver, path

from organizations.views import account, front

app_name = "organizations"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", front.landing, name="landing"),
    path("privacy/", front.privacy, name="privacy"),
    path("language/", front.language_set, name="language-set"),
    path("start/", front.start, name="start"),
    path("account/", account.account, name="account"),
    path("organizations/", front.organization_list, name="organization-list"),
    path("o/<slug:org>/", front.organization_home, name="home"),
]
