"""Due times computed a second time, slowly, from docs/rules.md and docs/design.md §4 alone: minute by minute.

It shares no code with core/sla, so that a mistake must be made twice to pass. All instants are whole minutes.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


@dataclass
class SlowOffice:
    """What an office has decided, as plain values. `days`: of A, B and C."""

    zone: ZoneInfo
    opening: time
    closing: time
    closed_weekdays: set[int]
    second_saturday: bool
    holidays: set[date]
    closed: set[date]
    open: set[date]
    days: dict[str, int]
    working: bool
    same_day_needs: timedelta
    transfer_floor: int
    on_reopen: str
    declared: set[date] = field(default_factory=set)

    def day_of(self, at: datetime) -> date:
        return at.astimezone(self.zone).date()

    def is_open(self, day: date) -> bool:
        """D2: `/holiday` beats an open date, an open date beats all else."""
        if day in self.declared:
            return False
        if day in self.open:
            return True
        if day in self.holidays or day in self.closed or day.weekday() in self.closed_weekdays:
            return False
        return not (self.second_saturday and day.weekday() == 5 and 8 <= day.day <= 14)

    def open_from(self, day: date) -> date:
        while not self.is_open(day):
            day += DAY
        return day

    def opens(self, day: date) -> datetime:
        return datetime.combine(day, self.opening, self.zone).astimezone(UTC)

    def closes(self, day: date) -> datetime:
        return datetime.combine(day, self.closing, self.zone).astimezone(UTC)

    def is_office_minute(self, at: datetime) -> bool:
        local = at.astimezone(self.zone)
        return self.opening <= local.time() < self.closing and self.is_open(local.date())

    def office_minutes(self, since: datetime, until: datetime) -> int:
        count = 0
        while since < until:
            count += self.is_office_minute(since)
            since += MINUTE
        return count

    def close_after(self, due: datetime, minutes: int) -> datetime:
        """Rule 6: on by so many office minutes, rounded up to a close of office."""
        at = due
        while minutes:
            minutes -= self.is_office_minute(at)
            at += MINUTE
        return self.closes(self.day_of(at - MINUTE))

    def counted(self, at: datetime, category: str) -> datetime:
        """Rules 1 and 2, D1, D3."""
        day = self.day_of(at)
        if self.is_open(day) and at >= self.closes(day):
            day += DAY
        day = self.open_from(day)
        if self.days[category] == 0 and self.closes(day) - at < self.same_day_needs:
            return self.closes(self.open_from(day + DAY))
        if not self.working:
            return self.closes(self.open_from(day + self.days[category] * DAY))
        for _ in range(self.days[category]):
            day = self.open_from(day + DAY)
        return self.closes(day)


@dataclass
class SlowPause:
    """Begin, promised end, and what came about meanwhile."""

    since: datetime
    until: datetime
    category: str
    transferred: datetime | None = None


class SlowComplaint:
    """One complaint's clock. Each verb returns whether it is allowed; what is not changes nothing."""

    def __init__(self, office: SlowOffice, at: datetime, category: str) -> None:
        self.office, self.category = office, category
        self.start, self.due = at, office.counted(at, category)
        self.rule = category
        self.state = "open"
        self.paused: SlowPause | None = None
        self.past: list[tuple[datetime, int]] = []
        self.pauses = self.transfers = 0
        self.granted = False

    def pass_until(self, now: datetime) -> None:
        """D10: a pause ends when the office opens on its date."""
        if self.paused is not None and now >= self.paused.until:
            self._end_pause(self.paused.until)

    def has_come(self, at: datetime) -> bool:
        """D4; of a paused complaint the beginning of its pause counts (D10)."""
        return (self.paused.since if self.paused else at) >= self.due

    def pause(self, at: datetime, until: date) -> bool:
        day = self.office.day_of(at)
        fits = day < until <= day + 366 * DAY and self.office.is_open(until)
        if self.state != "open" or self.paused is not None or self.pauses == 2 or not fits:
            return False
        self.paused = SlowPause(at, self.office.opens(until), self.category)
        self.pauses += 1
        return True

    def resume(self, at: datetime) -> bool:
        if self.paused is None:
            return False
        self._end_pause(at)
        return True

    def transfer(self, at: datetime, senior: bool) -> bool:
        if self.state != "open" or (self.transfers >= 3 and not senior):
            return False
        self.transfers += 1
        if self.paused is not None:
            self.paused.transferred = at
        else:
            self._grant(at)
        return True

    def recategorise(self, at: datetime, category: str) -> bool:
        if self.state != "open" or category == self.category:
            return False
        if category > self.category and self.has_come(at):
            return False
        if self.paused is None:
            self._count_category(at, self.category, category)
        self.category = category
        return True

    def declare(self, at: datetime, day: date) -> bool:
        """D5; called before the office knows the holiday, for the complaint's part of it."""
        if self.state == "open" and self.office.day_of(self.due) == day and not self.has_come(at):
            self.office.declared.add(day)
            self.due = self.office.closes(self.office.open_from(day))
        return True

    def solve(self, at: datetime) -> bool:
        if self.state != "open":
            return False
        if self.paused is not None:
            self._end_pause(at)
        self.state = "solved"
        return True

    def reopen(self, at: datetime) -> bool:
        if self.state != "solved":
            return False
        self.state, self.start, self.past = "open", at, []
        self.due = self.office.counted(at, self.office.on_reopen)
        return True

    def _end_pause(self, at: datetime) -> None:
        pause, self.paused = self.paused, None
        assert pause is not None
        at = min(at, pause.until)
        minutes = self.office.office_minutes(pause.since, at)
        if pause.since < self.due and minutes:
            self.past.append((pause.since, minutes))
            self.due = self.office.close_after(self.due, minutes)
        if pause.transferred is not None:
            self._grant(pause.transferred)
        if pause.category != self.category:
            self._count_category(at, pause.category, self.category)

    def _grant(self, at: datetime) -> None:
        """Rule 5, D7."""
        if self.granted or self.office.transfer_floor == 0 or at >= self.due:
            return
        day = self.office.open_from(self.office.day_of(at))
        if self.office.opens(day) < at:
            day = self.office.open_from(day + DAY)
        for _ in range(self.office.transfer_floor - 1):
            day = self.office.open_from(day + DAY)
        if self.office.closes(day) > self.due:
            self.due, self.granted = self.office.closes(day), True

    def _count_category(self, at: datetime, old: str, new: str) -> None:
        """Rule 4, D4, D6."""
        if at >= self.due:
            return
        if new < old:
            self.due = min(self.due, self.office.counted(at, new))
            return
        later = self.office.counted(self.start, new)
        for since, minutes in self.past:
            if since < later:
                later = self.office.close_after(later, minutes)
        self.due = max(self.due, later)
