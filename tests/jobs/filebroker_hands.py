"""A writer or a reader of the file queue, as a process of its own: `filebroker_hands.py write|read FOLDER ...`."""

import json
import sys
import time
from pathlib import Path
from queue import Empty
from typing import Any

from kombu import Connection

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))


def connect(folder: str) -> Connection:
    """Open the queue in a folder."""
    return Connection(
        "filesystem://localhost//",
        transport="jobs.filebroker:Transport",
        transport_options={
            "data_folder_in": folder,
            "data_folder_out": folder,
            "control_folder": f"{folder}/control",
        },
    )


def message(said: object, **changes: object) -> dict[str, Any]:
    """Return a message as kombu puts it into a queue."""
    whole = {
        "body": json.dumps(said),
        "content-type": "application/json",
        "content-encoding": "utf-8",
        "headers": {},
        "properties": {"delivery_tag": "1", "delivery_info": {}},
    }
    return {**whole, **changes}


def write(folder: str, name: str, count: int) -> None:
    """Put `count` messages of very different sizes, as quickly as it goes."""
    with connect(folder) as link:
        channel = link.default_channel
        for number in range(count):
            channel._put("stress", message([f"{name}-{number}", "x" * (number % 40) * 2000]))


def read(folder: str, out: str, seconds: float) -> None:
    """Take messages until none has come for `seconds`; write their bodies to a file."""
    with connect(folder) as link, Path(out).open("w") as file:
        channel = link.default_channel
        last = time.monotonic()
        while time.monotonic() - last < seconds:
            try:
                file.write(json.loads(channel._get("stress")["body"])[0] + "\n")
            except Empty:
                time.sleep(0.001)
                continue
            last = time.monotonic()


if __name__ == "__main__":
    what, where, third, fourth = sys.argv[1:5]
    if what == "write":
        write(where, third, int(fourth))
    else:
        read(where, third, float(fourth))
