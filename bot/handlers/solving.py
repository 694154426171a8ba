"""*Solved*: the officer says what was done, with photos; the group is told, and can take a misread message back."""

from bot.context import Context
from bot.events import Message
from bot.handlers.cards import who_is_asked
from bot.handlers.is_it_solution import ask_if_solution
from bot.handlers.recording import (
    MORE_PHOTOS,
    PHOTO,
    SOLUTION,
    ask_what_was_done,
    complaint_asked_about,
    evidence_kept,
    record_solution,
)
from bot.routing import Routes
from bot.speaking import Speaking, button
from bot.store.asks import Ask
from core.commands import AddEvidence, UndoSolution
from core.complaints import Complaint, EvidenceAdded, SolutionUndone, Solved
from core.complaints.about import needs_a_senior
from core.complaints.rights import need_open
from core.people import Role
from core.reading import Meaning, read
from core.refusals import PhotoUsed, Refusal
from core.timeline import Entry

on = Routes()

TAKEN = (Meaning.SOLUTION, Meaning.CLAIM, Meaning.ASK)
"""Under a question that asks what was done, words need no solved word; but a promise is none."""


@on.button("solve", role=(Role.MEMBER, Role.OPERATOR))
def ask_for_solution(ctx: Context, complaint: Complaint) -> None:
    """Ask the officer who pressed 'Solved' what was done; nothing changes before the answer."""
    need_open(complaint)
    ask_what_was_done(ctx, complaint)


@on.answer(SOLUTION)
def take_the_answer(ctx: Context, ask: Ask, answer: Message) -> None:
    """The answer, with its photos, is the department's solution; a promise or a question is asked about first."""
    complaint = complaint_asked_about(ctx, ask)
    evidence = (*evidence_kept(ask), *ctx.evidence(answer))
    words = ctx.directory.codes.cut(answer.text)
    if not words.strip() and evidence:
        ask_what_was_done(ctx, complaint, evidence)
    elif read(words, ctx.rules.words, addressed=True, forwarded=answer.forwarded).meaning in TAKEN:
        record_solution(ctx, complaint, words, evidence, from_text=False)
    else:
        ask_if_solution(ctx, complaint, words, evidence)


@on.answer(PHOTO)
def take_the_photo(ctx: Context, ask: Ask, answer: Message) -> None:
    """The photo that was missing; the words were kept."""
    words = str(ask.data["words"])
    from_text = bool(ask.data["from_text"])
    record_solution(ctx, complaint_asked_about(ctx, ask), words, ctx.evidence(answer), from_text)


@on.answer(MORE_PHOTOS)
def add_photos(ctx: Context, ask: Ask, answer: Message) -> None:
    """Photos sent soon after the solution belong to it."""
    add_photos_to(ctx, complaint_asked_about(ctx, ask), ctx.evidence(answer))


def add_photos_to(ctx: Context, complaint: Complaint, evidence: tuple[str, ...]) -> None:
    """Photos belong to the solution that stands; one that served elsewhere is refused by its sentence."""
    try:
        with ctx.unit.overlay():
            ctx.do(AddEvidence(complaint.code, evidence))
    except PhotoUsed as used:
        ctx.refuse(used)
    except Refusal:
        pass  # Confirmed or taken back meanwhile: the photo stays in the chat's archive.


def may_add_photos(ctx: Context, complaint: Complaint) -> bool:
    """Whether photos alone, with the code or under the card, are proof of its solution and no question to whoever
    sends them: they are of the department, or of the hearing desk."""
    actor = ctx.actor()
    return actor.belongs_to(complaint.department) or actor.has(Role.OPERATOR)


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
        if needs_a_senior(complaint):
            department = speaking.department_name(complaint.department)
            speaking.say(group, "about_solved", about=complaint, code=complaint.code, department=department)
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
