"""Commands as people write them: `/status CODE`, `/स्थिति CODE`, in a direct chat also without the slash."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from core.text import fold_word

NAMES = Path(__file__).parent / "templates" / "commands.yaml"


@dataclass(frozen=True)
class Written:
    """A command in a message: its English name, and the words after it."""

    name: str
    words: str


class CommandNames:
    """The names of commands and of the words that may follow them, in every language."""

    def __init__(self, commands: Mapping[str, Iterable[str]], words: Mapping[str, Iterable[str]]) -> None:
        self._others = {name: tuple(others) for name, others in commands.items()}
        self._commands = _by_spelling(commands)
        self._words = _by_spelling(words)

    def others(self, name: str) -> tuple[str, ...]:
        """What else a command is called, in other scripts."""
        return self._others.get(name, ())

    @classmethod
    @cache
    def load(cls, path: Path = NAMES) -> "CommandNames":
        """The list that stands beside the templates; read once in a process."""
        listed = yaml.safe_load(path.read_text(encoding="utf-8"))
        return cls(listed["commands"], listed["words"])

    def read(self, text: str, direct: bool) -> Written | None:
        """The command that `text` is, or None. `/status@bot CODE` is one too; without a slash only where `direct`."""
        first, _, words = text.strip().partition(" ")
        slash = first.startswith("/")
        if not slash and not direct:
            return None
        typed = first.removeprefix("/").partition("@")[0]
        name = self._commands.get(fold_word(typed))
        if name is None or (not slash and name == "start"):
            return None
        return Written(name, words.strip())

    def means(self, words: str, word: str) -> bool:
        """Whether what follows a command is this word, in any language."""
        return self._words.get(fold_word(words)) == word


def _by_spelling(names: Mapping[str, Iterable[str]]) -> dict[str, str]:
    return {fold_word(each): name for name, others in names.items() for each in (name, *others)}
