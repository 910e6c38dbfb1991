"""The words for levels, ranges and findings, the same on screen, in the report and for a funder.

Levels are exact, 0..4; shown numbers are rounded half up. A score takes the colour of the nearest level, but the name
of a level only within a quarter of it; else it lies between two. `labels` are the five names of the instrument's scale
in the language of the reader. Every function answers in the active language.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assessments.core.scoring import rounded, word_of
from assessments.core.values import CellResult, Result, State
from organizations import figures

CLEAR = Fraction(1, 2)  # what one quality must lie below another to be named in a heading
PRAISED = Fraction(5, 2)  # the least mean of a quality that is praised
LEAST_PRAISED = Fraction(2)  # and its least result
MOST_NAMED = 4  # more results than this that share a level are counted, not named


def number(value: Fraction | int | None, *, places: int = 1, trim: bool = False) -> str:
    """Return a level as a number for people; '' for none."""
    if value is None:
        return ""
    if trim:
        exact = rounded(Fraction(value), places).normalize() + Decimal(0)
        places = max(0, -int(exact.as_tuple().exponent))
    return figures.number(value, places)


def short_word(score: Fraction | None, labels: Sequence[str]) -> str:
    """Return what stands in a cell of the heat map: the name of a level, or 'between 2 and 3'."""
    if score is None:
        return _("Not known")
    levels = word_of(score)
    if len(levels) == 1:
        return labels[levels[0]]
    return _("between %(low)d and %(high)d") % {"low": levels[0], "high": levels[-1]}


def empty_word(cell: CellResult) -> str:
    """Return what stands in a cell without a score: withheld, left out by those who answered, not answered, unknown.

    Where single answers are closed it does not say which of the last three.
    """
    if cell.withheld:
        return _("Too few to show")
    if _does_not_apply(cell):
        return _("Does not apply")
    if not cell.applicable and not _closed(cell) and State.UNANSWERED in _states(cell):
        return _("Not answered")
    return _("Not known")


def _does_not_apply(cell: CellResult) -> bool:
    """Whether all questions of a cell were answered so, and this may be told."""
    if cell.applicable or _closed(cell):
        return False
    return State.NOT_APPLICABLE in _states(cell) and State.UNANSWERED not in _states(cell)


def _closed(cell: CellResult) -> bool:
    """Whether figures of its questions could tell what single people said."""
    return any(question.closed for question in cell.questions)


def _states(cell: CellResult) -> set[State]:
    return {question.state for question in cell.questions}


def long_word(score: Fraction | None, labels: Sequence[str]) -> str:
    """Return the same with both names: 'between Now and then and Basics in place'."""
    if score is None:
        return _("not known")
    levels = word_of(score)
    if len(levels) == 1:
        return _("“%(level)s”") % {"level": labels[levels[0]]}
    return _("between “%(low)s” and “%(high)s”") % {"low": labels[levels[0]], "high": labels[levels[-1]]}


def base(cell: CellResult) -> str:
    """Return on how many questions a cell's score stands; not where it would tell what single answers are."""
    if _closed(cell):
        return _("from questions that are not shown one by one")
    figures = {"base": cell.base, "count": cell.applicable}
    left = 0 if _closed(cell) else sum(one.state is State.UNANSWERED for one in cell.questions)
    if not left:
        return (
            ngettext(
                "from %(base)d of %(count)d question", "from %(base)d of %(count)d questions", cell.applicable
            )
            % figures
        )
    answered = ngettext(
        "from %(base)d of %(count)d answered question",
        "from %(base)d of %(count)d answered questions",
        cell.applicable,
    )
    more = ngettext("%(left)d more is not answered", "%(left)d more are not answered", left)
    return f"{answered % figures}; {more % {'left': left}}"


def cell_sentence(cell: CellResult, labels: Sequence[str]) -> str:
    """Return what a cell says, as one sentence: level, meaning, base."""
    if cell.withheld:
        return _(
            "Fewer than three people gave these questions a level, so no result is shown: it could tell what one "
            "person said. It shows when three people have given one, or when all who answered here agree to show "
            "results."
        )
    if cell.score is None:
        if _does_not_apply(cell):
            return _("Those who answered said that this does not apply, so it has no level and no gap.")
        if cell.applicable == 0:
            return _("There is no result here yet: nobody has answered these questions with a level.")
        return _("Not known: everybody who answered chose “I don’t know”.")
    return _("Level %(score)s of 4: %(meaning)s, %(base)s.") % {
        "score": number(cell.score),
        "meaning": long_word(cell.score, labels),
        "base": base(cell),
    }


