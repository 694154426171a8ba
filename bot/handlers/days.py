"""What is done once a day: cards that tell the time left are shown anew, holidays frozen, the chains' heads listed."""

from bot.routing import Hour, Routes
from bot.speaking import Speaking
from core.store.queries.complaints import all_open_complaints, unconfirmed_complaints
from core.store.queries.holidays import freeze_years
from core.store.queries.proof import keep_chain_heads

on = Routes()


@on.daily("cards of the day", Hour.MIDNIGHT)
def show_the_time_left(speaking: Speaking) -> None:
    """A card of yesterday does not say "today", nor an hour of yesterday without its day."""
    connection = speaking.unit.connection
    unconfirmed = unconfirmed_complaints(connection, speaking.directory.departments)
    for complaint in (*all_open_complaints(connection), *unconfirmed):
        for group in (*speaking.groups_of(complaint), *speaking.administration()):
            if speaking.is_shown(complaint, group):
                speaking.show(complaint, group)


@on.daily("cards after closing", Hour.CLOSING)
def show_what_is_overdue(speaking: Speaking) -> None:
    """A due time is a close of office: what was due now shows that it is past."""
    show_the_time_left(speaking)


@on.daily("holidays", Hour.MIDNIGHT)
def freeze_the_holidays(speaking: Speaking) -> None:
    """Of this year and the next, so that a due time in January knows them (docs/design.md §4, rule 3)."""
    freeze_years(speaking.unit, speaking.office.settings, speaking.today)


@on.daily("chain heads", Hour.MIDNIGHT)
def list_the_heads_of_the_chains(speaking: Speaking) -> None:
    """So that a chain that loses its tail later is found by `janmilan verify`."""
    keep_chain_heads(speaking.unit, speaking.today.isoformat())
