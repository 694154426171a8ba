"""What somebody does in a chat is a mark that they are there, at the platform's own time (docs/design.md §4, Presence).

How much each kind says stands in `presence.counts`. An edit, and a message taken back, say nothing: nobody knows when
they were made.
"""

from bot.context import Context
from bot.events import Event, Message, Pressed, Reacted, Receipt
from core.marking import mark, mark_of_stranger
from core.presence import Mark, Strength
from core.settings.presence import Counts


def note_mark(ctx: Context) -> None:
    """Stage the mark that the event is; of somebody unknown only in the group of a department, where they may wait."""
    strength = _strength(ctx.event, ctx.office.settings.presence.counts)
    if strength is None:
        return
    if ctx.person is not None:
        mark(ctx.office, ctx.unit, Mark(ctx.person.id, ctx.at, strength))
    elif ctx.group is not None and ctx.group.department is not None:
        sender = ctx.event.sender
        mark_of_stranger(ctx.office, ctx.unit, sender.account, sender.user, ctx.group.department, ctx.at, strength)


def _strength(event: Event, counts: Counts) -> Strength | None:
    match event:
        case Message(edited=False):
            said = counts.message
        case Pressed():
            said = counts.button
        case Reacted():
            said = counts.reaction
        case Receipt(read=True):
            said = counts.read
        case _:
            return None
    return None if said == "none" else Strength(said)
