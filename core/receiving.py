"""Writes down that an account is receiving, and afterwards when it was not.

A running office says so every minute; where it was silent for longer, nobody was there to receive anything, and what
lies between is an outage. Source: docs/rules.md P3, P4.
"""

from collections.abc import Mapping
from datetime import datetime

from core.judging import LONGEST_SILENCE
from core.presence import Span
from core.store.queries.receiving import keep_outage, keep_receiving, receiving
from core.store.unit import UnitOfWork


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
