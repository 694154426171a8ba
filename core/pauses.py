"""For what a complaint's clock may stand still (docs/design.md §4, Life of a complaint; Due times 6)."""

from enum import StrEnum


class PauseFor(StrEnum):
    """What a paused complaint waits for: the complainant, a court, or what the department asked more time for."""

    COMPLAINANT = "complainant"
    COURT = "court"
    MORE_TIME = "more_time"
