"""What may happen to a complaint: given its state and a request, what happened, or a Refusal with the facts.

Pure: no session, no clock. `at` is when it was done, aware UTC; rights are checked here and nowhere else, and before
the state, so that a forged press learns nothing (docs/design.md §2, The rules are pure; §4, Life of a complaint, Who
may do what).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from core.complaints.about import need_a_senior_if_about_itself
from core.complaints.complaint import Complaint, State
from core.complaints.evidence import NOTHING, Known, need_evidence, need_unused
from core.complaints.happened import (
    Acknowledged,
    Confirmed,
    EvidenceAdded,
    Happened,
    Noted,
    SolutionUndone,
    Solved,
    Transferred,
)
from core.complaints.resuming import end_of_pause
from core.complaints.rights import need_department, need_open, need_outside_view, need_solution
from core.escalation import RungAt, moved_rungs
from core.office_days import OfficeCalendar
from core.people import Actor, Role
from core.reading import Words, has_words_of_its_own
from core.refusals import (
    AlreadyAcknowledged,
    Invalid,
    NotAllowed,
    SameDepartment,
    TooManyTransfers,
    TooShort,
    UndoOver,
)
from core.settings import OfficeSettings
from core.sla import in_time, moved_by_transfer

UNDO_WITHIN = timedelta(minutes=10)
MOST_TRANSFERS = 3
"""docs/rules.md D10: over the complaint's whole life; after them the administration group decides."""

LONGEST_WORDS = 10_000
"""Most code points of what somebody says about a complaint: as long as a message of the web chat."""


@dataclass(frozen=True)
class OfficeRules:
    """What the office has decided, as the rules need it."""

    settings: OfficeSettings
    calendar: OfficeCalendar
    words: Words

    def rungs_of(self, due_at: datetime) -> tuple[RungAt, ...]:
        """The ladder's rungs for a due time, moved out of the quiet; many complaints are due at one close of office."""
        if due_at not in self._rungs:
            quiet = self.settings.office.quiet
            self._rungs[due_at] = moved_rungs(due_at, self.settings.escalation, self.calendar, quiet)
        return self._rungs[due_at]

    @cached_property
    def _rungs(self) -> dict[datetime, tuple[RungAt, ...]]:
        return {}


def acknowledge(complaint: Complaint, by: Actor, officer: int | None, at: datetime) -> tuple[Happened, ...]:
    """Somebody is on it: the actor, or the officer of the department whom its head or an operator names."""
    need_department(complaint, by, Role.OPERATOR)
    chosen = officer if officer is not None else by.person
    if chosen != by.person and complaint.department not in by.head_of and not by.has(Role.OPERATOR):
        raise NotAllowed(Role.HEAD, complaint.code)
    need_open(complaint)
    if complaint.assignee == chosen and complaint.assigned_at is None:
        return ()
    taken = complaint.state is State.ACKNOWLEDGED and complaint.assignee != chosen
    if taken and complaint.department not in by.head_of:
        assert complaint.acknowledged_at is not None
        raise AlreadyAcknowledged(complaint.code, complaint.assignee, complaint.acknowledged_at)
    assert chosen is not None
    return (Acknowledged(at=at, by=by.person, officer=chosen),)


def solve(
    complaint: Complaint,
    by: Actor,
    words: str,
    evidence: tuple[str, ...],
    at: datetime,
    rules: OfficeRules,
    from_text: bool = False,
    known: Known = NOTHING,
) -> tuple[Happened, ...]:
    """The department says what was done, with the evidence that category and department ask for. Ends a pause (D10)."""
    need_department(complaint, by, Role.OPERATOR)
    need_open(complaint)
    ended = end_of_pause(complaint, by.person, at, rules.calendar, rules.settings)
    due = ended[-1].due if ended else complaint.due
    words = words.strip()
    if not has_words_of_its_own(words, rules.words):
        raise TooShort(complaint.code, words)
    need_evidence(complaint, words, evidence, known)
    solved = Solved(
        at=at,
        by=by.person,
        words=words,
        evidence=evidence,
        in_time=in_time(at, due),
        undo_until=at + UNDO_WITHIN if from_text else None,
    )
    return (*ended, solved)


