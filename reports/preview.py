"""Pages of a PDF as pictures, so that a report can be looked at without a plugin, on a phone too.

Widths are pixels. PDFium is not thread-safe, so one lock guards it.
"""

import io
import threading
from functools import lru_cache

import pypdfium2
from django.core.files.storage import default_storage

WIDTH = 920
_pdfium = threading.Lock()


class NoSuchPage(LookupError):
    """The report has no page of this number."""


@lru_cache(maxsize=64)
def page_picture(name: str, sha256: str, page: int, width: int = WIDTH) -> bytes:
    """Return one page (from 1) of a stored PDF as a PNG of this width; `sha256` names the file's content.

    Raises NoSuchPage, or FileNotFoundError when the file is gone.
    """
    with default_storage.open(name, "rb") as file:
        pdf = file.read()
    with _pdfium:
        document = pypdfium2.PdfDocument(pdf)
        try:
            if not 1 <= page <= len(document):
                raise NoSuchPage(page)
            sheet = document[page - 1]
            picture = sheet.render(scale=width / sheet.get_width()).to_pil()
        finally:
            document.close()
    out = io.BytesIO()
    picture.convert("P", palette=1, colors=128).save(out, "PNG", optimize=False)
    return out.getvalue()
