"""The director's page of shares: make one, see the link once, see what was opened, take it back."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assessments import wording
from jobs.models import JobState
from organizations import access
from organizations.models import Membership
from organizations.onetime import one_at_a_time
from planning.views.frame import require_results
from reports import selectors, services
from reports.forms import ShareForm
from reports.models import Report
from reports.views.page import share_page

ONCE = "techplan-new-share"
ONCE_SECONDS = 300


@never_cache
@login_required
@require_safe
def share_list(request: HttpRequest, org: str) -> HttpResponse:
    """Show the shares, and a link that was just made, once."""
    membership = access.organization_or_404(request.user, org, access.SHARE)
    return _page(request, membership, form=None)


@login_required
@require_POST
def share_create(request: HttpRequest, org: str) -> HttpResponse:
    """Make a share; its token travels to the next page in a signed cookie of that page and is kept nowhere."""
    membership = access.organization_or_404(request.user, org, access.SHARE)
    form = ShareForm(request.POST, reports=_reports(membership))
    if not form.is_valid():
        return _page(request, membership, form=form, status=422)
    data = form.cleaned_data
    require_results(membership, data["report"].snapshot.assessments.all())
    try:
        with one_at_a_time(request, membership, access.SHARE):
            new = services.create_share(
                report=data["report"],
                by=request.user,  # type: ignore[arg-type]
                at=timezone.now(),
                recipient=data["recipient"],
                recipient_email=data["recipient_email"],
                message=data["message"],
                expires_at=form.expires_at,
                idempotency_key=data["key"],
                security=data["security"],
                notes=data["notes"],
                appendix=data["appendix"],
                names=data["names"],
            )
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, membership, form=form, status=422)
    if data["recipient_email"]:
        _mail_once(request, new)
    target = reverse("reports:share-list", args=[org])
    response = redirect(target)
    response.set_signed_cookie(
        ONCE,
        f"{new.share.pk}:{new.token}",
        max_age=ONCE_SECONDS,
        path=target,
        secure=request.is_secure(),
        httponly=True,
        samesite="Strict",
    )
    return response


@login_required
@require_POST
def share_revoke(request: HttpRequest, org: str, share_id: int) -> HttpResponse:
    """Take a share back."""
    membership = access.organization_or_404(request.user, org, access.SHARE)
    with one_at_a_time(request, membership, access.SHARE):
        share = get_object_or_404(selectors.shares_by(request.user), organization__slug=org, pk=share_id)
        services.revoke_share(share=share, by=request.user, at=timezone.now())  # type: ignore[arg-type]
    messages.success(request, _("The link no longer works. Whoever opens it is told nothing."))
    return redirect(f"{reverse('reports:share-list', args=[org])}#share-{share.pk}")


@login_required
@require_POST
def share_retry(request: HttpRequest, org: str, share_id: int) -> HttpResponse:
    """Try to make the PDF of a share again."""
    membership = access.organization_or_404(request.user, org, access.SHARE)
    found = selectors.shares_by(request.user).select_related("rendering__job")
    share = get_object_or_404(found, organization__slug=org, pk=share_id)
    with one_at_a_time(request, membership, access.SHARE):
        services.retry_report(report=share.rendering)
    return redirect("reports:share-list", org)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def share_preview(request: HttpRequest, org: str) -> HttpResponse:
    """Show what a reader would see, before the link is made; the address carries the choices.

    The form posts, so that the reader's name, address and the message never stand in an address.
    """
    membership = access.organization_or_404(request.user, org, access.SHARE)
    if request.method == "POST":
        chosen = {name: request.POST[name] for name in ("report", *services.PARTS) if request.POST.get(name)}
        return redirect(f"{request.path}?{urlencode(chosen)}")
    number = request.GET.get("report", "")
    if not (number.isascii() and number.isdigit()) or len(number) > 18:
        return redirect("reports:share-list", org)
    found = selectors.reports_of(membership).filter(job__state=JobState.DONE).defer(None)
    report = get_object_or_404(found, pk=int(number))
    require_results(membership, report.snapshot.assessments.all())
    parts = {name: request.GET.get(name) in {"on", "1"} for name in services.PARTS}
    return share_page(request, report=report, parts=parts, preview=True, membership=membership)


def _reports(membership: Membership) -> QuerySet[Report]:
    """Return the finished reports of the organization that this member may read, newest first."""
    return selectors.reports_by(membership).filter(job__state=JobState.DONE).order_by("-number")


def _mail_once(request: HttpRequest, new: services.NewShare) -> None:
    """Mail the link, unless the form was sent before, and say whether it is on its way."""
    if not settings.EMAIL_CONFIGURED:
        messages.info(request, _("This site sends no mail. Hand the link below on yourself."))
    elif new.again:
        messages.info(
            request,
            _(
                "This form was sent before; here is the same link. One e-mail at most went out: if it does not "
                "arrive, send the link yourself."
            ),
        )
    elif services.mail_link(new):
        messages.success(
            request, _("The link was sent to %(address)s.") % {"address": new.share.recipient_email}
        )
    else:
        messages.warning(
            request, _("The link could not be sent by e-mail. Copy it below and send it yourself.")
        )


def _new_link(request: HttpRequest) -> dict[str, Any] | None:
    """Return the link that was made a moment ago, from the cookie of this page."""
    value = request.get_signed_cookie(ONCE, default=None, max_age=ONCE_SECONDS)
    if not value:
        return None
    share_id, _colon, token = str(value).partition(":")
    share = selectors.shares_by(request.user).filter(pk=int(share_id)).select_related("rendering").first()
    if share is None:
        return None
    return {"share": share, "link": services.NewShare(share, token).link}


def _page(
    request: HttpRequest, membership: Membership, *, form: ShareForm | None, status: int = 200
) -> HttpResponse:
    """Render the page of shares, with the form as it was sent when something is wrong with it."""
    organization = membership.organization
    reports = _reports(membership)
    new = _new_link(request) if form is None else None
    if form is None:
        wanted = request.GET.get("report", "")
        is_number = wanted.isascii() and wanted.isdigit() and len(wanted) < 9
        chosen = reports.filter(number=int(wanted)).first() if is_number else None
        form = ShareForm(reports=reports, initial={"report": chosen} if chosen else {})
    shares = selectors.shares_by(request.user).filter(organization=organization)
    rows = selectors.share_rows(shares, at=timezone.now())
    context = {
        "membership": membership,
        "organization": organization,
        "abilities": access.abilities(membership),
        "section": "sharing",
        "form": form,
        "has_report": reports.exists(),
        "hidden": selectors.hides_some(membership),
        "rule": wording.showing_rule(),
        "open": [row for row in rows if row.state == "open"],
        "ended": [row for row in rows if row.state != "open"],
        "new": new,
    }
    response = render(request, "reports/shares.html", context, status=status)
    if ONCE in request.COOKIES:
        response.delete_cookie(
            ONCE, path=reverse("reports:share-list", args=[organization.slug]), samesite="Strict"
        )
    return response
