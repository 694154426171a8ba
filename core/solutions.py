"""Around a solution: what the records know of its proof before it is taken, and who is asked about it afterwards.

Source: docs/design.md §4, Life of a complaint; the rules themselves are pure and stand in core/complaints/.
"""

from collections.abc import Sequence
from datetime import datetime

from core.commands import AddEvidence, ComplaintCommand, Solve
from core.complaints.complaint import Complaint
from core.complaints.evidence import NOTHING, Known, evidence_wanted
from core.complaints.family import may_follow, what_follows
from core.complaints.happened import EvidenceAdded, SolutionUndone, Solved, StillWrongTold
from core.complaints.rules import OfficeRules
from core.complaints.stages import Lot
from core.people import Actor, Door, Via
from core.store.queries.petitions import is_reachable, siblings_of
from core.store.queries.pictures import (
    alike_to,
    brought_with,
    drop_uses,
    keep_uses,
    kinds_of,
    places_of,
    uses_of,
)
from core.store.queries.secrets import kept_secret
from core.store.queries.solutions import solved_since
from core.store.unit import UnitOfWork
from core.timeline import Entry

BY_THE_CLOCK = Via(Door.CLOCK)


def known_of(
    unit: UnitOfWork, complaint: Complaint, command: ComplaintCommand, by: Actor, now: datetime, rules: OfficeRules
) -> Known:
    """What the rules must know beside the complaint; nothing for commands that bring no proof."""
    if not isinstance(command, Solve | AddEvidence):
        return NOTHING
    files, settings = frozenset(command.evidence), rules.settings
    lately = 0
    if isinstance(command, Solve) and by.person is not None:
        since = now - settings.closing.flags.burst_within.elapsed
        lately = solved_since(unit, by.person, since, complaint.id)
    # Nearly every solution has no other file in common with anything, and the rest is not asked for then.
    pictures, papers = kinds_of(unit, files)
    places = places_of(unit, files)
    return Known(
        wanted=evidence_wanted(complaint, unit.directory.departments[complaint.department].code, settings),
        pictures=pictures,
        papers=papers,
        used=uses_of(unit, files),
        alike=uses_of(unit, alike_to(unit, files) - files),
        places=places,
        spots=places_of(unit, brought_with(unit, complaint.id)) if places else (),
        lately=lately,
    )


def follow(
    unit: UnitOfWork, before: Complaint, entries: Sequence[Entry], now: datetime, rules: OfficeRules
) -> tuple[Entry, ...]:
    """What follows from what happened to a complaint, staged: its files' use, and who of its petition is asked what.

    before: the complaint as it stood before `entries`.
    """
    for entry in entries:
        _keep_use(unit, entry)
    if not entries:
        return ()
    after = unit.complaint_by_id(before.id)
    if not may_follow(before, after):
        return ()
    family = sorted((after, *siblings_of(unit, after)), key=lambda each: each.id)
    reachable = is_reachable(unit, after.petition)
    return tuple(
        unit.append(each, happened, BY_THE_CLOCK) for each, happened in what_follows(family, reachable, now, rules)
    )


def lot(unit: UnitOfWork) -> Lot:
    """How samples are drawn: by a secret that the office drew once, so that nobody can foresee them."""
    return Lot(kept_secret(unit, "sample"), unit.directory)


def _keep_use(unit: UnitOfWork, entry: Entry) -> None:
    happened, complaint = entry.happened, entry.complaint.id
    match happened:
        case Solved() | EvidenceAdded():
            keep_uses(unit, complaint, happened.evidence, brought=False)
        case StillWrongTold():
            keep_uses(unit, complaint, happened.evidence, brought=True)
        case SolutionUndone():
            drop_uses(unit, complaint)
