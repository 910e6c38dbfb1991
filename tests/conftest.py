"""Shared fixtures: real parts, no surprises inside."""
