"""*Solved*: the officer says what was done, with photos; the group is told, and can take a misread message back."""

from datetime import timedelta

from bot.context import Context
from bot.events import Message
from bot.handlers.cards import who_is_asked
from bot.questions import Question
from bot.routing import Routes
from bot.speaking import Speaking, button
from bot.store.asks import Ask
from core.commands import AddEvidence, AddNote, Solve, UndoSolution
from core.complaints import Complaint, EvidenceAdded, SolutionUndone, Solved
from core.complaints.rules import need_open
from core.people import Role
from core.refusals import AlreadyClosed, AlreadySolved, PhotoMissing, TooShort
from core.timeline import Entry

on = Routes()

SOLUTION = Question("solution")
PHOTO = Question("photo")
MORE_PHOTOS = Question("more_photos")
PHOTOS_WITHIN = timedelta(minutes=10)


@on.button("solve", role=Role.MEMBER)
def ask_for_solution(ctx: Context, complaint: Complaint) -> None:
    """Ask the officer who pressed what was done; nothing changes before the answer."""
    need_open(complaint)
    ctx.ask_back(
        SOLUTION,
        "solution_prompt",
        about=complaint,
        data={"complaint": complaint.id},
        buttons=[[button("cancel", complaint)]],
        code=complaint.code,
    )


@on.answer(SOLUTION)
def take_the_answer(ctx: Context, ask: Ask, answer: Message) -> None:
    """The answer, with its photos, is the department's solution."""
    record_solution(ctx, _complaint_of(ctx, ask), answer.text, ctx.evidence(answer), from_text=False)


@on.answer(PHOTO)
def take_the_photo(ctx: Context, ask: Ask, answer: Message) -> None:
    """The photo that was missing; the words were kept."""
    words = str(ask.data["words"])
    from_text = bool(ask.data["from_text"])
    record_solution(ctx, _complaint_of(ctx, ask), words, ctx.evidence(answer), from_text)


@on.answer(MORE_PHOTOS)
def add_photos(ctx: Context, ask: Ask, answer: Message) -> None:
    """Photos sent soon after the solution belong to it."""
    complaint = _complaint_of(ctx, ask)
    ctx.do(AddEvidence(complaint.code, ctx.evidence(answer)))


def record_solution(ctx: Context, complaint: Complaint, words: str, evidence: tuple[str, ...], from_text: bool) -> None:
    """Record it, or say what is still missing; what came too late is kept as a note."""
    try:
        ctx.do(Solve(complaint.code, words, evidence, from_text, at=ctx.at))
    except TooShort as missing:
        _ask_for_words(ctx, complaint, missing.short)
    except PhotoMissing as missing:
        _ask_for_photo(ctx, complaint, missing.words, from_text)
    except (AlreadySolved, AlreadyClosed) as refusal:
        keep_as_note(ctx, complaint, words, evidence)
        ctx.refuse(refusal)
    else:
        ctx.listen_for(MORE_PHOTOS, {"complaint": complaint.id}, PHOTOS_WITHIN)


def keep_as_note(
    ctx: Context, complaint: Complaint, words: str, evidence: tuple[str, ...], question: bool = False
) -> None:
    """Words that change nothing stay in the complaint's history."""
    if words.strip() or evidence:
        ctx.keep(AddNote(complaint.code, words, evidence, question, at=ctx.at), complaint)


def _ask_for_words(ctx: Context, complaint: Complaint, short: str) -> None:
    ctx.ask_back(
        SOLUTION,
        "too_short",
        about=complaint,
        data={"complaint": complaint.id},
        buttons=[[button("cancel", complaint)]],
        code=complaint.code,
        short=short,
    )


def _ask_for_photo(ctx: Context, complaint: Complaint, words: str, from_text: bool) -> None:
    ctx.ask_back(
        PHOTO,
        "photo_missing",
        about=complaint,
        data={"complaint": complaint.id, "words": words, "from_text": from_text},
        buttons=[[button("cancel", complaint)]],
        code=complaint.code,
    )


@on.happened(Solved)
def tell_the_group(speaking: Speaking, entry: Entry) -> None:
    """The card shows the solution; under words taken from free text stands *Undo*, for ten minutes."""
    complaint, solved = entry.complaint, entry.happened
    assert isinstance(solved, Solved)
    for group in speaking.groups_of(complaint):
        speaking.show(complaint, group)
        if solved.undo_until is not None:
            speaking.say(
                group,
                "undo",
                about=complaint,
                buttons=[[button("undo", complaint)]],
                code=complaint.code,
                until=solved.undo_until,
            )
        else:
            speaking.say(
                group,
                "solution_taken",
                about=complaint,
                code=complaint.code,
                at=solved.at,
                in_time=solved.in_time,
                asked=who_is_asked(speaking, complaint),
            )
    for group in speaking.administration():
        if speaking.is_shown(complaint, group) or who_is_asked(speaking, complaint) == "administration":
            speaking.show(complaint, group)


@on.button("undo", role=Role.MEMBER)
def undo(ctx: Context, complaint: Complaint) -> None:
    """Take a solution back that was read from free text."""
    ctx.do(UndoSolution(complaint.code, at=ctx.at))
    ctx.toast("undone")


@on.happened(SolutionUndone)
def tell_that_it_is_undone(speaking: Speaking, entry: Entry) -> None:
    """The card is open again, and the group knows by whom."""
    for group in speaking.groups_of(entry.complaint):
        speaking.show(entry.complaint, group)
        speaking.say(
            group,
            "solution_undone",
            about=entry.complaint,
            code=entry.complaint.code,
            officer=speaking.person_name(entry.happened.by),
            due=entry.complaint.due.at,
        )


@on.happened(EvidenceAdded)
def show_more_evidence(speaking: Speaking, entry: Entry) -> None:
    """Photos that came later change the card."""
    for group in speaking.groups_of(entry.complaint):
        speaking.show(entry.complaint, group)


def _complaint_of(ctx: Context, ask: Ask) -> Complaint:
    return ctx.unit.complaint_by_id(int(str(ask.data["complaint"])))
