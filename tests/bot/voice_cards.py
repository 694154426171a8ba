"""What the card of a complaint is shown with, in each state."""

from collections.abc import Mapping

from bot.render import Bilingual
from tests.bot.voice_values import (
    CATEGORY,
    CODE,
    CODE2,
    DAY,
    DEPARTMENT2,
    DUE,
    FLAGS,
    GROUND,
    HEAD,
    NAME,
    OFFICER,
    OPENS,
    REASON,
    SENIOR,
    SIBLINGS,
    SOLUTION,
    STILL_WRONG,
    UNTIL,
    WHAT,
    at,
)

CARD: Mapping[str, object] = {
    "code": CODE,
    "state": "registered",
    "category": CATEGORY,
    "what": WHAT,
    "place": Bilingual("बसही", "Basahi"),
    "complainant": NAME,
    "phone": "98xxxxxx10",
    "due": DUE,
    "registered_at": at(9, 5),
    "first_due_at": DUE,
    "officer": "",
    "take_by": at(9, 35),
}
HELD: Mapping[str, object] = {"state": "acknowledged", "officer": OFFICER, "acknowledged_at": at(9, 12)}
DONE: Mapping[str, object] = {
    "solution": SOLUTION,
    "solver": OFFICER,
    "solved_at": at(9, 12),
    "in_time": True,
    "asked": "complainant",
    "confirmer": "complainant",
    "closed_at": at(9, 12),
}
_BACK: Mapping[str, object] = {"still_wrong": STILL_WRONG, "first_solution": SOLUTION}
_PAUSED: Mapping[str, object] = {
    "state": "paused",
    "paused_until": OPENS,
    "waits_for": "more_time",
    "pause_reason": REASON,
    "due_then": UNTIL,
}
_FULL: Mapping[str, object] = {"direction": "inquire_and_act", "heard_by": SENIOR, "siblings": SIBLINGS * 5}
_REJECTED: Mapping[str, object] = {"state": "rejected", "reason": GROUND, "rejecter": SENIOR, "closed_at": at(9, 12)}
_MERGED: Mapping[str, object] = {"state": "merged", "merged_code": CODE2}
_LATE: Mapping[str, object] = {"due": at(10, 40), "told": HEAD}

CARDS: Mapping[str, Mapping[str, object]] = {
    "new": CARD,
    "acknowledged": {**CARD, **HELD},
    "solved": {**CARD, **DONE, "state": "solved"},
    "overdue": {**CARD, **HELD, **_LATE},
    "closed": {**CARD, **DONE, "state": "closed"},
    "reopened": {**CARD, **_BACK, "state": "reopened"},
    "confidential": {**CARD, "confidential": True, "head": HEAD},
    "transferred": {**CARD, "state": "transferred"},
    "new, moved at registration": {**CARD, "first_due_at": at(18, day=26), "due": at(18, day=26)},
    "new, read on a later day": {**CARD, "registered_at": at(17, day=24), "first_due_at": at(18, day=24)},
    "new, for a week": {**CARD, "category": {"letter": "C", "label": Bilingual("7 दिन", "7 days"), "days": 7}},
    "new, no phone, no place": {**CARD, "phone": "", "place": ""},
    "new, erased": {**CARD, "what": "", "place": "", "complainant": "", "phone": ""},
    "new, everything": {**CARD, **_FULL},
    "acknowledged again, everything": {**CARD, **HELD, **_BACK, **_FULL},
    "overdue, everything": {**CARD, **HELD, **_LATE, **_BACK, **_FULL},
    "overdue, nobody has it": {**CARD, **_LATE},
    "overdue, nobody told": {**CARD, **_LATE, "told": ""},
    "overdue, somebody has it, nobody told": {**CARD, **HELD, **_LATE, "told": ""},
    "directed by nobody": {**CARD, "direction": "report", "heard_by": ""},
    "solved late, everything": {**CARD, **DONE, **_FULL, "state": "solved", "in_time": False, "solver": ""},
    "solved, the administration is asked": {**CARD, **DONE, "state": "solved", "asked": "administration"},
    "closed by a senior": {**CARD, **DONE, "state": "closed", "confirmer": SENIOR},
    "closed, unconfirmed": {**CARD, **DONE, "state": "closed", "unconfirmed": True, "confirmer": ""},
    "solved, flagged": {**CARD, **DONE, **_FULL, "state": "solved", "flags": FLAGS},
    "given to an officer": {**CARD, "officer": OFFICER, "assigned_at": at(9, 12)},
    "given to another, everything": {
        **CARD,
        **HELD,
        **_BACK,
        **_FULL,
        "assigned_at": at(10, 2),
        "joined": [CODE2] * 5,
    },
    "something joined to it": {**CARD, "joined": [CODE2]},
    "about an office": {**CARD, "about": DEPARTMENT2},
    "rejected": {**CARD, **_REJECTED},
    "rejected, everything": {**CARD, **_FULL, **_REJECTED, "rejecter": "", "joined": [CODE2]},
    "merged": {**CARD, **_MERGED},
    "merged, everything": {**CARD, **_FULL, **_MERGED, "joined": [CODE]},
    "confidential, given to an officer": {
        **{**CARD, **HELD, "confidential": True, "head": HEAD, "assigned_at": at(9, 12)},
        **{"direction": "report", "heard_by": SENIOR, "time_asked": UNTIL.date()},
    },
    "confidential, rejected": {**CARD, **_REJECTED, "confidential": True},
    "confidential, merged": {**CARD, **_MERGED, "confidential": True},
    "elsewhere": {**CARD, "state": "transferred", "elsewhere": DEPARTMENT2},
    "elsewhere, confidential": {**CARD, "state": "transferred", "elsewhere": DEPARTMENT2, "confidential": True},
    "confidential, acknowledged": {**CARD, **HELD, "confidential": True, "head": ""},
    "confidential, overdue": {**CARD, **_LATE, "confidential": True, "head": HEAD},
    "confidential, solved": {**CARD, **DONE, "state": "solved", "confidential": True},
    "confidential, closed": {**CARD, **DONE, "state": "closed", "confidential": True},
    "paused": {**CARD, **_PAUSED},
    "paused, everything": {**CARD, **_FULL, **_PAUSED, "officer": OFFICER, "waits_for": "court"},
    "paused, overdue before": {**CARD, **_PAUSED, "due": at(10, 40)},
    "confidential, paused": {**CARD, **_PAUSED, "confidential": True, "head": HEAD},
    "time asked for": {**CARD, "time_asked": DAY},
    "time asked for, everything": {**CARD, **HELD, **_BACK, **_FULL, "time_asked": DAY},
    "time asked for, overdue, everything": {**CARD, **HELD, **_LATE, **_FULL, "time_asked": DAY},
    "confidential, time asked for": {**CARD, "confidential": True, "head": HEAD, "time_asked": DAY},
    "confidential, reopened": {**CARD, "state": "reopened", "confidential": True, "head": HEAD},
}
