"""Forms: what people may type about themselves and their organization, checked field by field."""

from organizations.forms.base import Card, HouseHelper
from organizations.forms.fields import (
    DecimalTextField,
    LinesField,
    MoneyField,
    OneLineField,
    PercentField,
    day_of_ours,
    day_to_come,
)
from organizations.forms.people import AccountForm, DeleteForm, InvitationForm, MemberForm
from organizations.forms.profile import NumberField, OrganizationCreateForm, ProfileForm
from organizations.forms.stale import SeenForm

__all__ = [
    "AccountForm",
    "Card",
    "DecimalTextField",
    "DeleteForm",
    "HouseHelper",
    "InvitationForm",
    "LinesField",
    "MemberForm",
    "MoneyField",
    "NumberField",
    "OneLineField",
    "OrganizationCreateForm",
    "PercentField",
    "ProfileForm",
    "SeenForm",
    "day_of_ours",
    "day_to_come",
]
