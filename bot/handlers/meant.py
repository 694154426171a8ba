"""Which complaint a message is about: the card it replies to, the code in it, or the code that was nearly written."""

from dataclasses import dataclass

from bot.context import Context
from bot.events import Message
from core.complaints import Complaint
from core.refusals import NotFound
from core.store.queries.complaints import registered_codes


@dataclass(frozen=True)
class Meant:
    """What a message says beside the codes in it, and which complaints it names.

    complaints: the one it replies to, or those whose codes it holds.   words: the text without its codes.
    near: codes that may have been meant by one that is wrong.   typed: how that one was written, "" if none was.
    """

    complaints: tuple[Complaint, ...] = ()
    words: str = ""
    near: tuple[str, ...] = ()
    typed: str = ""


def complaints_meant(ctx: Context, message: Message) -> Meant:
    """Read the message's codes; a code in it counts before the card that it replies to."""
    finder = ctx.directory.codes
    complaints = tuple(each for found in finder.find(message.text) if (each := _complaint(ctx, found.code)))
    words = finder.cut(message.text)
    for each in complaints:
        ctx.concern(each)
    if complaints:
        return Meant(complaints, words)
    replied = ctx.replied_complaint(message)
    if replied is not None:
        ctx.concern(replied)
        return Meant((replied,), words)
    near = finder.near(message.text, lambda codes: registered_codes(ctx.unit.connection, codes))
    typed = finder.typed(message.text, sure=not near) or _unregistered(ctx, message.text)
    return Meant((), words, near, typed)


def complaint_named(ctx: Context, text: str) -> Complaint | None:
    """The one complaint whose code stands in `text`, or None."""
    meant = [found.code for found in ctx.directory.codes.find(text)]
    return _complaint(ctx, meant[0]) if len(meant) == 1 else None


def _unregistered(ctx: Context, text: str) -> str:
    # A code whose check digits are right, but that no complaint has.
    found = ctx.directory.codes.find(text)
    return found[0].code if found else ""


def _complaint(ctx: Context, code: str) -> Complaint | None:
    try:
        return ctx.unit.complaint(code)
    except NotFound:
        return None
