"""One golden thread through the plan, from an answer to a dollar, picked by rule.

The strongest challenge that a chosen action with a cost meets gives the thread: its question with the
most weight, that question's cell, the dearest action that meets the challenge and lifts the cell, and
that action's largest line. What the reader may not see is not in the document, so the thread then starts
at the first step that is there.
"""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from reports.core.document import ActionPart, Challenge
from reports.render.context.index import Index
from reports.render.context.say import Say, first_sentences
from reports.render.context.standing import anchor


@dataclass(frozen=True)
class Step:
    """One station of the thread: what it is, what it says, where it stands in the report."""

    kind: str
    says: str
    target: str


def thread(say: Say, index: Index) -> list[Step]:
    """Return the stations, none when no challenge is met by an action with a cost."""
    for challenge in index.challenges:
        action = _action(index, challenge)
        if action is not None and challenge.cells:
            return _steps(say, index, challenge, action)
    return []


def _action(index: Index, challenge: Challenge) -> ActionPart | None:
    meeting = [a for a in index.actions if challenge.key in a.challenges and a.total.likely]
    both = [a for a in meeting if set(a.cells) & set(challenge.cells)] or meeting
    return max(both, key=lambda a: (a.total.likely, a.key), default=None)


def _steps(say: Say, index: Index, challenge: Challenge, action: ActionPart) -> list[Step]:
    document, steps = say.document, []
    parts = [p for p in challenge.contributions if p.cell in action.cells] or list(challenge.contributions)
    key = ""
    if parts:
        best = max(parts, key=lambda part: (part.amount, part.question))
        key = best.cell
        question = next((q for q in document.questions if q.key == best.question), None)
        if question is not None and question.level is not None:
            level = say.level(question.level)
            says = _("“%(question)s” Level %(level)s of 4")
            steps.append(
                Step(
                    pgettext("a step of the thread", "Answer"),
                    says % {"question": say.words(question.text), "level": level},
                    "q-" + anchor(key),
                )
            )
    key = key or next((cell for cell in challenge.cells if cell in action.cells), challenge.cells[0])
    cell = document.by_cell.get(key)
    if cell is not None:
        says = _("%(cell)s: %(score)s, target %(target)s")
        figures = {
            "cell": say.cell_names[key],
            "score": say.level(cell.score),
            "target": say.level(cell.target),
        }
        steps.append(Step(_("Gap"), says % figures, anchor(key)))
    number = index.challenge_numbers[challenge.key]
    evidence = say.words(challenge.proof[0].text) if challenge.proof else say.words(challenge.title)
    steps.append(
        Step(_("Challenge C%(number)d") % {"number": number}, first_sentences(evidence, 90), f"C{number}")
    )
    number = index.action_numbers[action.key]
    steps.append(Step(_("Action A%(number)d") % {"number": number}, say.words(action.title), f"A{number}"))
    lines = [(n, line) for n, owner, line in index.lines if owner.key == action.key]
    if lines:
        number, line = max(lines, key=lambda pair: (pair[1].total.likely, -pair[0]))
        steps.append(
            Step(
                _("Budget line B%(number)d") % {"number": number},
                say.money(line.total.likely),
                f"B{number}",
            )
        )
    return steps
