"""Solved is the department's claim; closed is somebody else's confirmation: the complainant's, or a senior's."""

from bot.context import Context
from bot.events import Message
from bot.handlers.asking_the_complainant import IS_IT_SOLVED, answers_older_words
from bot.handlers.meant import complaint_named, complaints_meant
from bot.handlers.politeness import ask_politeness
from bot.outbox import ButtonSpec, Priority
from bot.questions import Question
from bot.render import Bilingual
from bot.routing import Routes
from bot.speaking import Speaking, button
from bot.store.asks import Ask
from core.commands import Confirm, Reopen, TellStillWrong
from core.complaints import (
    Complaint,
    Confirmed,
    Reopened,
    State,
    StillWrongTold,
)
from core.complaints.about import needs_a_senior
from core.complaints.reopening import told_at_once
from core.people import Role
from core.reading import Answer, read_answer
from core.store.queries.petitions import siblings_of
from core.timeline import Entry

on = Routes()

WHICH_WORK = Question("which_work")
STILL_WRONG = Question("still_wrong")
WHY_REOPEN = Question("why_reopen")


@on.button("yes_solved")
def yes_it_is_solved(ctx: Context, complaint: Complaint) -> None:
    """The complainant's yes closes every complaint of the petition that is claimed to be solved."""
    ctx.need_own_word(complaint)
    if answers_older_words(ctx, complaint):
        ctx.toast("words_changed")
        return
    # What only a senior closes is not closed by a yes that was meant for the others (docs/rules.md O3).
    waiting = [each for each in _claimed(ctx, complaint) if not needs_a_senior(each)] or [complaint]
    for each in waiting:
        ctx.do(Confirm(each.code), about=each)
    ctx.stop_asking(IS_IT_SOLVED)
    ctx.stop_asking(WHICH_WORK)
    first, *others = waiting
    ctx.reply(
        "thanks_closed",
        name=ctx.petition(complaint).name,
        code=first.code,
        others=[each.code for each in others],
        days=ctx.office.settings.due.reopen_within.count,
    )
    ask_politeness(ctx, waiting, in_words=True)


@on.button("not_solved")
def no_it_is_not(ctx: Context, complaint: Complaint) -> None:
    """The complainant's no opens it again; with several departments, first which work is not done."""
    ctx.need_own_word(complaint)
    waiting = _claimed(ctx, complaint)
    if complaint.state is not State.MERGED and len(waiting) > 1:
        ctx.stop_asking(IS_IT_SOLVED)
        _ask_which(ctx, waiting)
    else:
        _open_again(ctx, complaint)


@on.button("work_left")
def work_is_left(ctx: Context, complaint: Complaint) -> None:
    """This work of several is not done; what was said of it already goes to the group."""
    asked = ctx.open_question(WHICH_WORK)
    _open_again(ctx, complaint, str(asked.data["words"]) if asked else "")


@on.answer(WHICH_WORK)
def take_which_work_is_left(ctx: Context, ask: Ask, answer: Message) -> None:
    """A code in words, or what is wrong: then it is asked again which work is meant, and the words are kept."""
    complaint = _asked_about(ctx, int(str(ask.data["petition"])))
    if complaint is None:
        return
    waiting = _claimed(ctx, complaint)
    named = [each for each in complaints_meant(ctx, answer).complaints if each in waiting]
    if named:
        _open_again(ctx, named[0], str(ask.data["words"]))
    else:
        _ask_which(ctx, waiting, answer.text)


@on.answer(STILL_WRONG)
def take_what_is_still_wrong(ctx: Context, ask: Ask, answer: Message) -> None:
    """It goes onto the card, and to the group in the complainant's words."""
    complaint = ctx.unit.complaint_by_id(int(str(ask.data["complaint"])))
    ctx.do(TellStillWrong(complaint.code, answer.text, ctx.evidence(answer)), about=complaint)
    ctx.reply("still_wrong_noted", code=complaint.code)


@on.answer(IS_IT_SOLVED)
def read_the_answer(ctx: Context, ask: Ask, answer: Message) -> None:
    """A yes or a no in words; anything else is asked again, and nothing is closed or opened by it."""
    complaint = _asked_about(ctx, int(str(ask.data["petition"])))
    if complaint is None:
        return
    match read_answer(answer.text, ctx.rules.words):
        # A yes of before the question is one to words that have been changed since.
        case Answer.YES if ctx.at >= ask.asked_at:
            yes_it_is_solved(ctx, complaint)
        case Answer.NO:
            no_it_is_not(ctx, complaint)
        case _:
            ctx.ask_back(
                IS_IT_SOLVED,
                "ask_solved_again",
                about=complaint,
                data=ask.data,
                within=ctx.confirm_within(),
                buttons=[[button("yes_solved", complaint), button("not_solved", complaint)]],
                code=complaint.code,
            )


@on.button("confirm_close", role=(Role.SENIOR, Role.OPERATOR))
def confirm_and_close(ctx: Context, complaint: Complaint) -> None:
    """The office's own confirmation, where the complainant cannot be asked."""
    ctx.do(Confirm(complaint.code))
    ctx.toast("closed")


@on.button("reopen", role=(Role.SENIOR, Role.OPERATOR))
def ask_why(ctx: Context, complaint: Complaint) -> None:
    """A senior or operator opens it again and says what is still wrong."""
    ctx.ask_back(
        WHY_REOPEN,
        "reopen_prompt",
        about=complaint,
        data={"complaint": complaint.id},
        buttons=[[button("cancel", complaint)]],
        code=complaint.code,
    )


