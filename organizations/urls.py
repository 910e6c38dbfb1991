"""The app's addresses; full paths, included at the root by techplan/urls.py."""

from django.urls import URLPattern, URLResolver, path

from organizations.views import account, front, invitations, people, profile

app_name = "organizations"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", front.landing, name="landing"),
    path("privacy/", front.privacy, name="privacy"),
    path("language/", front.language_set, name="language-set"),
    path("start/", front.start, name="start"),
    path("account/", account.account, name="account"),
    path("organizations/", front.organization_list, name="organization-list"),
    path("organizations/new/", profile.organization_create, name="organization-create"),
    path("invitations/opened/", invitations.invitation_opened, name="invitation-opened"),
    path("invitations/opened/sign-out/", invitations.invitation_sign_out, name="invitation-sign-out"),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path("invitations/opened/<int:pk>/accept/", invitations.invitation_accept, name="invitation-accept"),
    path("o/<slug:org>/", front.organization_home, name="home"),
    path("o/<slug:org>/profile/", profile.profile, name="profile"),
    path("o/<slug:org>/profile/logo/", profile.logo, name="logo"),
    path("o/<slug:org>/profile/logo/remove/", profile.logo_remove, name="logo-remove"),
    path("o/<slug:org>/delete/", profile.organization_delete, name="organization-delete"),
    path("o/<slug:org>/people/", people.people, name="people"),
    path("o/<slug:org>/people/invite/", people.invite, name="invite"),
    path("o/<slug:org>/people/leave/", people.leave, name="leave"),
    path("o/<slug:org>/people/<int:pk>/", people.member_change, name="member-change"),
    path("o/<slug:org>/people/<int:pk>/remove/", people.member_remove, name="member-remove"),
    path(
        "o/<slug:org>/people/invitations/<int:pk>/resend/", people.invitation_resend, name="invitation-resend"
    ),
    path(
        "o/<slug:org>/people/invitations/<int:pk>/revoke/", people.invitation_revoke, name="invitation-revoke"
    ),
    path("o/<slug:org>/history/", people.history, name="history"),
]
