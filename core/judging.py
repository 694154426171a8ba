"""Says the verdict of each person on one day; what it needs beside the marks is read once.

Source: docs/design.md §4, Presence; docs/rules.md P3 to P6.
"""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta

from core.presence import Attending, DayWindow, Leave, Marks, OffDuty, Span, Verdict, out_for, verdict
from core.store.queries.absences import leaves_between, off_duty_at
from core.store.queries.receiving import outages_between, receiving
from core.watching import Watch

LONGEST_SILENCE = timedelta(minutes=3)
"""A running office writes down every minute that it is receiving; so much later it was not."""

_EVER = datetime(1970, 1, 1, tzinfo=UTC)


class Judge:
    """Knows one day."""

    def __init__(self, watch: Watch, day: date) -> None:
        self._watch = watch
        self._day = day
        self._leaves: Mapping[int, list[Leave]] | None = None
        self._off_duty: dict[datetime, Mapping[int, OffDuty]] = {}
        self._outages: dict[tuple[datetime, datetime], Mapping[str, list[Span]]] = {}
        self._out_for: dict[tuple[DayWindow, frozenset[str]], tuple[Span, ...]] = {}

    def verdict(self, who: Attending, marks: Marks | None) -> Verdict:
        """The verdict of a person on this day, by the window of their department."""
        window = self._watch.window(self._day, who.department)
        if window is None:
            return verdict(None, marks)
        away = self.away(who, window)
        outages = () if away is not None else self._out(who.accounts, window)
        return verdict(window, marks, away is Verdict.ON_LEAVE, away is Verdict.OFF_DUTY, outages)

    def away(self, who: Attending, window: DayWindow) -> Verdict | None:
        """ON_LEAVE or OFF_DUTY, or None for whoever should be there."""
        if self.is_on_leave(who.person, window):
            return Verdict.ON_LEAVE
        return Verdict.OFF_DUTY if who.person in self._off_duty_on(window) else None

    def is_on_leave(self, person: int, window: DayWindow | None) -> bool:
        """Whether leave of a person counts in a window of this day; on a closed day, whether it is not cancelled."""
        if window is None:
            return any(leave.cancelled_at is None for leave in self._leaves_of(person))
        return any(leave.counts(window) for leave in self._leaves_of(person))

    def _leaves_of(self, person: int) -> Iterable[Leave]:
        if self._leaves is None:
            found: dict[int, list[Leave]] = {}
            for leave in leaves_between(self._watch.run, self._day, self._day):
                found.setdefault(leave.person, []).append(leave)
            self._leaves = found
        return self._leaves.get(person, ())

    def _off_duty_on(self, window: DayWindow) -> Mapping[int, OffDuty]:
        if window.begin not in self._off_duty:
            entries = off_duty_at(self._watch.run, window.begin)
            self._off_duty[window.begin] = {each.person: each for each in entries if each.counts(window)}
        return self._off_duty[window.begin]

    def _out(self, accounts: frozenset[str], window: DayWindow) -> tuple[Span, ...]:
        key = (window, accounts)
        if key not in self._out_for:
            self._out_for[key] = out_for(accounts, self._outages_in(window))
        return self._out_for[key]

    def _outages_in(self, window: DayWindow) -> Mapping[str, list[Span]]:
        key = (window.begin, window.end)
        if key not in self._outages:
            self._outages[key] = not_receiving(self._watch, *key)
        return self._outages[key]


def not_receiving(watch: Watch, begin: datetime, end: datetime) -> Mapping[str, list[Span]]:
    """When each account that was ever on was not receiving, between two instants: before its first time, what was
    written down as an outage, and since we last heard of it."""
    known = outages_between(watch.run, begin, end)
    spans = {}
    for account, (since, until) in receiving(watch.run).items():
        spans[account] = [(_EVER, since), *known.get(account, ())]
        if watch.now - until > LONGEST_SILENCE:
            spans[account].append((until, watch.now))
    return spans
