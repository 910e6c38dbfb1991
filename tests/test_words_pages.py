"""Every page that a Spanish speaker opens is Spanish: no English word is left on it, whoever wrote the sentence."""

import re
from html.parser import HTMLParser

import pytest
from django.test import Client

from tests import words
from tests.factories.people import House
from tests.test_access_table import ROWS, Row

# Words that no Spanish sentence has and hardly an English one goes without.
ENGLISH = re.compile(
    r"\b(the|and|of|you|your|is|are|this|that|with|for|not|have|has|it|to|from|by|or|was|be|can|will|on|in)\b",
    re.IGNORECASE,
)

# What people of the house (tests/factories) typed themselves, in their own language.
THEIR_OWN = ("Ask the neighbours", "The disk is full.", "Proof of Old computers (es)")


class Seen(HTMLParser):
    """Collects what a person sees or hears of a page, but for parts in another language."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.stack: list[bool] = [False]  # for each open element: silent?

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        self.parts += [given[name] or "" for name in words.SEEN_ATTRIBUTES if name in given]
        if tag in ("input", "br", "img", "link", "meta", "hr", "col", "wbr", "path", "rect", "line"):
            return
        self.stack.append(self.stack[-1] or tag in ("script", "style") or given.get("lang") == "en")

    def handle_endtag(self, tag: str) -> None:
        if len(self.stack) > 1:
            self.stack.pop()

    def handle_data(self, data: str) -> None:
        if not self.stack[-1]:
            self.parts.append(data)


@pytest.mark.parametrize("row", [row for row in ROWS if row.method == "get"], ids=str)
def test_no_english_is_left(row: Row, house: House, spanish: None) -> None:
    director = house.people["director"]
    director.language = "es"
    director.save()
    client = Client(headers={"accept-language": "es"})
    if row.outcomes["anonymous"] != "ok":
        client.force_login(director)
    answer = client.get(row.path(house))
    answer.close()
    if not answer.get("Content-Type", "").startswith("text/html") or answer.status_code >= 300:
        return
    assert answer["Content-Language"] == "es"
    seen = Seen()
    seen.feed(answer.text)
    found = [" ".join(part.split()) for part in seen.parts if ENGLISH.search(part)]
    assert not [part for part in found if not any(own in part for own in THEIR_OWN)]
