"""*More time*: the department asks with a date and a reason; a senior gives it or not, once (docs/design.md §4, 6)."""

from datetime import date, timedelta

from bot.context import Context
from bot.events import Address, Message
from bot.handlers.which_day import (
    Data,
    DayAsked,
    ask_until_when,
    day_pressed,
    take_the_day,
    take_the_words,
)
from bot.questions import Question
from bot.routing import Routes
from bot.speaking import Speaking, button
from bot.store.asks import Ask, open_asks
from core.commands import AskMoreTime, Command, DeclineMoreTime, GrantMoreTime, PauseComplaint
from core.complaints import (
    Complaint,
    Merged,
    MoreTimeAsked,
    MoreTimeDeclined,
    Paused,
    Rejected,
    Solved,
    Transferred,
)
from core.complaints.pausing import due_if_given, need_time_to_ask_for
from core.complaints.rights import need_open
from core.pauses import PauseFor
from core.people import Role
from core.refusals import Invalid
from core.sla import has_come
from core.timeline import Entry

on = Routes()

WHY_NO_TIME = Question("why_no_time")
TO_DECIDE = Question("time_to_decide")
NOBODY = ""
"""The seniors are asked together, so the question is to no user: it only holds which message has the buttons."""
A_YEAR = timedelta(days=366)


def _ask_for(complaint: Complaint, day: date, reason: str, kept: Data) -> Command:
    return AskMoreTime(complaint.code, day, reason)


def _give(complaint: Complaint, day: date, reason: str, kept: Data) -> Command:
    return GrantMoreTime(complaint.code, day)


def _give_unasked(complaint: Complaint, day: date, reason: str, kept: Data) -> Command:
    return PauseComplaint(complaint.code, day, PauseFor.MORE_TIME, reason)


ASKING = DayAsked(Question("more_time"), "time_until", _ask_for)
GIVING = DayAsked(Question("give_time_until"), "give_until", _give, needs_reason=False)
UNASKED = DayAsked(Question("give_time_unasked"), "give_unasked", _give_unasked)


# The department


@on.button("more_time", role=(Role.MEMBER, Role.OPERATOR))
def ask_until_when_and_why(ctx: Context, complaint: Complaint) -> None:
    """Until when, and why."""
    need_time_to_ask_for(complaint)
    ask_until_when(ctx, ASKING, complaint, "more_time_prompt")


@on.answer(ASKING.question)
def take_the_request(ctx: Context, ask: Ask, answer: Message) -> None:
    """“शुक्रवार तक, पाइप आना बाकी है”: the day and the reason, in any order, or one after the other."""
    take_the_words(ctx, ASKING, ask, answer)


@on.choice(ASKING.action, role=(Role.MEMBER, Role.OPERATOR))
def take_the_day_of_the_request(ctx: Context, rest: str) -> None:
    """The day by a button."""
    complaint, day = day_pressed(ctx, rest)
    ctx.need_member(complaint)
    take_the_day(ctx, ASKING, complaint, day)


# The senior


@on.button("give_time", role=Role.SENIOR)
def give_the_time(ctx: Context, complaint: Complaint) -> None:
    """Give what was asked for; whoever comes second is told who decided and what."""
    try:
        with ctx.unit.overlay():
            done = ctx.do(GrantMoreTime(complaint.code))
    except Invalid:  # the day asked for is over by now
        ask_until_when(ctx, GIVING, complaint, "give_time_late")
        return
    ctx.toast("recorded_decision" if done.entries else "nothing_changed")


@on.answer(GIVING.question)
def take_another_day(ctx: Context, ask: Ask, answer: Message) -> None:
    """Another day than the one asked for, which is over."""
    take_the_words(ctx, GIVING, ask, answer)


@on.choice(GIVING.action, role=Role.SENIOR)
def take_another_day_by_button(ctx: Context, rest: str) -> None:
    """The same by a button."""
    complaint, day = day_pressed(ctx, rest)
    take_the_day(ctx, GIVING, complaint, day)


@on.button("give_time_unasked", role=Role.SENIOR)
def ask_until_when_to_give(ctx: Context, complaint: Complaint) -> None:
    """Time that nobody asked for, as for a complaint that is long overdue: until when, and why."""
    need_open(complaint)
    ask_until_when(ctx, UNASKED, complaint, "give_time_prompt")


@on.answer(UNASKED.question)
def take_the_time_unasked(ctx: Context, ask: Ask, answer: Message) -> None:
    """Time that nobody asked for: until when, and why."""
    take_the_words(ctx, UNASKED, ask, answer)


@on.choice(UNASKED.action, role=Role.SENIOR)
def take_the_day_unasked(ctx: Context, rest: str) -> None:
    """The day by a button."""
    complaint, day = day_pressed(ctx, rest)
    take_the_day(ctx, UNASKED, complaint, day)


