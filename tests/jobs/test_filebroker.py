"""The queue of files: whole messages only, in order, each taken once, under stress and on a bad disk."""

import json
import os
import stat
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty

import pytest
from kombu import Connection
from kombu.exceptions import ChannelError

from jobs.filebroker import Channel
from tests.jobs.filebroker_hands import connect, message

HANDS = Path(__file__).with_name("filebroker_hands.py")
WRITERS, READERS, EACH = 4, 3, 400
DAMAGED = [
    b"",
    b"\xff{half a mess",
    b"[" * 100_000,
    *(
        json.dumps(whole).encode()
        for whole in (
            [],
            {},
            "text",
            message(1, body="{half"),
            message(1, headers=["task"]),
            message(1, properties={}),
            message(1, properties={"delivery_tag": "1", "delivery_info": 5}),
            message(1, properties={"delivery_tag": "1", "body_encoding": "base64"}, body="a"),
            message([[], {}], headers={"task": "jobs.run", "id": "1"}),
            message([[], {}, {}], headers={"task": "jobs.run"}),
            message(1, **{"content-type": None}),
            message(1, **{"content-type": "application/x-python-serialize"}),
        )
    ),
]


@pytest.fixture
def link(tmp_path: Path) -> Iterator[Connection]:
    with connect(str(tmp_path / "queue")) as link:
        yield link


@pytest.fixture
def channel(link: Connection) -> Channel:
    return link.default_channel


def test_messages_come_out_in_the_order_in_which_they_went_in(channel: Channel) -> None:
    for number in range(30):
        channel._put("q", message(number))
    assert [channel._get("q")["body"] for _ in range(30)] == [str(number) for number in range(30)]
    with pytest.raises(Empty):
        channel._get("q")


def test_queues_in_one_folder_do_not_mix(channel: Channel) -> None:
    channel._put("a", message(1))
    channel._put("b", message(2))
    assert (channel._size("a"), channel._size("b")) == (1, 1)
    assert channel._purge("a") == 1
    assert channel._get("b") == message(2)


def test_files_and_folder_are_for_their_owner_only(channel: Channel, tmp_path: Path) -> None:
    channel._put("q", message(1))
    assert stat.S_IMODE((tmp_path / "queue").stat().st_mode) == 0o700
    assert [stat.S_IMODE(file.stat().st_mode) for file in (tmp_path / "queue").glob("*.msg")] == [0o600]


@pytest.mark.parametrize("damaged", DAMAGED)
def test_a_file_that_is_no_message_is_thrown_away_and_the_next_one_comes(
    channel: Channel, tmp_path: Path, damaged: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "queue").mkdir(exist_ok=True)
    (tmp_path / "queue" / "00000000000000000001_x.q.msg").write_bytes(damaged)
    channel._put("q", message(1))
    assert channel._get("q") == message(1)
    assert channel._size("q") == 0
    assert [record.getMessage() for record in caplog.records] == [
        "threw away 00000000000000000001_x.q.msg: it is not a message"
    ]


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, lambda path: path.symlink_to("nowhere")])
def test_what_is_no_plain_file_is_put_aside_and_the_next_one_comes(
    channel: Channel, tmp_path: Path, caplog: pytest.LogCaptureFixture, make: Callable[[Path], None]
) -> None:
    odd = tmp_path / "queue" / "00000000000000000001_x.q.msg"
    channel._put("q", message(1))
    make(odd)
    assert channel._size("q") == 1
    assert channel._get("q") == message(1)
    with pytest.raises(Empty):
        channel._get("q")
    assert channel._purge("q") == 0
    assert not os.path.lexists(odd)
    assert [record.getMessage() for record in caplog.records] == [
        "put 00000000000000000001_x.q.msg aside: it is no plain file"
    ]


def test_a_name_as_long_as_the_disk_takes_it_is_a_name(channel: Channel, tmp_path: Path) -> None:
    name = "1".rjust(255 - len(".q.msg"), "0") + ".q.msg"
    (tmp_path / "queue").mkdir(exist_ok=True)
    (tmp_path / "queue" / name).write_text(json.dumps(message(1)))
    assert channel._get("q") == message(1)


def test_a_message_in_the_making_is_invisible(channel: Channel, tmp_path: Path) -> None:
    (tmp_path / "queue").mkdir(exist_ok=True)
    (tmp_path / "queue" / ".00000000000000000001_x.q.msg.1-2").write_text("{")
    assert channel._size("q") == 0


def test_a_disk_that_takes_nothing_raises_and_leaves_nothing(
    channel: Channel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ChannelError, match="No space left"):
        channel._put("q", message(1))
    assert [path.name for path in (tmp_path / "queue").iterdir() if path.is_file()] == []


def test_what_an_exchange_feeds_is_kept_once(channel: Channel) -> None:
    for queue in ("a", "b", "a"):
        channel._queue_bind("x", queue, "", queue)
    assert sorted(row.queue for row in channel.get_table("x")) == ["a", "b"]
    channel._delete("a", "x", "a", "")
    assert [row.queue for row in channel.get_table("x")] == ["b"]


@pytest.mark.parametrize("damaged", [b"", b"[[", b"\xff", b"7", b"[7]", b'[["one"]]'])
def test_a_damaged_table_is_taken_as_empty_and_written_anew(
    channel: Channel, tmp_path: Path, damaged: bytes
) -> None:
    table = tmp_path / "queue" / "control" / "x.exchange"
    table.parent.mkdir(parents=True)
    table.write_bytes(damaged)
    assert channel.get_table("x") == []
    channel._delete("b", "x", "b", "")
    channel._queue_bind("x", "a", "", "a")
    assert [row.queue for row in channel.get_table("x")] == ["a"]


def test_nothing_is_lost_or_doubled_under_stress(tmp_path: Path) -> None:
    folder = str(tmp_path / "queue")
    outs = [tmp_path / f"out-{number}" for number in range(READERS)]
    readers = [subprocess.Popen([sys.executable, HANDS, "read", folder, str(out), "4"]) for out in outs]
    writers = [
        subprocess.Popen([sys.executable, HANDS, "write", folder, f"w{number}", str(EACH)])
        for number in range(WRITERS)
    ]
    assert [process.wait(timeout=120) for process in writers + readers] == [0] * (WRITERS + READERS)
    got = Counter(line for out in outs for line in out.read_text().split())
    assert got == Counter(f"w{writer}-{number}" for writer in range(WRITERS) for number in range(EACH))
