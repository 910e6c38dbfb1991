"""The consultant's page: all organizations, who needs somebody first."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from portfolio import desk, selectors

MOST_LETTERS = 100


@never_cache
@login_required
@require_safe
def desk_list(request: HttpRequest) -> HttpResponse:
    """Show the organizations of this person."""
    search = request.GET.get("q", "").replace("\x00", "").strip()[:MOST_LETTERS]
    group = request.GET.get("group", "")
    sort = request.GET.get("sort", "needs")
    wanted = request.GET.get("page", "1")
    number = int(wanted) if wanted.isascii() and wanted.isdigit() and len(wanted) < 7 else 1
    group = group if group in {"needs", "moving", "quiet"} else ""
    if sort not in selectors.SORTS and not selectors.is_area_sort(sort):
        sort = "needs"
    now = timezone.now()
    page = selectors.desk_page(request.user, at=now, search=search, group=group, sort=sort, number=number)
    sorts = [
        ("needs", _("Who needs me")),
        ("gap", _("Biggest gap")),
        ("lowest", _("Lowest result")),
        *((f"area-{key}", _("Lowest in %(area)s") % {"area": title}) for key, title in page.areas),
        ("activity", _("Last change")),
        ("total", _("Cost of the plan")),
        ("name", _("Name")),
    ]
    context = {
        "page": page,
        "heading": desk.heading(page, filtered=bool(search or group)),
        "groups": desk.groups(page, grouped=sort == "needs", at=now),
        "sorts": sorts,
        "sort": sort,
        "search": search,
        "group": group,
        "filtered": bool(search or group),
        "kept": urlencode({"q": search, "group": group, "sort": sort}),
        "section": "desk",
        "levels": desk.level_names(page),
        "areas": desk.area_names(page),
    }
    return render(request, "portfolio/desk.html", context)
