"""Every kind of fact by its name on the timeline. A name is never used for another kind: records hold it for years."""

from collections.abc import Mapping

from core.complaints import decisions, happened, reminding, verifying
from core.complaints.happened import Happened

KINDS: Mapping[str, type[Happened]] = {
    "registered": happened.Registered,
    "acknowledged": happened.Acknowledged,
    "assigned": happened.Assigned,
    "taken_over": happened.TakenOver,
    "solved": happened.Solved,
    "solution_undone": happened.SolutionUndone,
    "solution_reworded": happened.SolutionReworded,
    "evidence_added": happened.EvidenceAdded,
    "noted": happened.Noted,
    "confirmed": happened.Confirmed,
    "reopened": happened.Reopened,
    "still_wrong_told": happened.StillWrongTold,
    "transferred": happened.Transferred,
    "more_time_asked": decisions.MoreTimeAsked,
    "more_time_declined": decisions.MoreTimeDeclined,
    "paused": decisions.Paused,
    "resumed": decisions.Resumed,
    "recategorised": decisions.Recategorised,
    "due_moved": decisions.DueMoved,
    "rejected": decisions.Rejected,
    "merged": decisions.Merged,
    "unmerged": decisions.Unmerged,
    "question_asked": decisions.QuestionAsked,
    "question_answered": decisions.QuestionAnswered,
    "breached": reminding.Breached,
    "escalated": reminding.Escalated,
    "asked_still_on_it": reminding.AskedStillOnIt,
    "still_on_it_told": reminding.StillOnItTold,
    "acknowledgement_fell": reminding.AcknowledgementFell,
    "confirmation_asked": verifying.ConfirmationAsked,
    "confirmation_held": verifying.ConfirmationHeld,
    "closed_unconfirmed": verifying.ClosedUnconfirmed,
    "not_reached": verifying.NotReached,
    "politeness_told": verifying.PolitenessTold,
    "flagged": verifying.Flagged,
    "flags_looked_at": verifying.FlagsLookedAt,
}
