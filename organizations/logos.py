"""Read a picture that somebody uploaded, and write our own PNG of it: nothing of the file itself is kept.

Sizes are bytes and pixels. Place and camera (EXIF), text and animation are left behind.
"""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _
from PIL import Image, ImageFile, ImageOps, UnidentifiedImageError

MOST_BYTES = 2 * 1024 * 1024
MOST_PIXELS = 25_000_000
LARGEST = (1200, 600)
FORMATS = ("PNG", "JPEG", "WEBP", "GIF")


def read_logo(upload: UploadedFile) -> bytes:
    """Return the picture as a PNG that fits into 1200 x 600 pixels.

    Raises ValidationError, with one sentence, for what is too large, no picture, or of a kind that can hold programs.
    """
    if (upload.size or 0) > MOST_BYTES:
        raise ValidationError(_("This picture is larger than 2 MB. Save a smaller one and try again."))
    content = upload.read(MOST_BYTES + 1)
    if _looks_like_svg(content):
        raise ValidationError(
            _("SVG pictures can hold programs, so they are refused. Save it as PNG and try again.")
        )
    return redrawn(content)


def redrawn(content: bytes) -> bytes:
    """Return a picture drawn again as a PNG of at most 1200 x 600 pixels; raises ValidationError like `read_logo`."""
    try:
        return _as_png(content)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        raise ValidationError(_too_many_pixels()) from None
    except (
        UnidentifiedImageError,
        OSError,
        SyntaxError,
        ValueError,
        MemoryError,
        EOFError,
        OverflowError,
    ):
        raise ValidationError(
            _("This file is not a picture that we can use. Use a PNG, JPEG, WebP or GIF picture.")
        ) from None


def _too_many_pixels() -> str:
    return _("This picture has more than 25 million pixels. Save a smaller one and try again.")


def _looks_like_svg(content: bytes) -> bool:
    head = content[:2000].lower()
    return b"<svg" in head or (head.lstrip().startswith((b"<?xml", b"<!doctype")))


@contextmanager
def _whole_pictures_only() -> Iterator[None]:
    """Refuse cut-off pictures for a while: WeasyPrint, once imported, lets them pass in the whole process."""
    before = ImageFile.LOAD_TRUNCATED_IMAGES
    ImageFile.LOAD_TRUNCATED_IMAGES = False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _as_png(content: bytes) -> bytes:
    with _whole_pictures_only(), warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(io.BytesIO(content), formats=FORMATS) as image:
            if image.width * image.height > MOST_PIXELS:
                raise ValidationError(_too_many_pixels())
            upright = ImageOps.exif_transpose(image)
            picture = upright.convert("RGBA" if _has_transparency(upright) else "RGB")
            picture.thumbnail(LARGEST)
            clean = Image.new(picture.mode, picture.size)
            clean.paste(picture)
            out = io.BytesIO()
            clean.save(out, format="PNG", optimize=True)
            return out.getvalue()


def _has_transparency(image: Image.Image) -> bool:
    return image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
