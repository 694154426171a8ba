"""What the clock makes happen to a complaint by itself, and when it is to be looked at again. Pure.

Source: docs/design.md §4, Due times 6 (a pause ends) and 8, Reminders and escalation, Life of a complaint (nobody has
confirmed); docs/rules.md D10, D14, C1 to C4, L1 to L5.
"""

from datetime import datetime

from core.complaints.climbing import breach, breach_at, escalate, rung_at
from core.complaints.complaint import Complaint, State
from core.complaints.evolve import evolve
from core.complaints.happened import Happened
from core.complaints.resuming import resumed
from core.complaints.rules import OfficeRules
from core.complaints.stages import Lot, next_stage
from core.complaints.still_on_it import ask_or_let_fall, asks_at


def what_is_due(complaint: Complaint, now: datetime, rules: OfficeRules, lot: Lot) -> tuple[Happened, ...]:
    """What has come due by `now`, in order, by nobody; empty when nothing has.

    A pause ends at its own instant, and only what is due by the new due time follows (L4). A breach is recorded at its
    true time; one rung speaks. Of the stages of a confirmation one begins at a time (docs/rules.md C4).
    """
    ended = pause_over(complaint, now, rules)
    complaint = _after(complaint, ended)
    late = breach(complaint, now)  # which changes nothing that the others look at
    asked = ask_or_let_fall(complaint, now, rules)
    complaint = _after(complaint, asked)
    return (*ended, *late, *asked, *escalate(complaint, now, rules), *next_stage(complaint, now, rules, lot))


def pause_over(complaint: Complaint, now: datetime, rules: OfficeRules) -> tuple[Happened, ...]:
    """A pause ends when the office opens on its last date, however late somebody looks (docs/rules.md D10)."""
    pause = complaint.pause
    if pause is None or complaint.state is not State.PAUSED or now < pause.until:
        return ()
    return (resumed(complaint, pause.until, None, rules.calendar, rules.settings),)


def over_before(complaint: Complaint, now: datetime, at: datetime, rules: OfficeRules) -> tuple[Happened, ...]:
    """What was over when somebody did something, though the clock had not been there: a pause, and a breach.

    at: when they did it, by the platform (docs/rules.md P9), if that is earlier than `now`; what is done at the very
    instant of the due time comes before it (D4, L3).
    """
    ended = pause_over(complaint, now, rules)
    late = breach(_after(complaint, ended), now)
    return (*ended, *(each for each in late if each.at < at))


def next_clock(complaint: Complaint, now: datetime, rules: OfficeRules) -> datetime | None:
    """The earliest of its clocks, as seen at `now`: when the system has something to do about it by itself.

    None: never, by itself. For an open complaint that is right only when its ladder is at its end (docs/rules.md L5).
    """
    paused = complaint.pause is not None and complaint.state is State.PAUSED
    asked = complaint.confirmation
    clocks = (
        complaint.pause.until if complaint.pause is not None and paused else None,
        asked.until if asked is not None else None,
        breach_at(complaint),
        asks_at(complaint, now, rules),
        rung_at(complaint, now, rules),
    )
    return min((at for at in clocks if at is not None), default=None)


def _after(complaint: Complaint, happened: tuple[Happened, ...]) -> Complaint:
    for fact in happened:
        complaint = evolve(fact, complaint)
    return complaint
