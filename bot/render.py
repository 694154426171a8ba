"""Every sentence the bot says, in the reader's language: Jinja2 templates, gettext catalogues, Babel's formats.

A line of a template is a line of the message; lines that come out empty are left out. English stands in the template,
Hindi in `locales/hi/LC_MESSAGES/bot.po`, which is read at start as it is. An office's folder of overrides wins:
`templates/…` takes the place of ours, `locales/<language>/LC_MESSAGES/bot.po` is merged over ours.
"""

import gettext
import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from functools import cache, lru_cache
from io import BytesIO
from pathlib import Path
from zoneinfo import ZoneInfo

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PrefixLoader, StrictUndefined, Template, pass_context
from jinja2.runtime import Context

from bot.formats import Formats
from bot.graphemes import cut
from bot.markup import to_plain
from core.json_text import as_json

LANGUAGES = ("hi", "en")
_HERE = Path(__file__).parent
_OURS = "ours"
"""The folder under which an office's template finds the one that it takes the place of, to extend or include it."""
_GIST = 30
_AS_THEY_ARE = frozenset((bool, int, float, str))
"""What needs no second look when parameters are frozen, thawed and said; most of them."""


@dataclass(frozen=True)
class Bilingual:
    """A name that has both languages: of a department, a person, a category. Without English, Hindi is shown."""

    hi: str
    en: str

    def text(self, language: str) -> str:
        """The name as a reader of `language` knows it."""
        return self.en if language == "en" and self.en else self.hi


class Renderer:
    """Makes texts of templates. Holds nothing but the templates; may be used from any thread.

    zone: the office's time zone.   overrides: a folder with an office's own templates and catalogues, or None.
    """

    def __init__(self, zone: ZoneInfo, overrides: Path | None = None) -> None:
        self._zone = zone
        self._environments = {language: _environment(language, zone, overrides) for language in LANGUAGES}
        self._fixed_label = lru_cache(maxsize=256)(self._label_without_params)
        self._template = lru_cache(maxsize=1024)(self._template_of)

    def text(self, template: str, params: Mapping[str, object], language: str, now: datetime) -> str:
        """The message of `templates/<template>.j2`, in the HTML subset of `bot.markup`, lines parted by newlines.

        params: what the template's header asks for; Bilingual names are shown in `language`.   now: an aware instant.
        Raises jinja2.TemplateNotFound for an unknown template, jinja2.UndefinedError for a parameter not given.
        """
        return _lines(self._template(template, language).render(self._context(params, language, now)))

    def plain(self, template: str, params: Mapping[str, object], language: str, now: datetime) -> str:
        """The same as plain text: for a toast."""
        return to_plain(self.text(template, params, language, now))

    def label(self, name: str, params: Mapping[str, object], language: str, now: datetime) -> str:
        """The label of a button, plain text: the block `name` of `templates/labels.j2`. Raises KeyError if unknown."""
        if not params:
            return self._fixed_label(name, language)
        return _block(self._environments[language], "labels.j2", name, self._context(params, language, now))

    def _template_of(self, template: str, language: str) -> Template:
        return self._environments[language].get_template(f"{template}.j2")

    def _label_without_params(self, name: str, language: str) -> str:
        return _block(self._environments[language], "labels.j2", name, {"language": language})

    def _context(self, params: Mapping[str, object], language: str, now: datetime) -> dict[str, object]:
        return {**_in_language(params, language), "now": now.astimezone(self._zone), "language": language}


@dataclass(frozen=True)
class Voice:
    """A renderer that knows its reader: whoever adapts a message needs words, but not whose and when."""

    renderer: Renderer
    language: str
    now: datetime

    def text(self, template: str, params: Mapping[str, object]) -> str:
        """The message of the template, for this reader."""
        return self.renderer.text(template, params, self.language, self.now)


def freeze(params: Mapping[str, object]) -> str:
    """The parameters as the JSON of an outbox row. Raises TypeError for a value that `thaw` could not give back."""
    return as_json({name: _frozen(value) for name, value in params.items()})


def thaw(text: str, language: str) -> dict[str, object]:
    """The parameters that `freeze` wrote, names of two languages in the reader's; lists for tuples."""
    return _in_language(json.loads(text, object_hook=_thawed), language)


def _frozen(value: object) -> object:
    if value is None or type(value) in _AS_THEY_ARE:
        return value
    match value:
        case Enum():
            return value.value
        case int() | float() | str():
            return value
        case Bilingual():
            return {"hi": value.hi, "en": value.en}
        case datetime():
            if value.tzinfo is None:
                raise TypeError(f"{value!r} has no time zone; give an aware instant")
            return {"at": value.astimezone(UTC).isoformat()}
        case date():
            return {"day": value.isoformat()}
        case timedelta():
            return {"seconds": value.total_seconds()}
        case Mapping():
            return {str(name): _frozen(each) for name, each in value.items()}
        case list() | tuple():
            return [_frozen(each) for each in value]
    raise TypeError(f"{value!r} cannot wait in an outbox row; give text, numbers, times, Bilingual names or lists")


