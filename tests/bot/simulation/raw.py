"""What a play left behind, read raw: what was seen of it, and rows as they stand in the tables."""

import json
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, select

from bot.events import Message, Pressed, Reacted, Receipt
from bot.simulation.chats import ACCOUNT
from bot.simulation.district import FIRST_DAY
from bot.simulation.witness import Came, Deaf, DoneAtDesk, Looked, Seen
from bot.store.tables import OUTBOX, POSTED
from core.clock import SystemClock
from core.holiday_commands import DeclareHoliday
from core.presence_commands import CorrectVerdict
from core.settings import OfficeSettings
from core.store.entries import TIMELINE
from core.store.people_tables import DepartmentRow, GroupRow, IdentityRow, MembershipRow
from core.store.presence_tables import DayVerdictRow, LeaveRow, OffDutyRow
from core.store.store import Store
from core.store.tables import HolidayRow, table_of
from tests.bot.simulation.slow_days import SlowDays
from tests.core.presence.slow_verdicts import Hours, RawMark

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Member:
    """Somebody of a department with a group. `department`: letters."""

    person: int
    user: str
    department: str
    group: str


@dataclass(frozen=True)
class Fact:
    """An entry of a complaint's timeline. from_chat: somebody wrote or pressed."""

    kind: str
    payload: Mapping[str, Any]
    from_chat: bool

    @cached_property
    def at(self) -> datetime:
        """When it happened, as the entry says."""
        return instant(self.payload["at"])

    @cached_property
    def due(self) -> datetime | None:
        """When the complaint is due from now on, where the entry says so."""
        return instant(self.payload["due"]["at"]) if self.payload.get("due") else None


@dataclass(frozen=True)
class Raw:
    """Everything of a play."""

    settings: OfficeSettings
    days: Sequence[date]
    seen: Sequence[Seen]
    holidays: frozenset[date]
    members: Sequence[Member]
    verdicts: Mapping[tuple[date, int], str]
    leaves: Sequence[Any]
    off_duty: Sequence[Any]
    facts: Mapping[int, Sequence[Fact]]
    said: Sequence[tuple[str, str, str, datetime]]
    calls: Sequence[tuple[str, int]]

    @cached_property
    def looks(self) -> list[datetime]:
        """When the clock was looked at."""
        return [each.at for each in self.seen if isinstance(each, Looked)]

    @cached_property
    def deaf(self) -> list[Deaf]:
        """When nothing of the chat came."""
        return [each for each in self.seen if isinstance(each, Deaf)]

    @cached_property
    def declared(self) -> dict[date, datetime]:
        """Holidays that were declared, with when."""
        done = (each for each in self.seen if isinstance(each, DoneAtDesk))
        return {each.command.day: each.at for each in done if isinstance(each.command, DeclareHoliday)}

    @cached_property
    def corrected(self) -> dict[tuple[date, int], str]:
        """What seniors said that a verdict is."""
        done = [each.command for each in self.seen if isinstance(each, DoneAtDesk)]
        return {(each.day, each.person): each.verdict for each in done if isinstance(each, CorrectVerdict)}

    @cached_property
    def marks(self) -> Mapping[tuple[str, date], list[tuple[RawMark, datetime]]]:
        """By user and day: each mark, and when it reached the office."""
        found = defaultdict(list)
        for each in self.seen:
            if isinstance(each, Came) and (strength := _strength(each.event)):
                event = each.event
                day = event.at.astimezone(self.settings.office.zone).date()
                found[event.sender.user, day].append(((event.at, strength), each.at))
        return found

    def looks_from(self, at: datetime) -> Iterator[datetime]:
        """The looks at the clock from an instant on."""
        yield from self.looks[bisect_left(self.looks, at) :]

    def hours(self, department: str) -> Hours:
        """The window that a department keeps."""
        presence, zone = self.settings.presence, self.settings.office.zone
        own = presence.departments.get(department, presence)
        grace = round(presence.grace.elapsed / timedelta(minutes=1))
        return Hours(zone, own.window.begin, own.window.end, own.roll_calls, grace)

    def known_days(self, at: datetime) -> SlowDays:
        """Which days are open, as the office knew it at an instant."""
        return self._days_with(frozenset(day for day, when in self.declared.items() if when <= at))

    def _days_with(self, declared: frozenset[date]) -> SlowDays:
        if declared not in self._known:
            self._known[declared] = SlowDays(self.settings.office, self.holidays | declared)
        return self._known[declared]

    @cached_property
    def _known(self) -> dict[frozenset[date], SlowDays]:
        return {}


