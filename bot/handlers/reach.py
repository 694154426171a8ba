"""Where the bot can write no longer, and where it can again (docs/design.md §4, Who may do what).

A group that removed the bot stands for its department no longer, so what comes for it goes where everything of a
department without a group goes; the administration is told once, with what to do. Back in that group, the bot goes on.
"""

from datetime import datetime

from bot import outbox
from bot.context import Context
from bot.events import Address
from bot.outbox import Priority
from bot.routing import Hour, Routes
from bot.speaking import Speaking, address_of
from core.commands import LoseChat, RegainChat
from core.groups import Group, Purpose
from core.people import Actor, Door, Role, Via
from core.store.queries.complaints import all_open_complaints
from core.store.queries.occasions import keep_occasion

on = Routes()

CARD = "complaint"
MOST_NAMED = 12


@on.lost()
def take_the_loss(speaking: Speaking, address: Address, at: datetime) -> None:
    """A group is unbound; a person is written to no more. Nothing that waits is said there."""
    waiting = outbox.give_up(speaking.unit, address, "the bot was removed", CARD)
    user = speaking.user_at(address)
    lost = _perform(speaking, LoseChat(address.account, address.chat, at, user), address)
    if lost is None:
        return
    for chat in _who_is_told(speaking):
        speaking.say(
            chat,
            "group_lost",
            priority=Priority.ESCALATION,
            department=speaking.department_name(lost.department) if lost.department is not None else "",
            department_code=_code(speaking, lost),
        )
    for id in waiting if lost.purpose is Purpose.DEPARTMENT else ():
        complaint = speaking.unit.complaint_by_id(id)
        if complaint.department == lost.department and not speaking.groups_of(complaint):
            for group in speaking.administration():
                speaking.show(complaint, group)


@on.back()
def take_the_return(ctx: Context) -> None:
    """A group that was lost stands for its department again, and sees what it has missed."""
    known = ctx.directory.identity(ctx.address.account, ctx.user)
    if ctx.direct and (known is None or known.lost_at is None or ctx.event.at < known.lost_at):
        return
    user = ctx.user if ctx.direct else None
    found = _perform(ctx, RegainChat(ctx.address.account, ctx.address.chat, user), ctx.address)
    if found is None:
        return
    ctx.group = found
    ctx.tell_what_the_group_is(ctx.address)
    if found.purpose is Purpose.DEPARTMENT:
        for complaint in all_open_complaints(ctx.fresh):
            if complaint.department == found.department:
                ctx.show(complaint, address_of(found))


@on.daily("out of reach", Hour.OPENING)
def name_who_is_out_of_reach(speaking: Speaking) -> None:
    """Each once for each time that they were lost, in one message."""
    calendar = speaking.rules.calendar
    lost = [
        each
        for each in speaking.directory.identities_
        if each.lost_at is not None
        and keep_occasion(speaking.unit, f"lost/{each.account}/{each.user}", calendar.day_of(each.lost_at))
    ]
    if not lost:
        return
    names = [speaking.person_name(each.person) for each in lost]
    for chat in _who_is_told(speaking):
        speaking.say(chat, "out_of_reach", priority=Priority.DIGEST, total=len(names), names=names[:MOST_NAMED])


def _perform(speaking: Speaking, command: LoseChat | RegainChat, address: Address) -> Group | None:
    by = Actor(person=None, via=Via(Door.CHAT, address.account, address.chat), system=True)
    value = speaking.office.perform(speaking.unit, command, by).value
    return value if isinstance(value, Group) else None


def _who_is_told(speaking: Speaking) -> tuple[Address, ...]:
    """The administration group; without one, each administrator and nodal officer."""
    officers = (
        each for role in (Role.ADMINISTRATOR, Role.NODAL_OFFICER) for each in speaking.directory.with_role(role)
    )
    private = dict.fromkeys(chat for each in officers for chat in speaking.private(each.id))
    return speaking.administration() or tuple(private)


def _code(speaking: Speaking, group: Group) -> str:
    return speaking.directory.departments[group.department].code if group.department is not None else ""
