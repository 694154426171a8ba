"""Every rung of every complaint of a play, worked out again by the slow ladder, look by look.

What happened to a complaint comes from its timeline, when the clock was looked at from what was seen; of the project's
rules nothing is asked.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from tests.bot.simulation.raw import Fact, Raw
from tests.core.complaints.slow_ladder import SlowLadder

RUNGS = {"due-4h": (-240, 0), "due": (0, 0), "due+4h": (240, 0), "due+1d": (0, 1)}
"""The standard ladder in plain numbers: minutes and days from the due time."""

CLOSES = {"solved", "rejected", "merged"}
OPENS = {"solution_undone", "reopened", "unmerged"}
Spoke = tuple[datetime, str, tuple[str, ...]]


@dataclass
class RememberedLadder(SlowLadder):
    """The same slow ladder; what was worked out of a due time is kept."""

    known: dict[object, datetime | None] = field(default_factory=dict)

    def ready_at(self, name: str) -> datetime | None:
        """As the slow one says."""
        key = (name, self.due, self.began, id(self.night))
        if key not in self.known:
            self.known[key] = super().ready_at(name)
        return self.known[key]


def wrong_rungs(raw: Raw) -> Iterator[str]:
    """Each complaint whose rungs are others, or at another time, than the slow ladder says."""
    known: dict[object, datetime | None] = {}
    for complaint, facts in raw.facts.items():
        spoke = [_spoke(fact) for fact in facts if fact.kind == "escalated"]
        wanted = list(_wanted(raw, facts, known))
        if spoke != wanted:
            yield f"complaint {complaint}: {spoke}, and the slow ladder says {wanted}"


def wrong_breaches(raw: Raw) -> Iterator[str]:
    """Each breach that is not at a due time of its complaint, or the second of a clock."""
    for complaint, facts in raw.facts.items():
        due, breached = None, False
        for fact in facts:
            if fact.kind == "breached":
                if breached or fact.at != due:
                    yield f"complaint {complaint}: a breach at {fact.at}, due {due}"
                breached = True
            due, breached = fact.due or due, breached and fact.kind != "reopened"


def _wanted(raw: Raw, facts: Sequence[Fact], known: dict[object, datetime | None]) -> Iterator[Spoke]:
    registered, *later = (fact for fact in facts if fact.kind not in {"escalated", "breached"})
    assert registered.due is not None
    began = registered.at
    ladder = RememberedLadder(RUNGS, raw.known_days(began).night, registered.due, began, known=known)
    is_open, paused = True, False
    waiting = [(_came(raw, fact), fact) for fact in later]
    for now in raw.looks_from(began):
        while waiting and waiting[0][0] <= now:
            _, fact = waiting.pop(0)
            if fact.kind == "reopened" and fact.due is not None:
                ladder.begins_anew(fact.due, fact.at)
            elif fact.due is not None:
                ladder.is_due_at(fact.due, fact.at)
            is_open = fact.kind in OPENS or (is_open and fact.kind not in CLOSES)
            paused = fact.kind == "paused" or (paused and fact.kind not in {"resumed", *CLOSES})
        if len(ladder.done) == len(RUNGS) and not waiting:
            return
        ladder.night = raw.known_days(now).night
        said = ladder.speaks(now) if is_open and not paused else None
        if said is not None:
            yield now, *said


def _came(raw: Raw, fact: Fact) -> datetime:
    """When the office learned of it: what was said while nothing came was handed over at the end of that."""
    if fact.from_chat:
        for each in raw.deaf:
            if each.begin <= fact.at < each.end:
                return each.end
    return fact.at


def _spoke(fact: Fact) -> Spoke:
    return fact.at, fact.payload["rung"], tuple(fact.payload["recorded"])
