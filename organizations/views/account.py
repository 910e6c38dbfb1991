"""A person's own page: name, language, and the ways to sign in."""

from typing import Any

from allauth.account.views import EmailView
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


class EmailChange(EmailView):
    """Change the address: only where a link to the new one can be mailed, and only by opening that link."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Refuse where no address can be confirmed; the page says why."""
        if not settings.EMAIL_CONFIGURED:
            refused: HttpResponse = self.render_to_response(self.get_context_data(), status=422)
            return refused
        answer: HttpResponse = super().post(request, *args, **kwargs)
        return answer

    def _action_primary(self, request: HttpRequest) -> None:
        """Leave it: a new address takes the place of the old one when it is confirmed, and not before."""
