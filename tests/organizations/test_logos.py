"""Pictures that people upload: what is kept is ours, what is hostile is refused in one line."""

import io
import struct
import zlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageFile

from organizations.logos import MOST_BYTES, read_logo


def upload(content: bytes, name: str = "logo.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/png")


def picture(form: str, size: tuple[int, int] = (40, 20), mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size, "teal" if mode != "L" else 90).save(out, form, **options)
    return out.getvalue()


def chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def png_header(width: int, height: int) -> bytes:
    """Return a file of a few bytes that says it is a picture of this size."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0"))


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP", "GIF"])
def test_a_picture_becomes_our_own_png(form: str) -> None:
    with Image.open(io.BytesIO(read_logo(upload(picture(form))))) as read:
        assert (read.format, read.size) == ("PNG", (40, 20))


def test_a_large_picture_is_made_to_fit() -> None:
    with Image.open(io.BytesIO(read_logo(upload(picture("PNG", (3000, 900)))))) as read:
        assert read.size == (1200, 360)


def test_place_and_camera_are_left_behind_and_the_picture_stands_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825)[1] = "N"
    content = read_logo(upload(picture("JPEG", exif=exif)))
    with Image.open(io.BytesIO(content)) as read:
        assert read.size == (20, 40)
        assert dict(read.getexif()) == {}
        assert read.info == {}
    assert b"SecretCamera" not in content


def test_a_picture_that_is_cut_off_is_refused_whatever_was_imported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    with pytest.raises(ValidationError, match="not a picture"):
        read_logo(upload(picture("PNG")[:60]))
    assert ImageFile.LOAD_TRUNCATED_IMAGES, "a report with a damaged picture is still printed in this process"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "not a picture"),
        (b"GIF89a but not really", "not a picture"),
        (b"%PDF-1.7 something", "not a picture"),
        (b"BM" + b"\0" * 60, "not a picture"),
        (picture("PNG")[:60], "not a picture"),
        (picture("BMP"), "not a picture"),
        (picture("TIFF"), "not a picture"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "SVG"),
        (b"<?xml version='1.0'?><!DOCTYPE x [<!ENTITY a 'b'>]><svg>&a;</svg>", "SVG"),
        (png_header(100_000, 100_000), "25 million"),
        (png_header(6000, 6000), "25 million"),
        (picture("PNG") + b"\0" * MOST_BYTES, "2 MB"),
    ],
    ids=lambda value: value if isinstance(value, str) else f"{len(value)} bytes",
)
def test_a_hostile_file_is_refused_in_one_line(content: bytes, reason: str) -> None:
    with pytest.raises(ValidationError) as caught:
        read_logo(upload(content))
    assert len(caught.value.messages) == 1
    assert reason in caught.value.messages[0]
    assert "\n" not in caught.value.messages[0]
