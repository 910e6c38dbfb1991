"""Read a page back as people do."""

import re
from typing import Any


def text_of(response: Any) -> str:
    """Return the words of a page without its tags, on one line."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))
