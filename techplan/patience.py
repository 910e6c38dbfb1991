"""A gunicorn worker that does not wait for ever for a request to come.

gthread reads a request in one of its few threads, without a limit of time. Here the waiting is counted: for half a
header or half a body a thread waits PATIENCE seconds, and what comes earns more time. In production a proxy takes the
whole request first (see Caddyfile); this is for where none stands before the server.
"""

import errno
import socket
import time
from typing import Any

from gunicorn.workers.gthread import _DEFER, TConn, ThreadWorker

PATIENCE = 10.0
# What a slow line brings in a second at least: 32 kbit.
SLOWEST = 4096


class PatientSocket(socket.socket):
    """A connection on which a request may be waited for `left` seconds in all."""

    left = PATIENCE

    def recv(self, size: int, flags: int = 0) -> bytes:
        """Receive as ever; when the patience is at an end, the other side counts as gone."""
        given = self.gettimeout()
        if self.left <= 0:
            raise _gone()
        began = time.monotonic()
        self.settimeout(self.left if given is None else min(given, self.left))
        try:
            data = super().recv(size, flags)
        except TimeoutError:
            if given is None or given > self.left:
                raise _gone() from None
            raise
        finally:
            self.left -= time.monotonic() - began
            self.settimeout(given)
        self.left = min(PATIENCE, self.left + len(data) / SLOWEST)
        return data


class PatientWorker(ThreadWorker):
    """gunicorn's worker of threads, with patient connections."""

    def handle(self, conn: TConn) -> Any:
        """Read one request and answer it, in a thread; a new connection that says nothing yet waits without one."""
        if not conn.initialized and not conn.wait_for_data(0):
            return _DEFER
        if not isinstance(conn.sock, PatientSocket):
            conn.sock = PatientSocket(fileno=conn.sock.detach())
        conn.sock.left = PATIENCE
        return super().handle(conn)


def _gone() -> OSError:
    """Return the error of a connection that was broken off: gunicorn and Django close it without a traceback."""
    return ConnectionResetError(errno.ECONNRESET, "the request came too slowly")
