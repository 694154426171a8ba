"""What a solution must bring: photo, paper or place, and no picture that served before. Pure.

Source: docs/design.md §4, Life of a complaint ("evidence where the category or department asks for it"); docs/rules.md
C5, C6.
"""

from collections.abc import Collection
from dataclasses import dataclass

from core.complaints.complaint import Complaint
from core.refusals import PhotoMissing, PhotoUsed
from core.settings import Evidence, OfficeSettings

Place = tuple[float, float]
"""Latitude and longitude in degrees."""


@dataclass(frozen=True)
class Use:
    """A file came with a complaint (id, code, petition); `brought`: by its complainant, else as a solution's proof."""

    sha256: str
    complaint: int
    code: str
    petition: int
    brought: bool


@dataclass(frozen=True)
class Known:
    """What the rules about a solution must know beside the complaint itself.

    wanted: what must be there.   pictures, papers: which files of the evidence are known to be the one or the other.
    used: where the same files came with a complaint before; alike: where pictures did that look like one of them.
    places: where the evidence was taken, as far as cameras told; spots: where the complainant's pictures were.
    lately: how many other complaints the same person has solved within `closing.flags.burst_within`.
    """

    wanted: frozenset[Evidence] = frozenset()
    pictures: frozenset[str] = frozenset()
    papers: frozenset[str] = frozenset()
    used: tuple[Use, ...] = ()
    alike: tuple[Use, ...] = ()
    places: tuple[Place, ...] = ()
    spots: tuple[Place, ...] = ()
    lately: int = 0


NOTHING = Known()


def evidence_wanted(complaint: Complaint, department: str, settings: OfficeSettings) -> frozenset[Evidence]:
    """What its category and its department (letters) ask for; nothing of a confidential one, whose place nobody shows.

    Source: docs/rules.md C5.
    """
    if complaint.confidential:
        return frozenset()
    closing = settings.closing
    by_category = [kind for letter, kind in closing.evidence.items() if letter == complaint.category]
    by_department = [kind for letters, kind in closing.department_evidence.items() if letters == department]
    return frozenset((*by_category, *by_department))


def need_evidence(complaint: Complaint, words: str, evidence: Collection[str], known: Known) -> None:
    """Raises PhotoMissing for what is wanted and not there, PhotoUsed for a picture that served elsewhere."""
    need_unused(complaint, words, evidence, known)
    if "photo" in known.wanted and not set(evidence) - known.papers:
        raise PhotoMissing(complaint.code, words)
    if "paper" in known.wanted and not evidence:
        raise PhotoMissing(complaint.code, words, "paper")
    if "place" in known.wanted and not known.places:
        raise PhotoMissing(complaint.code, words, "place")


def need_unused(complaint: Complaint, words: str, evidence: Collection[str], known: Known) -> None:
    """Raises PhotoUsed for the very file of another petition, or of what the complainant brought (docs/rules.md C6)."""
    for use in known.used:
        if use.sha256 in evidence and is_refused(complaint, use, known):
            raise PhotoUsed(complaint.code, words, use.code)


def is_refused(complaint: Complaint, use: Use, known: Known) -> bool:
    """Whether this earlier use of a file refuses it; else it is only flagged.

    A paper may belong to several matters, and one spot to two departments of a petition.
    """
    if use.sha256 not in known.pictures or "paper" in known.wanted:
        return False
    return use.petition != complaint.petition or (use.complaint == complaint.id and use.brought)
