"""The demo district: its past is played through the office's doors, once, also when it is stopped in the middle."""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.attachments import Attachments
from core.clock import SetClock
from core.complaints import Complaint
from core.demo import is_played, play
from core.office import Office
from core.presence.happened import PresenceHappened
from core.settings import OfficeSettings
from core.store.migrate import upgrade
from core.store.queries.board import Choice, Line, complaints_by_time_left
from core.store.store import Store
from core.store.unit import UnitOfWork
from core.timeline import Entry

WEDNESDAY = datetime(2026, 11, 25, 7, tzinfo=UTC)


class Listener:
    """A teller that counts what it is told."""

    def __init__(self) -> None:
        self.told: Counter[str] = Counter()

    def tell(self, unit: UnitOfWork, entries: Sequence[Entry]) -> None:
        self.told.update(type(entry.happened).__name__ for entry in entries)

    def tell_presence(self, unit: UnitOfWork, happened: Sequence[PresenceHappened]) -> None:
        self.told.update(type(each).__name__ for each in happened)


class Place:
    """Where a demo district lives; it can be opened again."""

    def __init__(self, url: str, files: Path) -> None:
        self.url, self.files, self.listener = url, files, Listener()

    @contextmanager
    def office(self, now: datetime = WEDNESDAY) -> Iterator[tuple[Office, SetClock, Attachments]]:
        upgrade(self.url)
        clock = SetClock(now)
        store = Store.open(self.url, clock)
        try:
            office = Office(store, OfficeSettings(), clock, self.listener)
            yield office, clock, Attachments(self.files, store, 10 * 1024**2)
        finally:
            store.close()


def complaints(store: Store) -> list[Complaint]:
    with store.reading() as connection:
        departments = list(store.directory(connection).departments)
        lines: list[Line] = []
        for view in ("open", "solved", "closed"):
            lines += complaints_by_time_left(connection, Choice(departments, view), WEDNESDAY, most=500)
        return sorted((line.complaint for line in lines), key=lambda complaint: complaint.code)


def told_of(found: list[Complaint]) -> list[tuple[object, ...]]:
    return [(each.code, each.state, each.registered_at, each.due.at, each.version) for each in found]


def test_the_district_has_complaints_in_every_state(database_url: str, tmp_path: Path) -> None:
    place = Place(database_url, tmp_path)
    with place.office() as (office, clock, files):
        play(office, clock, files)
        assert is_played(office.store)
        assert clock.now() == WEDNESDAY
        directory = office.store.read_now(office.store.directory)
        assert (len(directory.departments), len(directory.people), len(directory.groups)) == (74, 330, 75)
        assert all(directory.groups_of(each) for each in directory.departments)
        found = complaints(office.store)
        states = Counter(each.state.value for each in found)
        assert set(states) == {"registered", "acknowledged", "solved", "closed", "reopened", "transferred"}
        assert min(states.values()) >= 5
        assert 5 <= sum(each.is_overdue(WEDNESDAY) for each in found) <= 15, "a district that works well"
        assert sum(not each.is_overdue(WEDNESDAY) and each.is_open for each in found) >= 10
        assert sum(each.confidential for each in found) == 1
        assert sum(each.about is not None for each in found) == 1
        petitions = Counter(each.petition for each in found)
        assert len(petitions) == 100
        assert sorted(set(petitions.values())) == [1, 2]
        assert max(each.registered_at for each in found) < WEDNESDAY
        for photo in {sha for each in found if each.solution for sha in each.solution.evidence}:
            assert files.open(photo) is not None
        assert place.listener.told["Registered"] == len(found)
        assert place.listener.told["Reopened"] == 10

        before = told_of(found)
        play(office, clock, files)
        assert told_of(complaints(office.store)) == before


def test_a_demo_that_was_stopped_goes_on_and_ends_the_same(tmp_path: Path) -> None:
    whole = Place(f"sqlite:///{tmp_path / 'whole.db'}", tmp_path / "whole")
    with whole.office() as (office, clock, files):
        play(office, clock, files)
        expected = told_of(complaints(office.store))
    for stopped_after in (1, 250):
        half = Place(f"sqlite:///{tmp_path / f'{stopped_after}.db'}", tmp_path / f"{stopped_after}")
        stop_and_go_on(half, stopped_after, expected)
        assert half.listener.told == whole.listener.told, "nobody is told twice"


def stop_and_go_on(half: Place, stopped_after: int, expected: list[tuple[object, ...]]) -> None:
    class Stopped(Exception):
        pass

    def stop(done: int, _of: int) -> None:
        if done == stopped_after:
            raise Stopped

    with half.office() as (office, clock, files):
        with pytest.raises(Stopped):
            play(office, clock, files, stop)
        assert not is_played(office.store)
    later = datetime(2026, 11, 27, 4, tzinfo=UTC)
    with half.office(later) as (office, clock, files):
        play(office, clock, files)
        assert clock.now() == later
        assert told_of(complaints(office.store)) == expected


@pytest.mark.parametrize(
    "now",
    [
        datetime(2026, 11, 29, 20, tzinfo=UTC),  # a Sunday
        datetime(2027, 1, 1, 3, tzinfo=UTC),  # before the year's first hearing
        datetime(2026, 11, 25, 4, 15, tzinfo=UTC),  # in the middle of a hearing
    ],
)
def test_it_can_be_started_at_any_time(tmp_path: Path, now: datetime) -> None:
    place = Place(f"sqlite:///{tmp_path / 'demo.db'}", tmp_path)
    with place.office(now) as (office, clock, files):
        play(office, clock, files)
        states = Counter(each.state.value for each in complaints(office.store))
        assert len(states) == 6
