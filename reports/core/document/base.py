"""What the document is made of: exact fractions as text, whole cents, days in ISO form, words by language."""

import re
from fractions import Fraction
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer

from assessments.core.content import Day, Flag, Key, Text, Whole

__all__ = [
    "Amounts",
    "Cents",
    "Day",
    "Exact",
    "Flag",
    "Key",
    "Level",
    "Part",
    "Text",
    "Whole",
    "exact",
]


MOST_CENTS = 2**63 - 1  # what the column of a plan's total holds
MOST_YEARS = 5
FRACTION = re.compile(r"-?[0-9]{1,400}(/[0-9]{1,400})?")


def exact(value: Any) -> Fraction:
    """Return a fraction from its text ("7/3"), or from a whole number; a float is refused."""
    if isinstance(value, bool) or not isinstance(value, int | str | Fraction):
        raise ValueError("must be an exact number such as 3 or '7/3'")
    if isinstance(value, str) and (not FRACTION.fullmatch(value) or not int(value.partition("/")[2] or 1)):
        raise ValueError("must be an exact number such as 3 or '7/3'")
    return Fraction(value)


Exact = Annotated[
    Fraction,
    BeforeValidator(exact, json_schema_input_type=str),
    PlainSerializer(str, return_type=str),
]
Cents = Annotated[Whole, Field(ge=0, le=MOST_CENTS)]
Level = Annotated[Whole, Field(ge=0, le=4)]


class Part(BaseModel):
    """One part of the document: these fields and no others, never changed."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Amounts(Part):
    """An amount in cents: low, likely, high."""

    low: Cents = 0
    likely: Cents = 0
    high: Cents = 0

    def __add__(self, other: "Amounts") -> "Amounts":
        return Amounts(
            low=self.low + other.low, likely=self.likely + other.likely, high=self.high + other.high
        )
