"""Text of one line: names, titles, whoever is named. It stands in lists, in mails and on a funder's page."""

import unicodedata

# What turns the direction of all that follows: a name must not make the words around it read otherwise.
TURNING = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and signs by kind, empty to the eye
BREAKS = frozenset({"Cc", "Zl", "Zp"})  # control characters; separators of lines and paragraphs


class NotOneLineError(ValueError):
    """Line breaks or control characters are in a text, or nothing that can be seen."""


def one_line(text: str) -> str:
    """Return a text without the characters that turn its direction; nothing at all is a text too.

    Raises NotOneLineError.
    """
    if any(unicodedata.category(sign) in BREAKS for sign in text):
        raise NotOneLineError
    if text and not any(_is_seen(sign) for sign in text):
        raise NotOneLineError
    return straight(text)


def straight(text: str) -> str:
    """Return a text, of however many lines, without the characters that turn its direction."""
    return text.translate(TURNING)


def _is_seen(sign: str) -> bool:
    """Whether a character leaves ink by itself: letters, figures, punctuation, signs."""
    return unicodedata.category(sign)[0] in "LNPS" and sign not in BLANK_LETTERS