def _thawed(value: dict[str, object]) -> object:
    if len(value) > 2:
        return value
    match value:
        case {"at": str(at), **others} if not others:
            return datetime.fromisoformat(at)
        case {"day": str(day), **others} if not others:
            return date.fromisoformat(day)
        case {"seconds": (int() | float()) as seconds, **others} if not others:
            return timedelta(seconds=seconds)
        case {"hi": str(hi), "en": str(en), **others} if not others:
            return Bilingual(hi, en)
    return value


def _in_language(params: Mapping[str, object], language: str) -> dict[str, object]:
    return {name: _said(value, language) for name, value in params.items()}


def _said(value: object, language: str) -> object:
    if value is None or type(value) in _AS_THEY_ARE:
        return value
    if isinstance(value, Bilingual):
        return value.text(language)
    if isinstance(value, Mapping):
        return _in_language(value, language)
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [_said(each, language) for each in value]
    return value


def _environment(language: str, zone: ZoneInfo, overrides: Path | None) -> Environment:
    return _ours(language, zone) if overrides is None else _new_environment(language, zone, overrides)


@cache
def _ours(language: str, zone: ZoneInfo) -> Environment:
    """Our own templates, which do not change while a process runs: compiled once for every office in it."""
    return _new_environment(language, zone, None)


def _new_environment(language: str, zone: ZoneInfo, overrides: Path | None) -> Environment:
    """The templates as seen in one language: a catalogue cannot change while an environment is in use."""
    ours = FileSystemLoader(_HERE / "templates")
    own = [] if overrides is None else [FileSystemLoader(overrides / "templates")]
    environment = Environment(
        loader=ChoiceLoader([*own, ours, PrefixLoader({_OURS: ours})]),
        autoescape=True,
        undefined=StrictUndefined,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    environment.install_gettext_translations(_translations(language, overrides), newstyle=True)  # type: ignore[attr-defined]  # i18n adds it

    @lru_cache(maxsize=2048)  # hours and minutes come again all the time
    def filled(name: str, *values: tuple[str, object]) -> str:
        return _block(environment, "formats.j2", name, dict(values))

    def word(name: str, values: dict[str, object]) -> str:
        return filled(name, *values.items())

    environment.filters.update(_filters(Formats(language, zone, word)))
    environment.tests["on_day_of"] = lambda at, other: at.astimezone(zone).date() == other.astimezone(zone).date()
    return environment


def _filters(formats: Formats) -> dict[str, Callable[..., str]]:
    @pass_context
    def when(context: Context, at: datetime) -> str:
        return formats.when(at, context["now"])

    @pass_context
    def at(context: Context, at: datetime) -> str:
        return formats.at(at, context["now"])

    @pass_context
    def day(context: Context, at: date) -> str:
        return formats.day(at, context["now"])

    @pass_context
    def last_day(context: Context, end: datetime) -> str:
        """The day on which something that ends at the instant `end` can still be done."""
        return formats.day(end - datetime.resolution, context["now"])

    return {
        "when": when,
        "last_day": last_day,
        "at": at,
        "day": day,
        "clock": formats.clock,
        "span": formats.span,
        "span_oblique": lambda length: formats.span(length, oblique=True),
        "number": formats.number,
        "hour": _hour,
        "cut": cut,
        "gist": lambda text: cut(text, _GIST),
    }


def _hour(time: str) -> str:
    """A time of the settings as a window says it: "09:00" is 9, "09:30" is 9:30."""
    hours, _, minutes = time.partition(":")
    return f"{int(hours)}" if minutes == "00" else f"{int(hours)}:{minutes}"


def _translations(language: str, overrides: Path | None) -> gettext.NullTranslations:
    """Ours, and the office's merged over it; English is in the templates and needs no catalogue of ours."""
    roots = [_HERE] if overrides is None else [_HERE, overrides]
    paths = [root / "locales" / language / "LC_MESSAGES" / "bot.po" for root in roots]
    catalogues = [_catalogue(path, language) for path in paths if path.exists()]
    # The first one's rule of plurals stays; without any, everything is said as the templates have it.
    merged = catalogues[0] if catalogues else Translations()
    for catalogue in catalogues[1:]:
        merged.merge(catalogue)
    return merged


def _catalogue(path: Path, language: str) -> Translations:
    return Translations(BytesIO(_compiled(path, language, path.stat().st_mtime_ns)))


@lru_cache(maxsize=16)
def _compiled(path: Path, language: str, _modified_ns: int) -> bytes:
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    return compiled.getvalue()


def _block(environment: Environment, template: str, name: str, values: Mapping[str, object]) -> str:
    """One block of a template, as plain text; from ours if the office's own template has no such block."""
    own, ours = environment.get_template(template), environment.get_template(f"{_OURS}/{template}")
    found = own if name in own.blocks else ours
    return to_plain(_lines("".join(found.blocks[name](found.new_context(dict(values))))))


def _lines(text: str) -> str:
    lines = [line.strip() for line in unicodedata.normalize("NFC", text).replace("<br>", "\n").split("\n")]
    return "\n".join(filter(None, lines))
