"""What the API says of presence."""

from datetime import date, datetime

from pydantic import BaseModel, Field

from desk.morning.record import Leaf
from desk.morning.today import Morning
from desk.visitor import Visitor


class DepartmentPresence(BaseModel):
    """How many came of those who should be there."""

    department: str = Field(examples=["DPRO"])
    came: int
    expected: int


class PersonNow(BaseModel):
    """How somebody's morning stands."""

    person: int
    name: str
    department: str
    stands: str = Field(
        description="While the window is open: awaited, here, late, seen_only, missing, on_leave, off_duty; once it is "
        "reported: present, late, partial, seen_only, absent, on_leave, off_duty, not_known, closed_day."
    )
    since: datetime | None
    last: datetime | None


class PresenceToday(BaseModel):
    """Today's window, as far as the caller may see it."""

    day: date
    phase: str = Field(description="closed, before, during or after the window.")
    begins_at: datetime | None
    ends_at: datetime | None
    came: int
    expected: int
    departments: list[DepartmentPresence]
    people: list[PersonNow]
    more: bool = Field(description="Whether there is a next page of people.")


class DayPresence(BaseModel):
    """A reported day. `reported`: what the report said, null for who was not in it."""

    day: date
    verdict: str
    reported: str | None
    first: datetime | None


class PresenceChange(BaseModel):
    """What changed a day after its report."""

    day: date
    was: str | None
    becomes: str
    why: str
    by: str
    at: datetime
    words: str


class LeaveShape(BaseModel):
    """Leave, both days included."""

    first: date
    last: date
    cancelled: bool


class PresenceRecord(BaseModel):
    """A person's month."""

    person: int
    name: str
    month: str = Field(examples=["2026-11"])
    days: list[DayPresence]
    changes: list[PresenceChange]
    leaves: list[LeaveShape]
    offline_since: datetime | None


def presence_today(morning: Morning, visitor: Visitor, page: int) -> PresenceToday:
    """Today as the caller may see it."""
    return PresenceToday(
        day=morning.day,
        phase=morning.phase.value,
        begins_at=morning.begin,
        ends_at=morning.end,
        came=morning.came,
        expected=morning.expected,
        departments=[
            DepartmentPresence(department=each.code, came=each.came, expected=each.expected)
            for each in morning.departments
        ],
        people=[
            PersonNow(
                person=each.person,
                name=visitor.name_of(each.person),
                department=visitor.department_code(each.department),
                stands=each.look,
                since=each.since,
                last=each.last,
            )
            for each in morning.lines
        ],
        more=page < morning.pages,
    )


def presence_record(leaf: Leaf, visitor: Visitor) -> PresenceRecord:
    """A month of somebody whose record the caller may read."""
    told = [square.told for week in leaf.weeks for square in week if square.told is not None]
    return PresenceRecord(
        person=leaf.person,
        name=visitor.name_of(leaf.person),
        month=f"{leaf.first:%Y-%m}",
        days=[
            DayPresence(day=each.day, verdict=each.verdict, reported=each.reported, first=each.first) for each in told
        ],
        changes=[
            PresenceChange(
                day=each.day,
                was=each.was,
                becomes=each.becomes,
                why=each.why,
                by=visitor.name_of(each.by),
                at=each.at,
                words=each.words,
            )
            for each in leaf.amendments
        ],
        leaves=[
            LeaveShape(first=each.first, last=each.last, cancelled=each.cancelled_at is not None)
            for each in leaf.leaves
        ],
        offline_since=leaf.off_duty.since if leaf.off_duty else None,
    )
