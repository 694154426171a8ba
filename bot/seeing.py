"""Who has seen what: by a receipt, a press, a reaction or a reply, at its own time (docs/design.md §3, Receipts)."""

from bot.context import Context
from bot.events import Message, Pressed, Reacted, Receipt
from bot.store.receipts import note_seen


def note_seen_by(ctx: Context) -> None:
    """Stage what the event tells of the message that it is about; nothing for somebody who is not of the office."""
    if ctx.person is None:
        return
    seen, event = _seen(ctx), ctx.event
    if isinstance(event, Receipt) and not event.read:
        note_seen(ctx.unit, ctx.address, event.message, ctx.person.id, delivered_at=ctx.at)
    elif seen is not None:
        note_seen(ctx.unit, ctx.address, seen, ctx.person.id, read_at=ctx.at)


def _seen(ctx: Context) -> str | None:
    match ctx.event:
        case Pressed() | Reacted() | Receipt():
            return ctx.event.message
        case Message():
            return ctx.event.reply_to
    return None
