"""Fields that read what people type: amounts of money by the page's language, whole numbers, nothing guessed."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from organizations.money import AmountError, parse_cents, separators, typed

MOST_WHOLE = 1_000_000


class AmountField(forms.CharField):
    """An amount of money: text in the page's language, integer cents in Python; empty is None."""

    def __init__(self, *, currency: str = "USD", **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 40)
        super().__init__(**kwargs)
        self.currency = currency
        self.widget.attrs.update({"inputmode": "decimal", "autocomplete": "off", "size": "11"})

    def to_python(self, value: Any) -> Any:
        """Return the cents."""
        if isinstance(value, int):
            return value
        text = super().to_python(value)
        if not text:
            return None
        try:
            return parse_cents(text, self.currency)
        except AmountError as error:
            raise ValidationError(str(error), code="amount") from error

    def run_validators(self, value: Any) -> None:
        """The length of the text is checked by the widget; cents have no length."""

    def prepare_value(self, value: Any) -> Any:
        """Return the text for the field."""
        return typed(value) if isinstance(value, int) and not isinstance(value, bool) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Say whether another amount was typed."""
        return super().has_changed(self.prepare_value(initial), data)


class WholeField(forms.CharField):
    """A whole number, 0 or more: thousands may be set apart as the page does; empty is None."""

    def __init__(self, *, least: int = 0, most: int = MOST_WHOLE, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 20)
        super().__init__(**kwargs)
        self.least, self.most = least, most
        self.widget.attrs.update({"inputmode": "numeric", "autocomplete": "off", "size": "7"})

    def to_python(self, value: Any) -> Any:
        """Return the number."""
        if isinstance(value, int):
            return value
        text = super().to_python(value)
        if not text:
            return None
        bare = text.replace("\u00a0", "").replace(" ", "")
        thousands = separators()[0]
        head, *groups = bare.split(thousands)
        if groups and not (1 <= len(head) <= 3 and all(len(group) == 3 for group in groups)):
            raise ValidationError(_("Write a whole number in figures, for example 12."), code="whole")
        digits = "".join([head, *groups])
        if digits.startswith(("-", "\u2212")):
            raise ValidationError(_("A number cannot be below 0."), code="below")
        if not (digits.isascii() and digits.isdigit()):
            raise ValidationError(_("Write a whole number in figures, for example 12."), code="whole")
        if len(digits) > 12 or int(digits) > self.most:
            raise ValidationError(
                _("This number is too large; the most is %(most)d.") % {"most": self.most}, code="large"
            )
        if int(digits) < self.least:
            raise ValidationError(
                _("This number is too small; the least is %(least)d.") % {"least": self.least}, code="small"
            )
        return int(digits)

    def run_validators(self, value: Any) -> None:
        """The length of the text is checked by the widget; numbers have no length."""


class LotsField(forms.CharField):
    """How many units are bought in the first, second, ... year: "3, 3" is (3, 3); empty is all at the start."""

    def __init__(self, *, years: int, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 60)
        super().__init__(**kwargs)
        self.years = years
        self.widget.attrs.update({"inputmode": "text", "autocomplete": "off", "size": "9"})

    def to_python(self, value: Any) -> Any:
        """Return the numbers by year."""
        if isinstance(value, (list, tuple)):
            return tuple(value)
        text = super().to_python(value)
        if not text:
            return ()
        parts = [part.strip() for part in text.split(",")]
        whole = all(part.isascii() and part.isdigit() and len(part) <= 6 for part in parts)
        if not whole or not any(int(part) for part in parts):
            raise ValidationError(_("Write how many in each year, for example 3, 3."), code="lots")
        if len(parts) > self.years:
            raise ValidationError(
                _("Write at most one number for each year of the plan: %(years)d.") % {"years": self.years},
                code="years",
            )
        return tuple(int(part) for part in parts)

    def run_validators(self, value: Any) -> None:
        """The length of the text is checked by the widget."""

    def prepare_value(self, value: Any) -> Any:
        """Return the text for the field."""
        return ", ".join(str(lot) for lot in value) if isinstance(value, (list, tuple)) else value
