"""The sentences of the audit trail: what happened, in plain words.

A kind has a sentence with named places: %(who)s is the person, the others come from the event's `detail`. Apps above
add theirs with `register`; a kind that nobody knows is shown by its name.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from organizations.models import AuditEvent, Membership

_sentences: dict[str, tuple[str, ...]] = {
    "sign-in": (gettext_noop("%(who)s signed in."),),
    "password-changed": (gettext_noop("%(who)s chose a new password."),),
    "email-changed": (gettext_noop("%(who)s changed the e-mail address."),),
    "second-step-added": (gettext_noop("%(who)s set up a second step."),),
    "second-step-removed": (gettext_noop("%(who)s gave up a second step."),),
    "organization-created": (gettext_noop("%(who)s started the organization here."),),
    "profile-changed": (gettext_noop("%(who)s changed the profile."),),
    "role-changed": (gettext_noop("%(who)s changed the role of %(member)s from %(before)s to %(after)s."),),
    "sharing-allowed": (gettext_noop("%(who)s allowed %(member)s to share reports."),),
    "sharing-withdrawn": (gettext_noop("%(who)s no longer allows %(member)s to share reports."),),
    "member-removed": (gettext_noop("%(who)s took %(member)s out of the organization."),),
    "member-left": (gettext_noop("%(member)s left the organization."),),
    "member-joined": (gettext_noop("%(member)s joined as %(role)s, by the invitation of %(email)s."),),
    "invitation-sent": (gettext_noop("%(who)s invited %(email)s as %(role)s."),),
    "invitation-revoked": (gettext_noop("%(who)s withdrew the invitation of %(email)s."),),
    "assessment-started": (gettext_noop("%(who)s started an assessment."),),
    "assessment-closed": (gettext_noop("%(who)s closed an assessment."),),
    "assessment-reopened": (gettext_noop("%(who)s reopened an assessment."),),
    "plan-approved": (
        gettext_noop("%(who)s recorded the plan as approved by %(approved_by)s."),
        gettext_noop("%(who)s recorded the approval of the plan."),
    ),
    "plan-reopened": (gettext_noop("%(who)s put the approved plan back to draft."),),
    "report-requested": (gettext_noop("%(who)s asked for a report."),),
    "report-downloaded": (gettext_noop("%(who)s downloaded a report."),),
    "share-created": (
        gettext_noop("%(who)s shared a report with %(recipient)s."),
        gettext_noop("%(who)s shared a report."),
    ),
    "share-revoked": (
        gettext_noop("%(who)s stopped sharing a report with %(recipient)s."),
        gettext_noop("%(who)s stopped sharing a report."),
    ),
    "share-viewed": (
        gettext_noop("%(recipient)s opened the page of a shared report."),
        gettext_noop("Somebody opened the page of a shared report."),
    ),
    "share-downloaded": (
        gettext_noop("%(recipient)s downloaded a shared report."),
        gettext_noop("Somebody downloaded a shared report."),
    ),
}
ROLE_KEYS = frozenset({"role", "before", "after"})


def register(kind: str, *sentences: str) -> None:
    """Add the sentence of a kind (English, a gettext key); further ones need fewer places and are tried in order."""
    _sentences[kind] = sentences


def sentence(event: AuditEvent) -> str:
    """Return what happened, in the language of the page."""
    places = {"who": str(event.user) if event.user else _("Somebody"), **_in_words(event.detail)}
    for text in _sentences.get(event.kind, ()):
        try:
            return _(text) % places
        except KeyError:
            continue
    return _("%(who)s: %(kind)s.") % {"who": places["who"], "kind": event.kind.replace("-", " ")}


def _in_words(detail: Mapping[str, Any]) -> dict[str, Any]:
    """Return the detail with the roles in the words of the page."""
    roles = dict(Membership.Role.choices)
    return {
        key: roles.get(value, value) if key in ROLE_KEYS and isinstance(value, str) else value
        for key, value in detail.items()
    }
