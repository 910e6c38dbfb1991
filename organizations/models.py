"""Who: people who sign in with an e-mail address, their organizations, and what happened there.

Money is integer cents in the organization's currency. Full-time equivalents have at most two places.
"""

import uuid
from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Language(models.TextChoices):
    """The languages of the interface and of an organization's own text."""

    ENGLISH = "en", "English"
    SPANISH = "es", "Español"


class UserManager(BaseUserManager["User"]):
    """Make users by e-mail address; look them up whatever the case of its letters."""

    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make a user; without a password they cannot sign in by one."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Make an operator."""
        return self.create_user(email, password, **{**fields, "is_staff": True, "is_superuser": True})

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the user with this e-mail address."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):
    """A person who signs in with an e-mail address, which is kept in small letters."""

    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(_("language"), max_length=8, choices=Language.choices, blank=True)
    is_staff = models.BooleanField(_("operator of this site"), default=False)
    is_active = models.BooleanField(_("can sign in"), default=True)
    date_joined = models.DateTimeField(default=timezone.now)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(Lower("email"), name="user_email_once_whatever_the_case"),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save with the address in small letters."""
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)

    def get_full_name(self) -> str:
        """Return the name, or the e-mail address of who gave none."""
        return str(self)

    def get_short_name(self) -> str:
        """Return the name, or the e-mail address of who gave none."""
        return str(self)


def logo_path(organization: "Organization", filename: str) -> str:
    """Return where the logo lies; its name says nothing about the file that was uploaded."""
    return f"organizations/{organization.uuid}/logo-{uuid.uuid4().hex}.png"


class Organization(models.Model):
    """A nonprofit organization and its profile. Money is in `currency`.

    A number that is None is not known: nobody has said it yet. 0 is an answer: nobody is paid, no device is there.
    """

    class Paper(models.TextChoices):
        LETTER = "letter", _("US Letter")
        A4 = "a4", _("A4")

    class Currency(models.TextChoices):
        USD = "USD", _("US dollar (USD)")
        CAD = "CAD", _("Canadian dollar (CAD)")
        EUR = "EUR", _("Euro (EUR)")
        GBP = "GBP", _("Pound sterling (GBP)")
        MXN = "MXN", _("Mexican peso (MXN)")
        AUD = "AUD", _("Australian dollar (AUD)")
        COP = "COP", _("Colombian peso (COP)")
        ARS = "ARS", _("Argentine peso (ARS)")
        CLP = "CLP", _("Chilean peso (CLP)")
        PEN = "PEN", _("Peruvian sol (PEN)")

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(_("name"), max_length=200)
    mission = models.TextField(_("mission"), max_length=2000, blank=True)
    field = models.CharField(_("field of work"), max_length=120, blank=True)
    staff_count = models.PositiveIntegerField(_("paid people"), null=True, blank=True)
    full_time_equivalents = models.DecimalField(
        _("full-time equivalents"),
        max_digits=8,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    volunteers = models.PositiveIntegerField(_("volunteers"), null=True, blank=True)
    devices_count = models.PositiveIntegerField(_("computers and other devices"), null=True, blank=True)
    sites_count = models.PositiveIntegerField(_("places of work"), null=True, blank=True)
    yearly_budget_cents = models.BigIntegerField(_("yearly budget"), null=True, blank=True)
    yearly_technology_budget_cents = models.BigIntegerField(
        _("of that, for technology"), null=True, blank=True
    )
    currency = models.CharField(_("currency"), max_length=3, choices=Currency.choices, default=Currency.USD)
    language = models.CharField(
        _("language"), max_length=8, choices=Language.choices, default=Language.ENGLISH
    )
    paper_size = models.CharField(_("paper size"), max_length=6, choices=Paper.choices, default=Paper.LETTER)
    logo = models.FileField(upload_to=logo_path, blank=True)
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["name", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=~models.Q(name=""), name="organization_has_a_name"),
            models.CheckConstraint(
                condition=models.Q(full_time_equivalents__gte=0), name="organization_fte_not_negative"
            ),
            models.CheckConstraint(
                condition=models.Q(yearly_budget_cents__isnull=True) | models.Q(yearly_budget_cents__gte=0),
                name="organization_budget_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(yearly_technology_budget_cents__isnull=True)
                | models.Q(yearly_technology_budget_cents__gte=0),
                name="organization_technology_budget_not_negative",
            ),
            models.CheckConstraint(
                condition=models.Q(language__in=Language.values), name="organization_language_known"
            ),
            models.CheckConstraint(
                condition=models.Q(paper_size__in=["letter", "a4"]), name="organization_paper_known"
            ),
            models.CheckConstraint(
                condition=models.Q(currency__regex=r"^[A-Z]{3}$"), name="organization_currency_has_a_code"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """One person in one organization: what they may do (`role`) and whose view their answers are (`answers_as`)."""

    class Role(models.TextChoices):
        DIRECTOR = "director", _("Director")
        EDITOR = "editor", _("Editor")
        RESPONDENT = "respondent", _("Respondent")
        CONSULTANT = "consultant", _("Consultant")
        VIEWER = "viewer", _("Viewer")

    class View(models.TextChoices):
        """Leadership is the director and the board; the others are staff and whoever keeps the computers running."""

        DIRECTOR = "director", _("Director")
        BOARD = "board", _("Board")
        STAFF = "staff", _("Staff or volunteer")
        TECH = "tech", _("Keeps the technology running")

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(_("role"), max_length=12, choices=Role.choices)
    title = models.CharField(_("job title"), max_length=120, blank=True)
    may_share = models.BooleanField(_("may share reports"), default=False)
    answers_as = models.CharField(_("answers as"), max_length=10, choices=View.choices, default=View.STAFF)
    joined_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["organization", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["organization", "user"], name="membership_once"),
            models.CheckConstraint(
                condition=models.Q(role__in=["director", "editor", "respondent", "consultant", "viewer"]),
                name="membership_role_known",
            ),
            models.CheckConstraint(
                condition=models.Q(answers_as__in=["director", "board", "staff", "tech"]),
                name="membership_view_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.organization}"


class SentForm(models.Model):
    """A form that somebody has sent: sent again, it adds nothing. Kept for a day."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "organization", "key"], name="sent_form_once"),
        ]

    def __str__(self) -> str:
        return str(self.key)


