"""How somebody's morning looks on a page: one word for whatever is known, live or reported."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from core.presence import DayWindow, Verdict
from core.standing import Standing, Stands

AWAITED = "awaited"
LATE = Verdict.LATE.value
CAME = frozenset({Stands.HERE.value, Verdict.PRESENT.value, Verdict.LATE.value, Verdict.PARTIAL.value})
NOT_SEEN = frozenset({Stands.MISSING.value, Verdict.ABSENT.value, Verdict.SEEN_ONLY.value})
AWAY = frozenset({Verdict.ON_LEAVE.value, Verdict.OFF_DUTY.value})

#: What a page can be narrowed to, and the looks in it.
GROUPS: Mapping[str, frozenset[str]] = {
    "missing": NOT_SEEN,
    "here": CAME,
    "away": AWAY,
    "unknown": frozenset({Verdict.NOT_KNOWN.value}),
    "all": frozenset(),
}

#: In which order tiles and lines stand.
ORDER = (
    Stands.MISSING.value,
    Verdict.ABSENT.value,
    Verdict.SEEN_ONLY.value,
    AWAITED,
    Verdict.PARTIAL.value,
    Verdict.LATE.value,
    Stands.HERE.value,
    Verdict.PRESENT.value,
    Verdict.ON_LEAVE.value,
    Verdict.OFF_DUTY.value,
    Verdict.NOT_KNOWN.value,
    Verdict.CLOSED_DAY.value,
)


def look_now(standing: Standing, window: DayWindow, now: datetime) -> str:
    """How it looks while the day is not reported; before the window nobody is missing yet."""
    if standing.stands is Stands.MISSING and now < window.begin:
        return AWAITED
    if standing.stands is Stands.HERE and standing.since is not None and standing.since > window.grace_ends:
        return LATE
    return standing.stands.value


def came(looks: Iterable[str]) -> int:
    """How many of them were there, if only for a part."""
    return sum(each in CAME for each in looks)


def expected(looks: Iterable[str]) -> int:
    """How many of them should be there, as far as anybody knows."""
    return sum(each in CAME or each in NOT_SEEN or each == AWAITED for each in looks)


def band(came: int, expected: int) -> str:
    """In which of four bands a share lies, by the percentage as printed; as on the chart in the chat."""
    if not expected:
        return "none"
    percent = round(100 * came / expected)
    return "good" if percent >= 90 else "fair" if percent >= 75 else "poor" if percent >= 50 else "bad"
