"""Writes: one function is one use case is one transaction."""

from organizations.services.people import create_user, set_language
from organizations.services.trail import record

__all__ = ["create_user", "record", "set_language"]