class Invitation(models.Model):
    """A link that lets one person join once. Only the SHA-256 hash of its 256-bit token is kept.

    `mailed`: the link went to the address by mail and was shown to nobody, so who holds it reads that mailbox.
    """

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail address"))
    role = models.CharField(_("role"), max_length=12, choices=Membership.Role.choices)
    answers_as = models.CharField(
        _("answers as"), max_length=10, choices=Membership.View.choices, default=Membership.View.STAFF
    )
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    mailed = models.BooleanField(default=False)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["organization", "-created_at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["organization", "email"],
                condition=models.Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="invitation_open_once_an_address",
            ),
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True) | models.Q(revoked_at__isnull=True),
                name="invitation_accepted_or_revoked",
            ),
            models.CheckConstraint(
                condition=models.Q(role__in=["director", "editor", "respondent", "consultant", "viewer"]),
                name="invitation_role_known",
            ),
        ]

    def __str__(self) -> str:
        return f"Invitation of {self.email} to {self.organization}"


class AuditQuerySet(models.QuerySet["AuditEvent"]):
    """The audit trail: rows are added and read, never changed; they go only with their whole organization."""

    def update(self, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise TypeError("The audit trail is append-only.")

    def delete(self) -> NoReturn:
        """Refuse."""
        raise TypeError("The audit trail is append-only.")


class AuditEvent(models.Model):
    """One thing that happened: who, what, when. Append-only; `detail` holds what the sentence about it needs."""

    organization = models.ForeignKey(
        Organization, on_delete=models.SET_NULL, null=True, blank=True, related_name="audit_events"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=40)
    detail = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(default=timezone.now)

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-pk"]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organization", "-at"], name="audit_by_organization"),
            models.Index(fields=["user", "kind", "-at"], name="audit_by_user"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write the row once; refuse a second time."""
        if not self._state.adding:
            raise TypeError("The audit trail is append-only.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refuse."""
        raise TypeError("The audit trail is append-only.")
