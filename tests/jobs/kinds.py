"""Kinds of jobs that only the tests know; their worker is started with `-I tests.jobs.kinds`."""

import os
import time

from django.core import mail

from jobs import registry
from jobs.errors import JobFailed
from jobs.models import Job


def note(job: Job) -> None:
    """Append the number of the job to the file that its payload names."""
    with open(job.payload["file"], "a") as file:
        file.write(f"{job.pk}\n")


def write(job: Job, beat: registry.Beat) -> None:
    """Do something quick."""
    beat(50, "Half of it is done.")
    note(job)


def slow(job: Job, beat: registry.Beat) -> None:
    """Take a while, in a sleep that beats nothing."""
    time.sleep(job.payload["seconds"])
    note(job)


def poison(job: Job, beat: registry.Beat) -> None:
    """Take the whole process down, as a crash in a C library does."""
    os._exit(1)


def broken(job: Job, beat: registry.Beat) -> None:
    """Raise what no one expected."""
    raise RuntimeError("a fault in the code")


def refused(job: Job, beat: registry.Beat) -> None:
    """Say in a sentence why it cannot be done."""
    raise JobFailed("The disk is full.")


def send(job: Job, beat: registry.Beat) -> None:
    """Send a mail."""
    mail.send_mail("Hello", job.payload["text"], None, ["someone@example.org"])


for handler in (write, slow, poison, broken, refused, send):
    registry.register(f"test.{handler.__name__}", handler)
