"""Read a printed report back: its text, every byte of it, the elements of its structure."""

import io
import re
import subprocess

import pikepdf


def text_of(data: bytes) -> str:
    """Return what a reader can copy out of it, in reading order."""
    done = subprocess.run(["pdftotext", "-raw", "-", "-"], input=data, check=True, capture_output=True)
    return re.sub(r"\s+", " ", done.stdout.decode())


def lines_by_page(data: bytes) -> list[int]:
    """Return how many lines of text stand on each page, with those at its head and foot."""
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=data, check=True, capture_output=True)
    pages = done.stdout.decode().split("\f")[:-1]
    return [sum(1 for line in page.splitlines() if line.strip()) for page in pages]


def everything_in(data: bytes) -> bytes:
    """Return every byte of a PDF with all its streams unpacked, and its text as a reader sees it."""
    plain = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as file:
        file.save(plain, stream_decode_level=pikepdf.StreamDecodeLevel.all, compress_streams=False)
    return plain.getvalue() + text_of(data).encode()


def elements(node: pikepdf.Object):
    """Yield the elements of the structure tree in order."""
    kids = node.get("/K")
    if kids is None:
        return
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            yield kid
            yield from elements(kid)
