"""/category: another category, up or down (docs/design.md §4, Due times 4)."""

from bot.context import Context
from bot.events import Message
from bot.handlers.cards import category_facts, label_of_category
from bot.handlers.meant import complaint_named
from bot.handlers.picking import offer_complaints
from bot.outbox import ButtonSpec
from bot.questions import Question
from bot.routing import Routes
from bot.speaking import Speaking, button
from bot.store.asks import Ask
from core.commands import Recategorise
from core.complaints import Complaint, Recategorised
from core.complaints.categorising import need_lowering_in_time
from core.complaints.pausing import due_after_pause
from core.complaints.resuming import is_up
from core.complaints.rights import need_open
from core.people import Role
from core.refusals import Forged
from core.settings import LETTERS
from core.text import fold_word
from core.timeline import Entry

on = Routes()

WHY_LOWER = Question("why_lower_category")


@on.command("category", role=(Role.SENIOR, Role.OPERATOR))
def category_by_command(ctx: Context, words: str) -> None:
    """/category CODE B WHY: what is missing is asked, step by step."""
    complaint = complaint_named(ctx, words)
    if complaint is None:
        offer_complaints(ctx, "category", words)
        return
    typed, _, reason = ctx.directory.codes.cut(words).strip().partition(" ")
    letter = next((each for each in LETTERS if fold_word(typed) == each.lower()), None)
    if letter is None:
        ask_which_category(ctx, complaint)
    else:
        _change(ctx, complaint, letter, reason)


@on.button("category", role=Role.OPERATOR)
def ask_which_category(ctx: Context, complaint: Complaint) -> None:
    """The other two, as buttons."""
    need_open(complaint)
    others = [letter for letter in LETTERS if letter != complaint.category]
    offered = [
        ButtonSpec("category_named", f"to_category:{complaint.id}:{letter}", label_of_category(ctx, letter))
        for letter in others
    ]
    ctx.reply(
        "which_category",
        about=complaint,
        buttons=[offered, [button("cancel", complaint)]],
        code=complaint.code,
        category=category_facts(ctx, complaint),
        due=complaint.due.at,
        registered_at=complaint.registered_at,
        first_due_at=complaint.first_due_at,
    )


@on.choice("to_category", role=Role.OPERATOR)
def take_the_category(ctx: Context, rest: str) -> None:
    """The category by a button: its data is `to_category:COMPLAINT:LETTER`."""
    id, _, letter = rest.partition(":")
    if letter not in LETTERS:
        raise Forged("button")
    _change(ctx, ctx.complaint_pressed(id), letter, "")


@on.answer(WHY_LOWER)
def take_the_reason(ctx: Context, ask: Ask, answer: Message) -> None:
    """Down needs a reason, which stays on record."""
    complaint = ctx.unit.complaint_by_id(int(str(ask.data["complaint"])))
    _change(ctx, complaint, str(ask.data["category"]), answer.text)


@on.happened(Recategorised)
def tell_the_group(speaking: Speaking, entry: Entry) -> None:
    """The group learns the category, and when it is due by it."""
    complaint, changed = entry.complaint, entry.happened
    assert isinstance(changed, Recategorised)
    for group in speaking.groups_of(complaint) or speaking.administration():
        speaking.say(
            group,
            "recategorised",
            about=complaint,
            code=complaint.code,
            category=category_facts(speaking, complaint),
            due=due_after_pause(complaint, speaking.rules).at,
            senior=speaking.person_name(changed.by),
            reason="" if complaint.confidential else changed.reason,
        )
        speaking.show(complaint, group)


def _change(ctx: Context, complaint: Complaint, letter: str, reason: str) -> None:
    need_open(complaint)
    if letter != complaint.category and not is_up(complaint.category, letter):
        need_lowering_in_time(complaint, ctx.unit.now)
        if not reason.strip():
            _ask_why(ctx, complaint, letter)
            return
    ctx.do(Recategorise(complaint.code, letter, reason))
    ctx.toast("recorded_decision")
    if ctx.address not in ctx.groups_of(complaint):
        after = ctx.unit.complaint_by_id(complaint.id)
        due = due_after_pause(after, ctx.rules).at
        category = category_facts(ctx, after)
        ctx.reply("recategorised", about=after, code=after.code, category=category, due=due, senior="", reason="")


def _ask_why(ctx: Context, complaint: Complaint, letter: str) -> None:
    ctx.ask_back(
        WHY_LOWER,
        "category_why",
        about=complaint,
        data={"complaint": complaint.id, "category": letter},
        buttons=[[button("cancel", complaint)]],
        code=complaint.code,
        category=label_of_category(ctx, letter),
    )
