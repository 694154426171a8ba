"""What is done once a day: cards that tell the time left are shown anew, holidays frozen, the chains' heads listed."""

from collections.abc import Iterable
from datetime import timedelta

from bot.routing import Hour, Routes
from bot.speaking import Speaking
from core.complaints import Complaint
from core.store.queries.complaints import all_open_complaints, unconfirmed_complaints
from core.store.queries.holidays import freeze_years
from core.store.queries.proof import keep_chain_heads

on = Routes()

TOLD_BY_THE_HOUR = timedelta(days=3)
"""A solution's hour stands without its day on the day alone; three days, should nobody have been running meanwhile."""


@on.daily("cards of the day", Hour.MIDNIGHT)
def show_the_time_left(speaking: Speaking) -> None:
    """A card of yesterday does not say "today", nor an hour of yesterday without its day."""
    connection = speaking.unit.connection
    since = speaking.unit.now - TOLD_BY_THE_HOUR
    unconfirmed = unconfirmed_complaints(connection, speaking.directory.departments)
    _show_again(speaking, all_open_complaints(connection))
    _show_again(speaking, (each for each in unconfirmed if each.solution and each.solution.at > since))


@on.daily("cards after closing", Hour.CLOSING)
def show_what_is_overdue(speaking: Speaking) -> None:
    """A due time is a close of office: what was due today shows that it is past."""
    now, day_of = speaking.unit.now, speaking.rules.calendar.day_of
    late = (each for each in all_open_complaints(speaking.unit.connection) if each.is_overdue(now))
    _show_again(speaking, (each for each in late if day_of(each.due.at) == speaking.today))


def _show_again(speaking: Speaking, complaints: Iterable[Complaint]) -> None:
    for complaint in complaints:
        for group in (*speaking.groups_of(complaint), *speaking.administration()):
            if speaking.is_shown(complaint, group):
                speaking.show(complaint, group)


@on.daily("clocks", Hour.MIDNIGHT)
def set_the_clocks_of_complaints(speaking: Speaking) -> None:
    """Another ladder, other hours or a restored copy of the records: from the next midnight on they count."""
    speaking.office.set_clocks_anew(speaking.unit)


@on.daily("holidays", Hour.MIDNIGHT)
def freeze_the_holidays(speaking: Speaking) -> None:
    """Of this year and the next, so that a due time in January knows them (docs/design.md §4, rule 3)."""
    freeze_years(speaking.unit, speaking.office.settings, speaking.today)


@on.daily("chain heads", Hour.MIDNIGHT)
def list_the_heads_of_the_chains(speaking: Speaking) -> None:
    """So that a chain that loses its tail later is found by `janmilan verify`."""
    keep_chain_heads(speaking.unit, speaking.today.isoformat())
