"""What a message in the group does (docs/design.md §4; docs/voice.md 4.2 to 4.4).

A reply to the card, or exactly one code of a complaint that the department holds, with a solved word and words of its
own, is the solution. Where unsure it asks. A bare code gets the card. Everything else is a message, and silence.
"""

from datetime import timedelta

from bot.context import Context
from bot.events import Message
from bot.handlers.acknowledging import ask_to_acknowledge
from bot.handlers.is_it_solution import IS_IT_SOLUTION, ask_if_solution
from bot.handlers.leave import ask_in_words
from bot.handlers.lists import show_status
from bot.handlers.meant import Meant, complaints_meant
from bot.handlers.recording import (
    ask_what_was_done,
    complaint_asked_about,
    evidence_kept,
    keep_as_note,
    record_solution,
)
from bot.handlers.roll_call import answer_in_words
from bot.handlers.solving import add_photos_to, may_add_photos
from bot.handlers.transferring import ask_if_not_ours
from bot.outbox import ButtonSpec
from bot.questions import Question
from bot.routing import Routes
from bot.speaking import button
from bot.store.asks import Ask
from core.complaints import Complaint, State
from core.people import Role
from core.reading import Meaning, read

on = Routes()

WHICH_CODE = Question("which_code")
MOST_OFFERED = 5
LATE_ANSWER = timedelta(hours=1)
"""So long after a question's time what its reader writes is still taken for an answer to it."""


@on.message()
def read_message(ctx: Context, message: Message) -> bool:
    """Read what somebody of the office wrote, in a bound group or to the bot alone."""
    if ctx.person is None or (ctx.group is None and not message.direct):
        return False
    meant = complaints_meant(ctx, message)
    if len(meant.complaints) > 1:
        _ask_which(ctx, message, meant)
    elif meant.complaints:
        _about(ctx, meant.complaints[0], meant.words, ctx.evidence(message), message.forwarded)
    elif meant.near or meant.typed:
        _say_that_no_complaint_has_it(ctx, message, meant)
    else:
        return _about_oneself(ctx, message) or _came_too_late(ctx, message) or not message.direct
    return True


def _about_oneself(ctx: Context, message: Message) -> bool:
    """Present, or on leave: said of whoever writes it, and of nobody else (docs/voice.md 4.2)."""
    meaning = read(message.text, ctx.rules.words, addressed=False, forwarded=message.forwarded).meaning
    if meaning is Meaning.LEAVE:
        ask_in_words(ctx, message.text)
    elif meaning is Meaning.PRESENT:
        answer_in_words(ctx)
    return meaning in (Meaning.LEAVE, Meaning.PRESENT)


def _came_too_late(ctx: Context, message: Message) -> bool:
    """Whoever answers a question after its time is told once that it was not taken, and how it is; a word that says
    only that something was seen is no answer."""
    meaning = read(message.text, ctx.rules.words, addressed=True, forwarded=message.forwarded).meaning
    asked = ctx.asked_too_long_ago(LATE_ANSWER) if meaning is not Meaning.NOTHING else None
    if asked is None:
        return False
    ctx.reply("ask_expired")
    return True


