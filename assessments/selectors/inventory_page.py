"""The inventory in words, for its page. Money is cents; ages are whole years on the day of the inventory."""

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from django.utils.dates import MONTHS
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.core.inventory import COMPUTERS, SCREENS
from assessments.models import DatedFact, Device, InternetLine, InventoryRecord, Service
from assessments.selectors.support import purposes, support_ends
from organizations import figures, money
from organizations.models import Organization

NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class Page:
    """What the page shows."""

    devices: list[dict[str, Any]]
    services: list[dict[str, Any]]
    sites: list[dict[str, Any]]
    facts: list[dict[str, str]]
    totals: dict[str, str] = field(default_factory=dict)


def inventory_page(record: InventoryRecord, organization: Organization, language: str) -> Page:
    """Return the rows and totals of an inventory whose parts are already fetched (`record_of`)."""
    sites = list(record.sites.all())
    names = {site.pk: site.name for site in sites}
    devices = list(record.devices.all())
    services = list(record.services.all())
    currency = organization.currency
    lines = [line for site in sites for line in site.lines.all()]
    return Page(
        devices=[_device(row, names, record.recorded_on) for row in devices],
        services=[_service(row, currency, language) for row in services],
        sites=[_site(site, currency) for site in sites],
        facts=_facts(record),
        totals={
            "devices": _device_total(devices),
            "services": _service_total(services, currency),
            "sites": _line_total(lines, currency),
            "places": _places(len(sites), organization.sites_count),
        },
    )


def _device(row: Device, sites: dict[int, str], day: date) -> dict[str, Any]:
    end = row.supported_until or support_ends().get(row.os)
    details = [sites.get(row.site_id, "") if row.site_id else "", row.used_by]
    if row.personal:
        details.append(_("belongs to a private person"))
    if row.condition:
        details.append(str(row.get_condition_display()))
    return {
        "pk": row.pk,
        "name": device_name(row.kind),
        "count": row.count,
        "year": row.year or "",
        "os": row.os,
        "details": ", ".join(part for part in details if part),
        "ended": end is not None and end <= day,
        "end": end,
        "undated": bool(row.os) and end is None and row.os not in support_ends(),
        "meant": _meant(row.os),
        "safe": _protected(row),
    }


def _meant(name: str) -> str:
    """Return the known operating system of the same version whose name is nearest; '' where none is near."""
    version = NUMBER.findall(name)
    known = {key.casefold(): key for key in support_ends() if NUMBER.findall(key) == version}
    near = get_close_matches(name.casefold(), known, n=1, cutoff=0.6)
    return known[near[0]] if near else ""


def device_name(kind: str) -> str:
    """Return the name of a kind of device."""
    return {
        "laptop": _("Laptop"),
        "desktop": _("Desktop computer"),
        "tablet": _("Tablet"),
        "phone": _("Phone"),
        "server": _("Server or network storage"),
        "camera": _("Camera"),
        "microphone": _("Microphone"),
        "printer": _("Printer or scanner"),
        "network": _("Router, switch or wireless access point"),
    }.get(kind, _("Other"))


def _protected(row: Device) -> str:
    """Return how many are encrypted and looked after; '' for what neither is asked of, such as a camera."""
    if row.kind not in SCREENS:
        return ""
    parts = []
    if row.encrypted is not None:
        parts.append(_("%(count)d encrypted") % {"count": row.encrypted})
    if row.managed is not None:
        parts.append(_("%(count)d managed") % {"count": row.managed})
    return ", ".join(parts)


def _service(row: Service, currency: str, language: str) -> dict[str, Any]:
    labels = {purpose.key: purpose.label.in_(language) for purpose in purposes()}
    sign_in = str(row.get_two_step_display()) if row.two_step else ""
    if row.shared_login:
        shared = _("one login shared")
        sign_in = f"{sign_in}, {shared}" if sign_in else shared
    return {
        "pk": row.pk,
        "name": row.name,
        "purposes": ", ".join(labels.get(key, key) for key in row.purposes),
        "users": row.users,
        "cost": "" if row.yearly_cost_cents is None else money.money(row.yearly_cost_cents, currency),
        "month": str(MONTHS[row.renews_month]) if row.renews_month in MONTHS else "",
        "sign_in": sign_in,
        "personal": row.personal,
    }


def _site(site: Any, currency: str) -> dict[str, Any]:
    return {
        "pk": site.pk,
        "name": site.name,
        "place": site.place,
        "staff": site.staff,
        "lines": [
            {
                "pk": line.pk,
                "says": _("%(down)s down, %(up)s up, Mbit/s")
                % {"down": _speed(line.down), "up": _speed(line.up)},
                "cost": ""
                if line.yearly_cost_cents is None
                else _("%(amount)s a year") % {"amount": money.money(line.yearly_cost_cents, currency)},
                "backup": line.backup_line,
            }
            for line in site.lines.all()
        ],
    }


