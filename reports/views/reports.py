"""The reports of an organization: ask for one, watch it being made, look at it, download it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe
from pypdfium2 import PdfiumError

from assessments import wording
from assessments.remedy import remedy_for
from jobs.models import JobState
from organizations import access
from organizations.models import Membership
from organizations.onetime import one_at_a_time
from organizations.services import record
from planning.views.frame import require_results
from reports import selectors, services
from reports.downloads import UnreadableFile, is_readable, pdf_response, unreadable_page
from reports.forms import ReportForm
from reports.models import Report
from reports.preview import NoSuchPage, page_picture

SHOWN = 30


@never_cache
@login_required
@require_safe
def report_list(request: HttpRequest, org: str) -> HttpResponse:
    """Show the reports, those being made first."""
    membership = access.organization_or_404(request.user, org, access.VIEW)
    return _list_page(request, membership, form=None)


@login_required
@require_POST
def report_request(request: HttpRequest, org: str) -> HttpResponse:
    """Freeze a plan and queue its report."""
    membership = access.organization_or_404(request.user, org, access.EDIT)
    organization = membership.organization
    form = ReportForm(request.POST, organization=organization, plans=selectors.plans_of(organization))
    if not form.is_valid():
        return _list_page(request, membership, form=form, status=422)
    require_results(membership, form.cleaned_data["plan"].assessments.all())
    try:
        with one_at_a_time(request, membership, access.EDIT):
            report = services.request_report(
                plan=form.cleaned_data["plan"],
                by=request.user,  # type: ignore[arg-type]
                language=form.cleaned_data["language"],
                at=timezone.now(),
                idempotency_key=form.cleaned_data["key"],
                notify=bool(form.cleaned_data.get("notify")),
            )
    except ValidationError as error:
        form.add_error(None, error)
        return _list_page(request, membership, form=form, status=422)
    if report.job.state == JobState.DONE:  # a new one waits: it was there already
        messages.info(
            request, _("Nothing has changed since this report was made, so it is still the latest.")
        )
    return redirect("reports:report-list", org)


@login_required
@require_POST
def report_retry(request: HttpRequest, org: str, number: int) -> HttpResponse:
    """Try a failed report again."""
    membership = access.organization_or_404(request.user, org, access.EDIT)
    with one_at_a_time(request, membership, access.EDIT):
        services.retry_report(report=_report(membership, number))
    return redirect("reports:report-list", org)


@never_cache
@login_required
@require_safe
def report_row(request: HttpRequest, org: str, number: int) -> HttpResponse:
    """Show how far one report is; the page asks every two seconds until it is settled."""
    membership = access.organization_or_404(request.user, org, access.VIEW)
    report = _report(membership, number)
    context = {
        "row": selectors.report_row(report),
        "membership": membership,
        "organization": membership.organization,
        "abilities": access.abilities(membership),
        "worker_missing": selectors.worker_missing(),
        "polled": True,
        "newest": not selectors.reports_by(membership).filter(number__gt=number).exists(),
    }
    return render(request, "reports/_job.html", context)


@never_cache
@login_required
@require_safe
def report_detail(request: HttpRequest, org: str, number: int) -> HttpResponse:
    """Show the pages of a finished report."""
    membership = access.organization_or_404(request.user, org, access.VIEW)
    report = _report(membership, number)
    if report.job.state != JobState.DONE:
        raise Http404
    context = {
        **_frame(membership),
        "row": selectors.report_row(report),
        "pages": range(1, (report.pages or 0) + 1),
        "readable": is_readable(report),
    }
    return render(request, "reports/detail.html", context)


@never_cache
@login_required
@require_safe
def report_page(request: HttpRequest, org: str, number: int, page: int) -> HttpResponse:
    """Return one page of a finished report as a picture."""
    membership = access.organization_or_404(request.user, org, access.VIEW)
    report = _report(membership, number)
    if not report.file:
        raise Http404
    try:
        picture = page_picture(report.file.name, report.sha256, page)
    except (NoSuchPage, FileNotFoundError) as error:
        raise Http404 from error
    except (OSError, PdfiumError):
        return HttpResponse(status=503)  # a picture has no words; the page around it says why
    return HttpResponse(picture, content_type="image/png")


@login_required
@require_safe
def report_download(request: HttpRequest, org: str, number: int) -> HttpResponseBase:
    """Return the PDF and keep who took it."""
    membership = access.organization_or_404(request.user, org, access.VIEW)
    report = _report(membership, number)
    try:
        response = pdf_response(report)
    except UnreadableFile:
        return unreadable_page(request)
    if request.method == "GET":
        record(
            "report-downloaded",
            organization=membership.organization,
            user=request.user,
            detail={"number": report.number},
        )
    return response


def _report(membership: Membership, number: int) -> Report:
    """Return a report of this organization, or 404; raises PermissionDenied when its results are hidden from them."""
    report = get_object_or_404(selectors.reports_of(membership), number=number)
    require_results(membership, report.snapshot.assessments.all())
    return report


def _frame(membership: Membership) -> dict[str, object]:
    """Return what every page of this section needs."""
    return {
        "membership": membership,
        "organization": membership.organization,
        "abilities": access.abilities(membership),
        "section": "reports",
    }


def _list_page(
    request: HttpRequest, membership: Membership, *, form: ReportForm | None, status: int = 200
) -> HttpResponse:
    """Render the page of reports, with the form as it was sent when something is wrong with it."""
    organization = membership.organization
    reports = selectors.reports_by(membership).order_by("-number")
    rows = selectors.latest_rows(reports[:SHOWN])
    plans = selectors.plans_by(membership)
    may_make = access.EDIT in access.abilities(membership)
    if form is None and may_make and plans:
        form = ReportForm(organization=organization, plans=plans)
    some_plan = bool(plans) or selectors.plans_of(organization).exists()
    hidden = selectors.hides_some(membership) or (some_plan and not plans)
    ready = [row for row in rows if row.state == "ready"]
    working = [row for row in rows if not row.settled]
    newest_failed = rows[:1] if rows and rows[0].state == "failed" else []
    failed = [row for row in rows if row.state == "failed" and row not in newest_failed]
    context = {
        **_frame(membership),
        "form": form if may_make else None,
        "has_plan": some_plan,
        "short_of_time": [plan for plan in plans if plan.unscheduled_count],
        "now": working + newest_failed,
        # While one is being made nothing else is filled: its own button is, as soon as it is ready.
        "calm": not working,
        "latest": ready[0] if ready else None,
        "earlier": ready[1:],
        "failed": failed,
        "hidden": hidden,
        "remedy": remedy_for(membership) if hidden else None,
        "rule": wording.showing_rule(),
        "worker_missing": bool(working) and selectors.worker_missing(),
    }
    return render(request, "reports/list.html", context, status=status)
