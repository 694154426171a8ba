"""/merge and /unmerge: the same matter is another complaint already, or is not after all (docs/rules.md M1 to M4)."""

from bot.context import Context
from bot.events import Address, Message
from bot.handlers.cards import brief_facts
from bot.handlers.meant import complaint_named, complaints_meant
from bot.handlers.picking import offer_complaints
from bot.outbox import ButtonSpec
from bot.questions import Question
from bot.routing import Routes
from bot.speaking import Speaking, button
from bot.store.asks import Ask
from core.commands import Merge, Unmerge
from core.complaints import ClosedUnconfirmed, Complaint, Confirmed, Merged, State, Unmerged
from core.complaints.about import need_unconcerned
from core.complaints.rights import need_open
from core.people import Role
from core.refusals import MergedAround
from core.sla import reopen_until
from core.store.queries.twins import joined_to, possible_twins
from core.timeline import Entry

on = Routes()

WHICH_TWIN = Question("which_twin")
OFFERED = 5


@on.command("merge", role=(Role.SENIOR,))
def merge_by_command(ctx: Context, words: str) -> None:
    """/merge CODE CODE: the first is joined to the second; with one code, it is asked to which."""
    codes = [found.code for found in ctx.directory.codes.find(words)]
    if len(codes) == 2:
        _ask_whether_it_is_meant(ctx, ctx.unit.complaint(codes[0]), ctx.unit.complaint(codes[1]))
    elif (complaint := complaint_named(ctx, words)) is not None:
        ask_to_which(ctx, complaint)
    else:
        offer_complaints(ctx, "merge", words)


@on.command("unmerge", role=(Role.SENIOR,))
def unmerge_by_command(ctx: Context, words: str) -> None:
    """/unmerge CODE: it goes on by itself again, as it was."""
    complaint = complaint_named(ctx, words)
    if complaint is None:
        ctx.reply("code_missing", command="unmerge")
    else:
        unmerge(ctx, complaint)


@on.button("merge", role=Role.SENIOR)
def ask_to_which(ctx: Context, complaint: Complaint) -> None:
    """Those that may be the same matter first; any other is written by its code. What is joined can be parted here."""
    if complaint.state is State.MERGED:
        ctx.reply(
            "merged_already",
            about=complaint,
            buttons=[[button("unmerge", complaint), button("cancel", complaint)]],
            code=complaint.code,
            code2=complaint.merged_code,
        )
        return
    need_unconcerned(complaint, ctx.actor())
    need_open(complaint)
    twins = possible_twins(ctx.fresh, complaint, ctx.petition(complaint), OFFERED)
    offered = [[ButtonSpec("code", f"merge_into:{complaint.id}:{each.id}", {"code": each.code})] for each in twins]
    ctx.ask_back(
        WHICH_TWIN,
        "merge_which",
        about=complaint,
        data={"merged": complaint.id},
        buttons=[*offered, [button("cancel", complaint)]],
        code=complaint.code,
        rows=[brief_facts(ctx, each) for each in twins],
    )


@on.answer(WHICH_TWIN)
def take_the_code(ctx: Context, ask: Ask, answer: Message) -> None:
    """The other one's code, as written."""
    complaint = ctx.unit.complaint_by_id(int(str(ask.data["merged"])))
    meant = complaints_meant(ctx, answer).complaints
    if len(meant) == 1:
        _ask_whether_it_is_meant(ctx, complaint, meant[0])
    else:
        ask_to_which(ctx, complaint)


@on.choice("merge_into", role=Role.SENIOR)
def take_the_button(ctx: Context, rest: str) -> None:
    """The other one by a button: its data is `merge_into:COMPLAINT:COMPLAINT`."""
    complaint, into = _pressed(ctx, rest)
    ctx.stop_asking(WHICH_TWIN)
    _ask_whether_it_is_meant(ctx, complaint, into)


@on.choice("merge_now", role=Role.SENIOR)
def merge(ctx: Context, rest: str) -> None:
    """It is meant: its data is `merge_now:COMPLAINT:COMPLAINT`."""
    complaint, into = _pressed(ctx, rest)
    done = ctx.do(Merge(complaint.code, into.code))
    ctx.toast("recorded_decision" if done.entries else "nothing_changed")
    if done.entries and ctx.address not in (*ctx.groups_of(complaint), *ctx.groups_of(into)):
        _say_joined(ctx, ctx.unit.complaint_by_id(complaint.id), ctx.address)


