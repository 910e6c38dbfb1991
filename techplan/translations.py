"""Compile the words of the interface, django.po to django.mo, by Babel: no gettext tools are needed."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po


def compile_all(folders: Iterable[Path | str]) -> int:
    """Compile every catalogue that is newer than its compiled form; return how many were."""
    done = 0
    for source in sources(folders):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        draft = target.with_suffix(f".mo-{os.getpid()}")
        with draft.open("wb") as file:
            write_mo(file, read(source))
        draft.replace(target)
        done += 1
    return done


def errors(folders: Iterable[Path | str]) -> list[str]:
    """Return a line for each thing that is wrong: a broken file, a placeholder lost or invented."""
    found = []
    for source in sources(folders):
        try:
            catalogue = read(source)
        except (PoFileError, ValueError) as error:
            found.append(f"{source}: {error}")
            continue
        for message, wrong in catalogue.check():
            found += [f"{source}:{message.lineno}: {error}" for error in wrong]
    return found


def sources(folders: Iterable[Path | str]) -> Iterator[Path]:
    """Yield the catalogues below the folders in order."""
    for folder in folders:
        yield from sorted(Path(folder).glob("*/LC_MESSAGES/*.po"))


def read(source: Path) -> Catalog:
    """Read one catalogue; its folder names the language."""
    with source.open("rb") as file:
        return read_po(file, locale=source.parts[-3], abort_invalid=True)
