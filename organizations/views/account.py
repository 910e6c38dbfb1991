"""A person's own page: name, language, and the ways to sign in."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _

from organizations import access, services
from organizations.forms import AccountForm
from organizations.views.context import person


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Show and change what a person says about themselves."""
    form = AccountForm(request.POST or None, instance=person(request))
    if request.method == "POST" and form.is_valid():
        services.update_person(user=person(request), **form.cleaned_data)
        translation.activate(form.cleaned_data["language"])
        messages.success(request, _("Saved."))
        return redirect("organizations:account")
    if form.errors:
        person(request).refresh_from_db()
    return render(
        request,
        "organizations/account.html",
        {
            "form": form,
            "section": "account",
            "mails": settings.EMAIL_CONFIGURED,
            "memberships": access.memberships_of(request.user).order_by("organization__name", "pk"),
        },
    )
