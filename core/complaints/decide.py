"""Which rule answers which command about a complaint."""

from datetime import datetime

from core.commands import (
    Acknowledge,
    AddEvidence,
    AddNote,
    AskMoreTime,
    ComplaintCommand,
    Confirm,
    DeclineMoreTime,
    GrantMoreTime,
    PauseComplaint,
    Recategorise,
    Reopen,
    ResumeComplaint,
    Solve,
    TellStillWrong,
    Transfer,
    UndoSolution,
)
from core.complaints import categorising, pausing, rules
from core.complaints.complaint import Complaint
from core.complaints.happened import Happened
from core.complaints.rules import LONGEST_WORDS, OfficeRules
from core.directory import Directory
from core.people import Actor
from core.refusals import Invalid, NotFound


def decide(
    complaint: Complaint,
    command: ComplaintCommand,
    by: Actor,
    now: datetime,
    office: OfficeRules,
    directory: Directory,
) -> tuple[Happened, ...]:
    """What happens when `by` asks for `command`. Raises a Refusal; an empty tuple means that it stands so already."""
    at = _done_at(command, complaint, now)
    _check_length(command)
    match command:
        case Acknowledge():
            _check_officer(complaint, command, by, directory)
            return rules.acknowledge(complaint, by, command.officer, at)
        case Solve():
            return rules.solve(complaint, by, command.words, command.evidence, at, office, command.from_text)
        case UndoSolution():
            return rules.undo_solution(complaint, by, at)
        case AddEvidence():
            return rules.add_evidence(complaint, by, command.evidence, at)
        case AddNote():
            return rules.add_note(complaint, by, command.words, command.evidence, command.question, at)
        case Confirm():
            return rules.confirm(complaint, by, command.complainant, at)
        case Reopen():
            return rules.reopen(complaint, by, command.words, command.complainant, at, office)
        case TellStillWrong():
            return rules.tell_still_wrong(complaint, by, command.words, command.evidence, at)
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


def _check_length(command: ComplaintCommand) -> None:
    for name in ("words", "reason"):
        words = getattr(command, name, "")
        if len(words) > LONGEST_WORDS:
            raise Invalid("words", "too_long", str(len(words)), str(LONGEST_WORDS))


def _check_officer(complaint: Complaint, command: Acknowledge, by: Actor, directory: Directory) -> None:
    # Whoever is named must be of the department; whoever takes it on is checked by the rule.
    named = command.officer
    if named is None or named == by.person:
        return
    if all(each.department != complaint.department for each in directory.memberships_of(named)):
        raise Invalid("officer", "unknown", str(named))


def _done_at(command: ComplaintCommand, complaint: Complaint, now: datetime) -> datetime:
    # The platform's time of the message counts, not ours of processing it (docs/rules.md P9), but never the future, and
    # never a time before the present clock, or before the department that acts had the complaint.
    told = getattr(command, "at", None) or now
    return max(min(told, now), complaint.due.counted_from, complaint.holds[-1].since)
