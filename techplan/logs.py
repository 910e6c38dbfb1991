"""Keep secrets out of what the server writes down: an address that is a key must not stand in a log. And be brief.

Whoever reads a log could open what the address opens. A test goes through the URL table, so that a new address
of this kind cannot be forgotten. What somebody typed or sent stays in the line that tells of it: a line break in it
would begin another, which says whatever they like.
"""

import logging
import re

from django.core.exceptions import (
    DisallowedHost,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest

from techplan import disk

HIDDEN = "[hidden]"
# What stands before a secret in a path. `opened` is a page of its own, not a secret.
SECRET_AFTER = (
    r"/s/",
    r"/invitations/(?!opened/)",
    r"/accounts/confirm-email/",
    r"/accounts/password/reset/key/",
)
SECRET = re.compile(rf"({'|'.join(SECRET_AFTER)})[^/\s?\"']+")


def hide_secrets(text: str) -> str:
    """Return the text without the secret parts of the addresses in it."""
    return SECRET.sub(rf"\1{HIDDEN}", text)


# Requests that Django refuses for what they send, by the name of the fault.
REFUSALS = {
    f"django.security.{fault.__name__}"
    for fault in (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent, DisallowedHost)
}


def one_line(text: str) -> str:
    """Return the text with what cannot be seen, line breaks above all, written out: \\n, \\x1b."""
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in text)


def indented(text: str) -> str:
    """Return the lines of a text, each a little to the right, where no record begins."""
    return "\n".join(f"  {one_line(line)}" for line in text.splitlines())


def write_traceback(record: logging.LogRecord) -> None:
    """Let a record that tells of a fault hold its traceback as text."""
    if record.exc_info and not record.exc_text:
        record.exc_text = logging.Formatter().formatException(record.exc_info)


class OneLine(logging.Filter):
    """Keeps what a record says in one line, and its traceback apart from the records around it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, its message made final."""
        record.msg, record.args = one_line(record.getMessage()), ()
        write_traceback(record)
        if record.exc_text:
            record.exc_text = indented(record.exc_text)
        return True


class HideSecrets(logging.Filter):
    """Takes secrets out of every record that passes a handler."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass, its message made final."""
        record.msg, record.args = hide_secrets(record.getMessage()), ()
        write_traceback(record)
        if record.exc_text:
            record.exc_text = hide_secrets(record.exc_text)
        return True


class SayFullDisk(logging.Filter):
    """Tells of a full disk in one line, in place of a traceback for everything that could not be written."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass; one with a fault that a full disk explains says so."""
        fault = record.exc_info[1] if record.exc_info else None
        if disk.is_full(fault):
            why = " ".join(str(fault).split())
            record.msg, record.args = f"{record.getMessage()}: the disk is full ({why})", ()
            record.exc_info = record.exc_text = None
        return True


class SayRefusal(logging.Filter):
    """Tells in one line of a request that was refused for what it sent: the fault is not in our code."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let every record pass; one about a refused request names it in place of a traceback."""
        request = getattr(record, "request", None)
        if record.name in REFUSALS and isinstance(request, HttpRequest):
            path = request.path.encode("unicode_escape").decode()  # as Django writes it
            record.msg, record.args = f"{request.method} {path}: {record.getMessage()}", ()
            record.exc_info = record.exc_text = None
        return True
