"""The document behind every report: one plan of one organization on one day, complete and self-contained.

It is JSON: fractions are texts ("7/3"), money is whole cents, days and times are ISO, words for people
are maps of language to text, what users typed is one text in the organization's language.
`SCHEMA_VERSION` grows when a field changes its meaning; a document of another version is refused with a
sentence. Sums are not stored: whoever reads the document adds the same lines. `redact` gives the copy
that one reader may see.
"""

from reports.core.document.base import MOST_YEARS, Amounts, Exact, Part, Text
from reports.core.document.planned import (
    ActionPart,
    CostLine,
    DonePart,
    FirstStep,
    GoalPart,
    LeftOutPart,
    Lift,
    PlanPart,
    added,
)
from reports.core.document.redaction import redact
from reports.core.document.standing import (
    LARGEST_LOGO,
    OLD_YEARS,
    OUT_OF_USE,
    SECURE,
    SECURITY,
    AssessmentPart,
    Cell,
    Challenge,
    Contact,
    Contribution,
    DeviceLine,
    Evidence,
    InventoryPart,
    Named,
    NetLine,
    Note,
    Order,
    Profile,
    Question,
    ScaleLevel,
    ServiceLine,
    Wording,
)
from reports.core.document.whole import (
    SCHEMA_VERSION,
    Document,
    DocumentError,
    Shown,
    canonical,
    digest,
    dump,
    read,
)

__all__ = [
    "LARGEST_LOGO",
    "MOST_YEARS",
    "OLD_YEARS",
    "OUT_OF_USE",
    "SCHEMA_VERSION",
    "SECURE",
    "SECURITY",
    "ActionPart",
    "Amounts",
    "AssessmentPart",
    "Cell",
    "Challenge",
    "Contact",
    "Contribution",
    "CostLine",
    "DeviceLine",
    "Document",
    "DocumentError",
    "DonePart",
    "Evidence",
    "Exact",
    "FirstStep",
    "GoalPart",
    "InventoryPart",
    "LeftOutPart",
    "Lift",
    "Named",
    "NetLine",
    "Note",
    "Order",
    "Part",
    "PlanPart",
    "Profile",
    "Question",
    "ScaleLevel",
    "ServiceLine",
    "Shown",
    "Text",
    "Wording",
    "added",
    "canonical",
    "digest",
    "dump",
    "read",
    "redact",
]