def read_raw(url: str, settings: OfficeSettings, days: int, seen: Sequence[Seen]) -> Raw:
    """Read what a play of so many days left in its database."""
    store = Store.open(url, SystemClock())
    try:
        with store.reading() as connection:
            return Raw(
                settings=settings,
                days=[FIRST_DAY + number * DAY for number in range(days)],
                seen=seen,
                holidays=_frozen(connection),
                members=list(_members(connection)),
                verdicts=_verdicts(connection),
                leaves=connection.execute(select(table_of(LeaveRow))).all(),
                off_duty=connection.execute(select(table_of(OffDutyRow))).all(),
                facts=_facts(connection),
                said=list(_said(connection)),
                calls=_calls(connection),
            )
    finally:
        store.close()


def instant(text: str) -> datetime:
    """As JSON has it."""
    return datetime.fromisoformat(text.replace("Z", "+00:00"))


def at_the_wall(raw: Raw, day: date, wall: time) -> datetime:
    """When it is so late on a day, in the office's zone."""
    return datetime.combine(day, wall, raw.settings.office.zone)


def _strength(event: object) -> str | None:
    if isinstance(event, Message) and not event.edited:
        return "strong"
    if isinstance(event, Pressed | Reacted):
        return "strong"
    return "weak" if isinstance(event, Receipt) and event.read else None


def _frozen(connection: Connection) -> frozenset[date]:
    table = table_of(HolidayRow)
    rows = connection.execute(select(table.c.day).where(table.c.declared_at.is_(None), ~table.c.open))
    return frozenset(date.fromisoformat(day) for day in rows.scalars())


def _members(connection: Connection) -> Iterator[Member]:
    identity, member = table_of(IdentityRow), table_of(MembershipRow)
    department, group = table_of(DepartmentRow), table_of(GroupRow)
    query = (
        select(member.c.person, identity.c.user, department.c.code, group.c.chat)
        .join(identity, identity.c.person == member.c.person)
        .join(department, department.c.id == member.c.department)
        .join(group, group.c.department == department.c.id)
        .where(identity.c.account == ACCOUNT, group.c.account == ACCOUNT)
    )
    for row in connection.execute(query):
        yield Member(row.person, row.user, row.code, row.chat)


def _verdicts(connection: Connection) -> dict[tuple[date, int], str]:
    table = table_of(DayVerdictRow)
    rows = connection.execute(select(table.c.day, table.c.person, table.c.verdict))
    return {(date.fromisoformat(row.day), row.person): row.verdict for row in rows}


def _facts(connection: Connection) -> Mapping[int, Sequence[Fact]]:
    found: dict[int, list[Fact]] = defaultdict(list)
    query = select(TIMELINE.c.complaint, TIMELINE.c.kind, TIMELINE.c.payload, TIMELINE.c.via).order_by(TIMELINE.c.id)
    for row in connection.execute(query):
        from_chat = json.loads(row.via)["door"] == "chat"
        found[row.complaint].append(Fact(row.kind, json.loads(row.payload), from_chat))
    return found


def _said(connection: Connection) -> Iterator[tuple[str, str, str, datetime]]:
    query = select(OUTBOX.c.template, OUTBOX.c.chat, OUTBOX.c.params, OUTBOX.c.said_at)
    for row in connection.execute(query.where(OUTBOX.c.template.like("reminder/%") | (OUTBOX.c.template == "nudge"))):
        yield row.template, row.chat, row.params, row.said_at


def _calls(connection: Connection) -> list[tuple[str, int]]:
    query = select(POSTED.c.chat, POSTED.c.about).where(POSTED.c.kind == "roll_call", POSTED.c.card)
    return [(row.chat, row.about) for row in connection.execute(query)]
