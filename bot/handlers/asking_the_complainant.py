"""The complainant is asked whether it is really solved, once for the petition, about what the departments say now.

Their yes counts for the words that they were shown: when those change, they are asked again in the new ones.
"""

from datetime import timedelta

from bot import outbox
from bot.context import Context
from bot.questions import Question
from bot.routing import Routes
from bot.speaking import Speaking, button
from bot.store.asks import Ask, open_asks
from bot.store.outbox import said
from bot.store.posted import posted_message
from core.complaints import (
    Asked,
    ClosedUnconfirmed,
    Complaint,
    ConfirmationAsked,
    ConfirmationHeld,
    Confirmed,
    Reopened,
    SolutionReworded,
    SolutionUndone,
)
from core.store.queries.petitions import siblings_of
from core.timeline import Entry

on = Routes()

IS_IT_SOLVED = Question("is_it_solved")


@on.happened(ConfirmationAsked)
def ask_the_complainant(speaking: Speaking, entry: Entry) -> None:
    """Once for the petition, about all that is claimed (docs/design.md §4, Petition; docs/rules.md C1)."""
    asked = entry.happened
    assert isinstance(asked, ConfirmationAsked)
    claimed = _claimed(speaking, entry.complaint)
    if asked.asked is not Asked.COMPLAINANT or claimed[0].id != entry.complaint.id:
        return
    drop_the_question(speaking, entry)
    _ask(speaking, claimed, asked.until - speaking.unit.now)


@on.happened(SolutionReworded)
def ask_in_the_new_words(speaking: Speaking, entry: Entry) -> None:
    """Whoever was asked already is asked once more; a question that is not said yet gives way. Of a confidential
    matter no words are shown, so nothing changes."""
    complaint, asked = entry.complaint, entry.complaint.confirmation
    if asked is None or asked.asked is not Asked.COMPLAINANT or complaint.confidential:
        return
    within = asked.until - speaking.unit.now
    if within <= timedelta(0):
        return
    waiting = _open_questions(speaking, complaint)
    for ask in waiting:
        speaking.settle(ask)
        if ask.outbox is not None:
            outbox.drop_unsaid(speaking.unit, ask.outbox)
    if waiting:
        _ask(speaking, _claimed(speaking, complaint), within, reworded=True)


@on.happened(SolutionUndone, ConfirmationHeld, Reopened, Confirmed, ClosedUnconfirmed)
def drop_the_question(speaking: Speaking, entry: Entry) -> None:
    """What is not asked any more loses its buttons: taken back, open again, or settled by somebody else.

    As long as another complaint of the petition still waits for an answer, the question stands.
    """
    family = (entry.complaint, *siblings_of(speaking.unit, entry.complaint))
    settled = isinstance(entry.happened, Confirmed | ClosedUnconfirmed)
    if settled and any(each.confirmation is not None for each in family):
        return
    for ask in _open_questions(speaking, entry.complaint):
        speaking.settle(ask)


def answers_older_words(ctx: Context, complaint: Complaint) -> bool:
    """Whether the button that was pressed stands under words of before the question that waits now."""
    asked = ctx.open_question(IS_IT_SOLVED)
    if asked is None or asked.data["petition"] != complaint.petition or ctx.message is None:
        return False
    pressed = posted_message(ctx.unit, ctx.address, ctx.message)
    row = said(ctx.unit, pressed.outbox) if pressed is not None else None
    return bool(asked.data.get("reworded")) and row is not None and row.said_at < asked.asked_at


def _ask(speaking: Speaking, claimed: list[Complaint], within: timedelta, reworded: bool = False) -> None:
    first, *others = claimed
    name = speaking.petition(first).name
    for chat, user in speaking.complainant(first):
        speaking.ask(
            chat,
            user,
            IS_IT_SOLVED,
            "ask_solved",
            about=first,
            data={"petition": first.petition, **({"reworded": True} if reworded else {})},
            within=within,
            buttons=[[button("yes_solved", first), button("not_solved", first)]],
            name=name,
            code=first.code,
            department=speaking.department_name(first.department),
            solution=_claim(first),
            others=[
                {
                    "code": each.code,
                    "department": speaking.department_name(each.department),
                    "solution": _claim(each),
                }
                for each in others
            ],
            reworded=reworded,
        )


def _open_questions(speaking: Speaking, complaint: Complaint) -> list[Ask]:
    return [
        ask
        for chat, user in speaking.complainant(complaint)
        for ask in open_asks(speaking.unit, chat, user, IS_IT_SOLVED.name)
        if ask.data["petition"] == complaint.petition
    ]


def _claimed(speaking: Speaking, complaint: Complaint) -> list[Complaint]:
    """What the complainant is asked about: every complaint of the petition that waits for their answer, by id."""
    family = sorted((complaint, *siblings_of(speaking.unit, complaint)), key=lambda each: each.id)
    return [each for each in family if _waits_for_the_complainant(each)] or [complaint]


def _claim(complaint: Complaint) -> str:
    """What was done; nothing of a confidential matter, as somebody else may read the complainant's chat."""
    return complaint.solution.words if complaint.solution and not complaint.confidential else ""


def _waits_for_the_complainant(complaint: Complaint) -> bool:
    asked = complaint.confirmation
    return asked is not None and asked.asked is Asked.COMPLAINANT