def undo_solution(complaint: Complaint, by: Actor, at: datetime) -> tuple[Happened, ...]:
    """Whoever gave a solution as free text, or their head, takes it back within ten minutes."""
    need_department(complaint, by)
    solution = need_solution(complaint)
    if solution.by != by.person and complaint.department not in by.head_of:
        raise NotAllowed(Role.HEAD, complaint.code)
    if solution.undo_until is None or at > solution.undo_until:
        raise UndoOver(complaint.code, solution.undo_until)
    return (SolutionUndone(at=at, by=by.person),)


def add_evidence(
    complaint: Complaint, by: Actor, evidence: tuple[str, ...], at: datetime, known: Known = NOTHING
) -> tuple[Happened, ...]:
    """The department adds photos to its solution; a photo that is there already changes nothing."""
    need_department(complaint, by, Role.OPERATOR)
    solution = need_solution(complaint)
    new = tuple(sha256 for sha256 in evidence if sha256 not in solution.evidence)
    need_unused(complaint, solution.words, new, known)
    return (EvidenceAdded(at=at, by=by.person, evidence=new),) if new else ()


def add_note(
    complaint: Complaint, by: Actor, words: str, evidence: tuple[str, ...], question: bool, at: datetime
) -> tuple[Happened, ...]:
    """Words for the record, by the department, the district's officers or the complainant."""
    district = by.has(Role.OPERATOR, Role.SENIOR, Role.ADMINISTRATOR, Role.NODAL_OFFICER)
    if not (by.belongs_to(complaint.department) or district or by.petition == complaint.petition):
        raise NotAllowed(Role.MEMBER, complaint.code)
    if not words.strip() and not evidence:
        raise Invalid("words", "empty")
    own = by.belongs_to(complaint.department)
    return (Noted(at=at, by=by.person, words=words.strip(), evidence=evidence, question=question, own=own),)


def confirm(
    complaint: Complaint, by: Actor, complainant: bool, at: datetime, evidence: tuple[str, ...] = ()
) -> tuple[Happened, ...]:
    """Somebody else than the department says that it is really solved: the complaint is closed.

    Of a complaint about the very office that holds it, only a senior of another office does (docs/rules.md O3).
    """
    own_word = by.petition == complaint.petition
    if not own_word:
        need_outside_view(complaint, by)
    need_a_senior_if_about_itself(complaint, by)
    need_solution(complaint)
    passed_on = complainant and by.has(Role.OPERATOR, Role.SENIOR)
    return (Confirmed(at=at, by=by.person, complainant=own_word or passed_on, evidence=evidence),)


def transfer(
    complaint: Complaint, by: Actor, to: int, reason: str, at: datetime, rules: OfficeRules
) -> tuple[Happened, ...]:
    """Another department must act; the deadline stays, but the receiver gets an office day once (§4 rule 5, D7).

    After three transfers in its life only a senior decides (D10).
    """
    need_department(complaint, by, Role.OPERATOR, Role.SENIOR)
    need_open(complaint)
    if to == complaint.department:
        raise SameDepartment(complaint.code, to)
    if complaint.transfers >= MOST_TRANSFERS and not by.has(Role.SENIOR):
        raise TooManyTransfers(complaint.code, complaint.transfers)
    due = complaint.due
    # While it is paused its due time stands still; the pause's end asks for the grant.
    if complaint.pause is None:
        due = moved_by_transfer(due, at, rules.calendar, rules.settings, granted_before=complaint.granted)
    transferred = Transferred(
        at=at,
        by=by.person,
        sender=complaint.department,
        receiver=to,
        due=due,
        granted=due.at != complaint.due.at,
        reason=reason.strip(),
    )
    return (transferred,)