@on.button("no_more_time", role=Role.SENIOR)
def ask_why_not(ctx: Context, complaint: Complaint) -> None:
    """The group is told why, if the senior says so."""
    need_open(complaint)
    if complaint.more_time is None:
        decline(ctx, complaint, "")
        return
    ctx.ask_back(
        WHY_NO_TIME,
        "no_time_prompt",
        about=complaint,
        data={"complaint": complaint.id},
        buttons=[[button("without_reason", complaint), button("cancel", complaint)]],
        code=complaint.code,
    )


@on.answer(WHY_NO_TIME)
def decline_with_a_reason(ctx: Context, ask: Ask, answer: Message) -> None:
    """No more time, and why."""
    decline(ctx, ctx.unit.complaint_by_id(int(str(ask.data["complaint"]))), answer.text)


@on.button("without_reason", role=Role.SENIOR)
def decline_without(ctx: Context, complaint: Complaint) -> None:
    """No more time, and not a word more."""
    decline(ctx, complaint, "")
    ctx.stop_asking(WHY_NO_TIME)


def decline(ctx: Context, complaint: Complaint, words: str) -> None:
    """Decline it. Raises NothingAsked, which tells who decided and what."""
    done = ctx.do(DeclineMoreTime(complaint.code, words))
    ctx.toast("recorded_decision" if done.entries else "nothing_changed")


# Telling


@on.happened(MoreTimeAsked)
def ask_the_seniors(speaking: Speaking, entry: Entry) -> None:
    """The administration group is asked; where there is none, each senior alone. The department reads that it was."""
    complaint, asked = entry.complaint, entry.happened
    assert isinstance(asked, MoreTimeAsked)
    for chat in _chats_of_seniors(speaking):
        _ask_seniors_in(speaking, chat, complaint, asked)
    for group in speaking.groups_of(complaint):
        speaking.show(complaint, group)
        speaking.say(group, "more_time_sent", about=complaint, code=complaint.code, until=asked.until)


def _ask_seniors_in(speaking: Speaking, chat: Address, complaint: Complaint, asked: MoreTimeAsked) -> None:
    calendar = speaking.rules.calendar
    until = calendar.closes(asked.until)
    then = due_if_given(complaint, asked.until, asked.at, speaking.rules).at
    speaking.ask(
        chat,
        NOBODY,
        TO_DECIDE,
        "more_time_asked",
        about=complaint,
        buttons=[[button("give_time", complaint), button("no_more_time", complaint)]],
        data={"complaint": complaint.id},
        within=A_YEAR,
        code=complaint.code,
        officer=speaking.person_name(asked.by),
        until=until,
        # What is written about a confidential complaint is not for a group.
        reason="" if complaint.confidential else asked.reason,
        due=complaint.due.at,
        due_then=then if then != until else None,
    )


@on.happened(Paused, MoreTimeDeclined, Transferred, Solved, Rejected, Merged)
def take_the_question_back(speaking: Speaking, entry: Entry) -> None:
    """Decided, or not to be decided any more: nobody presses its buttons for nothing."""
    for chat in _chats_of_seniors(speaking):
        for ask in open_asks(speaking.unit, chat, NOBODY, TO_DECIDE.name):
            if ask.data["complaint"] == entry.complaint.id:
                speaking.settle(ask)


@on.happened(Paused)
def tell_that_time_was_given(speaking: Speaking, entry: Entry) -> None:
    """The department learns until when, and from whom."""
    complaint, paused = entry.complaint, entry.happened
    assert isinstance(paused, Paused)
    if paused.waits_for is not PauseFor.MORE_TIME:
        return
    late = has_come(complaint.due, paused.at)
    then = due_if_given(complaint, speaking.rules.calendar.day_of(paused.until), paused.at, speaking.rules)
    for group in _told(speaking, complaint):
        speaking.say(
            group,
            "more_time_given",
            about=complaint,
            code=complaint.code,
            senior=speaking.person_name(paused.by),
            until=paused.until if late else then.at,
            due=complaint.due.at,
            late=late,
        )


@on.happened(MoreTimeDeclined)
def tell_that_no_time_was_given(speaking: Speaking, entry: Entry) -> None:
    """The department learns that it is due as before, and why."""
    complaint, declined = entry.complaint, entry.happened
    assert isinstance(declined, MoreTimeDeclined)
    for group in _told(speaking, complaint):
        if speaking.is_shown(complaint, group):
            speaking.show(complaint, group)
        speaking.say(
            group,
            "more_time_declined",
            about=complaint,
            code=complaint.code,
            senior=speaking.person_name(declined.by),
            due=complaint.due.at,
            reason="" if complaint.confidential else declined.words,
        )


def _chats_of_seniors(speaking: Speaking) -> tuple[Address, ...]:
    """The administration group; where there is none, the direct chats of the seniors."""
    seniors = (person.id for person in speaking.directory.with_role(Role.SENIOR))
    return speaking.administration() or tuple(chat for id in seniors for chat in speaking.private(id))


def _told(speaking: Speaking, complaint: Complaint) -> tuple[Address, ...]:
    """The department, and the seniors: whoever was asked too reads there who decided and what."""
    return (*speaking.groups_of(complaint), *speaking.administration())
