"""Read one YAML file, closed and exact. Plain Python, no framework.

Numbers with a point become exact decimals, never floats. Anchors, aliases, tags, repeated keys, files over
1 MiB and deep nesting are refused: YAML lets them pass, and a content file needs none of them.
"""

import re
from collections.abc import Hashable, Iterable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

MAX_BYTES = 1024 * 1024
MAX_DEPTH = 20
MAX_LINES = 50


class ContentError(ValueError):
    """What is wrong with a content file: `lines`, one an error."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = list(lines)
        super().__init__("\n".join(self.lines))


def show(value: Any) -> str:
    """Return a short form of any value; large and nested ones are only described."""
    match value:
        case None:
            return "nothing"
        case str():
            return repr(value if len(value) <= 60 else value[:57] + "...")
        case dict():
            return "a mapping"
        case list() | tuple():
            return "a list"
        case bool():
            return "true" if value else "false"
        case int() | Decimal():
            return str(value)
    return f"a {type(value).__name__}"


class _Loader(yaml.CSafeLoader):
    """YAML's safe loader, with numbers read exactly and only in their plain form."""


def _exact_int(loader: _Loader, node: yaml.ScalarNode) -> int:
    if not re.fullmatch(r"[-+]?(0|[1-9][0-9]{0,17})", node.value):
        raise yaml.constructor.ConstructorError(
            None, None, f"{show(node.value)} is not a plain whole number", node.start_mark
        )
    return int(node.value)


def _exact_decimal(loader: _Loader, node: yaml.ScalarNode) -> Decimal:
    if not re.fullmatch(r"[-+]?[0-9]{1,18}\.[0-9]{0,18}", node.value):
        raise yaml.constructor.ConstructorError(
            None, None, f"{show(node.value)} is not a plain number", node.start_mark
        )
    return Decimal(node.value)


_Loader.add_constructor("tag:yaml.org,2002:int", _exact_int)
_Loader.add_constructor("tag:yaml.org,2002:float", _exact_decimal)


def read_yaml(path: Path, *, name: str | None = None, top: type = dict) -> Any:
    """Return the data of one YAML file whose top is a mapping (or a list, with `top=list`).

    Raises ContentError.
    """
    name = name or path.name
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise ContentError([f"{name}: (file): cannot be read: {error.strerror or 'no such file'}"]) from None
    return parse_yaml(data, name=name, top=top)


def parse_yaml(data: bytes, *, name: str, top: type = dict) -> Any:
    """Return the data of one YAML document given as bytes; `name` stands in the error lines.

    Raises ContentError.
    """
    if len(data) > MAX_BYTES:
        raise ContentError([f"{name}: (file): is larger than 1 MiB"])
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ContentError([f"{name}: (file): is not UTF-8 text (byte {error.start + 1})"]) from None
    try:
        if slips := [f"{name}: line {line}: {what}" for line, what in _event_slips(text)]:
            raise ContentError(slips[:MAX_LINES])
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            if slips := [f"{name}: line {line}: {what}" for line, what in sorted(_key_slips(node))]:
                raise ContentError(slips[:MAX_LINES])
            found = None if node is None else loader.construct_document(node)
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        where = f"line {mark.line + 1}" if mark else "(file)"
        what = " ".join(str(error.problem or error.context).split())
        raise ContentError([f"{name}: {where}: not valid YAML: {what}"]) from None
    except yaml.YAMLError as error:
        raise ContentError(
            [f"{name}: (file): not valid YAML: {' '.join(str(error).split())[:120]}"]
        ) from None
    except (ValueError, ArithmeticError) as error:  # such as the 31st of February
        if isinstance(error, ContentError):
            raise
        raise ContentError([f"{name}: (file): has a value that cannot be read: {error}"]) from None
    if found is None:
        raise ContentError([f"{name}: (file): is empty"])
    if not isinstance(found, top):
        wanted = "a list" if top is list else "a mapping"
        raise ContentError([f"{name}: (file): must be {wanted} at the top, is {show(found)}"])
    return found


def _event_slips(text: str) -> Iterator[tuple[int, str]]:
    """Yield what must be refused before anything is built: anchors, aliases, tags, deep nesting."""
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.AliasEvent):
            yield line, "an alias (*) is not allowed"
        elif getattr(event, "anchor", None) is not None:
            yield line, "an anchor (&) is not allowed"
        elif getattr(event, "tag", None) not in (None, "!"):
            yield line, "a tag (!) is not allowed"
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                yield line, f"is nested more than {MAX_DEPTH} levels deep"
                return
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _key_slips(root: yaml.Node | None) -> Iterator[tuple[int, str]]:
    """Yield each key that a mapping repeats (YAML keeps the last) or that YAML does not take for a text."""
    waiting = [] if root is None else [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, yaml.SequenceNode):
            waiting += node.value
        if not isinstance(node, yaml.MappingNode):
            continue
        seen: set[Hashable] = set()
        for name, value in node.value:
            waiting.append(value)
            line = name.start_mark.line + 1
            if not isinstance(name, yaml.ScalarNode):
                yield line, "a key must be a text"
            elif name.tag != "tag:yaml.org,2002:str":
                yield line, f"key {show(name.value)} needs quotes: YAML does not read it as a text"
            elif name.value in seen:
                yield line, f"key {show(name.value)} is written twice in one mapping"
            else:
                seen.add(name.value)
