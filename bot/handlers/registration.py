"""A complaint came to a department: its group is told by the card, and its head of what is confidential."""

from bot.handlers.cards import category_facts
from bot.outbox import Priority
from bot.routing import Routes
from bot.speaking import Speaking, button
from core.complaints import Registered, Transferred
from core.timeline import Entry

on = Routes()


@on.happened(Registered)
def show_the_card(speaking: Speaking, entry: Entry) -> None:
    """The card goes to the department's group; to the administration group too, where it must not stay with one."""
    complaint = entry.complaint
    groups = speaking.groups_of(complaint)
    # A complaint about an office never goes to that office alone; one without a group must not be lost.
    if not groups or complaint.about is not None:
        groups += speaking.administration()
    for group in groups:
        speaking.show(complaint, group)


@on.happened(Registered, Transferred)
def tell_the_head_what_is_confidential(speaking: Speaking, entry: Entry) -> None:
    """The group sees a code; the words go to the head alone."""
    complaint = entry.complaint
    head = speaking.directory.head(complaint.department)
    if not complaint.confidential or head is None:
        return
    petition = speaking.petition(complaint)
    for chat in speaking.private(head.id):
        speaking.say(
            chat,
            "confidential_told",
            about=complaint,
            priority=Priority.CARD,
            repeat_if_doubtful=True,
            buttons=[[button("acknowledge", complaint), button("solve", complaint)]],
            code=complaint.code,
            what=petition.words,
            place=petition.village,
            complainant=petition.name,
            phone=petition.phone,
            due=complaint.due.at,
            registered_at=complaint.registered_at,
            first_due_at=complaint.first_due_at,
            category=category_facts(speaking, complaint),
        )
