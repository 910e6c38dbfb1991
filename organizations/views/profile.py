"""Make, describe and delete an organization."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from organizations import access, services
from organizations.forms import DeleteForm, OrganizationCreateForm, ProfileForm
from organizations.models import Membership
from organizations.onetime import one_at_a_time
from organizations.views.context import page, person


@login_required
def organization_create(request: HttpRequest) -> HttpResponse:
    """Make an organization; who makes it is its director."""
    form = OrganizationCreateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            organization = services.create_organization(user=person(request), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None if error.code == "many" else "name", error)
        else:
            return redirect("organizations:home", organization.slug)
    return render(
        request,
        "organizations/organization_create.html",
        {"form": form, "section": "organizations"},
    )


@login_required
def profile(request: HttpRequest, org: str) -> HttpResponse:
    """Show what the organization says about itself, and change it."""
    membership = access.organization_or_404(request.user, org, access.VIEW)
    if request.method == "POST":
        access.require(membership, access.EDIT)
    with one_at_a_time(request, membership, access.EDIT):
        return _profile(request, membership)


def _profile(request: HttpRequest, membership: Membership) -> HttpResponse:
    if request.method == "POST":  # as it is now that nobody else changes it
        membership.organization.refresh_from_db()
    form = ProfileForm(request.POST or None, request.FILES or None, instance=membership.organization)
    if request.method == "POST" and form.is_valid():
        logo = form.cleaned_data["logo_upload"]
        changes = {name: form.cleaned_data[name] for name in form.changed_data if name != "logo_upload"}
        services.update_profile(
            organization=membership.organization, user=person(request), changes=changes, logo=logo
        )
        messages.success(request, _("The profile is saved."))
        return redirect("organizations:profile", membership.organization.slug)
    if form.errors:  # the frame keeps showing what is stored
        membership.organization.refresh_from_db()
    return render(
        request,
        "organizations/profile.html",
        page(membership, "home", form=form),
    )


@login_required
@require_safe
def logo(request: HttpRequest, org: str) -> HttpResponseBase:
    """Send the organization's logo to a member."""
    membership = access.organization_or_404(request.user, org, access.MEMBER)
    picture = membership.organization.logo
    if not picture.name or not picture.storage.exists(picture.name):
        raise Http404
    response = FileResponse(picture.open("rb"), content_type="image/png")
    response["Cache-Control"] = "private, no-cache"
    return response


@login_required
@require_POST
def logo_remove(request: HttpRequest, org: str) -> HttpResponse:
    """Take the logo away."""
    membership = access.organization_or_404(request.user, org, access.EDIT)
    with one_at_a_time(request, membership, access.EDIT):
        services.remove_logo(organization=membership.organization, user=person(request))
    messages.success(request, _("The logo is removed."))
    return redirect("organizations:profile", org)


@login_required
def organization_delete(request: HttpRequest, org: str) -> HttpResponse:
    """Delete everything of an organization, after its name was typed."""
    membership = access.organization_or_404(request.user, org, access.MANAGE)
    with one_at_a_time(request, membership, access.MANAGE):
        return _delete(request, membership)


def _delete(request: HttpRequest, membership: Membership) -> HttpResponse:
    organization = membership.organization
    back = reverse("organizations:profile", args=[organization.slug])
    form = DeleteForm(request.POST or None, organization=organization, back=back)
    if request.method == "POST" and form.is_valid():
        name = organization.name
        services.delete_organization(organization=organization, user=person(request))
        messages.success(
            request, _("%(name)s and everything that belonged to it is deleted.") % {"name": name}
        )
        return redirect("organizations:organization-list")
    return render(
        request,
        "organizations/organization_delete.html",
        page(membership, "home", form=form),
    )
