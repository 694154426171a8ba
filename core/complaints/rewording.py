"""Whoever gave a solution writes it anew, as by editing their message. Pure."""

from datetime import datetime

from core.complaints.complaint import Complaint
from core.complaints.happened import Happened, SolutionReworded
from core.complaints.rights import need_department, need_solution
from core.complaints.rules import OfficeRules
from core.people import Actor, Role
from core.reading import has_words_of_its_own
from core.refusals import NotAllowed, TooShort


def reword_solution(
    complaint: Complaint, by: Actor, words: str, at: datetime, rules: OfficeRules
) -> tuple[Happened, ...]:
    """Other words for the solution, as long as nobody has confirmed it; the words before stay on record.

    Nobody else writes in the name of who gave it, not even the head: what was claimed is theirs.
    """
    need_department(complaint, by, Role.OPERATOR)
    solution = need_solution(complaint)
    if solution.by != by.person:
        raise NotAllowed(Role.MEMBER, complaint.code)
    words = words.strip()
    if not has_words_of_its_own(words, rules.words):
        raise TooShort(complaint.code, words)
    return () if words == solution.words else (SolutionReworded(at=at, by=by.person, words=words),)
