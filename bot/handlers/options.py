"""*More options*: everything that whoever presses may decide about a complaint, each a button."""

from bot.context import Context
from bot.routing import Routes
from bot.speaking import button
from core.complaints import Complaint, State
from core.people import Actor, Role
from core.refusals import NotAllowed

on = Routes()


@on.button("more_options")
def show_the_options(ctx: Context, complaint: Complaint) -> None:
    """What stands on no card for want of room."""
    offered = [button(name, complaint) for name in options(complaint, ctx.actor())]
    if not offered:
        raise NotAllowed(Role.HEAD, complaint.code)
    rows = [offered[at : at + 2] for at in range(0, len(offered), 2)]
    ctx.reply("options", about=complaint, buttons=[*rows, [button("cancel", complaint)]], code=complaint.code)


def options(complaint: Complaint, actor: Actor) -> tuple[str, ...]:
    """The names of the buttons, by who asks and how the complaint stands; the rules decide when one is pressed."""
    senior, operator = actor.has(Role.SENIOR), actor.has(Role.OPERATOR)
    possible = {
        "assign": complaint.is_open and (operator or complaint.department in actor.head_of),
        "ask": (complaint.is_open or complaint.state is State.SOLVED) and (senior or operator),
        "change_department": complaint.is_open and (senior or operator),
        "category": complaint.is_open and (senior or operator),
        "pause": complaint.is_open and (senior or operator),
        "reject": complaint.is_open and senior,
        "merge": complaint.is_open and senior,
        "unmerge": complaint.state is State.MERGED and senior,
        "reopen": complaint.state is State.REJECTED and senior,
    }
    return tuple(name for name, offered in possible.items() if offered)
