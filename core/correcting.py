"""A senior corrects a verdict by hand, and says why; it stays on record who did it, when, from what to what.

Source: docs/design.md §4, Presence; docs/rules.md P7.
"""

from dataclasses import replace

from core.day_reports import Why, amended
from core.people import Actor, Role
from core.presence import Verdict
from core.presence.happened import PresenceHappened
from core.presence_commands import CorrectVerdict
from core.refusals import Invalid, NotAllowed, NotReported, OwnDuty
from core.store.queries.day_reports import DayVerdict, put_verdict, verdict_of
from core.store.unit import UnitOfWork
from core.watching import Watcher

LONGEST_REASON = 500
BY_HAND = frozenset(Verdict) - {Verdict.CLOSED_DAY}
"""Whether the office was closed is said for everybody, by a holiday."""


def correct(
    office: Watcher, unit: UnitOfWork, command: CorrectVerdict, by: Actor
) -> tuple[DayVerdict, list[PresenceHappened]]:
    """Correct it; the same verdict once more changes nothing.

    Raises NotAllowed for who is no senior, OwnDuty, Invalid for the reason or the verdict, NotReported.
    """
    if not by.has(Role.SENIOR):
        raise NotAllowed(Role.SENIOR)
    if by.person == command.person:
        raise OwnDuty
    if command.verdict not in [each.value for each in BY_HAND]:
        raise Invalid("verdict", "unknown", command.verdict, ", ".join(sorted(BY_HAND)))
    reason = command.reason.strip()
    if not reason:
        raise Invalid("reason", "empty")
    if len(reason) > LONGEST_REASON:
        raise Invalid("words", "too_long", str(len(reason)), str(LONGEST_REASON))
    known = verdict_of(unit.fresh, command.day, command.person)
    if known is None or known.verdict is Verdict.CLOSED_DAY:
        raise NotReported(command.person, command.day)
    after = replace(known, verdict=Verdict(command.verdict), corrected=True)
    if after.verdict is known.verdict:
        return known, []
    put_verdict(unit, after)
    amendment = amended(unit, after, known.verdict, Why.CORRECTION, by.person, reason)
    return after, [amendment.happened(by.via)]
