"""/reject: a senior says that nothing can be done about it here, for one of the office's reasons (docs/rules.md R1)."""

from bot.context import Context
from bot.events import Address, Message
from bot.handlers.meant import complaint_named
from bot.handlers.picking import offer_complaints
from bot.outbox import ButtonSpec
from bot.questions import Question
from bot.render import Bilingual
from bot.routing import Routes
from bot.speaking import Speaking, button
from bot.store.asks import Ask
from core.commands import Reject
from core.complaints import Complaint, Rejected
from core.complaints.about import need_unconcerned
from core.complaints.rights import need_open
from core.people import Role
from core.refusals import Forged
from core.store.queries.twins import joined_to
from core.timeline import Entry

on = Routes()

WORDS_ON_REJECTING = Question("words_on_rejecting")


@on.command("reject", role=(Role.SENIOR,))
def reject_by_command(ctx: Context, words: str) -> None:
    """/reject CODE: the reasons as buttons, and once more whether it is meant."""
    complaint = complaint_named(ctx, words)
    if complaint is None:
        offer_complaints(ctx, "reject", words)
    else:
        ask_for_the_reason(ctx, complaint)


@on.button("reject", role=Role.SENIOR)
def ask_for_the_reason(ctx: Context, complaint: Complaint) -> None:
    """The office's reasons, each a button."""
    need_unconcerned(complaint, ctx.actor())
    need_open(complaint)
    offered = [
        [ButtonSpec("reason", f"reject_for:{complaint.id}:{ground}", {"reason": reason_name(ctx, ground)})]
        for ground in ctx.office.settings.rejection.reasons
    ]
    ctx.reply("reject_reason", about=complaint, buttons=[*offered, [button("cancel", complaint)]], code=complaint.code)


@on.choice("reject_for", role=Role.SENIOR)
def take_the_reason(ctx: Context, rest: str) -> None:
    """The reason by a button: its data is `reject_for:COMPLAINT:REASON`; nothing changes before it is confirmed."""
    complaint, ground = _pressed(ctx, rest)
    need_open(complaint)
    _ask_whether_it_is_meant(ctx, complaint, ground, "")


@on.answer(WORDS_ON_REJECTING)
def take_the_words(ctx: Context, ask: Ask, answer: Message) -> None:
    """What a senior adds to the reason; words alone reject nothing, the button does (docs/voice.md 4.2)."""
    complaint = ctx.unit.complaint_by_id(int(str(ask.data["complaint"])))
    _ask_whether_it_is_meant(ctx, complaint, str(ask.data["ground"]), answer.text)


@on.choice("reject_now", role=Role.SENIOR)
def reject(ctx: Context, rest: str) -> None:
    """It is meant: its data is `reject_now:COMPLAINT:REASON`; words that were added stand with the question."""
    complaint, ground = _pressed(ctx, rest)
    asked = ctx.open_question(WORDS_ON_REJECTING, complaint)
    words = str(asked.data["words"]) if asked is not None and asked.data["ground"] == ground else ""
    done = ctx.do(Reject(complaint.code, ground, words))
    ctx.stop_asking(WORDS_ON_REJECTING)
    ctx.toast("recorded_decision" if done.entries else "nothing_changed")
    if done.entries and ctx.address not in (*ctx.groups_of(complaint), *ctx.administration()):
        _say_it(ctx, done.entries[-1], ctx.address)


@on.happened(Rejected)
def tell_that_it_is_rejected(speaking: Speaking, entry: Entry) -> None:
    """The group learns why; the complainant too, in the words of the tracking page (docs/voice.md 3.4)."""
    complaint, rejected = entry.complaint, entry.happened
    assert isinstance(rejected, Rejected)
    for group in speaking.groups_of(complaint) or speaking.administration():
        speaking.show(complaint, group)
        _say_it(speaking, entry, group)
    for each in (complaint, *joined_to(speaking.unit, complaint)):
        for chat, _ in speaking.complainant(each):
            speaking.say(
                chat,
                "rejected_told",
                about=each,
                code=each.code,
                reason=reason_name(speaking, rejected.ground),
                confidential=each.confidential,
            )


def reason_name(speaking: Speaking, ground: str) -> Bilingual:
    """What a reason is called in both languages."""
    name = speaking.office.settings.rejection.name(ground)
    return Bilingual(name.hi, name.en)


def _say_it(speaking: Speaking, entry: Entry, chat: Address) -> None:
    complaint, rejected = entry.complaint, entry.happened
    assert isinstance(rejected, Rejected)
    speaking.say(
        chat,
        "rejected",
        about=complaint,
        code=complaint.code,
        reason=reason_name(speaking, rejected.ground),
        senior=speaking.person_name(rejected.by),
        words="" if complaint.confidential else rejected.words,
    )


def _pressed(ctx: Context, rest: str) -> tuple[Complaint, str]:
    id, _, ground = rest.partition(":")
    if ground not in ctx.office.settings.rejection.reasons:
        raise Forged("button")
    return ctx.complaint_pressed(id), ground


def _ask_whether_it_is_meant(ctx: Context, complaint: Complaint, ground: str, words: str) -> None:
    ctx.ask_back(
        WORDS_ON_REJECTING,
        "reject_confirm",
        about=complaint,
        data={"complaint": complaint.id, "ground": ground, "words": words},
        buttons=[[ButtonSpec("reject", f"reject_now:{complaint.id}:{ground}"), button("cancel", complaint)]],
        code=complaint.code,
        reason=reason_name(ctx, ground),
        words="" if complaint.confidential else words,
    )
