"""The app's entry in Django's registry."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_noop


class ReportsConfig(AppConfig):
    """What leaves the house: snapshots, reports, shares and downloads."""

    name = "reports"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Say who makes reports, and add links and stations; models may be imported only now."""
        import_module("reports.signals")
        import_module("jobs.registry").register("reports.render", import_module("reports.tasks").render)
        access = import_module("organizations.access")
        navigation = import_module("organizations.navigation")
        for link in (
            navigation.Link("reports", 40, gettext_noop("Reports"), "reports:report-list", access.VIEW),
            navigation.Link("sharing", 50, gettext_noop("Sharing"), "reports:share-list", access.SHARE),
        ):
            navigation.register(link)
        home, journey = import_module("organizations.home"), import_module("reports.journey")
        home.register("report", 40, journey.report_step)
        home.register("share", 50, journey.share_step)
        import_module("organizations.parting").register(journey.links_of_a_member)