def _speed(speed: Decimal | None) -> str:
    if speed is None:
        return "?"
    return figures.number(speed, 0 if speed == int(speed) else 1)


def _device_total(devices: list[Device]) -> str:
    total = sum(row.count for row in devices)
    computers = sum(row.count for row in devices if row.kind in COMPUTERS)
    if not total:
        return ""
    return ngettext(
        "%(total)d device, %(computers)d of them computers.",
        "%(total)d devices, %(computers)d of them computers.",
        total,
    ) % {"total": total, "computers": computers}


def _service_total(rows: list[Service], currency: str) -> str:
    known = [row.yearly_cost_cents for row in rows if row.yearly_cost_cents is not None]
    missing = len(rows) - len(known)
    if not rows:
        return ""
    if not known:
        return ngettext(
            "%(count)d service; what it costs is not recorded.",
            "%(count)d services; what they cost is not recorded.",
            len(rows),
        ) % {"count": len(rows)}
    values = {"count": len(rows), "amount": money.money(sum(known), currency), "missing": missing}
    if not missing:
        return (
            ngettext(
                "%(count)d service for %(amount)s a year.",
                "%(count)d services for %(amount)s a year.",
                len(rows),
            )
            % values
        )
    return (
        ngettext(
            "%(count)d services for %(amount)s a year; the cost of %(missing)d is not recorded.",
            "%(count)d services for %(amount)s a year; the costs of %(missing)d are not recorded.",
            missing,
        )
        % values
    )


def _places(listed: int, typed: int | None) -> str:
    """Return that the profile counts other places of work than the list, and which prices count."""
    if not listed or typed is None or typed == listed:
        return ""
    return ngettext(
        "Your profile counts %(typed)d place of work, this list %(listed)d. Prices count those of the profile, unless "
        "a plan has its own number.",
        "Your profile counts %(typed)d places of work, this list %(listed)d. Prices count those of the profile, "
        "unless a plan has its own number.",
        typed,
    ) % {"typed": typed, "listed": listed}


def _line_total(lines: list[InternetLine], currency: str) -> str:
    known = [line.yearly_cost_cents for line in lines if line.yearly_cost_cents is not None]
    if not lines:
        return ""
    if not known:
        return ngettext("%(count)d internet line.", "%(count)d internet lines.", len(lines)) % {
            "count": len(lines)
        }
    return ngettext(
        "%(count)d internet line for %(amount)s a year.",
        "%(count)d internet lines for %(amount)s a year.",
        len(lines),
    ) % {"count": len(lines), "amount": money.money(sum(known), currency)}


def _facts(record: InventoryRecord) -> list[dict[str, str]]:
    """Return each fact as a question and its answer; '' for what is not recorded."""
    owner = {None: "", False: _("Nobody"), True: record.technology_owner or _("Yes")}
    newest = "" if record.backup_newest_days is None else _days(record.backup_newest_days)
    rows = [
        (_("Who looks after technology"), owner[record.has_technology_owner]),
        (_("Hours of help in a month"), _number(record.support_hours_a_month)),
        (
            _("Hours of training for each person last year"),
            _number(record.training_hours_per_person_last_year),
        ),
        (_("A second copy of important data"), _yes_no(record.backup_second_copy)),
        (_("Age of the newest copy"), _("There is no copy") if record.backup_newest_none else newest),
        (_("A network of their own for guests"), _yes_no(record.guest_wifi)),
        (
            _("Open accounts of people who left"),
            "" if record.accounts_of_leavers is None else str(record.accounts_of_leavers),
        ),
        (_("People who often work away from your sites"), _percent(record.staff_off_site_share)),
        (_("People who do so without a laptop"), _percent(record.staff_off_site_without_laptop_share)),
        (_("Yearly costs paid by ending grants"), _percent(record.yearly_cost_paid_by_ending_grants_share)),
    ]
    dated = {fact.kind: fact for fact in record.dated_facts.all()}
    for kind, label in DatedFact.Kind.choices:
        rows.append((str(label), _dated(dated.get(kind))))
    return [{"question": question, "answer": answer} for question, answer in rows]


def _dated(fact: DatedFact | None) -> str:
    if fact is None:
        return ""
    if fact.on is None:
        return _("There is none")
    return str(date_format(fact.on, "DATE_FORMAT"))


def _days(days: int) -> str:
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}


def _yes_no(value: bool | None) -> str:
    return {True: _("Yes"), False: _("No"), None: ""}[value]


def _number(value: Decimal | None) -> str:
    return "" if value is None else figures.number(value, 0 if value == int(value) else 1)


def _percent(share: Decimal | None) -> str:
    if share is None:
        return ""
    percent = share * 100
    return figures.in_percent(figures.number(percent, 0 if percent == int(percent) else 1))