@on.button("unmerge", role=Role.SENIOR)
def unmerge(ctx: Context, complaint: Complaint) -> None:
    """It is a matter of its own after all; the due time is the old one."""
    ctx.do(Unmerge(complaint.code))
    ctx.toast("recorded_decision")
    if ctx.address not in ctx.groups_of(complaint):
        _say_parted(ctx, ctx.unit.complaint_by_id(complaint.id), ctx.address)


@on.happened(Merged)
def tell_that_it_is_joined(speaking: Speaking, entry: Entry) -> None:
    """Both groups learn it, each once; the complainant learns which code goes on."""
    complaint, merged = entry.complaint, entry.happened
    assert isinstance(merged, Merged)
    into = speaking.unit.complaint_by_id(merged.into)
    for group in speaking.groups_of(complaint) or speaking.administration():
        speaking.show(complaint, group)
    for group in dict.fromkeys((*speaking.groups_of(complaint), *speaking.groups_of(into))):
        _say_joined(speaking, complaint, group)
    show_with_what_is_joined(speaking, into)
    for chat, _ in speaking.complainant(complaint):
        speaking.say(chat, "joined_told", about=complaint, code=complaint.code, code2=into.code)


@on.happened(Unmerged)
def tell_that_it_is_parted(speaking: Speaking, entry: Entry) -> None:
    """Its group has it back as it was; the complainant's code stands for itself again."""
    complaint = entry.complaint
    for group in speaking.groups_of(complaint) or speaking.administration():
        speaking.show(complaint, group)
        _say_parted(speaking, complaint, group)
    for chat, _ in speaking.complainant(complaint):
        speaking.say(chat, "parted_told", about=complaint, code=complaint.code, due=complaint.due.at)


@on.happened(Confirmed, ClosedUnconfirmed)
def tell_whose_complaint_was_joined(speaking: Speaking, entry: Entry) -> None:
    """The other one is closed: whoever's was joined to it may say that theirs is not done (docs/rules.md M3)."""
    complaint = entry.complaint
    assert complaint.closed_at is not None
    until = reopen_until(complaint.closed_at, speaking.rules.calendar, speaking.rules.settings)
    for each in joined_to(speaking.unit, complaint):
        for chat, _ in speaking.complainant(each):
            speaking.say(
                chat,
                "joined_closed",
                about=each,
                buttons=[[button("not_solved", each)]],
                code=each.code,
                code2=complaint.code,
                date=complaint.closed_at,
                until=until,
            )


def show_with_what_is_joined(speaking: Speaking, complaint: Complaint) -> None:
    """The card of the one that goes on, wherever it stands: it names what was joined to it."""
    for group in (*speaking.groups_of(complaint), *speaking.administration()):
        if speaking.is_shown(complaint, group):
            speaking.show(complaint, group)


def _say_joined(speaking: Speaking, complaint: Complaint, chat: Address) -> None:
    code2 = complaint.merged_code
    speaking.say(chat, "joined", about=complaint, code=complaint.code, code2=code2)


def _say_parted(speaking: Speaking, complaint: Complaint, chat: Address) -> None:
    speaking.say(chat, "parted", about=complaint, code=complaint.code, due=complaint.due.at)


def _pressed(ctx: Context, rest: str) -> tuple[Complaint, Complaint]:
    one, _, other = rest.partition(":")
    return ctx.complaint_pressed(one), ctx.complaint_pressed(other)


def _ask_whether_it_is_meant(ctx: Context, complaint: Complaint, into: Complaint) -> None:
    for each in (complaint, into):
        need_unconcerned(each, ctx.actor())
    need_open(complaint)
    if into.id == complaint.id or not into.is_open:
        raise MergedAround(complaint.code, into.code, into.merged_code)
    ctx.reply(
        "merge_confirm",
        about=complaint,
        buttons=[[ButtonSpec("merge", f"merge_now:{complaint.id}:{into.id}"), button("cancel", complaint)]],
        code=complaint.code,
        rows=[brief_facts(ctx, complaint), brief_facts(ctx, into)],
        code2=into.code,
        department=ctx.department_name(into.department),
    )
