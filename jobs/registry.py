"""Kinds of jobs and the functions that do them. Apps register theirs in AppConfig.ready()."""

from collections.abc import Callable

from jobs.models import Job

Beat = Callable[[int, str], None]
Handler = Callable[[Job, Beat], None]

_handlers: dict[str, Handler] = {}


def register(kind: str, handler: Handler) -> None:
    """Let `handler` do the jobs of this kind. A kind has one handler."""
    known = _handlers.setdefault(kind, handler)
    if known is not handler:
        raise ValueError(f"the job kind {kind!r} already has a handler")


def handler_for(kind: str) -> Handler | None:
    """Return the handler of a kind; None when no installed app knows it."""
    return _handlers.get(kind)


def kinds() -> list[str]:
    """Return the known kinds in order."""
    return sorted(_handlers)
