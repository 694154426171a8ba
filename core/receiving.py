"""Writes down that an account is receiving, and afterwards when it was not.

A running office says so every minute; where it was silent for longer, nobody was there to receive anything, and what
lies between is an outage. It may be known only after its day was reported, which it amends then. Source: docs/rules.md
P3, P4.
"""

from collections.abc import Mapping
from datetime import datetime

from core.day_reports import Why, amend_day
from core.judging import LONGEST_SILENCE
from core.office_days import ONE_DAY
from core.people import Door, Via
from core.presence import Span
from core.store.queries.receiving import keep_outage, keep_receiving, receiving
from core.store.unit import UnitOfWork
from core.watching import Watcher


def note_receiving(unit: UnitOfWork, accounts: Mapping[str, datetime]) -> dict[str, Span]:
    """These accounts are receiving now; returns the outages that have just ended, by account.

    accounts: each with since when this process knows that it was, without a break.
    """
    known, ended = receiving(unit.fresh), {}
    for account in sorted(accounts):
        begun = min(accounts[account], unit.now)
        until = known[account][1] if account in known else begun
        if begun - until > LONGEST_SILENCE:
            keep_outage(unit, account, until, begun)
            ended[account] = (until, begun)
        if unit.now >= until:  # a clock that was turned back takes nothing back
            keep_receiving(unit, account, begun, unit.now)
    return ended


def amend_for_outages(office: Watcher, unit: UnitOfWork, ended: Mapping[str, Span]) -> None:
    """Days that were reported before these outages were known are looked at again (docs/rules.md P3, P4)."""
    windows = office.windows_in(unit)
    days = set()
    for since, until in ended.values():
        day = windows.calendar.day_of(since)
        while day <= windows.calendar.day_of(until):
            of_day = [windows.on(day, each) for each in ("", *windows.settings.departments)]
            if any(each is not None and since < each.end and until > each.begin for each in of_day):
                days.add(day)
            day += ONE_DAY
    for day in sorted(days):
        amended = amend_day(office, unit, day, Why.OUTAGE)
        office.tell_presence(unit, [each.happened(Via(Door.CLOCK)) for each in amended])
