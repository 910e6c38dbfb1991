"""The app's addresses; full paths, included at the root by techplan/urls.py."""

from django.urls import URLPattern, URLResolver, path

from reports.views import funder, reports, sharing

app_name = "reports"
urlpatterns: list[URLPattern | URLResolver] = [
    path("o/<slug:org>/reports/", reports.report_list, name="report-list"),
    path("o/<slug:org>/reports/request/", reports.report_request, name="report-request"),
    path("o/<slug:org>/reports/<int:number>/", reports.report_detail, name="report-detail"),
    path("o/<slug:org>/reports/<int:number>/row/", reports.report_row, name="report-row"),
    path("o/<slug:org>/reports/<int:number>/retry/", reports.report_retry, name="report-retry"),
    path("o/<slug:org>/reports/<int:number>/download/", reports.report_download, name="report-download"),
    path("o/<slug:org>/reports/<int:number>/pages/<int:page>.png", reports.report_page, name="report-page"),
    path("o/<slug:org>/sharing/", sharing.share_list, name="share-list"),
    path("o/<slug:org>/sharing/create/", sharing.share_create, name="share-create"),
    path("o/<slug:org>/sharing/preview/", sharing.share_preview, name="share-preview"),
    path("o/<slug:org>/sharing/<int:share_id>/revoke/", sharing.share_revoke, name="share-revoke"),
    path("o/<slug:org>/sharing/<int:share_id>/retry/", sharing.share_retry, name="share-retry"),
    path("s/<str:token>/", funder.share, name="share"),
    path("s/<str:token>/download/", funder.share_download, name="share-download"),
]
