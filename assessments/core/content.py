"""Check content files and the values that they are made of. Plain Python, no framework.

A file is refused with one line an error: ``file: path.in.file: what is wrong``.
`reading.py` says which YAML is read.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    StrictBool,
    StrictInt,
    StrictStr,
    TypeAdapter,
    ValidationError,
)
from pydantic_core import ErrorDetails, PydanticCustomError, core_schema

from assessments.core.reading import MAX_LINES, ContentError, parse_yaml, read_yaml, show

__all__ = [
    "SHIPPED",
    "ContentError",
    "ContentModel",
    "Day",
    "Finding",
    "Flag",
    "Key",
    "Level",
    "Line",
    "Number",
    "Text",
    "Whole",
    "Word",
    "check",
    "circle",
    "load",
    "parse_yaml",
    "place",
    "read_yaml",
    "show",
]

KEY = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)|(?<=s)'(?=\s)")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]+)*")
FALLBACK = "en"
SHIPPED = Path(__file__).parents[1] / "content"

Finding = tuple[str, str]
T = TypeVar("T")


# ---- Values that content files are made of ----


@lru_cache(maxsize=4096)
def curly(text: str) -> str:
    """Return a text as it is shown: with the apostrophe of print. Files keep the one that is typed."""
    return APOSTROPHE.sub("’", text)


class Text(Mapping[str, str]):
    """A text for people in several languages, English always among them. Frozen and hashable."""

    __slots__ = ("_words",)
    _words: dict[str, str]

    def __init__(self, words: Mapping[str, str]) -> None:
        for language, text in words.items():
            if not isinstance(language, str) or not LANGUAGE.fullmatch(language):
                raise ValueError(f"{show(language)} is not a language code")
            if not isinstance(text, str) or not text.strip():
                raise ValueError(f"the text in {language} must not be empty, is {show(text)}")
        if FALLBACK not in words:
            raise ValueError("the English text (en) is missing")
        self._words = dict(words)

    def in_(self, language: str) -> str:
        """Return the text in this language (`es-mx` falls back to `es`), else in English."""
        words = self._words
        found = words.get(language) or words.get(language.partition("-")[0]) or words[FALLBACK]
        return curly(found) if "'" in found else found

    def __getitem__(self, language: str) -> str:
        return self._words[language]

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def __len__(self) -> int:
        return len(self._words)

    def __hash__(self) -> int:
        return hash(frozenset(self._words.items()))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Text) and self._words == other._words

    def __repr__(self) -> str:
        return f"Text({self._words!r})"

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        return core_schema.no_info_plain_validator_function(
            _as_text, serialization=core_schema.plain_serializer_function_ser_schema(dict)
        )

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: Any, handler: Any) -> dict[str, Any]:
        return {
            "type": "object",
            "required": [FALLBACK],
            "propertyNames": {"pattern": f"^{LANGUAGE.pattern}$"},
            "additionalProperties": {"type": "string", "minLength": 1},
        }


def _as_text(value: Any) -> Text:
    if isinstance(value, Text):
        return value
    if not isinstance(value, Mapping):
        raise PydanticCustomError(
            "said", "must be a mapping of language to text, is {what}", {"what": show(value)}
        )
    try:
        return Text(value)
    except ValueError as error:
        raise PydanticCustomError("said", "{what}", {"what": str(error)}) from None


def _number(value: Any) -> Any:
    """Take whole numbers and exact decimals, and no truth values, texts or floats."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise PydanticCustomError("said", "must be a number, is {what}", {"what": show(value)})
    return Decimal(value)


def _day(value: Any) -> Any:
    """Take a date, or its ISO form as a document in JSON has it."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    if not isinstance(value, date) or isinstance(value, datetime):
        raise PydanticCustomError(
            "said", "must be a date such as 2026-03-16, is {what}", {"what": show(value)}
        )
    return value


def _key(value: Any) -> Any:
    if not isinstance(value, str) or len(value) > 120 or not KEY.fullmatch(value):
        raise PydanticCustomError(
            "said", "must be lower-case words joined by hyphens, is {what}", {"what": show(value)}
        )
    return value


def _word(value: Any) -> Any:
    if not isinstance(value, str) or not value.strip():
        raise PydanticCustomError(
            "said", "must be a text that is not empty, is {what}", {"what": show(value)}
        )
    return value


Key = Annotated[str, BeforeValidator(_key)]
Word = Annotated[str, BeforeValidator(_word)]
Line = StrictStr
Whole = StrictInt
Flag = StrictBool
Number = Annotated[Decimal, BeforeValidator(_number)]
Day = Annotated[date, BeforeValidator(_day)]
Level = Annotated[StrictInt, Field(ge=0, le=4)]


class ContentModel(BaseModel):
    """A mapping of a content file: these keys and no others, never changed once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