def range_sentence(cell: CellResult) -> str:
    """Return how certain a cell's score is, and why it is not more so."""
    if cell.score is None or cell.low is None or cell.high is None or _closed(cell):
        return ""
    unknown = sum(question.unknown for question in cell.questions if question.applicable)
    guesses = sum(question.guesses for question in cell.questions if question.applicable)
    if not unknown and not guesses:
        return _("Nobody guessed or answered “I don’t know” here, so there is no range.")
    reasons = _why_unsure(unknown, guesses)
    if not cell.wide:
        return _("It stays within half a level whatever the missing answers would say; %(reasons)s.") % {
            "reasons": reasons
        }
    return _("It could lie between %(low)s and %(high)s, because %(reasons)s.") % {
        "low": number(cell.low),
        "high": number(cell.high),
        "reasons": reasons,
    }


def _why_unsure(unknown: int, guesses: int) -> str:
    dont_know = ngettext(
        "%(count)d answer is “I don’t know”", "%(count)d answers are “I don’t know”", unknown
    ) % {"count": unknown}
    guessed = ngettext("%(count)d is a guess", "%(count)d are guesses", guesses) % {"count": guesses}
    if unknown and guesses:
        return _("%(dont_know)s and %(guessed)s") % {"dont_know": dont_know, "guessed": guessed}
    if unknown:
        return dont_know
    return ngettext("%(count)d answer is a guess", "%(count)d answers are guesses", guesses) % {
        "count": guesses
    }


def cell_name(area: str, quality: str, *, areas: dict[str, str], qualities: dict[str, str]) -> str:
    """Return the name of a cell: 'Collaboration, efficient'; only the area where there is one quality."""
    if len(qualities) < 2:
        return areas[area]
    return _("%(area)s, %(quality)s") % {"area": areas[area], "quality": qualities[quality].lower()}


def capital(words: str) -> str:
    """Return words with a capital letter in front, a quotation mark before it or not."""
    for place, letter in enumerate(words):
        if letter.isalpha():
            return words[:place] + letter.upper() + words[place + 1 :]
    return words


@dataclass(frozen=True, slots=True)
class Finding:
    """A heading made from the data and the sentence under it."""

    title: str
    lead: str


def finding(result: Result, *, area_titles: dict[str, str], quality_titles: dict[str, str]) -> Finding:
    """Return what the results say first: the weakest quality if it is clearly lowest, else the weakest area."""
    scored = [cell for cell in result.cells if cell.score is not None]
    if not scored:
        return Finding(
            _("There is no result yet"),
            _("As soon as questions are answered with a level, the results stand here."),
        )
    names = {
        cell.key: cell_name(cell.area, cell.quality, areas=area_titles, qualities=quality_titles)
        for cell in scored
    }
    if all(not cell.gap for cell in scored):
        return Finding(
            _("You are where you want to be"),
            _("No result is below its target. Look again in a year, or set a target higher."),
        )
    best = max(scored, key=_by_score)
    worst = min(scored, key=_by_score)
    ends = extremes([(names[cell.key], _by_score(cell)) for cell in scored])
    if not ends and best.score == worst.score:
        ends = _("All results are alike.")
    no_grade = _("There is no overall grade: what is good enough is yours to say.")
    heading = _quality_heading(result, quality_titles) or _heading(result, area_titles, names, best, worst)
    return Finding(heading, f"{ends} {no_grade}".strip())


def still_open(result: Result) -> str:
    """Return how many of the questions nobody whose answers count here has answered; '' when none is left."""
    states = [question.state for question in result.questions]
    left = states.count(State.UNANSWERED)
    if not left:
        return ""
    asked = len(states) - states.count(State.NOT_ASKED) - states.count(State.HIDDEN)
    return ngettext(
        "%(left)d of %(asked)d questions is not answered yet, so this can change.",
        "%(left)d of %(asked)d questions are not answered yet, so this can change.",
        left,
    ) % {"left": left, "asked": asked}


