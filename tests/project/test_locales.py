"""Guard: every sentence of the templates is in every catalogue, translated, with the same values in it."""

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest
from babel.messages import Catalog, Message
from babel.messages.pofile import read_po
from jinja2.ext import babel_extract

from tests.project.tree import PACKAGES, files

Sentence = tuple[str | None, str]

VALUE = re.compile(r"%\((\w+)\)s")
# As bot/render.py and desk/language.py set up Jinja2.
OPTIONS = {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false", "extensions": "jinja2.ext.do"}
TRIMMED = {"desk"}
KEYWORDS = ["_", "gettext", "ngettext", "pgettext", "npgettext"]


def catalogues(root: Path) -> dict[Path, Catalog]:
    """All catalogues: `<room>/locales/<language>/LC_MESSAGES/<name>.po`."""
    found = {}
    for path in files(root, ".po", under=PACKAGES):
        with path.open("rb") as file:
            found[path] = read_po(file, locale=path.parents[1].name)
    return found


def sentences(root: Path) -> dict[Path, set[Sentence]]:
    """The sentences of every room that has a folder `templates`; its catalogues lie beside that, in `locales`."""
    found: dict[Path, set[Sentence]] = {}
    for path in files(root, ".j2", ".html", ".txt", ".svg", under=PACKAGES):
        if "templates" in path.parts:
            room = root.joinpath(*path.relative_to(root).parts[: path.relative_to(root).parts.index("templates")])
            options = OPTIONS | {"trimmed": str(room.name in TRIMMED)}
            with path.open("rb") as file:
                calls = [(name, words) for _, name, words, _ in babel_extract(file, KEYWORDS, [], options)]
            found.setdefault(room, set()).update(sentence(name, words) for name, words in calls)
    return found


def sentence(call: str, words: str | tuple[str | None, ...] | None) -> Sentence:
    """Context and text of what a template says by `gettext`, `ngettext`, `pgettext` or `npgettext`."""
    told = [words or ""] if isinstance(words, str | None) else [word or "" for word in words]
    return (told[0], told[1]) if call in {"pgettext", "npgettext"} else (None, told[0])


def untranslated(root: Path) -> list[str]:
    """Sentences that some catalogue lacks, has unfinished, or has with other values than the template gives."""
    found = []
    known = catalogues(root)
    for room, needed in sentences(root).items():
        ours = {path: catalogue for path, catalogue in known.items() if path.is_relative_to(room / "locales")}
        if needed and not any(catalogue.locale_identifier == "hi" for catalogue in ours.values()):
            found.append(f"{room.relative_to(root)}: has templates and no Hindi catalogue")
        for path, catalogue in ours.items():
            lacks = [text for context, text in needed if catalogue.get(text, context) is None]
            found += [f"{path.relative_to(root)}: lacks {text!r}" for text in sorted(lacks)]
    for path, catalogue in known.items():
        wrong = [(message.lineno, fault) for message in catalogue for fault in faults(message, catalogue)]
        found += [f"{path.relative_to(root)}:{line}: {fault}" for line, fault in wrong]
    return found


def faults(message: Message, catalogue: Catalog) -> Iterator[str]:
    """What is wrong with one translation."""
    if not message.id:
        return
    asked = [message.id] if isinstance(message.id, str) else list(message.id)
    said = [message.string] if isinstance(message.string, str) else list(message.string or [""])
    if message.fuzzy:
        yield f"fuzzy: {asked[0]!r}"
    if not all(said) or (message.pluralizable and len(said) != catalogue.num_plurals):
        yield f"not translated: {asked[0]!r}"
    unknown = set(chain(*map(VALUE.findall, said))) - set(chain(*map(VALUE.findall, asked)))
    lost = set(VALUE.findall(asked[-1])) - set(VALUE.findall(said[-1]))
    if said[-1] and (unknown or lost):
        yield f"other values {sorted(unknown | lost)} than in {asked[-1]!r}"


def test_every_sentence_is_translated(root: Path) -> None:
    assert catalogues(root)
    assert sum(map(len, sentences(root).values())) > 50
    assert untranslated(root) == []


def test_hindi_plurals_are_those_of_hindi(root: Path) -> None:
    """Zero is singular in Hindi: `n > 1`, where Babel's own header says `n != 1`."""
    hindi = [catalogue for catalogue in catalogues(root).values() if catalogue.locale_identifier == "hi"]
    assert hindi
    assert {catalogue.plural_expr.strip("()") for catalogue in hindi} == {"n > 1"}


HEADER = 'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=(n > 1);\\n"\n'
WHOLE = 'msgid "Due %(when)s"\nmsgstr "%(when)s तक"\n\nmsgid "%(n)s day"\nmsgid_plural "%(n)s days"\n'
TEMPLATE = (
    "{% trans %}Due {{ when }}{% endtrans %}\n{% trans n=n %}{{ n }} day{% pluralize %}{{ n }} days{% endtrans %}"
)


def plant(small: Path, entries: str) -> list[str]:
    """A package with one template and a catalogue of `entries`; returns what the guard says."""
    (small / "bot/templates").mkdir()
    (small / "bot/templates/due.j2").write_text(TEMPLATE, encoding="utf-8")
    (small / "bot/locales/hi/LC_MESSAGES").mkdir(parents=True)
    (small / "bot/locales/hi/LC_MESSAGES/bot.po").write_text(f"{HEADER}\n{entries}\n", encoding="utf-8")
    return untranslated(small)


PLURALS = 'msgstr[0] "%(n)s दिन"\nmsgstr[1] "%(n)s दिन"\n'


def test_a_finished_catalogue_passes(settings_alone: Path) -> None:
    assert plant(settings_alone, WHOLE + PLURALS) == []


@pytest.mark.parametrize(
    ("entries", "fault"),
    [
        ('msgid "Due %(when)s"\nmsgstr "%(when)s तक"\n', "lacks '%(n)s day'"),
        (WHOLE + 'msgstr[0] "%(n)s दिन"\nmsgstr[1] ""\n', "not translated"),
        (WHOLE.replace("%(when)s तक", "") + PLURALS, "not translated"),
        ("#, fuzzy\n" + WHOLE + PLURALS, "fuzzy"),
        (WHOLE.replace("%(when)s तक", "आज तक") + PLURALS, "other values ['when']"),
        (WHOLE.replace("%(when)s तक", "%(whan)s तक") + PLURALS, "other values ['whan', 'when']"),
    ],
)
def test_an_unfinished_catalogue_is_caught(settings_alone: Path, entries: str, fault: str) -> None:
    found = plant(settings_alone, entries)
    assert len(found) == 1
    assert fault in found[0]


def test_templates_without_hindi_are_caught(settings_alone: Path) -> None:
    (settings_alone / "desk/templates").mkdir()
    (settings_alone / "desk/templates/due.html").write_text(TEMPLATE, encoding="utf-8")
    assert untranslated(settings_alone) == ["desk: has templates and no Hindi catalogue"]
