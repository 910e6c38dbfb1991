"""The stations "report" and "share" of an organization's home."""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from jobs.models import JobState
from organizations import access, home
from organizations.home import Step
from organizations.models import Membership, Organization, User
from organizations.parting import Remains
from planning import journey as planning
from reports import selectors
from reports.models import Report


def report_step(organization: Organization, membership: Membership) -> Step | None:
    """Say whether there is a report, and ask for one when there is a plan."""
    if access.VIEW not in access.abilities(membership):
        return None
    url = reverse("reports:report-list", args=[organization.slug])
    latest = _latest(membership)
    title = _("Report")
    if latest is not None and latest.job.state == JobState.DONE:
        day = date_format(localtime(latest.snapshot.created_at), "DATE_FORMAT")
        text = _("The report of %(day)s can be downloaded.") % {"day": day}
        return Step("report", title, "done", _("Ready"), text, url)
    if latest is not None and latest.job.state == JobState.FAILED:
        text = _("The last report could not be made.")
        return Step(
            "report", title, "now", _("Not made"), text, url, _("Try the report again"), text, _("See why")
        )
    if latest is not None:
        return Step("report", title, "now", _("Being made"), _("The report is being made."), url)
    if planning.hides_some(organization, membership) and selectors.hides_some(membership):
        text = _("A report was made. It shows again when the results do.")
        return Step("report", title, "wait", _("Not shown yet"), text, url)
    if not _has_content(organization, membership):
        return Step("report", title, "wait", _("Later"), _("It is made from the plan."), "")
    text = _("Your plan becomes a PDF that a funder can read.")
    if access.EDIT not in access.abilities(membership):
        return Step("report", title, "wait", _("Not yet"), text, url)
    return Step(
        "report", title, "now", _("Can be made"), text, url, _("Make the report"), text, _("Make the report")
    )


def _latest(membership: Membership) -> Report | None:
    """Return the newest report that this member may read, with its job."""
    return home.once(membership, "report", selectors.reports_by(membership).order_by("-number").first)


def _has_content(organization: Organization, membership: Membership) -> bool:
    """Whether a plan has something to say: chosen actions, or that nothing has to be done."""
    plans = planning.visible_plans(organization, membership)
    if any(plan.actions_count for plan in plans):
        return True
    return bool(plans) and planning.nothing_to_plan(planning.visible_result(organization, membership))


def share_step(organization: Organization, membership: Membership) -> Step | None:
    """Say how many links are open; ask for one when there is a report and there was none."""
    if access.SHARE not in access.abilities(membership):
        return None
    url = reverse("reports:share-list", args=[organization.slug])
    title = _("Share")
    shares = selectors.count_shares(organization)
    if shares.open:
        text = ngettext(
            "%(count)d link lets somebody outside see your plan.",
            "%(count)d links let people outside see your plan.",
            shares.open,
        ) % {"count": shares.open}
        return Step("share", title, "done", _("Shared"), text, url)
    if not _has_ready(membership):
        return Step("share", title, "wait", _("Later"), _("A finished report can be shared by a link."), "")
    if shares.ended:
        return Step("share", title, "wait", _("Ended"), _("No link is open now."), url)
    text = _("You decide who sees what, until when, and you see when they open it.")
    return Step(
        "share", title, "now", _("Can be shared"), text, url, _("Share your plan"), text, _("Share it")
    )


def links_of_a_member(organization: Organization, user: User) -> Remains | None:
    """Say how many links of a member go on working when they go: funders may be reading."""
    count = selectors.open_shares(organization).filter(created_by=user).count()
    if not count:
        return None
    text = ngettext(
        "%(count)d link that %(name)s made for a reader outside keeps working.",
        "%(count)d links that %(name)s made for readers outside keep working.",
        count,
    ) % {"count": count, "name": user}
    url = reverse("reports:share-list", args=[organization.slug])
    return Remains(text, url, _("See the links and take them back"))


def _has_ready(membership: Membership) -> bool:
    """Whether a report can be shared: the newest, or an earlier one while that is not ready."""
    latest = _latest(membership)
    if latest is None or latest.job.state == JobState.DONE:
        return latest is not None
    return selectors.reports_by(membership).filter(job__state=JobState.DONE).exists()
