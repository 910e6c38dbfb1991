"""Write everything of an organization as one document, in a fixed order and without database ids."""

import base64
from collections.abc import Iterable
from typing import Any, TypeVar

from django.db.models import Model, QuerySet

from assessments.core.canonical import canonical
from assessments.core.instruments import document as instrument_document
from assessments.models import Assessment, Device, InstrumentVersion, Question, Respondent
from assessments.selectors import instrument_content
from organizations.models import AuditEvent, Membership, Organization, User
from planning.models import Plan
from reports.models import Snapshot
from reports.portability import computed, schema

RowType = TypeVar("RowType", bound=schema.Row)


def export_organization(organization: Organization) -> schema.Export:
    """Return the export of an organization."""
    writer = Writer(organization)
    parts: dict[str, Any] = {
        "assessments": writer.assessments(),
        "inventory": writer.inventory(),
        "goals": writer.rows(schema.GoalRow, organization.goals.order_by("position", "title", "pk")),
        "challenge_decisions": writer.rows(
            schema.DecisionRow, organization.challenge_decisions.order_by("challenge"), people=("decided_by",)
        ),
        "action_marks": writer.rows(
            schema.MarkRow, organization.action_marks.order_by("action"), people=("marked_by",)
        ),
        "plans": writer.plans(),
        "snapshots": writer.snapshots(),
        "reports": writer.reports(),
        "shares": writer.shares(),
        "audit": writer.audit(),
    }
    return schema.Export(
        format=schema.FORMAT,
        version=schema.VERSION,
        slug=organization.slug,
        organization=_row(schema.Profile, organization, logo=_logo(organization)),
        people=writer.people(),
        instruments=writer.instruments(),
        **parts,
    )


def _row(kind: type[RowType], source: Model, **given: Any) -> RowType:
    """Return a row: each field as given, else as the model object has it."""
    values = {name: given[name] if name in given else getattr(source, name) for name in kind.model_fields}
    return kind(**values)


def _logo(organization: Organization) -> str | None:
    if not organization.logo:
        return None
    with organization.logo.open("rb") as file:
        return base64.b64encode(file.read()).decode()


