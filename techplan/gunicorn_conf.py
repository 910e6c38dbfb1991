"""How gunicorn serves, in both modes: HOST, PORT, WEB_CONCURRENCY and WEB_THREADS can be set.

Its main process gives a sign of life as worker and beat do (jobs/pulse.py), for who watches it: were it stopped,
nobody would replace the processes that serve. They are no sign of life themselves, and may be as busy as they like.
"""

import logging
import os
from collections.abc import Callable
from typing import Any

from jobs.pulse import touch
from techplan.logs import HideSecrets, OneLine

bind = f"{os.environ.get('HOST', '127.0.0.1')}:{os.environ.get('PORT', '8000')}"
worker_class = "techplan.patience.PatientWorker"
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
# Load the code once and share its memory.
preload_app = True
timeout = 60
graceful_timeout = 4
keepalive = 5
max_requests = 5000
max_requests_jitter = 500
loglevel = "warning"
control_socket_disable = True

# Its own log of errors names paths; so does a log of requests, should somebody ask for one.
for _name in ("gunicorn.error", "gunicorn.access"):
    for _filter in (OneLine(), HideSecrets()):
        logging.getLogger(_name).addFilter(_filter)


def when_ready(server: Any) -> None:
    """Let each turn of the main loop, at least one a second, touch the file."""
    touch()
    server.murder_workers = _touching(server.murder_workers)


def _touching(turn: Callable[[], None]) -> Callable[[], None]:
    """Return this part of the loop, made to touch the file first. Gunicorn has no hook there."""

    def touching() -> None:
        touch()
        turn()

    return touching
