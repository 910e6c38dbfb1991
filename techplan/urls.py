"""Every address of the site; each app's urls.py holds full paths."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path

from organizations.views import account
from techplan import health

# The admin's own sign-in page knows neither second factors nor limits: allauth's is used.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("accounts/email/", account.EmailChange.as_view(), name="account_email"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("", include("organizations.urls")),
    path("", include("assessments.urls")),
    path("", include("planning.urls")),
    path("", include("reports.urls")),
    path("", include("portfolio.urls")),
]

handler400 = "techplan.errors.bad_request"
handler403 = "techplan.errors.permission_denied"
handler404 = "techplan.errors.page_not_found"
handler500 = "techplan.errors.server_error"
