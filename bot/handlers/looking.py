"""A sample of what nobody confirmed: the head of another department looks, and says privately what is there."""

from bot.context import Context
from bot.events import Message
from bot.handlers.confirming import ask_why
from bot.handlers.recording import evidence_kept
from bot.outbox import ButtonSpec
from bot.questions import Question
from bot.routing import Routes
from bot.speaking import Speaking, button
from bot.store.asks import Ask, open_asks_of_all
from core.commands import Confirm
from core.complaints import (
    Asked,
    ClosedUnconfirmed,
    Complaint,
    ConfirmationAsked,
    ConfirmationHeld,
    Confirmed,
    Reopened,
)
from core.complaints.rights import is_asked_to_look
from core.people import Role
from core.reading import Answer, read_answer
from core.refusals import NotAllowed
from core.timeline import Entry

on = Routes()

LOOK = Question("look")


@on.happened(ConfirmationAsked)
def ask_the_other_head(speaking: Speaking, entry: Entry) -> None:
    """To them alone: what is claimed, where, and until when (docs/design.md §4, Life of a complaint)."""
    complaint, asked = entry.complaint, entry.happened
    assert isinstance(asked, ConfirmationAsked)
    head = speaking.directory.head(asked.department) if asked.department is not None else None
    if asked.asked is not Asked.OTHER_HEAD or head is None:
        return
    petition, solution = speaking.petition(complaint), complaint.solution
    for chat, user in speaking.private_users(head.id):
        speaking.ask(
            chat,
            user,
            LOOK,
            "look_asked",
            about=complaint,
            data={"complaint": complaint.id},
            within=asked.until - speaking.unit.now,
            buttons=_buttons(complaint),
            name=speaking.person_name(head.id),
            code=complaint.code,
            department=speaking.department_name(complaint.department),
            what=petition.words,
            place=petition.village,
            solution=solution.words if solution else "",
            until=asked.until,
        )


@on.happened(Confirmed, Reopened, ConfirmationHeld, ClosedUnconfirmed)
def ask_them_no_more(speaking: Speaking, entry: Entry) -> None:
    """Settled, or open again: whoever was to look has no buttons for it any more."""
    for ask in open_asks_of_all(speaking.unit, LOOK.name):
        if ask.data["complaint"] == entry.complaint.id:
            speaking.settle(ask)


@on.button("saw_solved")
def it_is_done(ctx: Context, complaint: Complaint) -> None:
    """They have seen that it is done; a photo that came before is kept with their word."""
    _need_asked(ctx, complaint)
    ask = ctx.open_question(LOOK, complaint)
    _confirm(ctx, complaint, evidence_kept(ask) if ask else ())


@on.button("saw_not_solved")
def it_is_not_done(ctx: Context, complaint: Complaint) -> None:
    """They have seen that it is not: what is there goes to the department in their words."""
    _need_asked(ctx, complaint)
    ask_why(ctx, complaint)


@on.answer(LOOK)
def read_what_they_saw(ctx: Context, ask: Ask, answer: Message) -> None:
    """A yes or no in words, with or without a photo; anything else is asked again, and the photo is kept."""
    complaint = ctx.unit.complaint_by_id(int(str(ask.data["complaint"])))
    evidence = (*evidence_kept(ask), *ctx.evidence(answer))
    match read_answer(answer.text, ctx.rules.words):
        case Answer.YES:
            _confirm(ctx, complaint, evidence)
        case Answer.NO:
            it_is_not_done(ctx, complaint)
        case _:
            ctx.ask_back(
                LOOK,
                "look_again",
                about=complaint,
                data={**ask.data, "evidence": list(evidence)},
                within=ask.expires - ctx.unit.now,
                buttons=_buttons(complaint),
                code=complaint.code,
            )


def _confirm(ctx: Context, complaint: Complaint, evidence: tuple[str, ...]) -> None:
    ctx.do(Confirm(complaint.code, evidence=evidence))
    ctx.reply("look_noted", about=complaint, code=complaint.code)


def _need_asked(ctx: Context, complaint: Complaint) -> None:
    actor = ctx.actor()
    if not is_asked_to_look(complaint, actor) and not actor.has(Role.SENIOR, Role.OPERATOR):
        raise NotAllowed(Role.SENIOR, complaint.code)


def _buttons(complaint: Complaint) -> list[list[ButtonSpec]]:
    return [[button("yes_solved", complaint, "saw_solved"), button("not_solved", complaint, "saw_not_solved")]]
