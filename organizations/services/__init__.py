"""Writes: one function is one use case is one transaction."""

from organizations.services.trail import record

__all__ = ["record"]
