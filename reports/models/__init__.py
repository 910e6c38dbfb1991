"""What leaves the house: snapshots, reports, shares and what was done with them."""

from reports.models.documents import Report, Snapshot
from reports.models.shares import Share, ShareAccess

__all__ = ["Report", "Share", "ShareAccess", "Snapshot"]
