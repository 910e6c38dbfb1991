"""Read the words of the interface out of the source: what goes through gettext, and what a person sees without it.

No gettext tools are needed: Python is read as a syntax tree, templates by Django's own lexer.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from django.template.base import Lexer, Token, TokenType
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
APPS = ("techplan", "jobs", "organizations", "assessments", "planning", "reports", "portfolio")

Key = tuple[str | None, str]  # context and message; gettext keeps a message and its plural under the first

# How many leading arguments are text, and whether the first of them is a context.
CALLS = {
    "gettext": (1, False),
    "ngettext": (2, False),
    "pgettext": (2, True),
    "npgettext": (3, True),
    "gettext_noop": (1, False),
}
CALLS |= {f"{name}_lazy": shape for name, shape in CALLS.items()}


@dataclass(frozen=True, slots=True)
class Place:
    """Some words and where they stand."""

    path: Path
    line: int
    words: str

    def __str__(self) -> str:
        """Return a line that an editor can open."""
        return f"{self.path.relative_to(ROOT)}:{self.line}: {self.words}"


def python_files() -> list[Path]:
    """Return the Python files of the product, without migrations."""
    found = [path for app in APPS for path in sorted((ROOT / app).rglob("*.py"))]
    return [path for path in found if "migrations" not in path.parts]


def template_files() -> list[Path]:
    """Return the templates of pages, mails and reports."""
    return sorted([*(ROOT / "templates").rglob("*.html"), *(ROOT / "templates").rglob("*.txt")])


# --- what goes through gettext --------------------------------------------------------------------------------


def messages() -> dict[Key, list[Path]]:
    """Return every message of the source with the files that say it."""
    found: dict[Key, list[Path]] = {}
    for path in python_files():
        for key in _python_messages(path):
            found.setdefault(key, []).append(path)
    for path in template_files():
        for key in _template_messages(path):
            found.setdefault(key, []).append(path)
    return found


def _names(tree: ast.AST) -> dict[str, str]:
    """Return the local names of the gettext functions: {'_': 'gettext_lazy'}."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation":
            found |= {one.asname or one.name: one.name for one in node.names if one.name in CALLS}
    return found


def _called(node: ast.AST, names: dict[str, str]) -> str | None:
    """Return which gettext function a node calls, if it does."""
    if not isinstance(node, ast.Call):
        return None
    if isinstance(node.func, ast.Name):
        return names.get(node.func.id)
    if isinstance(node.func, ast.Attribute) and node.func.attr in CALLS:
        return node.func.attr
    return None


def _python_messages(path: Path) -> Iterator[Key]:
    tree = ast.parse(path.read_text())
    names = _names(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and any(_called(part, names) for part in ast.walk(node)):
            raise AssertionError(f"{path}:{node.lineno}: makemessages does not look into f-strings")
        function = _called(node, names)
        if function is None:
            continue
        assert isinstance(node, ast.Call)
        count, contextual = CALLS[function]
        given = node.args[:count]
        texts = [str(text.value) for text in given if isinstance(text, ast.Constant)]
        if len(texts) == count:
            yield (texts[0], texts[1]) if contextual else (None, texts[0])
        else:  # a name stands for words that a _noop has marked; words made on the spot nobody can translate
            made = [text for text in given if isinstance(text, ast.JoinedStr | ast.BinOp)]
            assert not made, f"{path}:{node.lineno}: gettext needs the words themselves"


_STRING = r"""[ub]?(?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*")"""
_TEMPLATE_CALL = re.compile(rf"\b(n?p?gettext|_)\(({_STRING})(?:,\s*({_STRING}))?", re.DOTALL)


def _template_messages(path: Path) -> Iterator[Key]:
    for name, first, second in _TEMPLATE_CALL.findall(templatize(path.read_text())):
        words = str(ast.literal_eval(first))
        yield (words, str(ast.literal_eval(second))) if "pgettext" in name else (None, words)


def early(path: Path) -> Iterator[Place]:
    """Yield the messages that are put into words when the file is read, before anybody's language is known."""
    tree = ast.parse(path.read_text())
    names = _names(tree)
    inside = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for part in ast.walk(node)
    }
    for node in ast.walk(tree):
        function = _called(node, names)
        if function and id(node) not in inside and not function.endswith(("_lazy", "_noop")):
            assert isinstance(node, ast.Call)
            yield Place(path, node.lineno, ast.unparse(node))


# --- what a person sees without it ----------------------------------------------------------------------------

# Keyword arguments and calls whose text people read.
SEEN_KEYWORDS = {
    "label",
    "help_text",
    "verbose_name",
    "verbose_name_plural",
    "empty_label",
    "title",
    "message",
}
SEEN_CALLS = {
    **dict.fromkeys(("ValidationError", "PermissionDenied", "JobFailed", "AmountError", "ReportError"), 0),
    **dict.fromkeys(("add_error", "success", "info", "warning", "error"), 1),
}
SEEN_CALLS_ON = {"success": "messages", "info": "messages", "warning": "messages", "error": "messages"}
CHOICES = {"TextChoices", "IntegerChoices", "Choices"}


