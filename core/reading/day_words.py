"""The words by which days are written, as core/data/days.yaml has them, in their one spelling."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any

import yaml

from core.reading.tokens import loosened
from core.text import fold

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class DayWords:
    """Each word to what it means: weekdays from Monday, 0; months from January, 1; units day, week, month."""

    weekdays: dict[str, int]
    short_weekdays: dict[str, int]
    months: dict[str, int]
    units: dict[str, str]
    numbers: dict[str, int]
    both_ways: dict[str, int]
    date_word: frozenset[str]
    today: frozenset[str]
    tomorrow: frozenset[str]
    next: frozenset[str]
    this: frozenset[str]
    before: frozenset[str]
    behind: frozenset[str]
    between: frozenset[str]
    asking: frozenset[str]
    over: frozenset[str]


@lru_cache(maxsize=1)
def day_words() -> DayWords:
    """The words, read once."""
    data = yaml.load((files("core") / "data" / "days.yaml").read_text(encoding="utf-8"), Loader=_LOADER)
    lists = ("date_word", "today", "tomorrow", "next", "this", "before", "behind", "between", "asking", "over")
    return DayWords(
        weekdays=_meanings(enumerate(data["weekdays"])),
        short_weekdays=_meanings(enumerate(data["short_weekdays"])),
        months=_meanings(enumerate(data["months"], start=1)),
        units=_meanings(data["units"].items()),
        numbers=_meanings(data["numbers"].items()),
        both_ways=_meanings(data["both_ways"].items()),
        **{name: frozenset(map(_form, data[name])) for name in lists},
    )


def _meanings(pairs: Iterable[tuple[Any, list[str]]]) -> dict[str, Any]:
    return {_form(word): meaning for meaning, words in pairs for word in words}


def _form(word: str) -> str:
    return loosened(fold(str(word)))
