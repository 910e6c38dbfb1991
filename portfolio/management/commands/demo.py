"""manage.py demo: load the demonstration and print its sign-ins; --remove takes it away, files included."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from assessments.core.content import ContentError
from jobs import services as jobs
from jobs.models import Job, JobState
from organizations.models import Organization
from portfolio.core.reading import read_cohort
from portfolio.models import Demonstration
from portfolio.services import SignIn, forget_sign_ins, keep_sign_ins, load_demo, remove_demo
from reports.services.requests import JOB_KIND


class Command(BaseCommand):
    """Load, or remove, the invented organizations."""

    help = "Load five invented organizations to look around in, with random passwords; or remove them."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take what to do."""
        parser.add_argument(
            "--if-first-run",
            action="store_true",
            help="load only into a site that has no organization and never had the demonstration",
        )
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES], default="en")
        parser.add_argument(
            "--now", action="store_true", help="make the reports now instead of in the worker"
        )
        parser.add_argument("--remove", action="store_true", help="remove it all")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it."""
        if options["remove"]:
            self._remove()
            return
        if options["if_first_run"] and (Organization.objects.exists() or Demonstration.objects.exists()):
            return
        try:
            loaded = load_demo(
                cohort=read_cohort(), language=options["language"], at=timezone.now(), say=self._say
            )
        except LookupError as error:
            raise CommandError("Read the content first: manage.py import_content") from error
        except ContentError as error:
            raise CommandError(str(error)) from error
        if loaded.rounded:
            self.stdout.write(
                f"demonstration: {loaded.rounded} targets of half a level were rounded down; each says so"
            )
        if options["now"]:
            self._render()
        lines = sign_in_lines(loaded.sign_ins)
        keep_sign_ins(lines)
        self.stdout.write("\n".join(lines))

    def _say(self, name: str) -> None:
        self.stdout.write(f"demonstration: {name}")
        self.stdout.flush()

    def _render(self) -> None:
        """Make the reports that wait, here and now."""
        for job in Job.objects.filter(kind=JOB_KIND, state=JobState.QUEUED).order_by("pk"):
            done = jobs.run(job.pk)
            if done is not None and done.state == JobState.FAILED:
                raise CommandError(f"A report was not made: {done.message} {done.error}")

    def _remove(self) -> None:
        gone = remove_demo(at=timezone.now())
        forget_sign_ins()
        self.stdout.write(f"The demonstration is gone ({gone} organizations)." if gone else "There was none.")


def sign_in_lines(sign_ins: tuple[SignIn, ...]) -> list[str]:
    """Return the sign-ins as lines for a terminal."""
    wide = max((len(one.email) for one in sign_ins), default=0)
    lines = [f"  {one.email:<{wide}}  {one.password}  {one.name}, {one.what}" for one in sign_ins]
    return ["Demonstration sign-ins (all invented; the passwords are random):", *lines]
