"""The cache in the database, as the embedded mode has it."""

from typing import Any

from django.core.cache.backends import db
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.db import DatabaseError, connections, router, transaction

from techplan import disk


class DatabaseCache(db.DatabaseCache):
    """Django's, but loud where something is to be counted and the disk is full.

    Django's says "somebody else was first" for every fault, and the limit of sign-ins would take that for too many
    tries. What is only set stays silent: pages that read go on without it.
    """

    def add(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: Any = None) -> bool:
        """Store a value if there is none; raise the database's error when the disk is full."""
        connection = connections[router.db_for_write(self.cache_model_class)]
        faults: list[DatabaseError] = []

        def listen(execute: Any, *arguments: Any) -> Any:
            try:
                return execute(*arguments)
            except DatabaseError as error:
                faults.append(error)
                raise

        # The outer transaction is committed here, where the fault of a commit is heard; SQLite writes no sooner.
        with connection.execute_wrapper(listen), transaction.atomic(using=connection.alias):
            added = bool(super().add(key, value, timeout, version))
            for fault in filter(disk.is_full, faults):
                raise fault
        return added
