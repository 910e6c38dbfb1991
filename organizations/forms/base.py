"""What all our forms share: the helper that writes them in the markup of the house, and the label of a radio card.

    class GoalForm(forms.Form):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            self.helper = HouseHelper(self, save=_("Save the goal"))

and in the page `{% load crispy_forms_tags %}{% crispy form %}`. A page with several forms sets `form_tag=False`.
"""

from dataclasses import dataclass
from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, ButtonHolder, Layout, Submit
from django import forms
from django.utils.functional import Promise
from django.utils.html import format_html

Words = str | Promise  # what gettext_lazy gives is put into words when it is shown


@dataclass(frozen=True, slots=True)
class Card:
    """The label of a choice that is shown as a card: a number, a name and a sentence."""

    number: int | None
    name: str
    text: str

    def __str__(self) -> str:
        return self.name


class HouseHelper(FormHelper):
    """Write a form in the markup of the house: mistakes in a summary and at their field, one filled button.

    `save` is the word on the button, `back` the address of a quiet link beside it. `quiet` leaves "(optional)" out.
    The browser's own checks are off, so that every mistake is told in the same words at the same place.
    """

    def __init__(
        self,
        form: forms.BaseForm,
        *layout: Any,
        save: Words = "",
        back: str = "",
        back_text: Words = "",
        quiet: bool = False,
        form_tag: bool = True,
    ) -> None:
        super().__init__(form)
        self.form_tag = form_tag
        self.form_class = "form"
        self.attrs = {"novalidate": ""}
        self.optional_quiet = quiet
        self.include_media = False
        self.render_hidden_fields = True
        if layout:
            self.layout = Layout(*layout)
        if save:
            link = format_html('<a class="button plain" href="{}">{}</a>', back, back_text) if back else ""
            self.layout.append(ButtonHolder(Submit("save", save), HTML(link)))
