"""Hashes and codes: the same content never renders twice, a printed code names one report, a token opens one share.

Source: SHA-256 over canonical JSON (sorted keys, no spaces, UTF-8). The token of a share is an HMAC-SHA-256, under the
secret of the site, of the random key of its form, the organization and the person; only its SHA-256 is kept.
"""

import hashlib
import secrets
from base64 import urlsafe_b64encode
from typing import Any
from uuid import UUID

from django.utils.crypto import salted_hmac

from assessments.core.canonical import digest

# No vowels (no words), no 0/O, 1/I/L: the code is read aloud and typed from paper.
CODE_LETTERS = "23456789BCDFGHJKMNPQRSTVWXZ"
CODE_LENGTH = 12
TOKEN_BYTES = 32


def content_key(document: dict[str, Any], options: dict[str, Any], *, edition: str = "") -> str:
    """Return the key of one rendering: what is printed, how, and (for a share) in which edition.

    The moment at which the document was taken does not count: an unchanged plan has the same key tomorrow.
    """
    said = {name: value for name, value in document.items() if name != "taken_at"}
    return digest({"document": said, "options": options, "edition": edition})


def report_code(key: str) -> str:
    """Return the code printed on a rendering, like 7QK4-M2XD-9PRT: about 57 bits of its content key."""
    number = int(hashlib.sha256(f"code:{key}".encode()).hexdigest(), 16)
    letters = []
    for _position in range(CODE_LENGTH):
        number, index = divmod(number, len(CODE_LETTERS))
        letters.append(CODE_LETTERS[index])
    return "-".join("".join(letters[start : start + 4]) for start in range(0, CODE_LENGTH, 4))


def new_token() -> str:
    """Return a fresh token of 256 random bits that opens nothing, safe in an address."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def token_of(form_key: UUID, *whose: int) -> str:
    """Return the token that a form with this random key makes: the same each time it is sent, 256 bits.

    It takes the key and the secret of the site to work it out; the key is not stored.
    """
    said = ":".join((form_key.hex, *map(str, whose)))
    signed = salted_hmac("reports.share", said, algorithm="sha256").digest()
    return urlsafe_b64encode(signed).decode().rstrip("=")


def token_hash(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()
