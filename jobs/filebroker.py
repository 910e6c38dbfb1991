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
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.exceptions import ChannelError, KombuError
from kombu.transport import filesystem

logger = logging.getLogger(__name__)

SUFFIX = ".msg"
JSON = "application/json"


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
            taken = (
                folder / f".taken-{os.getpid()}-{uuid.uuid4().hex}"
            )  # without the name: that may be as long as any
            try:
                (folder / name).rename(taken)
            except FileNotFoundError:
                continue  # another reader was quicker
            try:
                text = taken.read_text(encoding="utf-8", errors="replace")
            except OSError as error:  # the sweep sends its job again
                logger.warning("put %s aside: it cannot be read (%s)", name, error.strerror)
                continue
            taken.unlink()
            message = self._message(text)
            if message is not None:
                return message
            logger.warning("threw away %s: it is not a message", name)
        raise Empty

    def _message(self, text: str) -> dict[str, Any] | None:
        """Return the message that a file holds; None for what would end a worker: whatever cannot be read whole."""
        try:
            message: dict[str, Any] = json.loads(text)
            read = self.Message(message, channel=self)  # type: ignore[no-untyped-call]
            body = read.decode()  # type: ignore[no-untyped-call]
            whole = read.content_type == JSON and _is_whole(read.headers, read.delivery_info, body)
        except (AttributeError, KombuError, LookupError, RecursionError, TypeError, ValueError):
            return None
        return message if whole else None

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
        """Return the file names of a queue's waiting messages, oldest first; put aside what is no plain file.

        A folder cannot be read, and to read from a pipe may take forever.
        """
        end = f"{queue}{SUFFIX}"
        with os.scandir(self.folder) as entries:
            named = [entry for entry in entries if entry.name.partition(".")[2] == end]
        plain = {entry.name for entry in named if entry.is_file(follow_symlinks=False)}
        for entry in named:
            if entry.name not in plain:
                self._put_aside(entry.name)
        return sorted(plain)

    def _put_aside(self, name: str) -> None:
        """Hide something from all readers, whoever made it; what cannot be moved is passed over each time."""
        folder = self.folder
        with suppress(OSError):
            (folder / name).rename(folder / f".aside-{uuid.uuid4().hex}")
            logger.warning("put %s aside: it is no plain file", name)

    def get_table(self, exchange: str) -> list[filesystem.exchange_queue_t]:
        """Return which queues an exchange feeds; a damaged file is empty, and the next worker writes it anew."""
        file = self._exchange_file(exchange)
        try:
            rows = json.loads(file.read_text(encoding="utf-8"))
            return [filesystem.exchange_queue_t(*row) for row in rows]
        except FileNotFoundError:
            return []
        except (RecursionError, TypeError, ValueError):
            logger.warning("%s is damaged: taken as empty", file.name)
            return []

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


def _is_whole(headers: object, delivery: object, body: object) -> bool:
    """Say whether the parts of a message are what Celery takes them for: a task's body is args, kwargs and options."""
    if not isinstance(headers, dict) or not isinstance(delivery, dict):
        return False
    if "task" not in headers:
        return True  # no task: Celery itself logs it and drops it
    parts = [type(part) for part in body] if isinstance(body, list) else []
    return isinstance(headers.get("id"), str) and parts == [list, dict, dict]


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
