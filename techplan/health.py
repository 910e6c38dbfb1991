"""Is the process up (/healthz), and can it serve (/readyz)? Both say so in one JSON object."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """Answer as soon as the process answers at all."""
    return JsonResponse({"status": "ok"})


@never_cache
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Answer as soon as the process answers at all."""
    return JsonResponse({"status": "ok"})
