"""The interface speaks English and Spanish, whole: nothing untranslated, nothing lost, nothing outside gettext."""

import datetime
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import formats, translation

from organizations.money import money
from planning.core.catalogue import read_catalogue
from planning.sentences.sources import SOURCES
from techplan import translations
from tests import words

SPANISH = words.ROOT / "locale" / "es" / "LC_MESSAGES" / "django.po"

# Messages that read the same in both languages: names, and words that the languages share.
SAME = {
    "A4",
    "Error",
    "Euro (EUR)",
    "Factor",
    "Internet",
    "No",
    "Plan",
    "Total",
}
# Names, which no language changes.
NAMES = {"TechPlan"}
# What stands outside gettext on purpose, by file and text.
OUTSIDE = {
    # A command to type: the same in every language.
    ("templates/account/password_reset.html", "changepassword"),
    # The kind of a button in HTML.
    ("templates/allauth/elements/button.html", "default:'submit'"),
    # Each language stands in its own words where one is chosen.
    ("organizations/models.py", "English"),
    ("organizations/models.py", "Español"),
}
# Notes beside fields of models that no form shows: they are for who reads the code or the operator's pages.
FOR_THE_OPERATOR = {
    ("jobs/models.py", "for the operator, never shown to users"),
    ("assessments/models/answers.py", "why it does not apply"),
    ("assessments/models/assessment.py", "answers given by all respondents"),
    ("assessments/models/assessment.py", "answers that all respondents can give"),
    ("assessments/models/instruments.py", "SHA-256 of the canonical document"),
    ("assessments/models/inventory.py", "belongs to a private person"),
    ("assessments/models/inventory.py", "in the name of a private person"),
    ("reports/models/documents.py", "SHA-256 of the canonical document"),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%|%[sd]|\{\w*\}|</?\w+|&\w+;|href=\"[^\"]*\"")
SENTENCE_END = re.compile(r"([.:?;…])[»”)]?\s*$")


@pytest.fixture(scope="module")
def catalogue() -> Catalog:
    """Return the Spanish catalogue as it is committed."""
    return translations.read(SPANISH)


def said(catalogue: Catalog) -> Iterator[tuple[Message, list[tuple[str, str]]]]:
    """Yield each message with its English and Spanish, plural forms in pairs."""
    for message in catalogue:
        if not message.id:
            continue
        english = [message.id] if isinstance(message.id, str) else list(message.id)
        spanish = [message.string] if isinstance(message.string, str) else list(message.string)
        yield message, list(zip(english, spanish, strict=True))


def named(path: Path) -> str:
    """Return a path as the lists above write it."""
    return path.relative_to(words.ROOT).as_posix()


# --- the catalogue --------------------------------------------------------------------------------------------


def test_every_message_of_the_source_is_in_the_catalogue_and_nothing_else(catalogue: Catalog) -> None:
    source = words.messages()
    kept = {(message.context, pairs[0][0]) for message, pairs in said(catalogue)}
    missing = [f"{named(source[key][0])}: {key[1]}" for key in sorted(set(source) - kept, key=str)]
    assert not missing, "not in locale/es:\n" + "\n".join(missing)
    assert not kept - set(source), "in locale/es, but said nowhere"


def test_a_plural_is_known_to_the_catalogue_as_one(catalogue: Catalog) -> None:
    forms = {message.context or "" for message, pairs in said(catalogue) if len(pairs) not in (1, 2)}
    assert catalogue.num_plurals == 2
    assert not forms


def test_nothing_is_untranslated_or_fuzzy(catalogue: Catalog) -> None:
    for message, pairs in said(catalogue):
        assert not message.fuzzy, message.id
        assert all(spanish.strip() for _english, spanish in pairs), message.id
    assert not catalogue.obsolete


