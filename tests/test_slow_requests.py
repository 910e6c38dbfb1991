"""A request that comes slowly gives its thread back: a real server, its threads all held by half requests."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.serving import answers, serving

THREADS = 3
HEADER = b"\r\n".join(
    [
        b"POST /accounts/login/ HTTP/1.1",
        b"Host: 127.0.0.1",
        b"Content-Type: application/x-www-form-urlencoded",
        b"Cookie: csrftoken=" + b"a" * 32,  # without it the body is not read
        b"",
    ]
)


def begin(origin: str, text: bytes) -> socket.socket:
    address = urlsplit(origin)
    link = socket.create_connection((str(address.hostname), int(address.port or 0)), timeout=30)
    link.sendall(text)
    return link


@contextmanager
def dripping(origin: str, text: bytes) -> Iterator[list[socket.socket]]:
    """Hold every thread with a request that begins so and goes on by a byte twice a second."""
    links, over = [begin(origin, text) for _ in range(THREADS)], threading.Event()

    def drip(link: socket.socket) -> None:
        while not over.wait(0.5):
            try:
                link.sendall(b"a")
            except OSError:
                return

    drops = [threading.Thread(target=drip, args=(link,)) for link in links]
    for drop in drops:
        drop.start()
    try:
        yield links
    finally:
        over.set()
        for drop, link in zip(drops, links, strict=True):
            drop.join()
            link.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("rest", [b"X-Half: ", b"Content-Length: 50000\r\n\r\n"])
def test_half_requests_do_not_hold_the_threads(tmp_path: Path, rest: bytes) -> None:
    log = tmp_path / "log"
    with serving(log, processes=1, threads=THREADS) as origin, dripping(origin, HEADER + rest):
        time.sleep(0.5)
        assert not answers(origin, seconds=2)  # else nothing is tried here
        assert answers(origin, seconds=13)
    assert "Traceback" not in log.read_text()


@pytest.mark.django_db(transaction=True)
def test_connections_that_say_nothing_hold_no_thread(tmp_path: Path) -> None:
    with serving(tmp_path / "log", processes=1, threads=THREADS) as origin:
        links = [begin(origin, b"") for _ in range(4 * THREADS)]
        assert answers(origin, seconds=4)
        links[0].sendall(b"GET /healthz HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
        assert b" 200 " in links[0].makefile("rb").readline()
        for link in links:
            link.close()


@pytest.mark.django_db(transaction=True)
def test_a_slow_line_is_no_half_request(tmp_path: Path) -> None:
    with serving(tmp_path / "log", processes=1, threads=THREADS) as origin:
        link = begin(origin, HEADER + b"Connection: close\r\nContent-Length: 100000\r\n\r\n")
        for _ in range(5):
            time.sleep(3)
            link.sendall(b"a" * 20_000)
        assert b" 403 " in link.makefile("rb").readline()  # whole, and without a token
        link.close()
