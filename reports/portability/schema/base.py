"""What every row of an export is made of, and how its fields are written."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

Line = Annotated[str, Field(max_length=300)]
Prose = Annotated[str, Field(max_length=20_000)]
Key = Annotated[str, Field(max_length=121)]
Address = Annotated[str, Field(max_length=254, pattern=r"^[^@\s]+@[^@\s]+$")]
Whole = Annotated[int, Field(ge=0, le=2**31 - 1)]
Cents = Annotated[int, Field(ge=0, le=10**16)]
Level = Annotated[int, Field(ge=0, le=4)]
Computed = dict[str, Any]


class Row(BaseModel):
    """One row: these fields and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True, from_attributes=True)