def extremes(rows: Sequence[tuple[str, Fraction]]) -> str:
    """Return which results are highest and lowest as they are shown; '' where all look alike.

    `rows` are names and levels in the order of the instrument, in which those that share a level are named too.
    """
    shown = [(name, rounded(score)) for name, score in rows]
    levels = [level for _name, level in shown]
    if not levels or max(levels) == min(levels):
        return ""
    high = [name for name, level in shown if level == max(levels)]
    low = [name for name, level in shown if level == min(levels)]
    return " ".join(
        (
            _end(high, max(levels), _("The strongest result is %(names)s, %(level)s."), _high_shared),
            _end(low, min(levels), _("The lowest is %(names)s, %(level)s."), _low_shared),
        )
    )


def _end(names: list[str], level: Decimal, alone: str, shared: Callable[[bool], str]) -> str:
    few = len(names) <= MOST_NAMED
    words = {"count": len(names), "names": "; ".join(names), "level": number(Fraction(level))}
    return (alone if len(names) == 1 else shared(few)) % words


def _high_shared(named: bool) -> str:
    if named:
        return _("%(count)d results share the highest level, %(level)s: %(names)s.")
    return _("%(count)d results share the highest level, %(level)s.")


def _low_shared(named: bool) -> str:
    if named:
        return _("%(count)d share the lowest level, %(level)s: %(names)s.")
    return _("%(count)d share the lowest level, %(level)s.")


def does_its_job(mean: Fraction | None, scores: Iterable[Fraction]) -> bool:
    """Say whether a quality is good enough to be praised in a heading: 2.5 or more, and no cell below level 2."""
    return mean is not None and mean >= PRAISED and min(scores, default=Fraction(0)) >= LEAST_PRAISED


def stands_at(high: str, high_mean: Fraction, low: str, low_mean: Fraction) -> str:
    """Return how far two qualities lie apart, without judging."""
    return _("%(high)s stands at %(high_level)s, %(low)s at %(low_level)s") % {
        "high": high,
        "high_level": number(high_mean),
        "low": low,
        "low_level": number(low_mean),
    }


def _by_score(cell: CellResult) -> Fraction:
    return cell.score if cell.score is not None else Fraction(0)


def _quality_heading(result: Result, titles: dict[str, str]) -> str:
    """Return what to say of the quality that is clearly lowest; '' where none is."""
    means = {key: mean for key, mean in result.qualities.items() if mean is not None}
    if len(means) < 2:
        return ""
    lowest, highest = min(means, key=lambda key: means[key]), max(means, key=lambda key: means[key])
    if min(mean for key, mean in means.items() if key != lowest) - means[lowest] < CLEAR:
        return ""
    if lowest == "effective":
        return _("Your work does not yet reach as far as it could")
    heading = {
        "efficient": _("Your work does its job. It takes too long."),
        "secure": _("Your work gets done. It is not well protected."),
    }.get(lowest, "")
    effective = [_by_score(c) for c in result.cells if c.quality == "effective" and c.score is not None]
    if heading and not does_its_job(means.get("effective"), effective):
        return stands_at(titles[highest], means[highest], titles[lowest], means[lowest])
    return heading


def _heading(
    result: Result, area_titles: dict[str, str], names: dict[str, str], best: CellResult, worst: CellResult
) -> str:
    areas = {key: mean for key, mean in result.areas.items() if mean is not None}
    lowest_area = min(areas, key=lambda key: areas[key])
    if len(areas) > 1 and max(areas.values()) - areas[lowest_area] >= CLEAR:
        return _("%(area)s is where you are furthest from the rest") % {"area": area_titles[lowest_area]}
    alike = sum(cell.score == worst.score for cell in result.cells)
    if (best.score or 0) - (worst.score or 0) >= 1 and alike > 1:
        return ngettext(
            "%(count)d result is lower than the others", "%(count)d results are lower than the others", alike
        ) % {"count": alike}
    if (best.score or 0) - (worst.score or 0) >= 1:
        return _("%(result)s is where you are furthest from the rest") % {"result": names[worst.key]}
    return _("You stand at about the same level everywhere")


def answering_rule() -> str:
    """Return how one chooses a level. Every page says it in these words."""
    return _(
        "Choose the highest description that is true for most of the work. If you are between two, choose the lower "
        "one."
    )


def closed_reason() -> str:
    """Return why results are closed to somebody who may look. Every page that refuses them says it in these words."""
    return _("Fewer than three people have answered, and not all of them agree to show results.")


def showing_rule() -> str:
    """Return from when on results show, and what each sees until then. Every page says it in these words."""
    return _(
        "Results show when three people have answered, or when everybody who answered agrees to show them. "
        "Until then each sees only their own."
    )
