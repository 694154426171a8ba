"""The commands that a platform offers beside the line in which people write: in groups, and to whoever is alone with
the bot, in each language."""

from dataclasses import dataclass
from datetime import datetime

from bot.render import Renderer

PLACES = ("group", "direct")
LANGUAGES = ("hi", "en")


@dataclass(frozen=True)
class Menu:
    """The commands of a place in a language, each with what it is for."""

    place: str
    language: str
    commands: tuple[tuple[str, str], ...]


def menus(renderer: Renderer, now: datetime) -> tuple[Menu, ...]:
    """All of them, as the template `menu` has them."""
    return tuple(
        Menu(place, language, _commands(renderer.plain("menu", {"where": place}, language, now)))
        for place in PLACES
        for language in LANGUAGES
    )


def _commands(text: str) -> tuple[tuple[str, str], ...]:
    lines = (line.removeprefix("/").partition(" ") for line in text.splitlines() if line.startswith("/"))
    return tuple((name, words) for name, _, words in lines)
