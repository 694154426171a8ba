"""/pause: a complaint waits for the complainant or a court until a date; and how a pause ends."""

from datetime import date

from bot.context import Context
from bot.events import Address, Message
from bot.handlers.meant import complaint_named
from bot.handlers.picking import offer_complaints
from bot.handlers.which_day import (
    Data,
    DayAsked,
    ask_until_when,
    day_pressed,
    take_the_day,
    take_the_words,
    take_what_is_written,
)
from bot.outbox import ButtonSpec
from bot.questions import Question
from bot.routing import Routes
from bot.speaking import Speaking, button
from bot.store.asks import Ask
from core.commands import Command, PauseComplaint, ResumeComplaint
from core.complaints import Complaint, DueMoved, MoreTimeAsked, Paused, Recategorised, Resumed
from core.complaints.rights import need_open
from core.pauses import PauseFor
from core.people import Role
from core.refusals import Forged
from core.timeline import Entry

on = Routes()

WAITS_FOR = (PauseFor.COMPLAINANT, PauseFor.COURT)


def _pause(complaint: Complaint, day: date, reason: str, kept: Data) -> Command:
    return PauseComplaint(complaint.code, day, PauseFor(str(kept["waits_for"])), reason)


PAUSING = DayAsked(Question("pause"), "pause_until", _pause)


@on.command("pause", role=(Role.SENIOR, Role.OPERATOR))
def pause_by_command(ctx: Context, words: str) -> None:
    """/pause CODE court 27/11 WHY: what is missing is asked, step by step."""
    complaint = complaint_named(ctx, words)
    if complaint is None:
        offer_complaints(ctx, "pause", words)
        return
    first, _, rest = ctx.directory.codes.cut(words).strip().partition(" ")
    named = next((each for each in WAITS_FOR if ctx.around.commands.means(first, each)), None)
    if named is None or complaint.pause is not None:
        ask_what_it_waits_for(ctx, complaint)
        return
    need_open(complaint)
    if not rest.strip():
        ask_until_when(ctx, PAUSING, complaint, "pause_prompt", waits_for=named.value)
    else:
        if take_what_is_written(ctx, PAUSING, complaint, rest, {"waits_for": named.value}):
            _answer_elsewhere(ctx, complaint)


@on.button("pause", role=Role.OPERATOR)
def ask_what_it_waits_for(ctx: Context, complaint: Complaint) -> None:
    """For what it waits; a paused one can be let run again."""
    need_open(complaint)
    if complaint.pause is not None:
        ctx.reply(
            "paused_already",
            about=complaint,
            buttons=[[button("resume", complaint), button("cancel", complaint)]],
            code=complaint.code,
            until=complaint.pause.until,
        )
        return
    offered = [ButtonSpec(f"wait_{each}", f"pause_for:{complaint.id}:{each}") for each in WAITS_FOR]
    ctx.reply(
        "pause_for",
        about=complaint,
        buttons=[offered, [button("cancel", complaint)]],
        code=complaint.code,
    )


@on.choice("pause_for", role=Role.OPERATOR)
def take_what_it_waits_for(ctx: Context, rest: str) -> None:
    """The complainant or a court, by a button: its data is `pause_for:COMPLAINT:WHAT`."""
    id, _, what = rest.partition(":")
    if what not in WAITS_FOR:
        raise Forged("button")
    complaint = ctx.complaint_pressed(id)
    need_open(complaint)
    ask_until_when(ctx, PAUSING, complaint, "pause_prompt", waits_for=what)


@on.answer(PAUSING.question)
def take_the_pause(ctx: Context, ask: Ask, answer: Message) -> None:
    """Until when, and why."""
    if take_the_words(ctx, PAUSING, ask, answer):
        _answer_elsewhere(ctx, ctx.unit.complaint_by_id(int(str(ask.data["complaint"]))))


@on.choice(PAUSING.action, role=Role.OPERATOR)
def take_the_day_of_the_pause(ctx: Context, rest: str) -> None:
    """The day by a button. What it waits for stands with the question: without it, that is asked again."""
    complaint, day = day_pressed(ctx, rest)
    if ctx.open_question(PAUSING.question, complaint) is None:
        ask_what_it_waits_for(ctx, complaint)
    elif take_the_day(ctx, PAUSING, complaint, day):
        _answer_elsewhere(ctx, complaint)


@on.button("resume", role=Role.OPERATOR)
def resume(ctx: Context, complaint: Complaint) -> None:
    """What it waited for has come."""
    ctx.do(ResumeComplaint(complaint.code))
    ctx.toast("recorded_decision")


@on.happened(Paused)
def tell_that_it_waits(speaking: Speaking, entry: Entry) -> None:
    """The group learns for what it waits; the card tells until when."""
    complaint, paused = entry.complaint, entry.happened
    assert isinstance(paused, Paused)
    for group in speaking.groups_of(complaint) or speaking.administration():
        if paused.waits_for is not PauseFor.MORE_TIME:
            _say_that_it_waits(speaking, group, complaint, paused.by)
        speaking.show(complaint, group)


def _answer_elsewhere(ctx: Context, complaint: Complaint) -> None:
    """Whoever paused it in another chat reads there that it is done."""
    after = ctx.unit.complaint_by_id(complaint.id)
    if ctx.address not in (ctx.groups_of(after) or ctx.administration()):
        _say_that_it_waits(ctx, ctx.address, after, ctx.person.id if ctx.person else None)


def _say_that_it_waits(speaking: Speaking, chat: Address, complaint: Complaint, by: int | None) -> None:
    pause = complaint.pause
    assert pause is not None
    speaking.say(
        chat,
        "paused",
        about=complaint,
        code=complaint.code,
        until=pause.until,
        waits_for=pause.waits_for,
        senior=speaking.person_name(by),
        reason="" if complaint.confidential else pause.reason,
    )


@on.happened(Resumed)
def tell_that_it_runs_again(speaking: Speaking, entry: Entry) -> None:
    """The group learns when it is due now; not if the pause ended since it was solved."""
    complaint = speaking.unit.complaint_by_id(entry.complaint.id)
    if not complaint.is_open:
        return
    for group in speaking.groups_of(complaint) or speaking.administration():
        speaking.say(
            group,
            "resumed",
            about=complaint,
            code=complaint.code,
            due=entry.complaint.due.at,
            officer=speaking.person_name(complaint.assignee),
        )
        speaking.show(complaint, group)


@on.happened(MoreTimeAsked, Paused, Resumed, Recategorised, DueMoved)
def show_it_to_the_administration(speaking: Speaking, entry: Entry) -> None:
    """The card in the administration group tells the same, and offers what can be decided."""
    for group in speaking.administration():
        if speaking.is_shown(entry.complaint, group):
            speaking.show(entry.complaint, group)
