"""Who is there in the daily window: marks, windows, verdicts, leave, off duty, outages. Pure.

core/watching.py reads it from the records, core/marking.py keeps marks, core/day_reports.py reports and amends days,
core/leave.py enters leave, core/off_duty.py takes people off duty, core/duty.py says to whom new work goes.
"""

from core.presence.absences import Leave, OffDuty
from core.presence.attending import Attending, attending, attending_of
from core.presence.just_kept import JustKept
from core.presence.marks import Mark, Marks, Strength, marks_of
from core.presence.outages import Span, length_within, merged, out_for
from core.presence.verdicts import NOT_RECEIVING, Verdict, missed_periods, verdict
from core.presence.windows import DayWindow, Windows

__all__ = [
    "NOT_RECEIVING",
    "Attending",
    "DayWindow",
    "JustKept",
    "Leave",
    "Mark",
    "Marks",
    "OffDuty",
    "Span",
    "Strength",
    "Verdict",
    "Windows",
    "attending",
    "attending_of",
    "length_within",
    "marks_of",
    "merged",
    "missed_periods",
    "out_for",
    "verdict",
]