def test_what_is_put_in_is_put_in_in_spanish_too(catalogue: Catalog) -> None:
    wrong = []
    for message, pairs in said(catalogue):
        most = sorted(PLACEHOLDER.findall(pairs[-1][0]))
        for english, spanish in pairs:
            # 'One thing' may leave the number out where 'three things' cannot.
            if sorted(PLACEHOLDER.findall(spanish)) not in (sorted(PLACEHOLDER.findall(english)), most):
                wrong.append((message.id, spanish))
    assert not wrong
    assert not translations.errors([words.ROOT / "locale"])


def test_spanish_is_spanish(catalogue: Catalog) -> None:
    same = {
        english
        for _message, pairs in said(catalogue)
        for english, spanish in pairs
        if english == spanish and words.wordy(PLACEHOLDER.sub(" ", english))
    }
    assert same <= SAME, "the same in both languages; translate, or add to SAME"


def test_sentences_end_alike_and_are_set_in_the_signs_of_their_language(catalogue: Catalog) -> None:
    wrong = []
    for _message, pairs in said(catalogue):
        for english, spanish in pairs:
            ends = [SENTENCE_END.search(text) for text in (english, spanish)]
            if [end and end[1] for end in ends[:1]] != [end and end[1] for end in ends[1:]]:
                wrong.append(spanish)
            if len(re.findall(r"\w\?", spanish)) != spanish.count("¿") or re.search(
                r"[“”]|\"(?![^<]*>)", spanish
            ):
                wrong.append(spanish)
    assert not wrong


def test_no_sentence_shouts_or_says_click_here(catalogue: Catalog) -> None:
    for _message, pairs in said(catalogue):
        for text in (text for pair in pairs for text in pair):
            assert "!" not in text, text
            assert not re.search(r"click here|clic aqu[ií]", text, re.IGNORECASE), text


def test_spanish_needs_little_more_room(catalogue: Catalog) -> None:
    pairs = [pair for _message, pairs in said(catalogue) for pair in pairs]
    english, spanish = (sum(len(pair[side]) for pair in pairs) for side in (0, 1))
    assert spanish <= 1.2 * english
    # A word can be twice as long; a sentence that is runs out of its box.
    assert [pair for pair in pairs if len(pair[0]) > 40 and len(pair[1]) > 1.6 * len(pair[0])] == []


# --- the source -----------------------------------------------------------------------------------------------


def test_templates_say_nothing_outside_gettext() -> None:
    found = [place for path in words.template_files() for place in words.bare_template(path)]
    bare = [
        f"{place}"
        for place in found
        for bare in [place.words.replace(words.HOLE, "").strip(" |")]
        if bare not in NAMES and (named(place.path), bare) not in OUTSIDE
    ]
    assert not bare, "\n".join(bare)


def test_forms_choices_and_refusals_say_nothing_outside_gettext() -> None:
    found = [place for path in words.python_files() for place in words.bare_python(path)]
    bare = [
        str(place)
        for place in found
        if (named(place.path), place.words) not in OUTSIDE | FOR_THE_OPERATOR
        and "commands" not in place.path.parts
    ]
    assert not bare, "\n".join(bare)


def test_no_message_is_put_into_words_before_the_language_is_known() -> None:
    found = [str(place) for path in words.python_files() for place in words.early(path)]
    assert not found, "\n".join(found)


def test_every_source_of_a_price_can_be_said_in_spanish() -> None:
    named = {cost.source for action in read_catalogue().action_list for cost in action.costs}
    assert named == set(SOURCES)


def test_scripts_take_their_words_from_the_page() -> None:
    sentence = re.compile(r"""(["'`])[A-Z][a-z]+(?: [a-z]+)+[.?]?\1""")
    for path in sorted((words.ROOT / "static" / "js").glob("*.js")):
        assert not sentence.search(path.read_text()), f"{path.name} says something itself"


# --- that the scanner sees ------------------------------------------------------------------------------------


