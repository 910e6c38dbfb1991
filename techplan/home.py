"""TECHPLAN_HOME, the folder of all data in the embedded mode. The settings use it: no Django here."""

import os
import secrets
from pathlib import Path
from zoneinfo import ZoneInfo

FOLDERS = ("data", "media", "queue", "run")


def prepare(home: Path) -> Path:
    """Make the folder and what belongs below it, readable by its owner only; return it absolute."""
    home = home.expanduser().resolve()
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    for name in FOLDERS:
        folder = home / name
        folder.mkdir(mode=0o700, exist_ok=True)
        folder.chmod(0o700)
    return home


def secret_key(path: Path) -> str:
    """Return the key kept in `path`; on the first call make a random one in a file of mode 0600.

    Two processes may come here at once: the one that links its file first wins, both read the same key.
    """
    if not path.exists():
        draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(64))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()


def time_zone(root: Path = Path("/")) -> str:
    """Return the name of this machine's time zone: what TZ says, else what the system is set to, else UTC."""
    clock = root / "etc/localtime"
    names = [os.environ.get("TZ", "").lstrip(":")]
    if clock.is_symlink():
        names.append(os.readlink(clock).partition("zoneinfo/")[2])
    if (root / "etc/timezone").is_file():
        names.append((root / "etc/timezone").read_text(encoding="ascii", errors="replace").strip())
    return next((name for name in names if name and known_zone(name)), "UTC")


def known_zone(name: str) -> bool:
    """Whether a name is that of a time zone."""
    try:
        ZoneInfo(name)
    except (LookupError, OSError, ValueError):
        return False
    return True
