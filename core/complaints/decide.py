"""Which rule answers which command about a complaint."""

from datetime import date, datetime

from core.commands import (
    Acknowledge,
    AddEvidence,
    AddNote,
    AnswerQuestion,
    AskMoreTime,
    AskOfficer,
    Assign,
    ComplaintCommand,
    Confirm,
    DeclineMoreTime,
    GrantMoreTime,
    LookAtFlags,
    Merge,
    PauseComplaint,
    Recategorise,
    Reject,
    Reopen,
    ResumeComplaint,
    RewordSolution,
    Solve,
    TellNotReached,
    TellPoliteness,
    TellStillWrong,
    Transfer,
    UndoSolution,
    Unmerge,
)
from core.complaints import asking, assigning, categorising, merging, pausing, rejecting, reopening, rules, telling
from core.complaints.complaint import Complaint
from core.complaints.evidence import NOTHING, Known
from core.complaints.flagging import flags_raised
from core.complaints.happened import Acknowledged, Assigned, Happened
from core.complaints.rules import LONGEST_WORDS, OfficeRules
from core.directory import Directory
from core.people import Actor
from core.refusals import Invalid, NotFound, OffDuty


def decide(
    complaint: Complaint,
    command: ComplaintCommand,
    by: Actor,
    now: datetime,
    office: OfficeRules,
    directory: Directory,
    known: Known = NOTHING,
    other: Complaint | None = None,
) -> tuple[Happened, ...]:
    """What happens when `by` asks for `command`, with the flags that it raises.

    known: what else must be known about a solution.   other: the complaint that it shall be joined to, or that goes on
    for one that was joined.   Raises a Refusal; an empty tuple: it stands so already.
    """
    happened = _decide(complaint, command, by, now, office, directory, known, other)
    _need_on_duty(happened, directory, office.calendar.day_of(now))
    flags = (flags_raised(complaint, each, known, office.settings) for each in happened)
    return (*happened, *(flag for each in flags for flag in each))


def _decide(
    complaint: Complaint,
    command: ComplaintCommand,
    by: Actor,
    now: datetime,
    office: OfficeRules,
    directory: Directory,
    known: Known,
    other: Complaint | None,
) -> tuple[Happened, ...]:
    at = _done_at(command, complaint, now)
    _check_length(command)
    match command:
        case Acknowledge():
            _check_officer(complaint, command.officer, by, directory)
            return rules.acknowledge(complaint, by, command.officer, at)
        case Solve():
            return rules.solve(complaint, by, command.words, command.evidence, at, office, command.from_text, known)
        case UndoSolution():
            return rules.undo_solution(complaint, by, at)
        case AddEvidence():
            return rules.add_evidence(complaint, by, command.evidence, at, known)
        case AddNote():
            return rules.add_note(complaint, by, command.words, command.evidence, command.question, at)
        case Confirm():
            return rules.confirm(complaint, by, command.complainant, at, command.evidence)
        case Reopen():
            words, evidence = command.words, command.evidence
            return reopening.reopen(complaint, by, words, command.complainant, at, office, evidence, other)
        case TellStillWrong():
            return reopening.tell_still_wrong(complaint, by, command.words, command.evidence, at)
        case Transfer():
            to = directory.department(command.to)
            if to is None:
                raise NotFound("department", command.to)
            return rules.transfer(complaint, by, to.id, command.reason, at, office)
        case AskMoreTime():
            return pausing.ask_more_time(complaint, by, command.until, command.reason, at, office)
        case GrantMoreTime():
            return pausing.grant_more_time(complaint, by, command.until, at, office)
        case DeclineMoreTime():
            return pausing.decline_more_time(complaint, by, command.words, at)
        case PauseComplaint():
            return pausing.pause(complaint, by, command.until, command.waits_for, command.reason, at, office)
        case ResumeComplaint():
            return pausing.resume(complaint, by, at, office)
        case Recategorise():
            return categorising.recategorise(complaint, by, command.category, command.reason, at, office)
        case Reject():
            return rejecting.reject(complaint, by, command.ground, command.words, at, office)
        case Merge():
            assert other is not None, "who asks for a merge reads the other complaint"
            return merging.merge(complaint, other, by, at)
        case Unmerge():
            return merging.unmerge(complaint, by, at)
        case Assign():
            _check_officer(complaint, command.officer, by, directory)
            return assigning.assign(complaint, by, command.officer, at)
        case AskOfficer():
            head = directory.head(complaint.department)
            return asking.ask_officer(complaint, by, command.words, head.id if head else None, at)
        case AnswerQuestion():
            return asking.answer_question(complaint, by, command.words, command.evidence, at)
        case RewordSolution():
            return telling.reword_solution(complaint, by, command.words, at, office)
        case TellNotReached():
            return telling.tell_not_reached(complaint, by, at)
        case TellPoliteness():
            return telling.tell_politeness(complaint, by, command.polite, at)
        case LookAtFlags():
            return telling.look_at_flags(complaint, by, at)


def _need_on_duty(happened: tuple[Happened, ...], directory: Directory, today: date) -> None:
    # Whoever is off duty is given nothing new, by nobody (docs/design.md §4, Presence).
    for each in happened:
        if isinstance(each, Acknowledged | Assigned) and directory.is_off_duty(each.officer, today):
            raise OffDuty(each.officer, directory.off_duty[each.officer])


def _check_length(command: ComplaintCommand) -> None:
    for name in ("words", "reason"):
        words = getattr(command, name, "")
        if len(words) > LONGEST_WORDS:
            raise Invalid("words", "too_long", str(len(words)), str(LONGEST_WORDS))


def _check_officer(complaint: Complaint, named: int | None, by: Actor, directory: Directory) -> None:
    # Whoever is named must be of the department; whoever takes it on is checked by the rule.
    if named is None or named == by.person:
        return
    if all(each.department != complaint.department for each in directory.memberships_of(named)):
        raise Invalid("officer", "unknown", str(named))


def _done_at(command: ComplaintCommand, complaint: Complaint, now: datetime) -> datetime:
    # The platform's time of the message counts, not ours of processing it (docs/rules.md P9), but never the future, and
    # never a time before the present clock, or before the department that acts had the complaint.
    told = getattr(command, "at", None) or now
    return max(min(told, now), complaint.due.counted_from, complaint.holds[-1].since)
