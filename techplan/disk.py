"""Is a full disk what went wrong? Whatever the database or the system raises for it is known here."""

import errno
import sqlite3

# SQLite speaks of a file for what its processes share when it cannot make that file longer.
SQLITE = {sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_SHMSIZE}
POSTGRESQL = "53100"
SYSTEM = {errno.ENOSPC, errno.EDQUOT}


def is_full(error: BaseException | None) -> bool:
    """Whether this, or what it was raised from, says that there is no space left."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in SYSTEM:
            return True
        if getattr(error, "sqlite_errorcode", None) in SQLITE or getattr(error, "pgcode", "") == POSTGRESQL:
            return True
        error = error.__cause__ or error.__context__
    return False
