"""The form of one question. A page holds several in one <form>; autosave sends the fields of one."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django import forms
from django.utils.html import escape
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.core.instruments import Instrument, Question
from assessments.core.values import Kind
from assessments.selectors.facts import Said
from assessments.services.answers import Offer
from organizations.forms import LinesField, OneLineField

NOTE_LENGTH = 2000
REASON_LENGTH = 500
DONT_KNOW = Kind.UNKNOWN.value
NOT_APPLICABLE = Kind.NOT_APPLICABLE.value
LEVELS = ("0", "1", "2", "3", "4")


@dataclass(frozen=True)
class Spot:
    """Where a question stands on its page: its number among those of the area, and where its answer is sent.

    `edition` is the digest of the instrument's version.
    """

    number: int
    of: int
    save_url: str
    card_url: str
    edition: str
    closed: bool = False


@dataclass
class Conflict:
    """Two values of one answer: what this page offers, and what the server has."""

    offered: str
    kept: str
    kept_at: datetime
    revision: int


@dataclass
class CardState:
    """What stands under the choices: when it was saved, or why it was not."""

    saved_at: datetime | None = None
    conflict: Conflict | None = None
    errors: list[str] = field(default_factory=list)
    asks_why: bool = False


class AnswerForm(forms.Form):
    """One answer to one question: a level or one of two other answers, and what belongs to it."""

    choice = forms.ChoiceField(
        choices=[(value, value) for value in (*LEVELS, DONT_KNOW, NOT_APPLICABLE)],
        required=False,
        error_messages={"invalid_choice": gettext_lazy("Choose one of the answers shown.")},
    )
    guess = forms.BooleanField(required=False)
    note = LinesField(
        required=False,
        max_length=NOTE_LENGTH,
        error_messages={
            "max_length": gettext_lazy(
                "This note is too long: %(show_value)d characters, %(limit_value)d at most. It was not saved."
            )
        },
    )
    reason = OneLineField(
        required=False,
        max_length=REASON_LENGTH,
        error_messages={
            "max_length": gettext_lazy(
                "This reason is too long: %(show_value)d characters, %(limit_value)d at most. It was not saved."
            )
        },
    )
    revision = forms.IntegerField(required=False, min_value=0, max_value=2**31 - 1)

    def __init__(
        self,
        *args: Any,
        question: Question,
        instrument: Instrument,
        language: str,
        spot: Spot,
        answer: Said | None = None,
        **kwargs: Any,
    ) -> None:
        kwargs |= {"prefix": question.key, "initial": _initial(answer)}
        super().__init__(*args, **kwargs)
        self.question = question
        self.instrument = instrument
        self.language = language
        self.spot = spot
        self.answer = answer
        self.state = _state_of(answer)

    def clean(self) -> dict[str, Any]:
        """Keep a guess with a level only, and a reason with 'does not apply' only."""
        cleaned = super().clean() or {}
        choice = cleaned.get("choice", "")
        cleaned["guess"] = bool(cleaned.get("guess")) and choice in LEVELS
        if choice != NOT_APPLICABLE:
            cleaned["reason"] = ""
        if (
            not choice
            and not self.errors
            and (cleaned.get("note") or self.data.get(self.add_prefix("guess")))
        ):
            self.add_error("choice", _("Choose an answer first; the note is saved with it."))
        return cleaned

    def empty(self) -> bool:
        """Say whether nothing was chosen; a radio group that nobody touched is no answer."""
        return not self.cleaned_data.get("choice")

    def offer(self) -> Offer:
        """Return what the person wants saved."""
        data = self.cleaned_data
        choice = data["choice"]
        return Offer(
            question=self.question.key,
            kind=Kind.LEVEL.value if choice in LEVELS else choice,
            level=int(choice) if choice in LEVELS else None,
            guess=data["guess"],
            note=data["note"],
            reason=data["reason"],
            revision=data.get("revision") or 0,
        )

    def refuse(self, kept: Said) -> None:
        """Show both values and ask which one counts."""
        offer = self.offer()
        self.state = CardState(
            conflict=Conflict(
                offered=self.say(offer.kind, offer.level, offer.guess, offer.note or offer.reason),
                kept=self.say(kept.kind, kept.level, kept.guess, kept.note or kept.reason),
                kept_at=kept.saved_at,
                revision=kept.revision,
            )
        )

    def saved(self, answer: Said) -> None:
        """Show that the server has it."""
        self.answer = answer
        self.state = _state_of(answer)

    def sentences(self) -> list[str]:
        """Return what is wrong with what was typed, one sentence each."""
        return [str(line) for lines in self.errors.values() for line in lines]

    def wrong(self, sentences: list[str]) -> None:
        """Show why it was not saved."""
        self.state = CardState(errors=sentences)

    def say(self, kind: str, level: int | None, guess: bool, words: str = "") -> str:
        """Return an answer in words."""
        if level is not None:
            said = f"{level}, {self.instrument.scale[level].label.in_(self.language)}"
            said = _("%(answer)s (a guess)") % {"answer": said} if guess else said
        elif kind == DONT_KNOW:
            said = _("I don’t know")
        else:
            said = _("Does not apply to us")
        return _("%(answer)s, with the note “%(note)s”") % {"answer": said, "note": words} if words else said

    def card(self) -> dict[str, Any]:
        """Return all that the template of a question shows."""
        data = self.data if self.is_bound else self.initial
        name = self.add_prefix if self.is_bound else str
        chosen = str(data.get(name("choice")) or "")
        return {
            **_words(self.spot.edition, self.question, self.instrument, self.language),
            "errors": self.errors if self.is_bound else {},
            "spot": self.spot,
            "chosen": chosen,
            "guess": bool(data.get(name("guess"))),
            "note": data.get(name("note")) or "",
            "reason": data.get(name("reason")) or "",
            "revision": self._revision(),
            "state": self.state,
        }

    def _revision(self) -> int:
        """Return the revision that the page shows: the server's, but the page's own while it is not saved."""
        if self.is_bound and self.state.saved_at is None:
            return self.cleaned_data.get("revision") or 0
        return self.answer.revision if self.answer else 0


def _state_of(answer: Said | None) -> CardState:
    """Return what is below a saved answer: when it was saved, and whether its reason is still asked for."""
    if answer is None:
        return CardState()
    return CardState(saved_at=answer.saved_at, asks_why=answer.kind == NOT_APPLICABLE and not answer.reason)


_shown: dict[tuple[str, str, str], dict[str, Any]] = {}


def _words(edition: str, question: Question, instrument: Instrument, language: str) -> dict[str, Any]:
    """Return the words of a question, escaped once a process: a published version never changes."""
    name = (edition, question.key, language)
    if name not in _shown:
        levels = zip(instrument.scale, question.levels, strict=True)
        _shown[name] = {
            "key": escape(question.key),
            "text": escape(question.text.in_(language)),
            "why": escape(question.why.in_(language)),
            "evidence": escape(question.evidence.in_(language)),
            "levels": [
                {
                    "value": escape(scale.level),
                    "label": escape(scale.label.in_(language)),
                    "text": escape(text.in_(language)),
                }
                for scale, text in levels
            ],
            "dont_know": escape(DONT_KNOW),
            "not_applicable": escape(NOT_APPLICABLE),
        }
    return _shown[name]


def _initial(answer: Said | None) -> dict[str, Any]:
    if answer is None:
        return {"revision": 0}
    return {
        "choice": str(answer.level) if answer.level is not None else answer.kind,
        "guess": answer.guess,
        "note": answer.note,
        "reason": answer.reason,
        "revision": answer.revision,
    }
