"""*I'm on it*: the officer who pressed has the complaint."""

from bot.context import Context
from bot.routing import Routes
from bot.speaking import Speaking, button
from core.commands import Acknowledge
from core.complaints import Acknowledged, Complaint
from core.people import Role
from core.timeline import Entry

on = Routes()


@on.button("acknowledge", role=(Role.MEMBER, Role.OPERATOR))
def acknowledge(ctx: Context, complaint: Complaint) -> None:
    """Put the complaint into the hands of whoever pressed."""
    done = ctx.do(Acknowledge(complaint.code, at=ctx.at))
    ctx.toast("acknowledged" if done.entries else "nothing_changed")


@on.happened(Acknowledged)
def show_who_has_it(speaking: Speaking, entry: Entry) -> None:
    """The card tells who has it."""
    for group in speaking.groups_of(entry.complaint):
        speaking.show(entry.complaint, group)


def ask_to_acknowledge(ctx: Context, complaint: Complaint) -> None:
    """Words that may mean "I'm on it" are asked, not taken."""
    ctx.reply(
        "acknowledge_ask",
        about=complaint,
        buttons=[[button("acknowledge", complaint), button("only_note", complaint)]],
        code=complaint.code,
    )
