"""A sign of life for a watcher outside: a file that the main process of worker or beat touches itself.

What the worker's children write is no such sign: they live on when the main process hangs. So the main
loop touches the file, and a render in a child, however long, is no silence. While the broker is away the loop
does not turn; a thread of the main process touches the file then. A job that no child takes up stops the pulse
as well: the child hangs, and only a new worker helps. The file is named by TECHPLAN_PULSE; without it none
is touched. Who reads it: script/supervisor.py and script/watch.py. The web server gives the same sign
(techplan/gunicorn_conf.py). Times are seconds.
"""

import os
import threading
import time
from pathlib import Path
from typing import Any

from celery import bootsteps
from celery.beat import Scheduler
from celery.worker import state

PULSE_SECONDS = float(os.environ.get("TECHPLAN_PULSE_SECONDS", "2"))
TAKE_UP_SECONDS = 15 * PULSE_SECONDS
ENDED = {bootsteps.CLOSE, bootsteps.TERMINATE}


def touch() -> None:
    """Say that this process is alive, where somebody wants to know."""
    path = os.environ.get("TECHPLAN_PULSE")
    if path:
        Path(path).touch(mode=0o600)


class WorkerPulse(bootsteps.StartStopStep):
    """The worker's pulse, as a part of its consumer."""

    def __init__(self, consumer: Any, **kwargs: Any) -> None:
        super().__init__(consumer, **kwargs)
        self.waiting_since: float | None = None
        if os.environ.get("TECHPLAN_PULSE"):
            threading.Thread(target=self._keep, args=(consumer,), name="pulse", daemon=True).start()

    def _keep(self, consumer: Any) -> None:
        """Ask the loop again and again to touch the file; until there is a loop, touch it from here."""
        while consumer.blueprint.state not in ENDED:
            if getattr(consumer, "connection", None) is None:
                touch()
            else:
                consumer.call_soon(self._turn)
            time.sleep(PULSE_SECONDS)

    def _turn(self) -> None:
        """Touch the file, unless a job has waited too long for a child to take it up."""
        if not state.reserved_requests or state.active_requests:
            self.waiting_since = None
        elif self.waiting_since is None:
            self.waiting_since = time.monotonic()
        elif time.monotonic() - self.waiting_since > TAKE_UP_SECONDS:
            return
        touch()


class PulsingScheduler(Scheduler):
    """Beat's scheduler, kept in memory: a schedule file that a kill cut short would keep it from starting."""

    def tick(self, *args: Any, **kwargs: Any) -> float:
        """Touch the file and do what is due; return the seconds until the next time."""
        touch()
        wait: float = super().tick(*args, **kwargs)
        return min(wait, PULSE_SECONDS)