def test_the_scanner_finds_what_is_not_translated(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text(
        "{% load i18n %}\n"
        '<p title="A title">{% translate "Fine" %} and bare</p>\n'
        "{% blocktranslate %}fine{% endblocktranslate %}{% comment %}fine{% endcomment %}{# fine #}\n"
        '<script>let fine = 1;</script><input type="submit" value="Send it">\n'
        '{{ count|pluralize }}{{ name|default:"nobody" }}{{ day|date:"DATE_FORMAT" }}\n'
        '{% include "fine.html" with title="A heading" other=_("Fine") kind="fine" %}'
    )
    found = [(place.line, place.words) for place in words.bare_template(page)]
    assert sorted(found) == [
        (2, "A title"),
        (2, f"{words.HOLE} and bare"),
        (4, "Send it"),
        (5, '|default:"nobody"'),
        (5, "|pluralize"),
        (6, "A heading"),
    ]


def test_the_scanner_finds_labels_choices_and_early_words(tmp_path: Path) -> None:
    code = tmp_path / "code.py"
    code.write_text(
        "from django.utils.translation import gettext as _, gettext_lazy\n"
        "EARLY = _('Too early')\n"
        "LATE = gettext_lazy('Fine')\n"
        "class Kind(models.TextChoices):\n"
        "    ONE = 'one', 'A choice'\n"
        "    TWO = 'two', gettext_lazy('Fine')\n"
        "def view(request):\n"
        "    messages.success(request, 'It is done.')\n"
        "    logger.error('fine', 'fine too')\n"
        "    form = CharField(label='A label', help_text=_('Fine'), error_messages={'required': 'Write it.'})\n"
        "    raise ValidationError(f'There are {count} left.')\n"
    )
    assert sorted((place.line, place.words) for place in words.bare_python(code)) == [
        (5, "A choice"),
        (8, "It is done."),
        (10, "A label"),
        (10, "Write it."),
        (11, " left."),
        (11, "There are "),
    ]
    assert [place.line for place in words.early(code)] == [2]


# --- dates, money, the frame ----------------------------------------------------------------------------------


def test_dates_and_money_are_written_as_in_spanish(spanish: None) -> None:
    day = datetime.date(2026, 3, 16)
    assert formats.date_format(day) == "16 de marzo de 2026"
    assert formats.date_format(day, "MONTH_DAY_FORMAT") == "16 de marzo"
    assert money(2_062_550) == "$20,625.50"
    assert formats.number_format(1234.5, use_l10n=True, force_grouping=True) == "1,234.5"
    with translation.override("en"):
        assert formats.date_format(day) == "March 16, 2026"
        assert money(2_062_550) == "$20,625.50"


def test_templates_take_dates_in_the_form_of_the_language() -> None:
    own_form = re.compile(r"\|\s*(?:date|time):\s*[\"'](?!\w+_FORMAT[\"']|[cUY]|H:i)[^\"']*[\"']")
    for path in words.template_files():
        assert not own_form.search(path.read_text()), f"{named(path)}: a date in a form of its own"


@pytest.mark.django_db
def test_a_page_says_its_language_and_offers_the_other(client: Client, spanish: None) -> None:
    page = client.get(reverse("organizations:landing"), headers={"accept-language": "es"}).text
    assert '<html lang="es">' in page
    assert "<title>Vea qué frena su trabajo | TechPlan</title>" in page
    assert re.search(r'<button[^>]* value="en" lang="en">English</button>', page)
    assert settings.LANGUAGES[1][0] == "es"


@pytest.mark.django_db
def test_a_person_changes_the_language_and_keeps_it(client: Client, spanish: None) -> None:
    landing = reverse("organizations:landing")
    answer = client.post(
        reverse("organizations:language-set"), {"language": "es", "next": landing}, follow=True
    )
    assert '<html lang="es">' in answer.text
    assert '<html lang="es">' in client.get(landing, headers={"accept-language": "en"}).text
