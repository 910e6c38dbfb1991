"""One text for one JSON value, and its hash: sorted keys, no spaces, UTF-8; SHA-256."""

import hashlib
import json
from typing import Any


def canonical(value: Any) -> str:
    """Return JSON that is the same text for the same value."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(value: Any) -> str:
    """Return the SHA-256 of a JSON value, 64 hexadecimal digits."""
    return hashlib.sha256(canonical(value).encode()).hexdigest()
