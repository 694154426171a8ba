"""It is not solved after all: back to work under a new clock, and who hears of it at once. Pure.

Source: docs/design.md §4, Due times 7; docs/rules.md D6, D12, D13, M3, R2.
"""

from datetime import datetime

from core.complaints.complaint import Complaint, State
from core.complaints.happened import Happened, Reopened, StillWrongTold
from core.complaints.resuming import resumed
from core.complaints.rights import is_asked_to_look
from core.complaints.rules import OfficeRules
from core.people import Actor, Role
from core.refusals import AlreadyMerged, Invalid, NotAllowed, NotSolved, ReopenOver
from core.settings import Addressee
from core.sla import due_after_reopening, reopen_until

ABOVE_THE_HEAD: tuple[Addressee, ...] = ("administration", "senior")
"""Whom the second reopening tells at once, and whom the third; every further one tells the highest (D13)."""


def told_at_once(times: int) -> tuple[Addressee, ...]:
    """Who is told of the `times`-th reopening when it happens: the head always, then those above, rung by rung."""
    return ("head", *ABOVE_THE_HEAD[: max(times - 1, 0)])


def reopen(
    complaint: Complaint,
    by: Actor,
    words: str,
    complainant: bool,
    at: datetime,
    rules: OfficeRules,
    evidence: tuple[str, ...] = (),
    goes_on_as: Complaint | None = None,
) -> tuple[Happened, ...]:
    """Back to the same department under a new clock: by the complainant's word, or the office's.

    What was rejected only a senior opens again (R2). What was joined to another complaint goes its own way again at its
    complainant's word, once that other one (`goes_on_as`) is closed (M3). The window counts from the closing, the
    rejection, or the closing of that other one (D12).
    Raises NotAllowed, NotSolved for what is open, AlreadyMerged, or ReopenOver.
    """
    own_word = by.petition == complaint.petition
    passed_on = complainant and by.has(Role.OPERATOR, Role.SENIOR)
    if not own_word and not by.has(Role.SENIOR, Role.OPERATOR) and not is_asked_to_look(complaint, by):
        raise NotAllowed(Role.SENIOR, complaint.code)
    if complaint.state is State.REJECTED and not by.has(Role.SENIOR):
        raise NotAllowed(Role.SENIOR, complaint.code)
    if complaint.is_open:
        raise NotSolved(complaint.code)
    closed_at = complaint.closed_at
    if complaint.state is State.MERGED:
        if not (own_word or passed_on) or goes_on_as is None or goes_on_as.state is not State.CLOSED:
            raise AlreadyMerged(complaint.code, complaint.merged_code)
        closed_at = goes_on_as.closed_at
    if closed_at is not None:
        until = reopen_until(closed_at, rules.calendar, rules.settings)
        if at >= until:
            raise ReopenOver(complaint.code, until)
    # It was paused when it was joined to the other one: that pause ends first.
    paused = complaint.pause is not None
    ended = (resumed(complaint, at, by.person, rules.calendar, rules.settings),) if paused else ()
    reopened = Reopened(
        at=at,
        by=by.person,
        due=due_after_reopening(at, rules.calendar, rules.settings),
        times=complaint.reopened + 1,
        complainant=own_word or passed_on,
        words=words.strip(),
        evidence=evidence,
    )
    return (*ended, reopened)


def tell_still_wrong(
    complaint: Complaint, by: Actor, words: str, evidence: tuple[str, ...], at: datetime
) -> tuple[Happened, ...]:
    """The complainant says what is still wrong with a reopened complaint."""
    if by.petition != complaint.petition and not by.has(Role.OPERATOR, Role.SENIOR):
        raise NotAllowed(Role.OPERATOR, complaint.code)
    if complaint.reopened == 0 or not complaint.is_open:
        raise NotSolved(complaint.code)
    if not words.strip() and not evidence:
        raise Invalid("words", "empty")
    return (StillWrongTold(at=at, by=by.person, words=words.strip(), evidence=evidence),)
