"""Instants as whole microseconds since 1970 UTC: how the database and the timeline's hashes hold them."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def microseconds(at: datetime) -> int:
    """Microseconds since 1970. Raises ValueError for a datetime without a zone."""
    if at.tzinfo is None:
        raise ValueError(f"{at!r} has no time zone; take the time from a Clock")
    return (at - EPOCH) // MICROSECOND


def from_microseconds(count: int) -> datetime:
    """The instant, aware, in UTC."""
    return EPOCH + count * MICROSECOND
