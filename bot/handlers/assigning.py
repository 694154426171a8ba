"""/assign: the head gives a complaint to an officer of the department (docs/rules.md A1)."""

from bot.context import Context
from bot.handlers.cards import category_facts
from bot.handlers.meant import complaint_named
from bot.handlers.picking import offer_complaints
from bot.outbox import ButtonSpec, Priority
from bot.render import Bilingual
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

OFFERED = 8
"""Names under a question: of a larger department some write a part of the name."""


@on.command("assign", role=(Role.HEAD, Role.OPERATOR))
def assign_by_command(ctx: Context, words: str) -> None:
    """/assign CODE @SUNITA: by the name or a part of it, or one of the department's members by a button."""
    complaint = complaint_named(ctx, words)
    if complaint is None:
        offer_complaints(ctx, "assign", words)
        return
    need_head(complaint, ctx.actor(), Role.OPERATOR)
    need_open(complaint)
    named = _members_named(ctx, complaint, ctx.directory.codes.cut(words))
    if len(named) == 1:
        _assign(ctx, complaint, named[0].id)
    else:
        _ask_to_whom(ctx, complaint, named)


@on.button("assign")
def ask_to_whom(ctx: Context, complaint: Complaint) -> None:
    """The members of the department, each a button."""
    need_head(complaint, ctx.actor(), Role.OPERATOR)
    need_open(complaint)
    _ask_to_whom(ctx, complaint, ())


@on.choice("assign_to")
def take_the_officer(ctx: Context, rest: str) -> None:
    """The officer by a button: its data is `assign_to:COMPLAINT:PERSON`."""
    id, _, person = rest.partition(":")
    if not (person.isascii() and person.isdigit() and len(person) < 19):
        raise Forged("button")
    _assign(ctx, ctx.complaint_pressed(id), int(person))


@on.happened(Assigned)
def tell_whose_it_is(speaking: Speaking, entry: Entry) -> None:
    """The card shows it; the officer is told privately, with all that the group may know."""
    complaint, assigned = entry.complaint, entry.happened
    assert isinstance(assigned, Assigned)
    for group in (*speaking.groups_of(complaint), *speaking.administration()):
        if speaking.is_shown(complaint, group):
            speaking.show(complaint, group)
    if assigned.officer == assigned.by:
        return
    petition = speaking.petition(complaint)
    for chat in speaking.private(assigned.officer):
        speaking.say(
            chat,
            "assigned",
            about=complaint,
            priority=Priority.CARD,
            repeat_if_doubtful=True,
            buttons=[[button("acknowledge", complaint), button("solve", complaint)]],
            code=complaint.code,
            category=category_facts(speaking, complaint),
            registered_at=complaint.registered_at,
            first_due_at=complaint.first_due_at,
            by=speaking.person_name(assigned.by),
            gist="" if complaint.confidential else petition.words,
            place="" if complaint.confidential else petition.village,
            due=complaint.due.at,
        )


def _assign(ctx: Context, complaint: Complaint, officer: int) -> None:
    done = ctx.do(Assign(complaint.code, officer))
    ctx.toast("recorded_decision" if done.entries else "nothing_changed")
    name = ctx.person_name(officer)
    ctx.reply("assigned_noted", about=complaint, code=complaint.code, officer=name)


def _members_named(ctx: Context, complaint: Complaint, typed: str) -> tuple[Person, ...]:
    """The members whose name, or a part of it, was written; with or without @."""
    wanted = fold(typed.replace("@", " ")).strip()
    if not wanted:
        return ()
    members = ctx.directory.members(complaint.department)
    return tuple(each for each in members if any(wanted in fold(name) for name in (each.name_hi, each.name_en)))


def _ask_to_whom(ctx: Context, complaint: Complaint, named: tuple[Person, ...]) -> None:
    members = named or ctx.directory.members(complaint.department)
    offered = [_offer(complaint, each) for each in members if each.id != complaint.assignee][:OFFERED]
    rows = [offered[at : at + 2] for at in range(0, len(offered), 2)]
    buttons = [*rows, [button("cancel", complaint)]]
    ctx.reply("assign_to_whom", about=complaint, buttons=buttons, code=complaint.code)


def _offer(complaint: Complaint, person: Person) -> ButtonSpec:
    name = Bilingual(person.name_hi, person.name_en)
    return ButtonSpec("person_name", f"assign_to:{complaint.id}:{person.id}", {"name": name})
