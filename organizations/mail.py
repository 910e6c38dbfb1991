"""Send mail as a job, so that a slow or dead mail server never holds up a page.

The template `organizations/mail/NAME_subject.txt` is the subject, `NAME.txt` the text. Both are written apart and at
once, in the reader's language, and every word that is put in has one line: no name can begin a mail. The mail is
forgotten when it has gone, or is not tried again, because it may hold a link that is a secret.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import translation

from jobs.models import Job
from jobs.services import enqueue
from organizations.models import Organization

KIND = "organizations.send_mail"
KEPT = frozenset({"to", "organization"})  # of a mail that went out, or failed for good: it may hold a link


def send(
    template: str, to: str, context: dict[str, Any], language: str, organization: Organization
) -> Job | None:
    """Queue one mail of an organization in the caller's transaction; None (and no job) without a mail server.

    `template` is a name below templates/organizations/mail/, or a path of another app ("reports/mail/ready").
    """
    path = template if "/" in template else f"organizations/mail/{template}"
    words = {name: " ".join(one.split()) if isinstance(one, str) else one for name, one in context.items()}
    with translation.override(language or settings.LANGUAGE_CODE):
        subject = render_to_string(f"{path}_subject.txt", words)
        body = render_to_string(f"{path}.txt", words)
    return queue(to=to, subject=subject, body=body.strip() + "\n", organization=str(organization.uuid))


def queue(*, to: str, subject: str, body: str, **more: str) -> Job | None:
    """Queue a mail that is written already; None when this site has no mail server."""
    if not settings.EMAIL_CONFIGURED:
        return None
    return enqueue(KIND, payload={"to": to, "subject": " ".join(subject.split()), "body": body, **more})


def deliver(job: Job, beat: Callable[[int, str], None]) -> None:
    """Send the mail of a job (its handler)."""
    beat(10, "")
    message = EmailMessage(subject=job.payload["subject"], body=job.payload["body"], to=[job.payload["to"]])
    message.send()
