"""*Not ours*: the officer names the right department, and the complaint moves there."""

from bot.context import Context
from bot.events import Message
from bot.handlers.department_names import departments_named, suggested_departments
from bot.handlers.meant import complaint_named
from bot.handlers.picking import offer_complaints
from bot.outbox import ButtonSpec
from bot.questions import Question
from bot.routing import Routes
from bot.speaking import Speaking, button
from bot.store.asks import Ask
from core.commands import Transfer
from core.complaints import Complaint, Transferred
from core.complaints.rights import need_department, need_open
from core.departments import Department
from core.people import Role
from core.refusals import Forged
from core.timeline import Entry

on = Routes()

WHICH_DEPARTMENT = Question("which_department")
WHY_NOT_OURS = Question("why_not_ours")
OFTEN = 3


@on.button("not_ours", role=(Role.MEMBER, Role.OPERATOR, Role.SENIOR))
def ask_whose_it_is(ctx: Context, complaint: Complaint) -> None:
    """ "Not ours" must name the right department (docs/design.md §4, rule 5)."""
    need_open(complaint)
    _ask_department(ctx, complaint, "not_ours_prompt", suggested_departments(ctx, complaint))


@on.answer(WHICH_DEPARTMENT)
def take_the_department(ctx: Context, ask: Ask, answer: Message) -> None:
    """The department by its name, its letters or what people call it."""
    complaint = ctx.unit.complaint_by_id(int(str(ask.data["complaint"])))
    found = departments_named(ctx.directory, answer.text)
    if len(found) == 1:
        _ask_reason(ctx, complaint, found[0])
    elif found:
        _ask_department(ctx, complaint, "department_near", found, answer.text)
    else:
        _ask_department(ctx, complaint, "department_unknown", (), answer.text)


@on.choice("to_department", role=(Role.MEMBER, Role.OPERATOR, Role.SENIOR))
def take_the_button(ctx: Context, rest: str) -> None:
    """The department by a button: its data is `to_department:COMPLAINT:LETTERS`."""
    id, _, letters = rest.partition(":")
    department = ctx.directory.department(letters)
    if department is None:
        raise Forged("button")
    complaint = ctx.complaint_pressed(id)
    need_department(complaint, ctx.actor(), Role.OPERATOR, Role.SENIOR)
    need_open(complaint)
    ctx.stop_asking(WHICH_DEPARTMENT)
    _ask_reason(ctx, complaint, department)


@on.answer(WHY_NOT_OURS)
def transfer(ctx: Context, ask: Ask, answer: Message) -> None:
    """The reason goes along, and the complaint moves."""
    complaint = ctx.unit.complaint_by_id(int(str(ask.data["complaint"])))
    ctx.do(Transfer(complaint.code, str(ask.data["to"]), answer.text))


@on.command("transfer", role=(Role.MEMBER, Role.OPERATOR, Role.SENIOR))
def transfer_by_command(ctx: Context, words: str) -> None:
    """/transfer CODE DEPARTMENT: what is missing is asked, step by step; also for an operator or a senior."""
    complaint = complaint_named(ctx, words)
    if complaint is None:
        offer_complaints(ctx, "change_department", words)
        return
    need_department(complaint, ctx.actor(), Role.OPERATOR, Role.SENIOR)
    named = departments_named(ctx.directory, ctx.directory.codes.cut(words))
    if len(named) == 1:
        need_open(complaint)
        _ask_reason(ctx, complaint, named[0])
    else:
        ask_whose_it_is(ctx, complaint)


@on.button("change_department")
def change_the_department(ctx: Context, complaint: Complaint) -> None:
    """The same for whoever decides: after three transfers a senior, from the administration group."""
    need_department(complaint, ctx.actor(), Role.OPERATOR, Role.SENIOR)
    ask_whose_it_is(ctx, complaint)


def ask_if_not_ours(ctx: Context, complaint: Complaint) -> None:
    """Words that sound like "not ours" are asked, not taken."""
    buttons = [[button("not_ours", complaint), button("only_note", complaint)]]
    ctx.reply("not_ours_ask", about=complaint, buttons=buttons, code=complaint.code)


@on.happened(Transferred)
def tell_both_groups(speaking: Speaking, entry: Entry) -> None:
    """The old group learns where it went, the new one where it came from; each card tells the same."""
    complaint, transferred = entry.complaint, entry.happened
    assert isinstance(transferred, Transferred)
    for group in speaking.groups_of_department(transferred.sender):
        speaking.show(complaint, group)
        speaking.say(
            group,
            "transferred",
            code=complaint.code,
            department2=speaking.department_name(complaint.department),
            due=complaint.due.at,
        )
    for group in speaking.groups_of(complaint) or speaking.administration():
        speaking.say(
            group,
            "transferred_here",
            about=complaint,
            department=speaking.department_name(transferred.sender),
            reason="" if complaint.confidential else transferred.reason,
        )
        speaking.show(complaint, group)
    if complaint.transfers >= OFTEN:
        for group in speaking.administration():
            speaking.say(
                group,
                "transferred_often",
                about=complaint,
                buttons=[[button("change_department", complaint)]],
                code=complaint.code,
                moves=complaint.transfers,
            )


def _ask_department(
    ctx: Context, complaint: Complaint, template: str, offered: tuple[Department, ...], typed: str = ""
) -> None:
    ctx.ask_back(
        WHICH_DEPARTMENT,
        template,
        about=complaint,
        data={"complaint": complaint.id},
        buttons=[*([_offer(ctx, complaint, each)] for each in offered), [button("cancel", complaint)]],
        code=complaint.code,
        typed=typed[:40],
    )


def _offer(ctx: Context, complaint: Complaint, department: Department) -> ButtonSpec:
    params = {"department": ctx.department_name(department.id), "department_code": department.code}
    return ButtonSpec("department", f"to_department:{complaint.id}:{department.code}", params)


def _ask_reason(ctx: Context, complaint: Complaint, department: Department) -> None:
    ctx.ask_back(
        WHY_NOT_OURS,
        "not_ours_reason",
        about=complaint,
        data={"complaint": complaint.id, "to": department.code},
        buttons=[[button("cancel", complaint)]],
        code=complaint.code,
        department2=ctx.department_name(department.id),
    )