def _about(ctx: Context, complaint: Complaint, words: str, evidence: tuple[str, ...], forwarded: bool = False) -> None:
    """What the words beside a code, or under a card, do to the complaint."""
    if not words.strip() and not evidence:
        show_status(ctx, complaint)
        return
    if not words.strip() and complaint.state is State.SOLVED and may_add_photos(ctx, complaint):
        add_photos_to(ctx, complaint, evidence)
        return
    if not words.strip() and ctx.actor().belongs_to(complaint.department):
        ask_what_was_done(ctx, complaint, evidence)
        return
    reading = read(words, ctx.rules.words, addressed=True, forwarded=forwarded)
    if not ctx.actor().belongs_to(complaint.department):
        _from_elsewhere(ctx, complaint, words, evidence, reading.meaning)
        return
    match reading.meaning:
        case Meaning.SOLUTION | Meaning.CLAIM:
            record_solution(ctx, complaint, words, evidence, from_text=True)
        case Meaning.ASK:
            ask_if_solution(ctx, complaint, words, evidence)
        case Meaning.ACKNOWLEDGE_ASK:
            keep_as_note(ctx, complaint, words, evidence)
            ask_to_acknowledge(ctx, complaint)
        case Meaning.MORE_TIME_ASK:
            keep_as_note(ctx, complaint, words, evidence)
            buttons = [[button("more_time", complaint), button("only_note", complaint)]]
            ctx.reply("more_time_ask", about=complaint, buttons=buttons, code=complaint.code)
        case Meaning.NOT_OURS_ASK:
            keep_as_note(ctx, complaint, words, evidence)
            ask_if_not_ours(ctx, complaint)
        case Meaning.STATUS:
            show_status(ctx, complaint)
        case Meaning.QUESTION:
            keep_as_note(ctx, complaint, words, evidence, question=True)
            show_status(ctx, complaint)
        case Meaning.NOTE:
            keep_as_note(ctx, complaint, words, evidence)
        case _ if evidence:
            keep_as_note(ctx, complaint, words, evidence)


def _from_elsewhere(
    ctx: Context, complaint: Complaint, words: str, evidence: tuple[str, ...], meaning: Meaning
) -> None:
    """From somebody who is not of the department that holds it: whose it is, and nothing changed."""
    if ctx.actor().has(*Role) and ctx.group is not None and ctx.group.department in (None, complaint.department):
        keep_as_note(ctx, complaint, words, evidence)
        return
    department = ctx.department_name(complaint.department)
    solved = meaning in (Meaning.SOLUTION, Meaning.CLAIM, Meaning.ASK)
    template = "wrong_department" if solved else "elsewhere"
    ctx.reply(template, code=complaint.code, department2=department)


def _ask_which(ctx: Context, message: Message, meant: Meant) -> None:
    codes = [each.code for each in meant.complaints]
    ctx.ask_back(
        WHICH_CODE,
        "which_code",
        data={"words": meant.words, "evidence": list(ctx.evidence(message))},
        buttons=_code_buttons(codes),
        codes=codes,
    )


def _say_that_no_complaint_has_it(ctx: Context, message: Message, meant: Meant) -> None:
    if not meant.near:
        ctx.reply("code_unknown", typed=meant.typed)
        return
    ctx.ask_back(
        WHICH_CODE,
        "code_near",
        data={"words": meant.words, "evidence": list(ctx.evidence(message))},
        buttons=_code_buttons(meant.near),
        typed=meant.typed,
    )


def _code_buttons(codes: tuple[str, ...] | list[str]) -> list[list[ButtonSpec]]:
    offered = [[ButtonSpec("code", f"meant:{code}", {"code": code})] for code in codes[:MOST_OFFERED]]
    return [*offered, [ButtonSpec("none_of_these", "meant:")]]


@on.choice("meant")
def take_the_code(ctx: Context, code: str) -> None:
    """The code that was meant: the words are read as if it had been written with them."""
    ask = ctx.open_question(WHICH_CODE)
    if ask is None:
        ctx.toast("press_again")
        return
    ctx.stop_asking(WHICH_CODE)
    if code:
        evidence = evidence_kept(ask)
        _about(ctx, ctx.unit.complaint(code), str(ask.data["words"]), evidence)


@on.answer(WHICH_CODE)
def take_the_code_as_written(ctx: Context, ask: Ask, answer: Message) -> None:
    """The right code typed instead of pressed; the words said before still count."""
    meant = complaints_meant(ctx, answer)
    if len(meant.complaints) == 1:
        evidence = evidence_kept(ask)
        _about(ctx, meant.complaints[0], f"{ask.data['words']} {meant.words}".strip(), evidence)
    else:
        read_message(ctx, answer)


@on.answer(IS_IT_SOLUTION)
def read_the_words_again(ctx: Context, ask: Ask, answer: Message) -> None:
    """Words instead of a press: they are read like any others under the card."""
    complaint = complaint_asked_about(ctx, ask)
    _about(ctx, complaint, answer.text, ctx.evidence(answer), answer.forwarded)
