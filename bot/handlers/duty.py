"""A new complaint where nobody of the department is there: the head is told at once, else the administration.

The card stands in the group as always; those who are there see it. Source: docs/design.md §4, Presence.
"""

from bot.events import Address
from bot.outbox import Buttons, Priority
from bot.render import Bilingual
from bot.routing import Routes
from bot.speaking import Speaking, button
from core.complaints import Complaint, Registered, Reopened, Transferred
from core.duty import GoesTo, on_duty
from core.people import Person
from core.timeline import Entry

on = Routes()


@on.happened(Registered, Transferred, Reopened)
def tell_that_nobody_is_there(speaking: Speaking, entry: Entry) -> None:
    """To the head in private, and to the administration group, so that it does not wait for nobody."""
    complaint = entry.complaint
    duty = on_duty(speaking.office.watch_in(speaking.unit), complaint.department)
    if duty.goes_to is GoesTo.THERE:
        return
    head = duty.people[0] if duty.goes_to is GoesTo.HEAD else None
    reached = head is not None and bool(speaking.private(head.id))
    for chat in speaking.private(head.id) if head is not None else ():
        _tell(speaking, chat, complaint, head, "", _actions(complaint))
    told = speaking.person_name(head.id) if head is not None and reached else ""
    for group in speaking.administration():
        _tell(speaking, group, complaint, None, told, ())


def _tell(
    speaking: Speaking, chat: Address, complaint: Complaint, to: Person | None, head: Bilingual | str, buttons: Buttons
) -> None:
    petition = speaking.petition(complaint)
    speaking.say(
        chat,
        "nobody_there",
        about=complaint,
        priority=Priority.CARD,
        repeat_if_doubtful=True,
        buttons=buttons,
        code=complaint.code,
        department=speaking.department_name(complaint.department),
        due=complaint.due.at,
        name=speaking.person_name(to.id) if to is not None else "",
        head=head,
        gist="" if complaint.confidential else petition.words,
        place="" if complaint.confidential else petition.village,
    )


def _actions(complaint: Complaint) -> Buttons:
    return [[button("acknowledge", complaint), button("solve", complaint)]]
