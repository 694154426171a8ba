"""*Still on it?*: asked of who has a complaint and is silent; kept by a press, handed back, or taken by the clock.

Source: docs/design.md §4, Due times 8; docs/rules.md D14.
"""

from bot.context import Context
from bot.outbox import Priority
from bot.routing import Routes
from bot.speaking import Speaking, button
from core.commands import HandBack, StillOnIt
from core.complaints import AcknowledgementFell, AskedStillOnIt, Complaint
from core.people import Role
from core.timeline import Entry

on = Routes()


@on.happened(AskedStillOnIt)
def ask_the_officer(speaking: Speaking, entry: Entry) -> None:
    """Privately; whom no chat knows is asked in the department's group."""
    complaint, asked = entry.complaint, entry.happened
    assert isinstance(asked, AskedStillOnIt)
    for chat in speaking.private(asked.officer) or speaking.groups_of(complaint):
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
            since=asked.since,
            until=asked.until,
            head=speaking.head_name(complaint.department),
        )


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