def bare_python(path: Path) -> Iterator[Place]:
    """Yield text for people that a file does not put through gettext: labels, helps, choices, refusals."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Call):
            yield from (Place(path, text.lineno, str(text.value)) for text in _bare_of_call(node))
        elif isinstance(node, ast.ClassDef) and CHOICES & {_last(base) for base in node.bases}:
            for line in node.body:
                if isinstance(line, ast.Assign) and isinstance(line.value, ast.Tuple):
                    yield from (
                        Place(path, text.lineno, str(text.value)) for text in _texts(line.value.elts[1:])
                    )


def _bare_of_call(node: ast.Call) -> Iterator[ast.Constant]:
    for keyword in node.keywords:
        if keyword.arg in SEEN_KEYWORDS:
            yield from _texts([keyword.value])
        elif keyword.arg == "error_messages" and isinstance(keyword.value, ast.Dict):
            yield from _texts(keyword.value.values)
    name = _last(node.func)
    owner = _last(node.func.value) if isinstance(node.func, ast.Attribute) else ""
    if name in SEEN_CALLS and owner == SEEN_CALLS_ON.get(name, owner):
        yield from _texts(node.args[SEEN_CALLS[name] : SEEN_CALLS[name] + 1])


def _last(node: ast.expr) -> str:
    """Return the last name of a dotted one."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def _texts(nodes: list[ast.expr]) -> Iterator[ast.Constant]:
    """Yield the plain strings with words among the nodes, f-strings' parts included."""
    for node in nodes:
        if isinstance(node, ast.JoinedStr):
            yield from _texts(node.values)
        elif isinstance(node, ast.BinOp):
            yield from _texts([node.left])
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and wordy(node.value):
            yield node


def wordy(text: str) -> bool:
    """Say whether a text has words: two letters in a row."""
    return re.search(r"[^\W\d_]{2,}", text) is not None


HOLE = "\u2400"  # stands where a template puts something in
SEEN_ATTRIBUTES = {"alt", "title", "placeholder", "aria-label", "aria-description", "label", "data-copied"}
_LITERAL = re.compile(r"""(_\()?(?:"([^"]*)"|'([^']*)')""")
_FILTERS = "default|default_if_none|yesno|add|join|pluralize"
_WORDS_ARGUMENT = re.compile(rf"""\|\s*(?:{_FILTERS})(?::(?:"([^"]*)"|'([^']*)'))?""")


def bare_template(path: Path) -> Iterator[Place]:
    """Yield text for people that a template does not put through gettext."""
    tokens = list(_untranslated(Lexer(path.read_text()).tokenize()))
    for token in tokens:
        if token.token_type is TokenType.VAR:
            yield from (Place(path, token.lineno or 0, words) for words in _arguments(token.contents))
        elif token.token_type is TokenType.BLOCK and token.split_contents()[0] in (
            "include",
            "with",
            "firstof",
        ):
            yield from (Place(path, token.lineno or 0, words) for words in _sentences(token.contents))
    # A tag keeps its line breaks, so that what is found stands at its own line.
    text = "".join(
        token.contents if token.token_type is TokenType.TEXT else HOLE + "\n" * token.contents.count("\n")
        for token in tokens
    )
    if path.suffix == ".txt":
        lines = enumerate(text.splitlines(), 1)
        yield from (Place(path, number, line) for number, line in lines if wordy(line))
        return
    reader = _Reader()
    reader.feed(text)
    reader.close()
    yield from (Place(path, line, words) for line, words in reader.found)


def _untranslated(tokens: list[Token]) -> Iterator[Token]:
    """Yield the tokens outside comments and blocks of translated text."""
    until = ""
    for token in tokens:
        name = token.contents.split(maxsplit=1)[0] if token.token_type is TokenType.BLOCK else ""
        if until:
            until = "" if name == until else until
        elif name in ("blocktranslate", "blocktrans", "comment"):
            until = f"end{name}"
        elif token.token_type is not TokenType.COMMENT:
            yield token


def _arguments(contents: str) -> Iterator[str]:
    """Yield words given to a filter that shows them as they are."""
    for found in _WORDS_ARGUMENT.finditer(contents):
        words = found[1] or found[2] or ""
        if "pluralize" in found[0] or wordy(words):
            yield found[0]


def _sentences(contents: str) -> Iterator[str]:
    """Yield the strings of a tag that read like words for people, not like names of files or classes."""
    for found in _LITERAL.finditer(contents):
        words = found[2] or found[3] or ""
        if not found[1] and re.search(r"^[A-Z]|[^\W\d_] [^\W\d_]", words):
            yield words


class _Reader(HTMLParser):
    """Collects the text and the texts of attributes of a page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[int, str]] = []
        self.silent = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style"):
            self.silent += 1
        seen = [value for name, value in attributes if name in SEEN_ATTRIBUTES]
        if tag == "input" and dict(attributes).get("type") in ("submit", "button"):
            seen.append(dict(attributes).get("value"))
        self.found += [(self.getpos()[0], value.strip()) for value in seen if value and wordy(value)]

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self.silent -= 1

    def handle_data(self, data: str) -> None:
        if not self.silent and wordy(data):
            self.found.append((self.getpos()[0], " ".join(data.split())))
