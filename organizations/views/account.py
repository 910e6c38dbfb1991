"""A person's own page: name, language, and the ways to sign in."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Show and change what a person says about themselves."""
    return render(request, "organizations/account.html", {"section": "account"})
