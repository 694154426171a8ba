"""A new complaint where nobody of the department is there: the head is told, else the administration.

The card stands in the group as always; those who are there see it. Source: docs/design.md §4, Presence; docs/rules.md
P14: nobody is missed before the grace is over, and the administration does not read the same of every complaint.
"""

from bot.events import Address
from bot.outbox import Buttons, Priority
from bot.render import Bilingual
from bot.routing import Routes
from bot.speaking import Speaking, button
from bot.window_times import Coming, Moment
from core.complaints import Complaint, Registered, Reopened, Transferred
from core.duty import GoesTo, on_duty
from core.people import Person
from core.store.queries.complaints import new_complaints_between
from core.store.queries.marks import count_marked
from core.store.queries.occasions import keep_occasion
from core.timeline import Entry

on = Routes()

TOLD = "nobody there"
"""As which it is written down that the administration was told, with the department's letters."""


@on.happened(Registered, Transferred, Reopened)
def tell_that_nobody_is_there(speaking: Speaking, entry: Entry) -> None:
    """At once, unless it is new and its people still have time to come."""
    if isinstance(entry.happened, Registered) and _may_still_come(speaking, entry.complaint.department):
        return
    _tell_of(speaking, entry.complaint)


@on.window(TOLD, Moment.GRACE)
def tell_what_waited_for_them(speaking: Speaking, coming: Coming) -> None:
    """The grace is over: what came in it, and is still nobody's where nobody came. Not once the window is over."""
    window = coming.sitting.window
    if not window.holds(speaking.unit.now) or not coming.sitting.departments:
        return
    run, departments = speaking.unit.fresh, coming.sitting.departments
    for complaint in new_complaints_between(run, window.begin, window.grace_ends, departments):
        _tell_of(speaking, complaint)


def _may_still_come(speaking: Speaking, department: int) -> bool:
    """Whether the window of the department is open and its grace is not over."""
    watch = speaking.office.watch_in(speaking.unit)
    window = watch.window(watch.today, department)
    return window is not None and window.begin <= watch.now < window.grace_ends


def _tell_of(speaking: Speaking, complaint: Complaint) -> None:
    """To the head in private, and to the administration group, so that it does not wait for nobody."""
    duty = on_duty(speaking.office.watch_in(speaking.unit), complaint.department)
    if duty.goes_to is GoesTo.THERE:
        return
    head = duty.people[0] if duty.goes_to is GoesTo.HEAD else None
    reached = head is not None and bool(speaking.private(head.id))
    for chat in speaking.private(head.id) if head is not None else ():
        _tell(speaking, chat, complaint, head, "", _actions(complaint))
    told = speaking.person_name(head.id) if head is not None and reached else ""
    if _is_news(speaking, complaint.department, reached):
        for group in speaking.administration():
            _tell(speaking, group, complaint, None, told, ())


def _is_news(speaking: Speaking, department: int, reached: bool) -> bool:
    """Whether the administration learns something: once a day that a department is empty, as long as its head has
    what comes; once a day that the whole office is, which is not used to roll-calls yet."""
    if not count_marked(speaking.unit.fresh, speaking.today):
        return keep_occasion(speaking.unit, TOLD, speaking.today)
    letters = speaking.directory.departments[department].code
    return not reached or keep_occasion(speaking.unit, f"{TOLD} {letters}", speaking.today)


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
