"""Kinds of jobs and the functions that do them. Apps register theirs in AppConfig.ready()."""

from collections.abc import Callable
from typing import Any

from jobs.models import Job

Beat = Callable[[int, str], None]
Handler = Callable[[Job, Beat], None]

_handlers: dict[str, Handler] = {}
_kept: dict[str, frozenset[str]] = {}


def register(kind: str, handler: Handler, *, keeps: frozenset[str] | None = None) -> None:
    """Let `handler` do the jobs of this kind. A kind has one handler.

    `keeps` names what of a payload stays once a job is done or has failed for good; None: all of it.
    """
    known = _handlers.setdefault(kind, handler)
    if known is not handler:
        raise ValueError(f"the job kind {kind!r} already has a handler")
    if keeps is not None:
        _kept[kind] = keeps


def kept(job: Job) -> dict[str, Any]:
    """Return what stays of the payload of a job that is over."""
    names = _kept.get(job.kind)
    payload: dict[str, Any] = job.payload
    return payload if names is None else {key: value for key, value in payload.items() if key in names}


def handler_for(kind: str) -> Handler | None:
    """Return the handler of a kind; None when no installed app knows it."""
    return _handlers.get(kind)


def kinds() -> list[str]:
    """Return the known kinds in order."""
    return sorted(_handlers)
