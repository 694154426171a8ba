"""The complainant in a direct chat: where the complaint stands, after proving once that it is theirs."""

from datetime import datetime, timedelta

from bot.context import Context
from bot.events import Message
from bot.handlers.cards import confirmer
from bot.handlers.group_links import bind_by_link
from bot.handlers.guide import help
from bot.handlers.meant import Meant, complaints_meant
from bot.handlers.rejecting import reason_name
from bot.outbox import ButtonSpec
from bot.questions import Question
from bot.routing import Routes
from bot.speaking import How, button
from bot.store.asks import Ask, tries_about, tries_since
from core.commands import LinkComplainant
from core.complaints import Complaint, State
from core.complaints.about import needs_a_senior
from core.complaints.merging import goes_on_as
from core.refusals import Invalid
from core.sla import reopen_until
from core.store.queries.petitions import siblings_of
from core.text import fold

on = Routes()

LAST_FOUR = Question("last_four")
#: Digits: the last four, or the number as a whole, with 0 or 91 before it too.
FOUR_OR_WHOLE_NUMBER = (4, 10, 11, 12)
MOST_TRIES = 5
MOST_TRIES_OF_ALL = 20
"""For one petition by all users together, lest a stranger with many names try all 10,000 endings of a number."""

TRIES_WITHIN = timedelta(hours=24)


@on.command("start", anywhere=True)
def greet(ctx: Context, words: str) -> None:
    """Somebody opened the chat for the first time: a complainant gets the receipt, everybody else the help.

    A link may have brought words along: in a group which it is to be, in a direct chat the code of a complaint.
    """
    if words and not ctx.direct:
        bind_by_link(ctx, words)
        return
    if words and ctx.direct and ctx.person is None and isinstance(ctx.event, Message):
        meant = complaints_meant(ctx, ctx.event)
        if meant.complaints:
            where_it_stands(ctx, meant.complaints[0])
            return
    if not ctx.petitions or not ctx.direct:
        help(ctx, words)
        return
    for id in ctx.petitions:
        _give_receipt(ctx, id)


@on.message()
def answer_the_complainant(ctx: Context, message: Message) -> bool:
    """A code in a direct chat is a question: where does it stand?"""
    if ctx.person is not None or not message.direct:
        return False
    meant = complaints_meant(ctx, message)
    if meant.complaints:
        where_it_stands(ctx, meant.complaints[0])
    else:
        _not_found(ctx, meant)
    return True


def where_it_stands(ctx: Context, complaint: Complaint) -> None:
    """Tell a complainant; ask somebody unknown for the phone's last four digits first. To them alone."""
    ctx.need_person_in_group()
    if complaint.petition in ctx.petitions:
        track(ctx, complaint)
        return
    if not ctx.petition(complaint).phone:
        ctx.reply("phone_none", code=complaint.code)
        return
    if _too_many_tries(ctx, complaint):
        return
    ctx.ask_back(LAST_FOUR, "phone_last_four", data={"complaint": complaint.id}, code=complaint.code)


def track(ctx: Context, complaint: Complaint) -> None:
    """Where it stands, in the tracking page's words (docs/voice.md 3.4)."""
    other, solution = goes_on_as(complaint, ctx.unit.complaint_by_id), complaint.solution
    closed_at, ground = other.closed_at, other.rejected_for
    until = reopen_until(closed_at, ctx.rules.calendar, ctx.rules.settings) if closed_at else None
    ctx.reply(
        "track",
        about=complaint,
        buttons=_answers(ctx, complaint, other, until),
        code=complaint.code,
        state="unconfirmed" if complaint.unconfirmed else complaint.state,
        due=other.due.at,
        reason=reason_name(ctx, ground) if ground else "",
        merged_code=complaint.merged_code,
        other_state="unconfirmed" if other.unconfirmed else other.state,
        other_department=ctx.department_name(other.department),
        department=ctx.department_name(complaint.department),
        acknowledged_at=complaint.acknowledged_at,
        solution=solution.words if solution and not complaint.confidential else "",
        closed_at=closed_at,
        reopen_until=until,
        paused_until=complaint.pause.until if complaint.pause else None,
        pause_reason=complaint.pause.reason if complaint.pause and not complaint.confidential else "",
        confirmer=confirmer(ctx, complaint),
        confidential=complaint.confidential,
    )


def _answers(ctx: Context, complaint: Complaint, other: Complaint, until: datetime | None) -> list[list[ButtonSpec]]:
    """Yes and no where it is claimed to be done; only no, where a yes is a senior's (O3) or the other one's (M3)."""
    yes, no = button("yes_solved", complaint), button("not_solved", complaint)
    if complaint.state is State.SOLVED:
        return [[no]] if needs_a_senior(complaint) else [[yes, no]]
    joined_and_closed = complaint.state is State.MERGED and other.state is State.CLOSED
    return [[no]] if joined_and_closed and until is not None and ctx.unit.now < until else []


@on.answer(LAST_FOUR)
def prove_by_the_phone(ctx: Context, ask: Ask, answer: Message) -> None:
    """The last four digits link this chat to the petition, once and for all; words that are no digits are no try."""
    complaint = ctx.unit.complaint_by_id(int(str(ask.data["complaint"])))
    meant = complaints_meant(ctx, answer)
    if meant.typed or meant.near:
        _not_found(ctx, meant)
        return
    typed = "".join(sign for sign in fold(answer.text) if sign.isdigit())
    if len(typed) not in FOUR_OR_WHOLE_NUMBER:
        where_it_stands(ctx, complaint)
        return
    account, user = ctx.event.sender.account, ctx.user
    try:
        ctx.do(LinkComplainant(account, user, ctx.address.chat, complaint.petition, last_four=typed[-4:]))
    except Invalid:
        if not _too_many_tries(ctx, complaint):
            ctx.ask_back(LAST_FOUR, "phone_last_four_wrong", data=ask.data, code=complaint.code)
        return
    ctx.forget_petitions()
    track(ctx, complaint)


def _give_receipt(ctx: Context, id: int) -> None:
    first, *others = [_receipt_facts(ctx, ctx.unit.complaint(code)) for code in ctx.codes_of_petition(id)]
    name = ctx.petition(ctx.unit.complaint(str(first["code"]))).name
    ctx.put(ctx.address, "receipt", {"name": name, "link": "", **first, "others": others}, How())


def _receipt_facts(ctx: Context, complaint: Complaint) -> dict[str, object]:
    department = ctx.department_name(complaint.department)
    return {"code": complaint.code, "department": department, "due": complaint.due.at}


def _too_many_tries(ctx: Context, complaint: Complaint) -> bool:
    since = ctx.unit.now - TRIES_WITHIN
    own = tries_since(ctx.unit, ctx.address, ctx.user, LAST_FOUR.name, since)
    family = (complaint, *siblings_of(ctx.unit, complaint))
    of_all = tries_about(ctx.unit, LAST_FOUR.name, [{"complaint": each.id} for each in family], since)
    if own < MOST_TRIES and of_all < MOST_TRIES_OF_ALL:
        return False
    ctx.reply("phone_last_four_over", code=complaint.code, until=ctx.unit.now + TRIES_WITHIN)
    return True


def _not_found(ctx: Context, meant: Meant) -> None:
    if meant.typed or meant.near:
        ctx.reply("track_unknown", typed=meant.typed)
    else:
        ctx.reply("not_understood")
