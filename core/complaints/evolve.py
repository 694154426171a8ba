"""How each fact changes a complaint. Nothing changes a complaint in any other way. Pure."""

from dataclasses import replace
from functools import singledispatch

from core.complaints import decisions, happened, verifying
from core.complaints.complaint import (
    Complaint,
    Confirmation,
    Hold,
    MoreTime,
    Pause,
    Question,
    Raised,
    Solution,
    State,
    TimeDecided,
)
from core.complaints.happened import Happened
from core.pauses import PauseFor


@singledispatch
def evolve(fact: Happened, complaint: Complaint | None) -> Complaint:
    """The complaint after `fact`; `complaint` is None before the first fact. Pure."""
    raise TypeError(f"evolve does not know {type(fact).__name__}; register it in core/complaints/evolve.py")


@evolve.register
def _(fact: happened.Registered, complaint: Complaint | None) -> Complaint:
    return Complaint(
        id=fact.id,
        code=fact.code,
        petition=fact.petition,
        department=fact.department,
        category=fact.category,
        state=State.REGISTERED,
        registered_at=fact.at,
        registered_day=fact.day,
        due=fact.due,
        first_due_at=fact.due.at,
        confidential=fact.confidential,
        about=fact.about,
        heard_by=fact.heard_by,
        direction=fact.direction,
        holds=(Hold(fact.department, fact.at),),
        version=1,
    )


@evolve.register
def _(fact: happened.Acknowledged, complaint: Complaint) -> Complaint:
    taken = _next(complaint, assignee=fact.officer, assigned_at=None, acknowledged_at=fact.at)
    return _working(taken, State.ACKNOWLEDGED)


@evolve.register
def _(fact: happened.Assigned, complaint: Complaint) -> Complaint:
    return _next(complaint, assignee=fact.officer, assigned_at=fact.at)


@evolve.register
def _(fact: happened.TakenOver, complaint: Complaint) -> Complaint:
    if fact.head is not None:
        return _next(complaint, assignee=fact.head, assigned_at=fact.at)
    # Nobody has it: it waits for somebody, as when it was new.
    free = _next(complaint, assignee=None, assigned_at=None, acknowledged_at=None)
    state = complaint.pause.over if complaint.pause is not None else complaint.state
    return _working(free, State.REGISTERED) if state is State.ACKNOWLEDGED else free


@evolve.register
def _(fact: happened.Solved, complaint: Complaint) -> Complaint:
    solution = Solution(
        words=fact.words,
        by=fact.by,
        at=fact.at,
        evidence=fact.evidence,
        in_time=fact.in_time,
        over=complaint.state,
        undo_until=fact.undo_until,
    )
    return _next(complaint, state=State.SOLVED, solution=solution, more_time=None, calls=0, called_at=None)


@evolve.register
def _(fact: happened.SolutionUndone, complaint: Complaint) -> Complaint:
    assert complaint.solution is not None
    return _next(complaint, state=complaint.solution.over, solution=None, confirmation=None, flags=())


@evolve.register
def _(fact: happened.SolutionReworded, complaint: Complaint) -> Complaint:
    assert complaint.solution is not None
    return _next(complaint, solution=replace(complaint.solution, words=fact.words))


@evolve.register
def _(fact: happened.EvidenceAdded, complaint: Complaint) -> Complaint:
    assert complaint.solution is not None
    evidence = complaint.solution.evidence + fact.evidence
    return _next(complaint, solution=replace(complaint.solution, evidence=evidence))


@evolve.register
def _(fact: happened.Noted, complaint: Complaint) -> Complaint:
    return _next(complaint)


@evolve.register
def _(fact: happened.Confirmed, complaint: Complaint) -> Complaint:
    return _next(
        complaint,
        state=State.CLOSED,
        closed_at=fact.at,
        confirmed_by=fact.by,
        confirmed_by_complainant=fact.complainant,
        confirmation=None,
    )


@evolve.register
def _(fact: happened.Reopened, complaint: Complaint) -> Complaint:
    return _next(
        complaint,
        state=State.REOPENED,
        due=fact.due,
        reopened=fact.times,
        still_wrong=fact.words,
        first_solution=complaint.first_solution or complaint.solution,
        solution=None,
        confirmation=None,
        flags=(),
        assignee=None,
        assigned_at=None,
        acknowledged_at=None,
        closed_at=None,
        confirmed_by=None,
        confirmed_by_complainant=False,
        rejected_for="",
        rejected_by=None,
        over=None,
        merged_into=None,
        merged_code="",
    )


@evolve.register
def _(fact: happened.StillWrongTold, complaint: Complaint) -> Complaint:
    return _next(complaint, still_wrong=fact.words or complaint.still_wrong)


