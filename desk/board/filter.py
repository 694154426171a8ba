"""What the board shows, as its address says it: department, state, category, and days by the office's dates.

The address holds the office's dates as DD-MM-YYYY and nothing of the browser's zone (research pitfall K59).
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, tzinfo
from urllib.parse import quote_plus

from core.directory import Directory
from core.store.queries.board import Choice

VIEWS = ("open", "registered", "acknowledged", "overdue", "reopened", "paused", "solved", "closed")
LETTERS = ("A", "B", "C")
_DATE = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})")


@dataclass(frozen=True)
class Filter:
    """A filter as typed; what is no date is kept as text, so that it can be shown with its cure."""

    department: str = ""
    state: str = "open"
    category: str = ""
    since_text: str = ""
    until_text: str = ""
    page: int = 1

    @property
    def bad_since(self) -> bool:
        """Whether the first day was typed and is no date."""
        return bool(self.since_text) and read_day(self.since_text) is None

    @property
    def bad_until(self) -> bool:
        """Whether the last day was typed and is no date."""
        return bool(self.until_text) and read_day(self.until_text) is None

    @property
    def is_narrow(self) -> bool:
        """Whether more than a state is chosen."""
        return any((self.department, self.category, self.since_text, self.until_text))

    def query(self) -> str:
        """The filter as the query of an address, without what is as usual."""
        values = {
            "department": self.department,
            "state": "" if self.state == "open" else self.state,
            "category": self.category,
            "since": self.since_text,
            "until": self.until_text,
            "page": "" if self.page == 1 else str(self.page),
        }
        return "&".join(f"{name}={quote_plus(value)}" for name, value in values.items() if value)

    def with_state(self, state: str) -> "Filter":
        """The same for another state, from its first page."""
        return replace(self, state=state, page=1)

    def with_department(self, code: str, state: str = "") -> "Filter":
        """The same for one department, from its first page; in the state that is given, else in the same."""
        return replace(self, department=code, state=state or self.state, page=1)

    def with_page(self, page: int) -> "Filter":
        """Another page of the same."""
        return replace(self, page=page)

    def choice(self, departments: Collection[int], directory: Directory, zone: tzinfo) -> Choice:
        """What the records are asked for. `departments`: those that the reader may see."""
        wanted = directory.department(self.department) if self.department else None
        since, until = read_day(self.since_text), read_day(self.until_text)
        return Choice(
            departments=[wanted.id] if wanted and wanted.id in departments else departments,
            view=self.state,
            category=self.category,
            since=_midnight(since, zone) if since else None,
            until=_midnight(until + timedelta(days=1), zone) if until else None,
        )


def read_filter(query: Mapping[str, str]) -> Filter:
    """The filter of an address; what is unknown in it counts as not there."""
    page = query.get("page", "1")
    return Filter(
        department=query.get("department", "")[:8].upper(),
        state=query.get("state", "") if query.get("state", "") in VIEWS else "open",
        category=query.get("category", "") if query.get("category", "") in LETTERS else "",
        since_text=query.get("since", "").strip()[:20],
        until_text=query.get("until", "").strip()[:20],
        page=max(1, min(int(page), 1000)) if page.isascii() and page.isdigit() else 1,
    )


def read_day(text: str) -> date | None:
    """The date that DD-MM-YYYY (also with . or /) means; None for anything else, and for 30 February."""
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    day, month, year = map(int, found.groups())
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, datetime.min.time(), zone).astimezone(UTC)
