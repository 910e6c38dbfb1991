"""Pages that belong to no single organization: the landing page, what is kept, where to begin, the language."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from organizations import access, home, navigation, selectors, services
from organizations.models import Language
from organizations.views.context import person


def landing(request: HttpRequest) -> HttpResponse:
    """Say what TechPlan is, with the one button to begin."""
    return render(request, "organizations/landing.html", {"open_signup": settings.SIGNUP == "open"})


def privacy(request: HttpRequest) -> HttpResponse:
    """Say what is kept, and who sees it."""
    return render(request, "organizations/privacy.html")


@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Go to where this person works: their organization, their desk, or the page that makes an organization."""
    slugs = list(access.organizations_of(request.user).values_list("slug", flat=True)[:2])
    if selectors.invitations_for(person(request), at=timezone.now()).exists():
        return redirect("organizations:organization-list")
    if len(slugs) == 1:
        return redirect("organizations:home", slugs[0])
    desks = navigation.of_person(person(request), "")
    if desks:
        return redirect(desks[0].url)
    return redirect("organizations:organization-list" if slugs else "organizations:organization-create")


@login_required
def organization_list(request: HttpRequest) -> HttpResponse:
    """Show the organizations of this person, with their role in each."""
    memberships = access.memberships_of(request.user).order_by("organization__name", "pk")
    return render(
        request,
        "organizations/organization_list.html",
        {
            "memberships": memberships,
            "invitations": selectors.invitations_for(person(request), at=timezone.now()),
            "section": "organizations",
        },
    )


@login_required
def organization_home(request: HttpRequest, org: str) -> HttpResponse:
    """Show where an organization stands and the one thing to do next."""
    membership = access.organization_or_404(request.user, org, access.MEMBER)
    organization = membership.organization
    journey = home.steps(organization, membership)
    return render(
        request,
        "organizations/home.html",
        {
            "organization": organization,
            "membership": membership,
            "abilities": access.abilities(membership),
            "section": "home",
            "journey": journey,
            "next": home.next_step(journey),
            "begun": any(step.status != "wait" for step in journey),
            "spreads": home.spreads(organization, membership),
        },
    )


@require_POST
def language_set(request: HttpRequest) -> HttpResponse:
    """Change the language of the pages; a signed-in person keeps it on every device."""
    wanted = request.POST.get("language", "")
    target = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(target, {request.get_host()}, require_https=request.is_secure())
    # A path and nothing else: `redirect` would take a bare word for the name of a view.
    response = HttpResponseRedirect(target if safe and target.startswith("/") else "/")
    if wanted in Language.values:
        if request.user.is_authenticated:
            services.set_language(user=person(request), language=wanted)
        translation.activate(wanted)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            wanted,
            max_age=365 * 24 * 3600,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )
    return response
