"""The inventory, plain and by hand: one page that shows all, a small form for each row, one for the single facts."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from assessments.forms.facts import FactsForm
from assessments.forms.inventory import (
    OS_LIST,
    DeviceForm,
    LineForm,
    RowForm,
    ServiceForm,
    SiteForm,
    operating_systems,
)
from assessments.models import Device, InternetLine, InventoryRecord, Service, Site
from assessments.selectors.inventory import record_of
from assessments.selectors.inventory_page import inventory_page
from assessments.services.inventory import Row, remove_row, save_facts, save_row
from assessments.views.common import frame, language
from organizations import access
from organizations.models import Membership
from organizations.onetime import first_time, one_at_a_time


@dataclass(frozen=True)
class Kind:
    """One kind of row: its form, its rows of one inventory, and the words of its page."""

    form: type[RowForm]
    rows: Callable[[InventoryRecord], QuerySet[Any]]
    add: Any
    edit: Any


KINDS = {
    "devices": Kind(
        DeviceForm,
        lambda record: Device.objects.filter(inventory=record),
        gettext_lazy("Add devices"),
        gettext_lazy("Change these devices"),
    ),
    "services": Kind(
        ServiceForm,
        lambda record: Service.objects.filter(inventory=record),
        gettext_lazy("Add a program or service"),
        gettext_lazy("Change this program or service"),
    ),
    "sites": Kind(
        SiteForm,
        lambda record: Site.objects.filter(inventory=record),
        gettext_lazy("Add a site"),
        gettext_lazy("Change this site"),
    ),
    "lines": Kind(
        LineForm,
        lambda record: InternetLine.objects.filter(site__inventory=record),
        gettext_lazy("Add an internet line"),
        gettext_lazy("Change this internet line"),
    ),
}


@login_required
def inventory(request: HttpRequest, org: str) -> HttpResponse:
    """Show everything that is recorded."""
    membership = access.organization_or_404(request.user, org, access.VIEW)
    record = record_of(membership.organization)
    context = frame(membership) | {
        "record": record,
        "may_edit": access.EDIT in access.abilities(membership),
    }
    if record is not None:
        context["page"] = inventory_page(record, membership.organization, language())
    return render(request, "assessments/inventory.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def row_add(request: HttpRequest, org: str, kind: str) -> HttpResponse:
    """Add a row."""
    membership = access.organization_or_404(request.user, org, access.EDIT)
    with one_at_a_time(request, membership, access.EDIT):
        return _row(request, membership, kind, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def row_edit(request: HttpRequest, org: str, kind: str, pk: int) -> HttpResponse:
    """Change a row."""
    membership = access.organization_or_404(request.user, org, access.EDIT)
    with one_at_a_time(request, membership, access.EDIT):
        return _row(request, membership, kind, _row_or_404(membership, kind, pk))


@login_required
@require_POST
def row_remove(request: HttpRequest, org: str, kind: str, pk: int) -> HttpResponse:
    """Remove a row."""
    membership = access.organization_or_404(request.user, org, access.EDIT)
    with one_at_a_time(request, membership, access.EDIT):
        remove_row(row=_row_or_404(membership, kind, pk))
    messages.success(request, _("Removed."), extra_tags="good")
    return redirect(_page(org, kind))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def facts_edit(request: HttpRequest, org: str) -> HttpResponse:
    """Ask for the single facts."""
    membership = access.organization_or_404(request.user, org, access.EDIT)
    with one_at_a_time(request, membership, access.EDIT):
        return _facts(request, membership)


def _facts(request: HttpRequest, membership: Membership) -> HttpResponse:
    org = membership.organization.slug
    record = record_of(membership.organization)
    form = FactsForm(
        request.POST if request.method == "POST" else None,
        record=record,
        back=_page(org, "facts"),
        dated={fact.kind: fact for fact in record.dated_facts.all()} if record else {},
    )
    if request.method == "POST" and form.is_valid():
        save_facts(
            organization=membership.organization,
            values=form.record_values(),
            dated=form.dated_values(),
            today=timezone.localdate(),
        )
        messages.success(request, _("Saved."), extra_tags="good")
        return redirect(_page(org, "facts"))
    context = frame(membership) | {"form": form, "title": _("Some questions about how you work")}
    return render(request, "assessments/inventory_form.html", context, status=422 if form.errors else 200)


def _row(request: HttpRequest, membership: Membership, kind: str, row: Any) -> HttpResponse:
    wanted = _kind_or_404(kind)
    org = membership.organization.slug
    record = record_of(membership.organization)
    more: dict[str, Any] = {"language": language()} if kind == "services" else {}
    form = wanted.form(
        request.POST if request.method == "POST" else None,
        instance=row,
        record=record,
        back=_page(org, kind),
        currency=membership.organization.currency,
        **more,
    )
    if request.method == "POST" and form.is_valid():
        if row is not None or _first_time(membership, form):
            save_row(
                organization=membership.organization,
                row=form.save(commit=False),
                today=timezone.localdate(),
            )
            messages.success(request, _("Saved."), extra_tags="good")
        return redirect(_page(org, kind))
    context = frame(membership) | {
        "form": form,
        "row": row,
        "kind": kind,
        "title": wanted.edit if row is not None else wanted.add,
        "systems": operating_systems() if kind == "devices" else [],
        "systems_id": OS_LIST,
    }
    return render(request, "assessments/inventory_form.html", context, status=422 if form.errors else 200)


def _first_time(membership: Membership, form: RowForm) -> bool:
    """Say whether this form has not been sent before; a row is added once for each form that was shown."""
    return first_time(
        organization=membership.organization,
        user=membership.user,
        key=form.cleaned_data.get("once"),
        at=timezone.now(),
    )


def _kind_or_404(kind: str) -> Kind:
    if kind not in KINDS:
        raise Http404
    return KINDS[kind]


def _row_or_404(membership: Membership, kind: str, pk: int) -> Row:
    record = InventoryRecord.objects.filter(organization=membership.organization).first()
    if record is None:
        raise Http404
    found: Row = get_object_or_404(_kind_or_404(kind).rows(record), pk=pk)
    return found


def _page(org: str, part: str) -> str:
    return f"{reverse('assessments:inventory', args=[org])}#{'sites' if part == 'lines' else part}"