# ---- Checking ----


def check(
    wanted: type[T], data: Any, *, name: str, relate: Callable[[T], Iterable[Finding]] | None = None
) -> T:
    """Return `data` as a value of the type `wanted`, a model or such as `tuple[Model, ...]`.

    `relate` yields (path, what is wrong) for what no single value shows: references, sums, circles.
    Raises ContentError with a line an error.
    """
    try:
        value = TypeAdapter(wanted).validate_python(data)
    except ValidationError as error:
        found_errors = error.errors()
        inner = {one["loc"][:depth] for one in found_errors for depth in range(len(one["loc"]))}
        lines = [
            f"{name}: {place(data, one['loc']) or '(file)'}: {_plain(one)}"
            for one in found_errors
            # A list with a wrong item counts as too short as well; the item says it better.
            if one["type"] != "too_short" or one["loc"] not in inner
        ]
        raise ContentError(lines[:MAX_LINES]) from None
    if relate is not None and (found := [f"{name}: {at or '(file)'}: {what}" for at, what in relate(value)]):
        raise ContentError(found[:MAX_LINES])
    return value


def load(
    path: Path,
    wanted: type[T],
    *,
    name: str | None = None,
    top: type = dict,
    relate: Callable[[T], Iterable[Finding]] | None = None,
) -> T:
    """Read one file and return it as a value of the type `wanted`; see `read_yaml` and `check`."""
    name = name or path.name
    return check(wanted, read_yaml(path, name=name, top=top), name=name, relate=relate)


def place(data: Any, loc: Iterable[int | str]) -> str:
    """Return a place in a file, such as `questions[shared-files].levels[2]`; list items go by their key."""
    path = ""
    for step in loc:
        if isinstance(step, int):
            data = data[step] if isinstance(data, list | tuple) and step < len(data) else None
            name = data.get("key") if isinstance(data, dict) else None
            path += f"[{name if isinstance(name, str) and KEY.fullmatch(name) else step}]"
        elif isinstance(data, dict):
            data = data.get(step)
            path += f".{step}" if path else step
    return path


def circle(graph: Mapping[str, Iterable[str]]) -> list[str] | None:
    """Return a circle in 'key: what it needs', or None."""
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        return list(reversed(error.args[1]))
    return None


def _plain(error: ErrorDetails) -> str:
    """Return one of pydantic's errors in plain words."""
    kind, bounds, shown = error["type"], error.get("ctx", {}), show(error.get("input"))
    match kind:
        case "missing":
            return "is missing"
        case "extra_forbidden":
            return "is an unknown key"
        case "literal_error" | "enum":
            return f"{shown} is not one of: {str(bounds['expected']).replace(' or ', ', ')}"
        case "greater_than_equal":
            return f"must be {bounds['ge']} or more, is {shown}"
        case "less_than_equal":
            return f"must be {bounds['le']} or less, is {shown}"
        case "greater_than":
            return f"must be more than {bounds['gt']}, is {shown}"
        case "too_short":
            return f"must have {bounds['min_length']} or more items, has {bounds['actual_length']}"
        case "too_long":
            return f"must have {bounds['max_length']} items at most, has {bounds['actual_length']}"
        case "said" | "value_error":
            return error["msg"].removeprefix("Value error, ")
    wanted = {
        "string_type": "a text",
        "int_type": "a whole number",
        "bool_type": "true or false",
        "tuple_type": "a list",
        "list_type": "a list",
        "dict_type": "a mapping",
        "mapping_type": "a mapping",
        "model_type": "a mapping",
        "model_attributes_type": "a mapping",
    }.get(kind)
    return f"must be {wanted}, is {shown}" if wanted else f"{error['msg']}, is {shown}"
