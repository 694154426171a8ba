"""What makes a solution worth a look by the administration; nothing of it stops anybody. Pure.

Source: docs/design.md §4, Life of a complaint (Flags); docs/rules.md C6 to C8.
"""

from collections.abc import Collection, Iterator
from datetime import datetime
from math import asin, cos, radians, sin, sqrt

from core.complaints.complaint import Complaint
from core.complaints.evidence import Known, Place, Use, is_refused
from core.complaints.happened import EvidenceAdded, Happened, Solved
from core.complaints.verifying import Flag, Flagged
from core.settings import OfficeSettings

EARTH_M = 6_371_000


def flags_raised(
    complaint: Complaint, happened: Happened, known: Known, settings: OfficeSettings
) -> tuple[Flagged, ...]:
    """The flags that a solution, or what was added to it, raises. `complaint`: as it stood before."""
    if isinstance(happened, Solved):
        found = [*_by_time(complaint, happened.at, known, settings), *_by_files(complaint, happened.evidence, known)]
    elif isinstance(happened, EvidenceAdded):
        found = [*_by_files(complaint, happened.evidence, known)]
    else:
        return ()
    if happened.evidence and _is_far(known, settings):
        found.append((Flag.FAR_AWAY, ""))
    raised = {(each.flag, each.other) for each in complaint.flags if isinstance(happened, EvidenceAdded)}
    new = dict.fromkeys(each for each in found if each not in raised)
    return tuple(Flagged(at=happened.at, by=None, flag=flag, other=other) for flag, other in new)


def _by_time(complaint: Complaint, at: datetime, known: Known, settings: OfficeSettings) -> Iterator[tuple[Flag, str]]:
    flags = settings.closing.flags
    # From when the department could work on it: registered, opened again, or sent on from another.
    since = max(complaint.due.counted_from, complaint.holds[-1].since)
    if at - since < flags.within.elapsed:
        yield Flag.WITHIN_MINUTES, ""
    if complaint.acknowledged_at is None:
        yield Flag.UNACKNOWLEDGED, ""
    if known.lately + 1 >= flags.burst:
        yield Flag.BURST, ""


def _by_files(complaint: Complaint, evidence: Collection[str], known: Known) -> Iterator[tuple[Flag, str]]:
    for use in known.used:
        pictured = use.sha256 in evidence and use.sha256 in known.pictures
        if pictured and _served_before(complaint, use) and not is_refused(complaint, use, known):
            yield Flag.PICTURE_USED, use.code
    for use in known.alike:
        if _served_before(complaint, use):
            yield Flag.PICTURE_ALIKE, use.code


def _served_before(complaint: Complaint, use: Use) -> bool:
    """Whether it served for something else than the solution that stands just now."""
    standing = complaint.solution.evidence if complaint.solution else ()
    return not (use.complaint == complaint.id and not use.brought and use.sha256 in standing)


def _is_far(known: Known, settings: OfficeSettings) -> bool:
    if not known.places or not known.spots:
        return False
    return min(_metres(place, spot) for place in known.places for spot in known.spots) > settings.closing.flags.far


def _metres(one: Place, other: Place) -> float:
    """Along the ground, by the haversine formula."""
    (north, east), (north2, east2) = (tuple(map(radians, each)) for each in (one, other))
    half = sin((north2 - north) / 2) ** 2 + cos(north) * cos(north2) * sin((east2 - east) / 2) ** 2
    return 2 * EARTH_M * asin(sqrt(min(1.0, half)))