class Writer:
    """Writes the rows of one organization and remembers who and what was named on the way."""

    def __init__(self, organization: Organization) -> None:
        self.organization = organization
        self.named: set[int] = set()
        self.versions: dict[int, InstrumentVersion] = {}
        self.emails: dict[int, str] = dict(
            User.objects.filter(pk__in=_people_ids(organization)).values_list("pk", "email")
        )

    def who(self, user_id: int | None) -> str | None:
        """Return the e-mail address of a person, and remember that the export names them."""
        if user_id is None:
            return None
        if user_id not in self.emails:
            self.emails[user_id] = User.objects.values_list("email", flat=True).get(pk=user_id)
        self.named.add(user_id)
        return self.emails[user_id]

    def rows(
        self, kind: type[RowType], found: Iterable[Model], *, people: tuple[str, ...] = (), **given: Any
    ) -> list[RowType]:
        """Return rows; the fields in `people` become addresses."""
        return [
            _row(kind, one, **given, **{name: self.who(getattr(one, f"{name}_id")) for name in people})
            for one in found
        ]

    def people(self) -> list[schema.Person]:
        """Return members, and whoever else was named; call it last."""
        members = {one.user_id: one for one in Membership.objects.filter(organization=self.organization)}
        users = User.objects.filter(pk__in=self.named | members.keys()).order_by("email")
        return [
            _row(
                schema.Person,
                user,
                member=_row(schema.Member, members[user.pk]) if user.pk in members else None,
            )
            for user in users
        ]

    def instruments(self) -> list[schema.InstrumentPart]:
        """Return the wording of every version that was answered; call it after the assessments."""
        found = sorted(self.versions.values(), key=lambda one: (one.slug, one.version))
        return [
            schema.InstrumentPart(
                slug=one.slug, version=one.version, document=instrument_document(instrument_content(one))
            )
            for one in found
        ]

    def assessments(self) -> list[schema.AssessmentPart]:
        """Return the assessments in order."""
        found = (
            Assessment.objects.filter(organization=self.organization)
            .select_related("instrument", "standing")
            .defer("instrument__document")
            .order_by("number")
        )
        return [self.assessment(one) for one in found]

    def assessment(self, one: Assessment) -> schema.AssessmentPart:
        """Return one assessment with everything under it."""
        self.versions[one.instrument_id] = one.instrument
        standing = getattr(one, "standing", None)
        keys = dict(Question.objects.filter(instrument=one.instrument).values_list("pk", "key"))
        return _row(
            schema.AssessmentPart,
            one,
            instrument=one.instrument.slug,
            instrument_version=one.instrument.version,
            started_by=self.who(one.started_by_id),
            last_activity=standing.last_activity if standing else None,
            events=self.rows(
                schema.AssessmentEventRow, one.events.order_by("at", "kind", "pk"), people=("user",)
            ),
            respondents=self.respondents(one, keys),
            consensus=[
                _row(
                    schema.ConsensusRow,
                    row,
                    question=keys[row.question_id],
                    recorded_by=self.who(row.recorded_by_id),
                )
                for row in one.consensus.order_by("question__position")
            ],
            targets=[
                _row(
                    schema.TargetRow,
                    row,
                    question=keys[row.question_id] if row.question_id else None,
                    set_by=self.who(row.set_by_id),
                )
                for row in sorted(
                    one.targets.all(), key=lambda row: (row.cell, keys.get(row.question_id or 0, ""))
                )
            ],
            computed=computed.of_assessment(one),
        )

    def respondents(self, assessment: Assessment, keys: dict[int, str]) -> list[schema.RespondentPart]:
        """Return who answered, with their answers; in order of when they began."""
        found = assessment.respondents.prefetch_related("answers", "changes")
        parts = [self.respondent(one, keys) for one in found]
        return sorted(
            parts,
            key=lambda part: (
                part.created_at,
                part.person or "",
                part.name,
                canonical(part.model_dump(mode="json")),
            ),
        )

    def respondent(self, one: Respondent, keys: dict[int, str]) -> schema.RespondentPart:
        """Return one respondent."""
        answers = [_answer(row, keys, at=row.saved_at) for row in one.answers.all()]
        changes = [_answer(row, keys, at=row.at) for row in one.changes.all()]
        return _row(
            schema.RespondentPart,
            one,
            person=self.who(one.user_id),
            answers=sorted(answers, key=lambda row: row.question),
            changes=sorted(changes, key=lambda row: (row.question, row.revision)),
        )

    def inventory(self) -> schema.InventoryPart | None:
        """Return the inventory; None when there is none."""
        record = getattr(self.organization, "inventory", None)
        if record is None:
            return None
        sites = record.sites.prefetch_related("lines").order_by("pk")
        site_keys = {site.pk: site.key for site in sites}
        return _row(
            schema.InventoryPart,
            record,
            facts=self.rows(schema.FactRow, record.dated_facts.order_by("kind")),
            sites=[
                _row(schema.SiteRow, site, lines=self.rows(schema.LineRow, site.lines.order_by("pk")))
                for site in sites
            ],
            devices=[self._device(row, site_keys) for row in record.devices.order_by("pk")],
            services=self.rows(schema.ServiceRow, record.services.order_by("pk")),
        )

    def _device(self, row: Device, site_keys: dict[int, str]) -> schema.DeviceRow:
        return _row(schema.DeviceRow, row, site=site_keys[row.site_id] if row.site_id else None)

    def plans(self) -> list[schema.PlanPart]:
        """Return the plans in order."""
        return [
            self.plan(one) for one in Plan.objects.filter(organization=self.organization).order_by("number")
        ]

    def plan(self, one: Plan) -> schema.PlanPart:
        """Return one plan with everything under it."""
        return _row(
            schema.PlanPart,
            one,
            assessments=list(one.assessments.order_by("number").values_list("number", flat=True)),
            created_by=self.who(one.created_by_id),
            actions=[
                _row(
                    schema.PlanActionRow,
                    action,
                    costs=self.rows(schema.PlanCostRow, action.costs.order_by("row")),
                )
                for action in one.actions.order_by("key")
            ],
            numbers=self.rows(schema.PlanNumberRow, one.numbers.order_by("count")),
            events=self.rows(schema.PlanEventRow, one.events.order_by("at", "pk"), people=("user",)),
            computed=computed.of_plan(one),
        )

    def _snapshots(self) -> QuerySet[Snapshot]:
        return self.organization.snapshots.select_related("plan").order_by("created_at", "digest", "pk")

    def snapshots(self) -> list[schema.SnapshotPart]:
        """Return the frozen documents in order of time."""
        return [
            _row(
                schema.SnapshotPart,
                one,
                key=key,
                plan=one.plan.number if one.plan else None,
                created_by=self.who(one.created_by_id),
            )
            for key, one in enumerate(self._snapshots(), start=1)
        ]

    def reports(self) -> list[schema.ReportRow]:
        """Return the reports in order of their numbers."""
        keys = {pk: key for key, pk in enumerate(self._snapshots().values_list("pk", flat=True), start=1)}
        return [
            _row(
                schema.ReportRow,
                one,
                snapshot=keys[one.snapshot_id],
                requested_by=self.who(one.requested_by_id),
            )
            for one in self.organization.reports.order_by("audience", "number")
        ]

    def shares(self) -> list[schema.ShareRow]:
        """Return the shares in order of their renderings."""
        found = self.organization.shares.select_related("rendering").order_by("rendering__number")
        return [
            _row(
                schema.ShareRow,
                one,
                report=one.rendering.number,
                created_by=self.who(one.created_by_id),
                accesses=self.rows(
                    schema.AccessRow, one.accesses.order_by("at", "kind", "pk"), people=("user",)
                ),
            )
            for one in found
        ]

    def audit(self) -> list[schema.AuditRow]:
        """Return the audit trail, oldest first."""
        found = AuditEvent.objects.filter(organization=self.organization).order_by("at", "pk")
        rows = self.rows(schema.AuditRow, found, people=("user",))
        return sorted(rows, key=lambda row: (row.at, row.kind, row.user or "", canonical(row.detail)))


def _answer(row: Any, keys: dict[int, str], *, at: Any) -> schema.AnswerRow:
    return _row(schema.AnswerRow, row, question=keys[row.question_id], at=at)


def _people_ids(organization: Organization) -> set[int]:
    """Return the members and the respondents: most of whom an export names."""
    members = Membership.objects.filter(organization=organization).values_list("user_id", flat=True)
    asked = Respondent.objects.filter(assessment__organization=organization, user__isnull=False)
    return {*members, *asked.values_list("user_id", flat=True)}
