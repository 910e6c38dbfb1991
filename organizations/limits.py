"""How often one address, one organization or one person may ask for something.

An address without an account is counted in the shared cache, a minute at a time; the others by their rows.
"""

import hashlib
import logging
import time

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest

logger = logging.getLogger(__name__)
SECONDS = 60


def over_limit(request: HttpRequest, *, action: str, most: int) -> bool:
    """Count this request and return whether its address has asked more than `most` times in this minute.

    A cache that does not answer lets the request through: the limit guards the server, not the secret.
    """
    address = str(get_adapter(request).get_client_ip(request))
    who = hashlib.sha256(address.encode()).hexdigest()[:32]
    key = f"limit:{action}:{who}:{int(time.time()) // SECONDS}"
    try:
        cache.add(key, 0, timeout=2 * SECONDS)
        return int(cache.incr(key)) > most
    except Exception as error:  # whatever the cache's client raises
        logger.warning("requests are not counted: %s", error)
        return False


def refuse_beyond(most: int, *, had: int, said: str) -> None:
    """Refuse one more to who had as many as they may; `said` tells the person, with %(count)d of them."""
    if had >= most:
        raise ValidationError(said, code="many", params={"count": had})
