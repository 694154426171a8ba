"""Which complaint: whoever wrote a command without its code picks one by a button."""

from bot.context import Context
from bot.outbox import ButtonSpec
from core.store.queries.complaints import open_complaints

OFFERED = 6


def offer_complaints(ctx: Context, action: str, words: str) -> None:
    """The open complaints that are due first, as buttons that go on with `action`; to words that hold no code of one
    it is said how a code is written."""
    if words.strip() and not words.strip().isalpha():
        ctx.reply("code_unknown", typed=words.strip()[:40])
        return
    actor = ctx.actor()
    department = ctx.group.department if ctx.group is not None else None
    own = actor.member_of | actor.head_of
    departments = frozenset({department}) if department is not None else (None if actor.roles else own)
    found = open_complaints(ctx.fresh, departments, OFFERED).complaints
    if not found:
        ctx.reply("which_complaint_none")
        return
    offered = [ButtonSpec("code", f"{action}:complaint:{each.id}", {"code": each.code}) for each in found]
    ctx.reply("which_complaint", buttons=[offered[at : at + 2] for at in range(0, len(offered), 2)])
