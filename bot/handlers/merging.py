"""/merge: two complaints about the same matter are joined, or parted again, by a senior (docs/rules.md M1 to M4)."""

from bot.context import Context
from bot.events import Message
from bot.handlers.meant import complaint_named
from bot.handlers.picking import offer_complaints
from bot.outbox import ButtonSpec
from bot.questions import Question
from bot.routing import Routes
from bot.speaking import Speaking, button
from bot.store.asks import Ask
from core.commands import Merge, Unmerge
from core.complaints import ClosedUnconfirmed, Complaint, Confirmed, Merged, Rejected, State, Unmerged
from core.complaints.rights import need_open
from core.people import Role
from core.store.queries.twins import joined_to, possible_twins
from core.timeline import Entry

on = Routes()

INTO_WHICH = Question("into_which")
OFFERED = 4


@on.command("merge", role=Role.SENIOR)
def merge_by_command(ctx: Context, words: str) -> None:
    """/merge CODE CODE: the first is joined to the second; what is missing is asked for."""
    codes = [found.code for found in ctx.directory.codes.find(words)]
    if len(codes) == 2:
        _ask_if_sure(ctx, ctx.unit.complaint(codes[0]), ctx.unit.complaint(codes[1]))
    elif len(codes) == 1:
        ask_into_which(ctx, ctx.unit.complaint(codes[0]))
    else:
        offer_complaints(ctx, "merge", words)


@on.button("merge", role=Role.SENIOR)
def ask_into_which(ctx: Context, complaint: Complaint) -> None:
    """The code of the other one, or a button: first those from the same phone, then those of the department."""
    need_open(complaint)
    offered = [
        ButtonSpec("code", f"merge_into:{complaint.id}:{code}", {"code": code}) for code in _near(ctx, complaint)
    ]
    ctx.ask_back(
        INTO_WHICH,
        "merge_which",
        about=complaint,
        data={"merged": complaint.id},
        buttons=[*(offered[at : at + 2] for at in range(0, len(offered), 2)), [button("cancel", complaint)]],
        code=complaint.code,
    )


@on.answer(INTO_WHICH)
def take_the_other_code(ctx: Context, ask: Ask, answer: Message) -> None:
    """The other one by its code; anything else is asked again."""
    complaint = ctx.unit.complaint_by_id(int(str(ask.data["merged"])))
    other = complaint_named(ctx, answer.text)
    if other is None:
        ctx.reply("code_unknown", typed=answer.text.strip()[:40])
        ask_into_which(ctx, complaint)
    else:
        _ask_if_sure(ctx, complaint, other)


@on.choice("merge_into", role=Role.SENIOR)
def take_the_other_button(ctx: Context, rest: str) -> None:
    """The other one by a button."""
    id, _, code = rest.partition(":")
    ctx.stop_asking(INTO_WHICH)
    _ask_if_sure(ctx, ctx.complaint_pressed(id), ctx.unit.complaint(code))


@on.choice("merge_now", role=Role.SENIOR)
def merge(ctx: Context, rest: str) -> None:
    """Join them; a second press changes nothing."""
    id, _, other = rest.partition(":")
    done = ctx.do(Merge(ctx.complaint_pressed(id).code, ctx.complaint_pressed(other).code))
    ctx.toast("recorded_decision" if done.entries else "nothing_changed")


@on.button("unmerge", role=Role.SENIOR)
def unmerge(ctx: Context, complaint: Complaint) -> None:
    """Part them: it goes on by itself where it was."""
    ctx.do(Unmerge(complaint.code))
    ctx.toast("recorded_decision")


@on.happened(Merged)
def tell_that_it_is_merged(speaking: Speaking, entry: Entry) -> None:
    """The groups see which one goes on; the complainant learns its code, and nothing else of it."""
    complaint, merged = entry.complaint, entry.happened
    assert isinstance(merged, Merged)
    other = speaking.unit.complaint_by_id(merged.into)
    for each in (complaint, other):
        for group in (*speaking.groups_of(each), *speaking.administration()):
            if speaking.is_shown(each, group):
                speaking.show(each, group)
    for group in speaking.groups_of(complaint):
        speaking.say(group, "merged", about=complaint, code=complaint.code, code2=merged.into_code)
    for chat, _ in speaking.complainant(complaint):
        speaking.say(chat, "merged_told", about=complaint, code=complaint.code, code2=merged.into_code)


@on.happened(Confirmed, ClosedUnconfirmed, Rejected)
def tell_those_that_were_joined(speaking: Speaking, entry: Entry) -> None:
    """What went on for them has ended: their complainants are told, and may say that theirs is not done (M3)."""
    other = entry.complaint
    for each in joined_to(speaking.unit, other):
        for chat, _ in speaking.complainant(each):
            speaking.say(
                chat,
                "joined_ended",
                about=each,
                buttons=[] if other.state is State.REJECTED else [[button("not_solved", each)]],
                code=each.code,
                code2=other.code,
                rejected=other.state is State.REJECTED,
            )


@on.happened(Unmerged)
def tell_that_it_is_parted(speaking: Speaking, entry: Entry) -> None:
    """The department has work with it again, until when it had before."""
    complaint = entry.complaint
    for group in speaking.groups_of(complaint) or speaking.administration():
        speaking.show(complaint, group)
        speaking.say(group, "unmerged", about=complaint, code=complaint.code, due=complaint.due.at)


def _ask_if_sure(ctx: Context, complaint: Complaint, other: Complaint) -> None:
    need_open(complaint)
    yes = ButtonSpec("yes", f"merge_now:{complaint.id}:{other.id}")
    buttons = [[yes, button("cancel", complaint)]]
    ctx.reply("merge_sure", about=complaint, buttons=buttons, code=complaint.code, code2=other.code)


def _near(ctx: Context, complaint: Complaint) -> list[str]:
    return [each.code for each in possible_twins(ctx.unit, complaint, ctx.petition(complaint), OFFERED)]
