"""When the office itself was not receiving: nobody is blamed for what it may have missed. Pure.

Source: docs/rules.md P3, P4. A span is [begin, end), aware UTC.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

Span = tuple[datetime, datetime]


def out_for(accounts: Collection[str], outages: Mapping[str, Sequence[Span]]) -> tuple[Span, ...]:
    """When none of the accounts was receiving; none of whoever is on no account that is known.

    outages: when each account was not receiving. An account that is not in it has never been on, and is left out.
    """
    known = [merged(outages[each]) for each in sorted(accounts) if each in outages]
    if not known:
        return ()
    common = known[0]
    for spans in known[1:]:
        common = _both(common, spans)
    return common


def merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    """The same time in spans that are in order and apart."""
    whole: list[Span] = []
    for begin, end in sorted(spans):
        if whole and begin <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(whole[-1][1], end))
        elif begin < end:
            whole.append((begin, end))
    return tuple(whole)


def length_within(spans: Sequence[Span], begin: datetime, end: datetime) -> timedelta:
    """How long spans that are apart last between two instants, added up (P4)."""
    nothing = timedelta(0)
    return sum((max(nothing, min(end, last) - max(begin, first)) for first, last in spans), nothing)


def _both(some: Sequence[Span], others: Sequence[Span]) -> tuple[Span, ...]:
    met = ((max(a[0], b[0]), min(a[1], b[1])) for a in some for b in others)
    return tuple(sorted((begin, end) for begin, end in met if begin < end))
