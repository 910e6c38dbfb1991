"""Fields that read numbers as people write them (money becomes integer cents, organizations/money.py), and names."""

import re
from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organizations import money
from organizations.oneline import NotOneLineError, one_line, straight

FIRST_YEAR, YEARS_AHEAD = 2000, 30


def day_of_ours(day: date) -> None:
    """Refuse a day by which nobody here will do anything: a slip of the keys."""
    last = timezone.localdate().year + YEARS_AHEAD
    if not FIRST_YEAR <= day.year <= last:
        words = _("Write a day between the years %(first)s and %(last)s.")
        raise ValidationError(words, code="far", params={"first": str(FIRST_YEAR), "last": str(last)})


def day_to_come(form: forms.BaseForm, name: str) -> date | None:
    """Return the day in a field, for its `clean_...`; one that has passed is refused, unless it stood there before."""
    day: date | None = form.cleaned_data[name]
    if (
        day is not None
        and day < timezone.localdate()
        and day != form.get_initial_for_field(form.fields[name], name)
    ):
        raise ValidationError(
            _("This day has passed. Choose one that is still to come, or leave it empty."), code="past"
        )
    return day


class LinesField(forms.CharField):
    """A text of as many lines as somebody likes, without what turns the direction of the words around it."""

    def to_python(self, value: Any) -> str:
        """Read the text (organizations/oneline.py)."""
        return straight(str(super().to_python(value)))


class OneLineField(forms.CharField):
    """A name, a title or another text of one line, without what would make the page around it read otherwise."""

    default_error_messages = {"one_line": _("Write this on one line, with characters that can be seen.")}

    def to_python(self, value: Any) -> str:
        """Read the text (organizations/oneline.py)."""
        try:
            return one_line(str(super().to_python(value))).strip()
        except NotOneLineError as error:
            raise ValidationError(self.error_messages["one_line"], code="one_line") from error


class DecimalTextField(forms.Field):
    """A number with at most two decimals after a point or a comma, from 0 to `most`; a Decimal, or None for nothing."""

    widget = forms.TextInput
    default_error_messages = {
        "number": _("Write a number, for example 9.5."),
        "negative": _("This cannot be less than zero."),
        "places": _("Write at most two digits after the decimal mark."),
        "large": _("This number is too large."),
    }

    def __init__(self, *, most: int = 100_000, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.most = most
        self.widget.attrs.update({"inputmode": "decimal", "class": "short", "autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        """Show a stored number without needless zeros, with the mark of the language; keep what was typed."""
        if isinstance(value, Decimal):
            plain = f"{value:f}"
            shown = plain.rstrip("0").rstrip(".") if "." in plain else plain
            return shown.replace(".", money.separators()[1])
        return value

    def to_python(self, value: Any) -> Decimal | None:
        """Read the number."""
        text = str(value if value is not None else "").strip()
        if not text:
            return None
        if re.fullmatch(r"[-\u2212]\s*\d+([.,]\d+)?", text, re.ASCII):
            raise ValidationError(self.error_messages["negative"], code="negative")
        if len(text) > 40 or not re.fullmatch(r"\d+([.,]\d+)?", text, re.ASCII):
            raise ValidationError(self.error_messages["number"], code="number")
        number = Decimal(text.replace(",", "."))
        if number > self.most:  # first: rounding forty digits is more than Decimal does
            raise ValidationError(self.error_messages["large"], code="large")
        if number != round(number, 2):
            raise ValidationError(self.error_messages["places"], code="places")
        return number

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare numbers, not the ways to write them."""
        try:
            return bool(initial != self.to_python(data))
        except ValidationError:
            return True


class PercentField(DecimalTextField):
    """A share that people write in percent, with or without the sign: 40, 40%, 40 %."""

    default_error_messages = {
        "number": _("Write a number, for example 40."),
        "large": _("A percentage cannot be more than 100."),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(most=100, **kwargs)

    def to_python(self, value: Any) -> Decimal | None:
        """Read the number before the sign."""
        if isinstance(value, str):
            value = value.strip().removesuffix("%").rstrip()
        return super().to_python(value)


class MoneyField(forms.Field):
    """An amount in the organization's currency; integer cents, or None for nothing."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs.update({"inputmode": "decimal", "class": "short", "autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        """Show stored cents as an amount; keep what was typed."""
        return money.typed(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        """Read the amount into cents."""
        text = str(value if value is not None else "").strip()
        if not text:
            return None
        try:
            return money.parse_cents(text)
        except money.AmountError as error:
            raise ValidationError(str(error), code="amount") from error

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compare amounts, not the ways to write them."""
        try:
            return bool(initial != self.to_python(data))
        except ValidationError:
            return True
