"""Eight people answer one assessment at once over HTTP, as in a workshop; then the same while a report is rendered.

The server is the product's own gunicorn with its settings; the renderer is a process of its own, as the worker is.
All eight save under the lock of the same standing, which is the hardest case.
"""

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Barrier
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from assessments.models import Assessment
from assessments.services.answers import join
from assessments.services.assessments import start_assessment
from assessments.services.content import import_instrument
from bench.measure import Row, percentile
from organizations.models import Membership, Organization, User
from tests.factories.instruments import shipped

ORG, KEY = "bench-workshop", "collaboration-effective-work-tracking"
PEOPLE, SAVES, ROUNDS = 8, 20, 3
TOKEN = "a" * 32
RENDERER = """
import os
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "techplan.settings.test")
import django
django.setup()
from reports.render.pdf import Options, render
from tests.factories.documents import large
document = large()
while True:
    render(document, options=Options())
    print("rendered", flush=True)
"""


@dataclass
class Person:
    """Somebody who answers one question again and again; `revision` is that of the answer that the page shows."""

    session: str
    revision: int = 0

    def save_often(self, port: int, together: Barrier) -> list[float]:
        """Save answers one after the other; return how long each took, in milliseconds."""
        headers = {
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={self.session}; {settings.CSRF_COOKIE_NAME}={TOKEN}",
            "X-CSRFToken": TOKEN,
            "HX-Request": "true",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        line = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        times = []
        together.wait()
        for number in range(SAVES):
            body = urlencode({f"{KEY}-choice": number % 5, f"{KEY}-revision": self.revision})
            began = time.perf_counter()
            line.request("POST", f"/o/{ORG}/assessments/1/answers/{KEY}/", body, headers)
            answer = line.getresponse()
            answer.read()
            times.append((time.perf_counter() - began) * 1000)
            if answer.status != 200:
                raise RuntimeError(f"not saved: {answer.status}")
            self.revision = int(answer.headers["TechPlan-Revision"])
        line.close()
        return times


def prepared() -> list[Person]:
    """Make an assessment with eight people who answer it; return them, signed in."""
    version, _new = import_instrument(instrument=shipped(), name="social.yaml")
    organization = Organization.objects.create(name="Workshop", slug=ORG)
    users = [User.objects.create_user(f"workshop-{number}@example.org") for number in range(PEOPLE)]
    members = [
        Membership.objects.create(
            organization=organization, user=user, role="director", answers_as="director"
        )
        for user in users
    ]
    now = timezone.now()
    assessment: Assessment = start_assessment(
        organization=organization, instrument=version, kind="full", number=1, user=users[0], at=now
    )
    people = []
    for member in members:
        join(assessment=assessment, membership=member, named=False, agrees_to_show=True, at=now)
        client = Client()
        client.force_login(member.user)
        people.append(Person(client.cookies[settings.SESSION_COOKIE_NAME].value))
    return people


@contextmanager
def process(command: list[str], **more: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run a process beside the measurement and end it."""
    environment = {**os.environ, "TEST_DATABASE": str(connection.settings_dict["NAME"]), **more}
    running = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)  # noqa: S603  # our own words
    try:
        yield running
    finally:
        running.terminate()
        running.wait(10)


@contextmanager
def server() -> Iterator[int]:
    """Serve the product on a free port; return the port when it answers."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "-c", "python:techplan.gunicorn_conf", "techplan.wsgi"]
    with process(command, DJANGO_SETTINGS_MODULE="bench.served", PORT=str(port)):
        for _try in range(300):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port


def all_at_once(port: int, people: list[Person]) -> list[float]:
    """Let everybody save at once; return all times."""
    together = Barrier(len(people))
    with ThreadPoolExecutor(len(people)) as pool:
        saved = pool.map(lambda person: person.save_often(port, together), people)
        return [spent for times in saved for spent in times]


def measure() -> list[Row]:
    """Measure saving at eight at once, alone and beside a render, in turns."""
    people = prepared()
    alone: list[float] = []
    beside: list[float] = []
    with server() as port:
        all_at_once(port, people)
        for _round in range(ROUNDS):
            alone += all_at_once(port, people)
            with process([sys.executable, "-c", RENDERER]) as renderer:
                assert renderer.stdout is not None
                while b"rendered" not in renderer.stdout.readline():
                    pass
                beside += all_at_once(port, people)
    half, most, busy = percentile(alone, 0.5), percentile(alone, 0.95), percentile(beside, 0.95)
    return [
        Row(
            f"autosave of {PEOPLE} people at once in one assessment: p95",
            "<= 2 x p50",
            f"{most / half:.2f} x (p95 {most:.0f} ms, p50 {half:.0f} ms)",
            most <= 2 * half,
        ),
        Row(
            "the same while a report is rendered: p95",
            "<= 2 x without",
            f"{busy / most:.2f} x ({busy:.0f} and {most:.0f} ms)",
            busy <= 2 * most,
        ),
    ]
