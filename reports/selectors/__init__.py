"""Reads: scoped rows, and what the pages show of them."""

from reports.selectors.reports import (
    ahead_of,
    hides_some,
    latest_rows,
    newer_data,
    plans_of,
    report_row,
    reports_by,
    reports_of,
    unseen,
    worker_missing,
)
from reports.selectors.shares import (
    ShareCount,
    count_shares,
    open_share,
    open_shares,
    read_by,
    share_rows,
    shared_plans,
    shared_with,
    shares_by,
    verified_addresses,
)

__all__ = [
    "ShareCount",
    "ahead_of",
    "count_shares",
    "hides_some",
    "latest_rows",
    "newer_data",
    "open_share",
    "open_shares",
    "plans_of",
    "read_by",
    "report_row",
    "reports_by",
    "reports_of",
    "share_rows",
    "shared_plans",
    "shared_with",
    "shares_by",
    "unseen",
    "verified_addresses",
    "worker_missing",
]
