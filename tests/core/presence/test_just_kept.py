"""A mark that says nothing new is not written again, and nothing that a day shows is lost by that."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.marking import mark
from core.presence import JustKept, Mark, Marks, Strength, Windows, marks_of
from core.store.queries.marks import marks_on
from core.store.unit import UnitOfWork
from core.store.work import Work, WorkFailed
from tests.core.calendars import PRAYAGRAJ, STANDARD
from tests.core.presence.office_mornings import WEDNESDAY, at, seen
from tests.district import PEOPLE, District

WINDOW = Windows(STANDARD.presence, PRAYAGRAJ).on(WEDNESDAY)


def marks() -> st.SearchStrategy[list[Mark]]:
    """Marks of two people in a few minutes about a roll-call, in any order."""
    seconds = st.integers(0, 240).map(lambda after: at("09:38:00") + timedelta(seconds=after))
    return st.lists(st.builds(Mark, st.integers(1, 2), seconds, st.sampled_from(list(Strength))), max_size=20)


def shown(of: Marks) -> tuple[object, ...]:
    """What anybody can see of a day's marks: the bits, the first one, and the last one to the minute."""
    minute = of.last.replace(second=0, microsecond=0)
    return (of.strong, of.weak, of.strong_periods, of.weak_periods, of.first, minute)


@given(marks())
def test_what_is_kept_shows_the_same_as_all_of_them(made: list[Mark]) -> None:
    assert WINDOW is not None
    just_kept = JustKept()
    kept: dict[int, Marks] = {}
    every: dict[int, Marks] = {}
    for each in made:
        says = marks_of(each.at, each.strength, WINDOW)
        every[each.person] = every[each.person].joined(says) if each.person in every else says
        if not just_kept.holds(each):
            kept[each.person] = kept[each.person].joined(says) if each.person in kept else says
            just_kept.learn(each)
    assert {who: shown(of) for who, of in kept.items()} == {who: shown(of) for who, of in every.items()}


def test_a_mark_of_a_work_that_failed_is_written_when_it_comes_again(quick_district: District) -> None:
    ashok = PEOPLE["ashok"]

    def fails(unit: UnitOfWork) -> None:
        mark(quick_district.office, unit, Mark(ashok, at("09:05:00")))
        raise ValueError("after the mark")

    with pytest.raises(WorkFailed):
        quick_district.store.do_now(Work(fails))
    seen(quick_district, "ashok", "09:05:00")
    assert ashok in quick_district.store.read_now(lambda connection: marks_on(connection.execute, WEDNESDAY))


def test_only_a_later_mark_of_the_same_minute_says_nothing_new(quick_district: District) -> None:
    seen(quick_district, "ashok", "09:05:10")
    for wall, again in (("09:05:50", True), ("09:05:05", False), ("09:06:00", False)):
        assert quick_district.office.just_kept.holds(Mark(PEOPLE["ashok"], at(wall))) is again, wall
