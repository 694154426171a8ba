"""Months as an address names them: YYYY-MM."""

import re
from datetime import date, timedelta

_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})")
_EARLIEST_YEAR, _LATEST_YEAR = 2000, 2200


def month_named(typed: str) -> date | None:
    """The first day of the month that YYYY-MM names; None for anything else."""
    found = _MONTH.fullmatch(typed)
    year, month = (int(found[1]), int(found[2])) if found else (0, 0)
    return date(year, month, 1) if _EARLIEST_YEAR <= year <= _LATEST_YEAR and 1 <= month <= 12 else None


def month_or_this(typed: str, today: date) -> date:
    """The same; the present month for anything else."""
    return month_named(typed) or today.replace(day=1)


def months_around(month: date, today: date) -> dict[str, str]:
    """The months before and after, as addresses name them: `earlier`, `later`; "" for what has not begun."""
    before = month - timedelta(days=1)
    after = (month + timedelta(days=31)).replace(day=1)
    return {"earlier": f"{before:%Y-%m}", "later": f"{after:%Y-%m}" if after <= today else ""}
