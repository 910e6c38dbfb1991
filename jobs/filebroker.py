"""A queue of files that loses nothing: kombu's file transport with atomic publishing.

kombu opens a message's file before it writes it, so a reader can take an empty one away for good. Here a
message is written under a hidden name, flushed to the disk and renamed; readers see whole files only.
They take a file by renaming it, which works for one of them. Names start with the wall clock in padded
nanoseconds, so that the order survives a restart of the machine. Settings: techplan/settings/base.py.
"""

import fcntl
import json
import logging
import os
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.exceptions import ChannelError
from kombu.transport import filesystem

logger = logging.getLogger(__name__)

SUFFIX = ".msg"


class Channel(filesystem.Channel):
    """One connection's view of the folder of messages."""

    @property
    def folder(self) -> Path:
        """Return the folder of waiting messages, readable by its owner only."""
        folder = Path(self.transport_options["data_folder_in"])
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder

    def _put(self, queue: str, payload: dict[str, Any], **_kwargs: Any) -> None:  # type: ignore[override]
        """Write a message whole, then show it."""
        name = f"{time.time_ns():020d}_{uuid.uuid4().hex}.{queue}{SUFFIX}"
        try:
            _write(self.folder / name, json.dumps(payload))
        except OSError as error:
            raise ChannelError(f"cannot write to the queue's folder: {error}") from error

    def _get(self, queue: str, timeout: float | None = None) -> dict[str, Any]:
        """Take the oldest message of a queue; raise Empty when there is none."""
        folder = self.folder
        for name in self._names(queue):
            taken = folder / f".{name}.taken-{os.getpid()}-{uuid.uuid4().hex}"
            try:
                (folder / name).rename(taken)
            except FileNotFoundError:
                continue  # another reader was quicker
            text = taken.read_text(encoding="utf-8", errors="replace")
            taken.unlink()
            try:
                message: dict[str, Any] = json.loads(text)
            except ValueError:
                logger.warning("threw away %s: it is not a message", name)
                continue
            return message
        raise Empty

    def _purge(self, queue: str) -> int:
        """Remove all messages of a queue; return how many there were."""
        names = self._names(queue)
        for name in names:
            (self.folder / name).unlink(missing_ok=True)
        return len(names)

    def _size(self, queue: str) -> int:
        """Return how many messages wait in a queue."""
        return len(self._names(queue))

    def _names(self, queue: str) -> list[str]:
        """Return the file names of a queue's waiting messages, oldest first."""
        end = f"{queue}{SUFFIX}"
        with os.scandir(self.folder) as entries:
            return sorted(entry.name for entry in entries if entry.name.partition(".")[2] == end)

    def get_table(self, exchange: str) -> list[filesystem.exchange_queue_t]:
        """Return which queues an exchange feeds."""
        try:
            table = json.loads(self._exchange_file(exchange).read_text(encoding="utf-8"))
        except FileNotFoundError:
            return []
        return [filesystem.exchange_queue_t(*row) for row in table]

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        """Let an exchange feed a queue; the file of the exchange is replaced whole."""
        row = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        with self._control_lock():
            table = self.get_table(exchange)
            if row not in table:
                _write(self._exchange_file(exchange), json.dumps([row, *table]))

    def _delete(
        self, queue: str, exchange: str, routing_key: str, pattern: str, *args: Any, **_kwargs: Any
    ) -> None:
        """Remove a queue with its messages and what feeds it."""
        self._purge(queue)
        row = filesystem.exchange_queue_t(routing_key or "", pattern or "", queue or "")
        with self._control_lock():
            table = self.get_table(exchange)
            if row in table:
                _write(self._exchange_file(exchange), json.dumps([other for other in table if other != row]))

    def _exchange_file(self, exchange: str) -> Path:
        """Return the file that says what an exchange feeds."""
        return Path(super()._exchange_file(exchange))  # type: ignore[no-untyped-call]

    @contextmanager
    def _control_lock(self) -> Iterator[None]:
        """Let one process at a time change what an exchange feeds."""
        self.control_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.control_folder / ".lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


class Transport(filesystem.Transport):
    """What the setting CELERY_BROKER_TRANSPORT names."""

    Channel = Channel


def _write(path: Path, text: str) -> None:
    """Make a file that others see whole or not at all, and that a power cut leaves whole or not at all."""
    draft = path.with_name(f".{path.name}.{os.getpid()}-{uuid.uuid4().hex}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
