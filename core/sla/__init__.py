"""Due times: pure rules on instants, categories and the office's calendar (docs/design.md §4; docs/rules.md D1 to D14).

`counting` makes a due time, `moves` moves it, `targets` are the other clocks, `holding` says who held it how long,
`explaining` why it is due then.
"""

from core.sla.counting import due_after_reopening, due_at_registration
from core.sla.due import Counting, Due, DueRule, Moved, MovedBy
from core.sla.explaining import Reason, Why, explain
from core.sla.holding import Hold, Paused, book_time, charged_department
from core.sla.moves import (
    after_pause,
    has_come,
    moved_by_holiday,
    moved_by_transfer,
    recategorised_down,
    recategorised_up,
)
from core.sla.targets import (
    acknowledge_by,
    hearing_target,
    in_time,
    reopen_until,
    still_on_it_answer_by,
    still_on_it_at,
)

__all__ = [
    "Counting",
    "Due",
    "DueRule",
    "Hold",
    "Moved",
    "MovedBy",
    "Paused",
    "Reason",
    "Why",
    "acknowledge_by",
    "after_pause",
    "book_time",
    "charged_department",
    "due_after_reopening",
    "due_at_registration",
    "explain",
    "has_come",
    "hearing_target",
    "in_time",
    "moved_by_holiday",
    "moved_by_transfer",
    "recategorised_down",
    "recategorised_up",
    "reopen_until",
    "still_on_it_answer_by",
    "still_on_it_at",
]
