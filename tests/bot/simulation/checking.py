"""A play is checked another way than by its own records: all that the slow computations find."""

from collections.abc import Iterator, Sequence
from itertools import chain

from bot.simulation.witness import Seen
from core.settings import OfficeSettings
from tests.bot.simulation.raw import Raw, read_raw
from tests.bot.simulation.slow_mornings import said_in_the_quiet, wrong_calls, wrong_reminders, wrong_verdicts
from tests.bot.simulation.slow_rungs import wrong_breaches, wrong_rungs

CHECKS = (wrong_verdicts, wrong_calls, wrong_reminders, said_in_the_quiet, wrong_rungs, wrong_breaches)


def checked(url: str, settings: OfficeSettings, days: int, seen: Sequence[Seen]) -> tuple[Raw, list[str]]:
    """What a play left behind, and all that is wrong with it."""
    raw = read_raw(url, settings, days, seen)
    return raw, list(_findings(raw))


def _findings(raw: Raw) -> Iterator[str]:
    return chain.from_iterable(check(raw) for check in CHECKS)
