"""Which rule answers which command about a complaint."""

from datetime import datetime

from core.commands import (
    Acknowledge,
    AddEvidence,
    AddNote,
    ComplaintCommand,
    Confirm,
    Reopen,
    Solve,
    TellStillWrong,
    Transfer,
    UndoSolution,
)
from core.complaints import rules
from core.complaints.complaint import Complaint
from core.complaints.happened import Happened
from core.complaints.rules import OfficeRules
from core.directory import Directory
from core.people import Actor
from core.refusals import NotFound


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
    match command:
        case Acknowledge():
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


def _done_at(command: ComplaintCommand, complaint: Complaint, now: datetime) -> datetime:
    # The platform's time of the message counts, not ours of processing it (docs/rules.md P9), but never the future,
    # and never a time before the complaint was there.
    told = getattr(command, "at", None) or now
    return max(min(told, now), complaint.registered_at)