@on.answer(WHY_REOPEN)
def reopen(ctx: Context, ask: Ask, answer: Message) -> None:
    """Open it again under a new clock; photos show what whoever looked has seen."""
    complaint = ctx.unit.complaint_by_id(int(str(ask.data["complaint"])))
    _reopen(ctx, complaint, answer.text, ctx.evidence(answer))


@on.command("reopen", role=(Role.SENIOR, Role.OPERATOR))
def reopen_by_command(ctx: Context, words: str) -> None:
    """/reopen CODE WORDS: open it again; without words, ask for them."""
    complaint = complaint_named(ctx, words)
    if complaint is None:
        ctx.reply("code_missing", command="reopen")
        return
    reason = ctx.directory.codes.cut(words)
    if reason:
        _reopen(ctx, complaint, reason)
    else:
        ask_why(ctx, complaint)


@on.happened(Confirmed)
def tell_that_it_is_closed(speaking: Speaking, entry: Entry) -> None:
    """The card shows who confirmed."""
    for group in (*speaking.groups_of(entry.complaint), *speaking.administration()):
        if speaking.is_shown(entry.complaint, group):
            speaking.show(entry.complaint, group)


@on.happened(Reopened)
def tell_that_it_is_open_again(speaking: Speaking, entry: Entry) -> None:
    """The group is told, and the department's head (docs/design.md §4, rule 7); from the second time on also those
    above the head, rung by rung (docs/rules.md D13)."""
    complaint, reopened = entry.complaint, entry.happened
    assert isinstance(reopened, Reopened)
    head = speaking.directory.head(complaint.department)
    chats = speaking.groups_of(complaint) or speaking.administration()
    told = told_at_once(reopened.times)
    if "administration" in told:
        chats = tuple(dict.fromkeys((*chats, *speaking.administration())))
    by: Bilingual | str = "complainant" if reopened.complainant else speaking.person_name(reopened.by)
    private = speaking.private(head.id) if head else ()
    seniors = speaking.directory.with_role(Role.SENIOR) if "senior" in told else ()
    private = tuple(dict.fromkeys((*private, *(chat for each in seniors for chat in speaking.private(each.id)))))
    for chat in (*chats, *private):
        # The complainant's words on a confidential matter are for the head and the seniors alone.
        hidden = complaint.confidential and chat not in private
        speaking.say(
            chat,
            "reopened",
            about=complaint,
            priority=Priority.CARD,
            repeat_if_doubtful=True,
            code=complaint.code,
            due=complaint.due.at,
            still_wrong="" if hidden else reopened.words,
            times=reopened.times,
            by=by,
        )
    for group in chats:
        speaking.show(complaint, group)


@on.happened(StillWrongTold)
def tell_what_is_still_wrong(speaking: Speaking, entry: Entry) -> None:
    """The complainant's words go to the group."""
    told = entry.happened
    assert isinstance(told, StillWrongTold)
    for group in speaking.groups_of(entry.complaint):
        speaking.show(entry.complaint, group)
        if told.words and not entry.complaint.confidential:
            speaking.say(group, "still_wrong", about=entry.complaint, code=entry.complaint.code, still_wrong=told.words)


def _reopen(ctx: Context, complaint: Complaint, reason: str, evidence: tuple[str, ...] = ()) -> None:
    """For the office; whoever wrote elsewhere than in the department's group is answered there."""
    ctx.do(Reopen(complaint.code, reason, evidence=evidence))
    after = ctx.unit.complaint_by_id(complaint.id)
    if ctx.address not in ctx.groups_of(after):
        ctx.reply("reopened_here", about=after, code=after.code, due=after.due.at)


def _open_again(ctx: Context, complaint: Complaint, words: str = "") -> None:
    """Open it again, and ask what is still wrong. `words`: what was said of it already."""
    ctx.do(Reopen(complaint.code, words), about=complaint)
    ctx.stop_asking(IS_IT_SOLVED)
    ctx.stop_asking(WHICH_WORK)
    after = ctx.unit.complaint_by_id(complaint.id)
    ctx.ask_back(
        STILL_WRONG,
        "thanks_reopened",
        data={"complaint": complaint.id},
        about=complaint,
        name=ctx.petition(complaint).name,
        code=complaint.code,
        due=after.due.at,
    )
    ask_politeness(ctx, [after])


def _ask_which(ctx: Context, waiting: list[Complaint], words: str = "") -> None:
    ctx.ask_back(
        WHICH_WORK,
        "which_work_left",
        data={"petition": waiting[0].petition, "words": words},
        within=ctx.confirm_within(),
        buttons=[[ButtonSpec("code", f"work_left:complaint:{each.id}", {"code": each.code})] for each in waiting],
        others=[{"code": each.code, "department": ctx.department_name(each.department)} for each in waiting],
    )


def _claimed(ctx: Context, complaint: Complaint) -> list[Complaint]:
    family = (complaint, *siblings_of(ctx.unit, complaint))
    return sorted((each for each in family if each.state is State.SOLVED), key=lambda each: each.id)


def _asked_about(ctx: Context, petition: int) -> Complaint | None:
    for code in ctx.codes_of_petition(petition):
        complaint = ctx.unit.complaint(code)
        if complaint.state is State.SOLVED:
            return complaint
    return None
