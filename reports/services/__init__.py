"""Writes: one function is one use case is one transaction."""

from reports.services.building import DELETED, build_report
from reports.services.requests import request_report, retry_report
from reports.services.shares import (
    PARTS,
    NewShare,
    create_share,
    log_access,
    mail_link,
    revoke_share,
    share_unfinished,
)

__all__ = [
    "DELETED",
    "PARTS",
    "NewShare",
    "build_report",
    "create_share",
    "log_access",
    "mail_link",
    "request_report",
    "retry_report",
    "revoke_share",
    "share_unfinished",
]