@evolve.register
def _(fact: happened.Transferred, complaint: Complaint) -> Complaint:
    moved = _next(
        complaint,
        department=fact.receiver,
        due=fact.due,
        transfers=complaint.transfers + 1,
        granted=complaint.granted or fact.granted,
        holds=(*complaint.holds, Hold(fact.receiver, fact.at)),
        assignee=None,
        assigned_at=None,
        acknowledged_at=None,
        more_time=None,
        question=None,
    )
    if moved.pause is not None:
        moved = replace(moved, pause=replace(moved.pause, transferred_at=fact.at))
    return _working(moved, State.TRANSFERRED)


@evolve.register
def _(fact: decisions.MoreTimeAsked, complaint: Complaint) -> Complaint:
    return _next(complaint, more_time=MoreTime(fact.by, fact.at, fact.until, fact.reason), time_decided=None)


@evolve.register
def _(fact: decisions.MoreTimeDeclined, complaint: Complaint) -> Complaint:
    return _next(complaint, more_time=None, time_decided=TimeDecided(fact.by, fact.at, None))


@evolve.register
def _(fact: decisions.Paused, complaint: Complaint) -> Complaint:
    pause = Pause(
        since=fact.at,
        until=fact.until,
        waits_for=fact.waits_for,
        reason=fact.reason,
        over=complaint.state,
        category=complaint.category,
    )
    given = TimeDecided(fact.by, fact.at, fact.until) if fact.waits_for is PauseFor.MORE_TIME else None
    return _next(
        complaint,
        state=State.PAUSED,
        pause=pause,
        pauses=complaint.pauses + 1,
        more_time=None,
        time_decided=given or complaint.time_decided,
    )


@evolve.register
def _(fact: decisions.Resumed, complaint: Complaint) -> Complaint:
    pause = complaint.pause
    assert pause is not None
    return _next(
        complaint,
        state=pause.over,
        pause=None,
        paused=(*complaint.paused, (pause.since, fact.at)),
        due=fact.due,
        granted=complaint.granted or fact.granted,
    )


@evolve.register
def _(fact: decisions.Recategorised, complaint: Complaint) -> Complaint:
    return _next(complaint, category=fact.category, due=fact.due)


@evolve.register
def _(fact: decisions.DueMoved, complaint: Complaint) -> Complaint:
    return _next(complaint, due=fact.due)


@evolve.register
def _(fact: decisions.Rejected, complaint: Complaint) -> Complaint:
    return _next(
        complaint,
        state=State.REJECTED,
        rejected_for=fact.ground,
        rejected_by=fact.by,
        closed_at=fact.at,
        more_time=None,
        question=None,
    )


@evolve.register
def _(fact: decisions.Merged, complaint: Complaint) -> Complaint:
    return _next(
        complaint,
        state=State.MERGED,
        over=complaint.state,
        merged_into=fact.into,
        merged_code=fact.into_code,
        more_time=None,
        question=None,
    )


@evolve.register
def _(fact: decisions.Unmerged, complaint: Complaint) -> Complaint:
    return _next(complaint, state=complaint.over, over=None, merged_into=None, merged_code="")


@evolve.register
def _(fact: decisions.QuestionAsked, complaint: Complaint) -> Complaint:
    before = complaint.question.askers if complaint.question else ()
    asked = before if fact.by is None or fact.by in before else (*before, fact.by)
    return _next(complaint, question=Question(fact.by, fact.officer, fact.words, fact.at, asked))


@evolve.register
def _(fact: decisions.QuestionAnswered, complaint: Complaint) -> Complaint:
    return _next(complaint, question=None)


@evolve.register
def _(fact: verifying.ConfirmationAsked, complaint: Complaint) -> Complaint:
    return _next(complaint, confirmation=Confirmation(fact.asked, fact.until, fact.department))


@evolve.register
def _(fact: verifying.ConfirmationHeld, complaint: Complaint) -> Complaint:
    return _next(complaint, confirmation=None)


@evolve.register
def _(fact: verifying.ClosedUnconfirmed, complaint: Complaint) -> Complaint:
    return _next(complaint, state=State.CLOSED, closed_at=fact.at, confirmation=None)


@evolve.register
def _(fact: verifying.NotReached, complaint: Complaint) -> Complaint:
    return _next(complaint, calls=complaint.calls + 1, called_at=fact.at)


@evolve.register
def _(fact: verifying.PolitenessTold, complaint: Complaint) -> Complaint:
    return _next(complaint, polite=fact.polite)


@evolve.register
def _(fact: verifying.Flagged, complaint: Complaint) -> Complaint:
    return _next(complaint, flags=(*complaint.flags, Raised(fact.flag, fact.other)))


@evolve.register
def _(fact: verifying.FlagsLookedAt, complaint: Complaint) -> Complaint:
    return _next(complaint, flags=())


def _working(complaint: Complaint, state: State) -> Complaint:
    """The complaint in a state in which the department works; a paused one stays paused, and goes on there after."""
    if complaint.pause is None:
        return replace(complaint, state=state)
    return replace(complaint, pause=replace(complaint.pause, over=state))


def _next(complaint: Complaint, **changes: object) -> Complaint:
    return replace(complaint, version=complaint.version + 1, **changes)  # type: ignore[arg-type]  # by name
