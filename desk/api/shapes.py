"""What the API takes and gives, with examples that its page shows."""

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from core.complaints.complaint import Complaint
from core.petitions import Direction, Kind
from core.store.queries.complaint_page import ComplaintPage
from desk.visitor import Visitor, steps_for

Letter = Literal["A", "B", "C"]


class PartShape(BaseModel):
    """A department that must act: its letters, and the category that fixes its deadline."""

    department: str = Field(examples=["DPRO"])
    category: Letter


class NewPetition(BaseModel):
    """A petition to register; each part becomes a complaint with its own code."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "example": {
                "name": "Savitri Devi",
                "phone": "98123 45610",
                "village": "Basahi",
                "words": "A broken drain has flooded the handpump.",
                "parts": [{"department": "DPRO", "category": "A"}, {"department": "BDO", "category": "C"}],
            }
        },
    )
    name: str
    phone: str = Field("", description="Ten digits, with or without +91 or 0; empty for no phone.")
    village: str
    words: str
    parts: list[PartShape] = Field(min_length=1)
    kind: Kind = Kind.COMPLAINT
    confidential: bool = False
    waiting: bool = False
    about: str | None = Field(None, description="Letters of the department that it complains about.")
    heard_by: int | None = Field(None, description="Id of the person who heard it.")
    direction: Direction | None = None
    papers: list[str] = Field([], description="sha256 of files that were sent to POST /api/files.")
    language: Literal["hi", "en"] | None = None
    anyway: bool = Field(False, description="Register although the same phone has a complaint open.")


class Action(BaseModel):
    """What an action needs; the rest stays out. Which needs what stands at POST /api/complaints/{code}/{action}."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"example": {"words": "Drain repaired, the water has gone."}}
    )
    words: str = ""
    officer: int | None = Field(None, description="acknowledge: who takes it on; nobody named: you.")
    to: str = Field("", description="transfer: letters of the department that must act.")
    evidence: list[str] = Field([], description="sha256 of files that were sent to POST /api/files.")
    until: str = Field("", description="more-time, give-time, pause: a day, as 2026-11-27 or as people write it.")
    waits_for: Literal["", "complainant", "court", "more_time"] = Field("", description="pause: what it waits for.")
    category: str = Field("", description="category: A, B or C.")
    complainant: bool = Field(False, description="confirm, reopen: the complainant's own word is passed on.")
    polite: bool | None = Field(None, description="polite: whether the complainant was treated politely.")


class SolutionShape(BaseModel):
    """What the department says was done."""

    words: str | None
    at: datetime
    in_time: bool


class StepShape(BaseModel):
    """An entry of the history."""

    number: int
    what: str
    at: datetime
    by: str
    door: str


class ComplaintShape(BaseModel):
    """A complaint as the caller may see it; `null` is what a confidential one hides."""

    code: str = Field(examples=["DPRO-1042-22"])
    department: str = Field(examples=["DPRO"])
    category: str
    state: str
    registered_at: datetime
    due_at: datetime
    paused_until: datetime | None = Field(description="Until when its clock stands still; null while it runs.")
    overdue: bool
    officer: str = Field(description="Whose it is; empty when nobody has it.")
    solution: SolutionShape | None
    version: int


class ComplaintInFull(ComplaintShape):
    """A complaint with its petition, its siblings and its history."""

    name: str | None
    phone: str | None = Field(description="Masked: 98xxxxxx10.")
    village: str | None
    words: str | None
    also: list[str] = Field(description="Codes of the petition's other complaints.")
    history: list[StepShape]


class Registered(BaseModel):
    """A registered petition."""

    petition: int
    complaints: list[ComplaintShape]


class Complaints(BaseModel):
    """A page of complaints, those first that need somebody first; `more`: whether there is a next page."""

    complaints: list[ComplaintShape]
    more: bool


class NewHoliday(BaseModel):
    """A day on which the office is closed, and why, in Hindi and English; one language will do."""

    model_config = ConfigDict(extra="forbid")
    day: date = Field(examples=["2026-11-27"])
    name_hi: str = ""
    name_en: str = Field("", examples=["Heavy rain"])


class DeclaredHoliday(BaseModel):
    """A declared holiday, and the codes of the complaints that it moved."""

    day: date
    name_hi: str
    name_en: str
    moved: list[str]


class KeptShape(BaseModel):
    """A file that is kept."""

    sha256: str


class Problem(BaseModel):
    """Why nothing was done. `error` is a sentence for people that says what to do, `reason` a word for programs."""

    error: str
    reason: str = Field(examples=["too_short"])
    field: str = ""


def complaint_shape(complaint: Complaint, visitor: Visitor, visible: bool, now: datetime) -> ComplaintShape:
    """The complaint as the caller may see it."""
    return ComplaintShape.model_validate(_values(complaint, visitor, visible, now))


def complaint_in_full(
    page: ComplaintPage, visitor: Visitor, visible: bool, phone: str, now: datetime
) -> ComplaintInFull:
    """The complaint with everything around it. `phone`: as the caller may see it."""
    petition = page.petition
    history = [
        {
            "number": step.number,
            "what": type(step.happened).__name__,
            "at": step.happened.at,
            "by": visitor.name_of(step.happened.by),
            "door": step.via.door.value,
        }
        for step in steps_for(visitor, page.steps)
    ]
    return ComplaintInFull.model_validate(
        {
            **_values(page.complaint, visitor, visible, now),
            "name": petition.name if visible else None,
            "phone": phone if visible else None,
            "village": petition.village if visible else None,
            "words": petition.words if visible else None,
            "also": [each.code for each in page.siblings],
            "history": history,
        }
    )


def _values(complaint: Complaint, visitor: Visitor, visible: bool, now: datetime) -> dict[str, object]:
    solution = complaint.solution
    return {
        "code": complaint.code,
        "department": visitor.department_code(complaint.department),
        "category": complaint.category,
        "state": complaint.state.value,
        "registered_at": complaint.registered_at,
        "due_at": complaint.due.at,
        "paused_until": complaint.pause.until if complaint.pause else None,
        "overdue": complaint.is_overdue(now),
        "officer": visitor.name_of(complaint.assignee),
        "solution": {"words": solution.words if visible else None, "at": solution.at, "in_time": solution.in_time}
        if solution
        else None,
        "version": complaint.version,
    }
