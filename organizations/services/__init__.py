"""Writes: one function is one use case is one transaction."""

from organizations.services.invitations import accept, hash_of, invite, link_of, refusal, resend, revoke
from organizations.services.members import change_member, remove_member
from organizations.services.organizations import (
    create_organization,
    delete_organization,
    remove_logo,
    update_profile,
)
from organizations.services.people import create_user, set_language, update_person
from organizations.services.trail import record

__all__ = [
    "accept",
    "change_member",
    "create_organization",
    "create_user",
    "delete_organization",
    "hash_of",
    "invite",
    "link_of",
    "record",
    "refusal",
    "remove_logo",
    "remove_member",
    "resend",
    "revoke",
    "set_language",
    "update_person",
    "update_profile",
]
