"""The shipped tables that inventories are read and typed with, each read once a process."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from assessments.core.content import ContentModel, Key, Text, load
from assessments.core.support import read_support_ends

CONTENT = Path(__file__).resolve().parents[1] / "content"


class Purpose(ContentModel):
    """What a program or service can be for."""

    key: Key
    label: Text


@lru_cache(maxsize=1)
def support_ends() -> Mapping[str, date | None]:
    """Return the last day of free security updates by operating system; None = no day announced."""
    return MappingProxyType(read_support_ends(CONTENT / "support-ends.yaml"))


@lru_cache(maxsize=1)
def purposes() -> tuple[Purpose, ...]:
    """Return what services can be for, in the order of the form."""
    return load(CONTENT / "purposes.yaml", tuple[Purpose, ...], top=list)
