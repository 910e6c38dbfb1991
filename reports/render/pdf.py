"""The one door to WeasyPrint: a document in, a tagged PDF out. The same document and options give the same bytes.

Rendering is closed: the page may only use our own static files and the logo that is in the document; anything else is
refused, because a plan holds text typed by people. It is also loud: WeasyPrint alone would drop a missing font or
picture with a line in a log, here the report fails with a sentence. Fonts and stylesheets are read once a process.
"""

import gc
import logging
import re
from base64 import b64decode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from typing import Any

from django.contrib.staticfiles import finders
from django.template import TemplateDoesNotExist, TemplateSyntaxError
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, override
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from reports.core.document import Document, redact
from reports.render.context import build
from reports.render.errors import ReportError
from reports.render.text import clean

__all__ = ["LANGUAGES", "PAPERS", "Options", "Rendered", "ReportError", "html", "render"]

BASE_URL = "https://report.invalid/"
LANGUAGES = ("en", "es")
# The sheet, with margins that leave a field of 504 x 690 pt on Letter and 504 x 740 pt on A4.
PAPERS = {
    "letter": "@page { size: letter; margin: 54pt 54pt 48pt } @page cover { margin: 60pt 54pt 40pt }",
    "a4": "@page { size: A4; margin: 54pt 45.5pt 48pt } @page cover { margin: 72pt 45.5pt 40pt }",
}
GC_THRESHOLD = 50_000  # a render makes many objects that live to its end
SCOPES = {"row": "/Row", "rowgroup": "/Row", "col": "/Column"}
PAGE_OF_LAYOUT = re.compile(r"Page (\d+)")
NO_GLYPH = re.compile(
    r"^\.notdef glyph .*\(U\+([0-9A-F]+)\)"
)  # how WeasyPrint tells of a letter without a font
TAG = re.compile(r"<[^>]*>")
# A word with a letter that is neither Latin nor punctuation: our own fonts may lack it.
RARE_WORD = re.compile(r"[^\s<>]*[^\s<>\0-\u024f\u2000-\u206f][^\s<>]*")

# Progress is told in English: who looks at it may speak another language than the report.
Progress = Callable[[int, str], None]
PAGE = gettext_noop("Page %(page)d")


@dataclass(frozen=True, slots=True)
class Options:
    """How a document is rendered: for which language and sheet, and what of it. `code` is printed in it."""

    language: str = "en"
    paper: str = "letter"
    security: bool = True
    notes: bool = True
    appendix: bool = True
    names: bool = True
    code: str = ""

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES or self.paper not in PAPERS:
            raise ValueError(f"No such language or paper: {self.language!r}, {self.paper!r}.")


@dataclass(frozen=True, slots=True)
class Rendered:
    """A finished PDF and how many pages it has."""

    pdf: bytes
    pages: int


class ClosedFetcher(URLFetcher):
    """Serve our own static files and the document's logo; refuse the network, the file system and data URLs."""

    def __init__(self, logo: bytes = b"") -> None:
        super().__init__(fail_on_errors=True)
        self.logo = logo

    def fetch(self, url: str, headers: Any = None) -> Any:
        """Return the file behind one of our own addresses; raises ValueError for everything else."""
        name = url.removeprefix(BASE_URL) if url.startswith(BASE_URL) else ""
        if name == "logo.png" and self.logo:
            return URLFetcherResponse(url, body=self.logo, headers={"Content-Type": "image/png"})
        found = finders.find(name) if name else None
        if not found:
            shown = url if len(url) < 80 else f"{url[:77]}..."
            raise ValueError(f"{shown!r} is not one of our static files")
        return super().fetch(f"file://{found}", headers)


class _Warnings(logging.Handler):
    """Keeps what WeasyPrint says about fonts and pictures that it could not use."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep one line."""
        self.lines.append(record.getMessage())


class _Pages(logging.Handler):
    """Tells how far the layout is: WeasyPrint logs each page that it lays out."""

    def __init__(self, on_progress: Progress) -> None:
        super().__init__(logging.INFO)
        self.on_progress = on_progress
        self.page = 0

    def emit(self, record: logging.LogRecord) -> None:
        """Pass on the number of a page that was not laid out before."""
        found = PAGE_OF_LAYOUT.search(record.getMessage())
        if found and int(found[1]) > self.page:
            self.page = int(found[1])
            self.on_progress(min(90, 10 + 4 * self.page), PAGE % {"page": self.page})


def render(document: Document, *, options: Options, on_progress: Progress | None = None) -> Rendered:
    """Return the PDF of what the options grant of a document.

    Raises ReportError with a plain sentence: a missing font or picture, a refused resource, a failing template.
    """
    with override(options.language):
        if on_progress:
            on_progress(5, gettext_noop("Writing the pages"))
        pdf, pages = _printed(document, options, on_progress)
        if on_progress:
            on_progress(100, gettext_noop("Ready"))
    return Rendered(pdf, pages)


def _printed(document: Document, options: Options, on_progress: Progress | None) -> tuple[bytes, int]:
    """Print until no letter is missing: a picture or a script that no font here has must not stop a report."""
    page = html(document, options=options)
    letterless = _tried(page, document, options)
    if letterless:
        page = html(document, options=options, letterless=letterless)
    while True:
        pdf, pages, missing = _print(page, document, options, on_progress)
        if not missing:
            return pdf, pages
        if missing <= letterless:
            raise ReportError(_("No font of this site can print “%(what)s”.") % {"what": min(missing)})
        letterless |= missing
        page = html(document, options=options, letterless=letterless)


