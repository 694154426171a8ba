"""Complaints: what can happen to one (`happened`), how it changes it (`complaint`), and by which rule (`rules`)."""

from core.complaints.complaint import OPEN, Complaint, Solution, State, evolve
from core.complaints.happened import (
    Acknowledged,
    Confirmed,
    EvidenceAdded,
    Happened,
    Noted,
    Registered,
    Reopened,
    SolutionUndone,
    Solved,
    StillWrongTold,
    Transferred,
)

__all__ = [
    "OPEN",
    "Acknowledged",
    "Complaint",
    "Confirmed",
    "EvidenceAdded",
    "Happened",
    "Noted",
    "Registered",
    "Reopened",
    "Solution",
    "SolutionUndone",
    "Solved",
    "State",
    "StillWrongTold",
    "Transferred",
    "evolve",
]
