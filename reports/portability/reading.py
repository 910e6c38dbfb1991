"""Read an export, closed: a size limit, known fields only, one clear line for each thing that is wrong."""

import re
from typing import Any

from pydantic import ValidationError

from reports.portability.schema import FORMAT, VERSION, Export

MOST_BYTES = 64 * 1024 * 1024
MOST_LINES = 20
NUL = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


class ImportRefused(ValueError):
    """An export that cannot be read or does not fit this site; `lines` say why, one thing a line."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__("\n".join(lines))
        self.lines = lines


def read_export(data: bytes, *, name: str) -> Export:
    """Return the export in `data`; raises ImportRefused."""
    if len(data) > MOST_BYTES:
        raise ImportRefused([f"{name}: larger than {MOST_BYTES // 1024 // 1024} MB"])
    if NUL.search(data):
        raise ImportRefused([f"{name}: holds the character U+0000, which no text can hold"])
    try:
        export = Export.model_validate_json(data)
    except ValidationError as error:
        raise ImportRefused(_lines(error, name)) from error
    except RecursionError as error:
        raise ImportRefused([f"{name}: nested too deeply"]) from error
    return export


def _lines(error: ValidationError, name: str) -> list[str]:
    """Return one line for each error, the first twenty."""
    found = error.errors(include_url=False, include_context=False)
    kinds = {tuple(one["loc"]): one for one in found if one["loc"] in {("format",), ("version",)}}
    if ("format",) in kinds:
        return [f"{name}: this is no export of an organization (format must be {FORMAT!r})"]
    if ("version",) in kinds:
        return [
            f"{name}: version {kinds[('version',)]['input']!r} is not known here; this site reads {VERSION}"
        ]
    lines = [f"{name}: {_place(one['loc'])}: {_says(one)}" for one in found[:MOST_LINES]]
    if len(found) > MOST_LINES:
        lines.append(f"{name}: and {len(found) - MOST_LINES} more")
    return lines


def _place(steps: tuple[int | str, ...]) -> str:
    """Return where something is: people[3].email."""
    place = ""
    for step in steps:
        place += f"[{step}]" if isinstance(step, int) else f".{step}" if place else step
    return place or "the whole file"


def _says(one: Any) -> str:
    words = str(one["msg"]).removeprefix("Value error, ")
    return words[:1].lower() + words[1:]
