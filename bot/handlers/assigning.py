"""/assign: the head gives a complaint to an officer of the department, who is told privately (docs/rules.md A1)."""

from bot.context import Context
from bot.handlers.meant import complaint_named
from bot.handlers.picking import offer_complaints
from bot.outbox import ButtonSpec, Priority
from bot.routing import Routes
from bot.speaking import Speaking, button
from core.commands import Assign
from core.complaints import Assigned, Complaint
from core.complaints.rights import need_head, need_open
from core.people import Person, Role
from core.refusals import Forged
from core.text import fold
from core.timeline import Entry

on = Routes()

MOST_OFFERED = 20
_LONGEST_ID = 18


@on.command("assign", role=Role.HEAD)
def assign_by_command(ctx: Context, words: str) -> None:
    """/assign CODE @name: by the name, or one of the department's people by a button."""
    complaint = complaint_named(ctx, words)
    if complaint is None:
        offer_complaints(ctx, "assign", words)
        return
    named = _named(ctx, complaint, ctx.directory.codes.cut(words))
    if len(named) == 1:
        _assign(ctx, complaint, named[0].id)
    else:
        _ask_whom(ctx, complaint, named or list(ctx.directory.members(complaint.department)))


@on.button("assign", role=Role.HEAD)
def ask_whom(ctx: Context, complaint: Complaint) -> None:
    """The department's people, as buttons."""
    _ask_whom(ctx, complaint, list(ctx.directory.members(complaint.department)))


@on.choice("assign_to", role=Role.HEAD)
def assign(ctx: Context, rest: str) -> None:
    """This one has it from now on."""
    id, _, officer = rest.partition(":")
    if not (officer.isascii() and officer.isdigit()) or len(officer) > _LONGEST_ID:
        raise Forged("button")
    _assign(ctx, ctx.complaint_pressed(id), int(officer))


@on.happened(Assigned)
def tell_the_officer(speaking: Speaking, entry: Entry) -> None:
    """The officer privately, with what it is about; the card shows who has it."""
    complaint, assigned = entry.complaint, entry.happened
    assert isinstance(assigned, Assigned)
    for group in (*speaking.groups_of(complaint), *speaking.administration()):
        if speaking.is_shown(complaint, group):
            speaking.show(complaint, group)
    petition, secret = speaking.petition(complaint), complaint.confidential
    for chat in speaking.private(assigned.officer):
        speaking.say(
            chat,
            "assigned",
            about=complaint,
            priority=Priority.CARD,
            repeat_if_doubtful=True,
            buttons=[[button("acknowledge", complaint), button("solve", complaint)]],
            code=complaint.code,
            head=speaking.person_name(assigned.by),
            what="" if secret else petition.words,
            place="" if secret else petition.village,
            due=complaint.due.at,
        )


def _assign(ctx: Context, complaint: Complaint, officer: int) -> None:
    done = ctx.do(Assign(complaint.code, officer))
    if not done.entries:
        ctx.toast("nothing_changed")
        return
    ctx.reply("assigned_to", about=complaint, code=complaint.code, officer=ctx.person_name(officer))


def _ask_whom(ctx: Context, complaint: Complaint, offered: list[Person]) -> None:
    need_head(complaint, ctx.actor(), Role.OPERATOR)
    need_open(complaint)
    buttons = [
        [ButtonSpec("person_name", f"assign_to:{complaint.id}:{each.id}", {"name": ctx.person_name(each.id)})]
        for each in offered[:MOST_OFFERED]
    ]
    ctx.reply("assign_whom", about=complaint, buttons=[*buttons, [button("cancel", complaint)]], code=complaint.code)


def _named(ctx: Context, complaint: Complaint, typed: str) -> list[Person]:
    wanted = fold(typed).strip().removeprefix("@").strip()
    if not wanted:
        return []
    members = ctx.directory.members(complaint.department)
    return [each for each in members if any(wanted in fold(name) for name in (each.name_hi, each.name_en))]
