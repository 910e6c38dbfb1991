"""Two people on the same page: who saves second is asked before the first one's words are replaced.

A form remembers in a hidden field what stood in it when the page was loaded. When something else is stored by
the time it comes back, it is refused once: what was typed stays, and what is stored now stands at each field that
differs. Saving again replaces it. The view reads the row inside `one_at_a_time`, so that nobody comes between.

    class GoalForm(SeenForm):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.remember()

A request without the hidden field, of a program for instance, is not checked.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.formats import date_format
from django.utils.translation import gettext as _

SEEN = "seen"


class SeenField(forms.CharField):
    """What stood on the page; nothing that anybody changes."""

    widget = forms.HiddenInput

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Never count as a change."""
        return False


class SeenForm(forms.BaseForm):
    """The part of a form that refuses to replace what its reader has not seen."""

    _stored: str = ""

    def remember(self) -> None:
        """Call at the end of __init__: keep what is stored, for the page and for the comparison."""
        values = {name: self.get_initial_for_field(self.fields[name], name) for name in self._shown()}
        text = json.dumps(values, sort_keys=True, default=str)
        self._stored = hashlib.sha256(text.encode()).hexdigest()[:32]
        self.fields[SEEN] = SeenField(required=False, initial=self._stored, max_length=64)

    def clean(self) -> dict[str, Any]:
        """Compare what the page showed with what is stored."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        seen = cleaned.pop(SEEN, "")
        differing = [name for name in self._shown() if name in self.changed_data]
        if seen and self._stored and seen != self._stored and differing:
            self._refuse(differing)
        return cleaned

    def _refuse(self, differing: Iterable[str]) -> None:
        self.add_error(
            None,
            _(
                "Somebody else changed this in the meantime, and nothing of yours is saved yet. What you typed is "
                "still here, and beside it what is stored now. Save again to replace that."
            ),
        )
        for name in differing:
            if name not in self.errors:
                self.add_error(name, _("Stored now: “%(value)s”.") % {"value": self._words(name)})
        # Whoever saves again has seen it.
        data: Any = QueryDict(mutable=True)
        data.update(self.data)
        data[self.add_prefix(SEEN)] = self._stored
        self.data = data

    def _shown(self) -> list[str]:
        """Return the fields that people see, files aside."""
        return [
            name
            for name, field in self.fields.items()
            if not field.widget.is_hidden and not isinstance(field, forms.FileField)
        ]

    def _words(self, name: str) -> str:
        """Return what is stored in a field as people would write it."""
        field = self.fields[name]
        value = field.prepare_value(self.get_initial_for_field(field, name))
        if value in (None, "", []):
            return _("nothing")
        if isinstance(value, bool):
            return _("Yes") if value else _("No")
        if isinstance(value, date):
            return date_format(value)
        if isinstance(field, forms.ChoiceField):
            widget: Any = field.widget
            words = {str(key): str(label) for key, label in widget.choices}
            keys = value if isinstance(value, list) else [value]
            return ", ".join(words.get(str(key), str(key)) for key in keys)
        return str(value)
