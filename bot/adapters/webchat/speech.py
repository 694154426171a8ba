"""Every sentence of the web chat, in the reader's language.

Templates hold the English, `locales/hi/LC_MESSAGES/webchat.po` the Hindi; Babel reads it at start, nothing is compiled
beforehand. The page's scripts get their sentences from the page (`templates/words.html.j2`).
"""

from functools import cache
from io import BytesIO
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import Translations
from jinja2 import Environment, FileSystemLoader, StrictUndefined

LANGUAGES = ("hi", "en")

_HERE = Path(__file__).parent


class Speech:
    """Renders pages and single sentences. Holds nothing but templates; may be used from any thread."""

    def __init__(self) -> None:
        self._environments = {language: _environment(language) for language in LANGUAGES}

    def page(self, template: str, language: str, **values: object) -> str:
        """The page of `templates/<template>.html.j2`."""
        shown = {**values, "language": language}
        return self._environments[language].get_template(f"{template}.html.j2").render(shown)

    def sentence(self, name: str, language: str, **values: object) -> str:
        """The block `name` of `templates/sentences.j2` as plain text. Raises KeyError for an unknown one."""
        template = self._environments[language].get_template("sentences.j2")
        return "".join(template.blocks[name](template.new_context(values)))


@cache
def _environment(language: str) -> Environment:
    """The templates in one language, compiled once for every account in the process."""
    environment = Environment(
        loader=FileSystemLoader(_HERE / "templates"),
        # Sentences leave as JSON and the page's scripts show them as text, so only pages are escaped.
        autoescape=lambda name: name is not None and name.endswith(".html.j2"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "sort_keys": True}
    environment.install_gettext_translations(_catalogue(language), newstyle=True)  # type: ignore[attr-defined]  # i18n adds it
    return environment


def _catalogue(language: str) -> Translations:
    path = _HERE / "locales" / language / "LC_MESSAGES" / "webchat.po"
    if not path.exists():
        return Translations()
    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file, locale=language))
    compiled.seek(0)
    return Translations(compiled)
