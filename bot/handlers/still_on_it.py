"""*Still on it?*: asked of who has a complaint and is silent; kept by a press, handed back, or taken by the clock.

Several for a chat at one look of the clock are one message. Source: docs/design.md §4, Due times 8; docs/rules.md D14.
"""

from collections import defaultdict

from bot.context import Context
from bot.events import Address
from bot.handlers.cards import brief_facts
from bot.outbox import ButtonSpec, Priority
from bot.routing import Routes
from bot.speaking import How, Speaking, button
from bot.store.reminders import keep_question, questions_wait, take_questions
from core.commands import HandBack, StillOnIt
from core.complaints import AcknowledgementFell, AskedStillOnIt, Complaint, State
from core.escalation import is_quiet
from core.people import Role
from core.store.queries.complaints import open_complaints_of_assignee
from core.timeline import Entry

on = Routes()

NAMED = 10
"""Complaints in one message."""


@on.happened(AskedStillOnIt)
def keep_it_to_be_asked(speaking: Speaking, entry: Entry) -> None:
    """Asked with all others of this moment."""
    keep_question(speaking.unit, entry.complaint.id, entry.happened.at)


@on.after_the_clocks("still on it", waits=questions_wait)
def ask_all(speaking: Speaking) -> None:
    """Each chat once: privately; whom no chat knows is asked in the department's group. Not in the quiet."""
    if is_quiet(speaking.unit.now, speaking.rules.calendar, speaking.office.settings.office.quiet):
        return
    of_chat: dict[Address, list[Complaint]] = defaultdict(list)
    for complaint in take_questions(speaking.unit):
        if _waits_for_an_answer(complaint) and complaint.assignee is not None:
            for chat in speaking.private(complaint.assignee) or speaking.groups_of(complaint):
                of_chat[chat].append(complaint)
    for chat, asked in of_chat.items():
        if len(asked) == 1:
            _ask_about(speaking, chat, asked[0])
        else:
            _ask_about_several(speaking, chat, asked)


@on.choice("still_on_all", role=Role.MEMBER)
def go_on_with_all(ctx: Context, _rest: str) -> None:
    """With all that the presser was asked about and has not answered."""
    done = [ctx.do(StillOnIt(each.code, at=ctx.at)) for each in _asked_of_presser(ctx)]
    ctx.toast("still_on_all" if done else "nothing_changed", number=len(done))


@on.choice("still_on_each", role=Role.MEMBER)
def ask_about_each(ctx: Context, _rest: str) -> None:
    """Those that wait for an answer of the presser, each by itself with its own buttons."""
    asked = _asked_of_presser(ctx)
    for each in asked[:NAMED]:
        _ask_about(ctx, ctx.address, each)
    ctx.toast("still_on_each" if asked else "nothing_changed", number=len(asked[:NAMED]))


@on.button("still_on_it", role=(Role.MEMBER, Role.OPERATOR))
def go_on(ctx: Context, complaint: Complaint) -> None:
    """They are: it stays with them. Whoever presses it when it is nobody's any more takes it again."""
    done = ctx.do(StillOnIt(complaint.code, at=ctx.at))
    ctx.toast("acknowledged" if done.entries else "nothing_changed")


@on.button("hand_back", role=(Role.MEMBER, Role.OPERATOR))
def hand_back(ctx: Context, complaint: Complaint) -> None:
    """It is nobody's from now on, and the head is told."""
    done = ctx.do(HandBack(complaint.code, at=ctx.at))
    ctx.toast("handed_back" if done.entries else "nothing_changed")


@on.happened(AcknowledgementFell)
def tell_the_head(speaking: Speaking, entry: Entry) -> None:
    """The head finds somebody else; the group's card shows that nobody has it."""
    complaint, fell = entry.complaint, entry.happened
    assert isinstance(fell, AcknowledgementFell)
    for group in speaking.groups_of(complaint):
        speaking.show(complaint, group)
    head = speaking.directory.head(complaint.department)
    if head is not None and head.id == fell.by:
        return
    private = speaking.private(head.id) if head is not None else ()
    for chat in private or speaking.groups_of(complaint) or speaking.administration():
        speaking.say(
            chat,
            "acknowledgement_fell",
            about=complaint,
            priority=Priority.ESCALATION,
            repeat_if_doubtful=True,
            buttons=[[button("assign", complaint), button("acknowledge", complaint)]],
            code=complaint.code,
            officer=speaking.person_name(fell.officer),
            handed_back=fell.by is not None,
            due=complaint.due.at,
        )


def _waits_for_an_answer(complaint: Complaint) -> bool:
    asked = complaint.still_asked
    return complaint.state is State.ACKNOWLEDGED and asked is not None and not asked.answered


def _asked_of_presser(ctx: Context) -> list[Complaint]:
    """What waits for an answer of whoever pressed, the earliest due first."""
    if ctx.person is None:
        return []
    found = open_complaints_of_assignee(ctx.unit, ctx.person.id)
    return sorted(filter(_waits_for_an_answer, found), key=lambda each: (each.due.at, each.id))


def _ask_about(speaking: Speaking, chat: Address, complaint: Complaint) -> None:
    asked = complaint.still_asked
    assert asked is not None, "only what waits for an answer is asked about"
    speaking.say(
        chat,
        "still_on_it",
        about=complaint,
        priority=Priority.ESCALATION,
        repeat_if_doubtful=True,
        buttons=[
            [button("still_on_it", complaint), button("solve", complaint)],
            [button("hand_back", complaint)],
        ],
        code=complaint.code,
        since=complaint.last_word_at or asked.at,
        until=asked.until,
        head=speaking.head_name(complaint.department),
    )


def _ask_about_several(speaking: Speaking, chat: Address, complaints: list[Complaint]) -> None:
    heads = {each.department: speaking.head_name(each.department) for each in complaints}
    facts: dict[str, object] = {
        "total": len(complaints),
        "rows": [brief_facts(speaking, each) for each in complaints[:NAMED]],
        "until": min(each.still_asked.until for each in complaints if each.still_asked is not None),
        "head": next(iter(heads.values())) if len(heads) == 1 else "",
    }
    buttons = [[ButtonSpec("still_on_all", "still_on_all:")], [ButtonSpec("still_on_each", "still_on_each:")]]
    speaking.put(chat, "still_on_several", facts, How(buttons, Priority.ESCALATION, repeat_if_doubtful=True))
