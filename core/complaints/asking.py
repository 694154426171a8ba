"""A senior or operator asks whoever has a complaint, and the department answers. Pure.

Source: docs/design.md §5, Commands; docs/rules.md Q1, Q2.
"""

from datetime import datetime

from core.complaints.complaint import Complaint
from core.complaints.decisions import QuestionAnswered, QuestionAsked
from core.complaints.happened import Happened
from core.complaints.rights import need_neither_closed_nor_merged, need_role
from core.complaints.sight import sees_words
from core.people import Actor, Role
from core.refusals import Invalid, NoQuestion, NotAllowed


def ask_officer(complaint: Complaint, by: Actor, words: str, head: int | None, at: datetime) -> tuple[Happened, ...]:
    """Ask whoever has it, else the head, else the administration group; of what is confidential only the head (Q1).

    head: id of the head of the department that holds it. The same question again by the same person changes nothing;
    another one takes its place. Raises NotAllowed, Invalid without words, AlreadyClosed, -Rejected or -Merged.
    """
    need_role(complaint, by, Role.SENIOR, Role.OPERATOR)
    words = words.strip()
    if not words:
        raise Invalid("words", "empty")
    need_neither_closed_nor_merged(complaint)
    waiting = complaint.question
    if waiting is not None and (waiting.by, waiting.words) == (by.person, words):
        return ()
    officer = head if complaint.confidential or complaint.assignee is None else complaint.assignee
    return (QuestionAsked(at=at, by=by.person, officer=officer, words=words),)


def answer_question(
    complaint: Complaint, by: Actor, words: str, evidence: tuple[str, ...], at: datetime
) -> tuple[Happened, ...]:
    """The department answers, or an operator or senior for it; everybody who has asked since the last answer is told.

    What is confidential is answered only by who may read it (Q2). Raises NotAllowed, NoQuestion, or Invalid when empty.
    """
    if not (by.belongs_to(complaint.department) or by.has(Role.OPERATOR, Role.SENIOR)):
        raise NotAllowed(Role.MEMBER, complaint.code)
    if not sees_words(by, complaint):
        raise NotAllowed(Role.HEAD, complaint.code)
    if complaint.question is None:
        raise NoQuestion(complaint.code)
    if not words.strip() and not evidence:
        raise Invalid("words", "empty")
    asked = complaint.question.askers
    return (QuestionAnswered(at=at, by=by.person, words=words.strip(), evidence=evidence, askers=asked),)