def _tried(page: str, document: Document, options: Options) -> frozenset[str]:
    """Return the letters of a page that no font here has, as far as a short page tells: a whole one takes seconds."""
    words = sorted(set(RARE_WORD.findall(TAG.sub(" ", page))))
    if not words:
        return frozenset()
    short = f'<html lang="{options.language}"><title>-</title><p>{" ".join(words)}</p></html>'
    return _print(short, document, options, None)[2]


def html(document: Document, *, options: Options, letterless: frozenset[str] = frozenset()) -> str:
    """Return the report as HTML in the language of the options; another sign stands for each of `letterless`."""
    granted = redact(
        document,
        security=options.security,
        notes=options.notes,
        appendix=options.appendix,
        names=options.names,
    )
    with override(options.language):
        try:
            values = build(clean(granted, letterless), language=options.language, code=options.code)
            return render_to_string("reports/pdf/report.html", {**values, "letterless": bool(letterless)})
        except (TemplateDoesNotExist, TemplateSyntaxError, LookupError, TypeError, ValueError) as error:
            raise ReportError(
                _(
                    "The report cannot be laid out (%(what)s). Tell the people who run this site; your data is safe."
                )
                % {"what": f"{type(error).__name__}: {error}"[:200]}
            ) from error


def _print(
    page: str, document: Document, options: Options, on_progress: Progress | None
) -> tuple[bytes, int, frozenset[str]]:
    """Return the PDF, its number of pages, and the letters that it lacks."""
    fetcher = ClosedFetcher(b64decode(document.organization.logo))
    with _patient_collector(), _listening(on_progress) as warnings:
        try:
            fonts, styles = _styles(options.paper)
            laid_out = HTML(string=page, base_url=BASE_URL, url_fetcher=fetcher).render(
                font_config=fonts, stylesheets=list(styles), pdf_variant="pdf/ua-1"
            )
            pdf: bytes = laid_out.write_pdf(
                finisher=_add_scope,
                pdf_variant="pdf/ua-1",
                pdf_identifier=_identifier(page, document.organization.logo, options.paper),
            )
        except FatalURLFetchingError as error:  # a BaseException: `except Exception` misses it
            raise ReportError(
                _("The report uses something that is missing or not allowed: %(what)s.") % {"what": error}
            ) from error
    missing = {line: found for line in warnings.lines if (found := NO_GLYPH.search(line))}
    others = [line for line in warnings.lines if line not in missing]
    if others:
        raise ReportError(
            _("A font or picture of the report cannot be used: %(what)s.") % {"what": others[0][:200]}
        )
    return pdf, len(laid_out.pages), frozenset(chr(int(found[1], 16)) for found in missing.values())


@lru_cache(maxsize=len(PAPERS))
def _styles(paper: str) -> tuple[FontConfiguration, tuple[CSS, ...]]:
    """Return fonts and stylesheets of a sheet, read once a process. CSS must be parsed with the fonts it brings."""
    fonts = FontConfiguration()
    with _listening(None) as warnings:
        main = CSS(
            url=f"{BASE_URL}css/report.css", url_fetcher=ClosedFetcher(), font_config=fonts, base_url=BASE_URL
        )
        sheet = CSS(string=PAPERS[paper], base_url=BASE_URL, font_config=fonts, url_fetcher=ClosedFetcher())
    if warnings.lines:
        raise ReportError(
            _("A font of the report cannot be used: %(what)s.") % {"what": warnings.lines[0][:200]}
        )
    return fonts, (main, sheet)


@contextmanager
def _listening(on_progress: Progress | None) -> Iterator[_Warnings]:
    """Collect WeasyPrint's warnings, and pass on its progress."""
    warnings = _Warnings()
    loggers: list[tuple[logging.Logger, logging.Handler]] = [(logging.getLogger("weasyprint"), warnings)]
    progress = logging.getLogger("weasyprint.progress")
    before = progress.level, progress.propagate
    if on_progress:
        loggers.append((progress, _Pages(on_progress)))
        progress.setLevel(logging.INFO)
        progress.propagate = False  # each page would be a line in the server's log
    for logger, handler in loggers:
        logger.addHandler(handler)
    try:
        yield warnings
    finally:
        for logger, handler in loggers:
            logger.removeHandler(handler)
        progress.setLevel(before[0])
        progress.propagate = before[1]


@contextmanager
def _patient_collector() -> Iterator[None]:
    """Let Python look for garbage less often during a render, and once after it: else it would pile up."""
    before = gc.get_threshold()
    gc.set_threshold(GC_THRESHOLD, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.collect()


def _identifier(*printed: str) -> bytes:
    """Return the name of this file: of what is printed alone, so that it tells nothing of what was left out."""
    return sha256("\0".join(printed).encode()).hexdigest()[:32].encode()


def _add_scope(document: Any, pdf: Any) -> None:
    """Write /Scope on header cells: WeasyPrint 70 writes only /Headers on the data cells. Reads private fields."""
    todo: list[Any] = [page._page_box for page in document.pages]
    while todo:
        box: Any = todo.pop()
        box = getattr(box, "_box", box)
        todo.extend(getattr(box, "children", ()))
        if getattr(box, "element_tag", None) != "th" or box.element is None:
            continue
        scope, mark = box.element.attrib.get("scope"), getattr(box, "mark", None)
        if scope and mark is not None:
            mark["A"]["Scope"] = SCOPES[scope]
