"""Take the demonstration away: one page that asks, one button that does it."""

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from organizations.models import User
from portfolio import selectors
from portfolio.services import forget_sign_ins, remove_demo


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def demo_remove(request: HttpRequest) -> HttpResponse:
    """Ask, and on POST remove it all; who was part of it is signed out."""
    if not selectors.may_remove_demo(request.user):
        raise PermissionDenied(
            _("Only a director or consultant of the demonstration, or who runs this site, can remove it.")
        )
    if request.method != "POST":
        return render(request, "portfolio/demo_remove.html", {"demo": selectors.demo_organizations()})
    email = request.user.get_username()
    remove_demo(at=timezone.now())
    forget_sign_ins()
    if not User.objects.filter(email=email).exists():
        logout(request)
    messages.success(request, _("The demonstration is gone. This site is yours."))
    return redirect("organizations:landing")
