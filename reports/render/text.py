"""Make text that people typed safe to print: no control characters, no marks that turn the order of letters round.

What is typed stays as it is in the database and in the document; only the printed copy is cleaned, so that a name
cannot turn the figures beside it round, and a stray byte cannot break a page. HTML is escaped by the template.
"""

import json
import re
from collections.abc import Collection

from reports.core.document import Document, canonical, read

# C0 and C1 controls except tab and line feed, bidirectional marks and overrides, line and paragraph separators,
# lone surrogates, the byte order mark and non-characters.
UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufeff\ufffe\uffff]"
)

INSTEAD = "?"


def clean(document: Document, letterless: Collection[str] = ()) -> Document:
    """Return the document with every text printable; `letterless` are letters that no font of this machine has."""
    text = canonical(document).decode("utf-8", "surrogatepass")
    plain = json.loads(text)
    if not letterless and not UNPRINTABLE.search(text) and "\\u" not in text:
        return document
    return read(_clean(plain, str.maketrans(dict.fromkeys(letterless, INSTEAD))))


def _clean(value: object, instead: dict[int, str]) -> object:
    if isinstance(value, str):
        return UNPRINTABLE.sub("", value).translate(instead)
    if isinstance(value, dict):
        return {key: _clean(part, instead) for key, part in value.items()}
    if isinstance(value, list):
        return [_clean(part, instead) for part in value]
    return value
