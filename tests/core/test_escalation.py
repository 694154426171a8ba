"""When the rungs of the ladder speak, by examples: the edges of docs/rules.md L1 to L3 by the office's calendar."""

from datetime import timedelta

import pytest

from core.escalation import in_order, is_quiet, moved_rungs, when_it_may_speak
from core.settings import OfficeSettings
from core.sla import Due, due_at_registration
from tests.core.calendars import GURU_NANAK, PRAYAGRAJ, STANDARD, ist, said, settings

QUIET = STANDARD.office.quiet


def due_on(day: str, registered: str = "2026-11-16 11:00") -> Due:
    """Due at the close of that day, since it was registered."""
    due = due_at_registration(ist(registered), STANDARD.categories.rule("A"), PRAYAGRAJ, STANDARD)
    return Due(ist(f"{day} 18:00"), ist(day).date(), due.counting)


def rungs(due: Due, *whens: str) -> list[str]:
    config: OfficeSettings = settings(escalation=[{"when": when, "to": "senior"} for when in whens])
    moved = moved_rungs(due.at, config.escalation, PRAYAGRAJ, QUIET)
    return [f"{each.rung.when} {said(each.at)}" for each in in_order(moved, due)]


@pytest.mark.parametrize(
    ("at", "quiet"),
    [
        ("2026-11-25 07:59:59", True),
        ("2026-11-25 08:00:00", False),
        ("2026-11-25 19:59:59", False),
        ("2026-11-25 20:00:00", True),
        ("2026-11-22 12:00:00", True),  # a Sunday
        ("2026-11-24 12:00:00", True),  # a holiday
        ("2026-11-14 12:00:00", True),  # a second Saturday
    ],
)
def test_quiet_are_the_night_from_its_beginning_and_closed_days_all_day(at: str, quiet: bool) -> None:
    assert is_quiet(ist(at), PRAYAGRAJ, QUIET) is quiet


def test_office_hours_are_never_quiet_whatever_the_settings_say() -> None:
    night = settings(office={"quiet": {"from": "18:00", "to": "12:00"}}).office.quiet
    for at in ("2026-11-25 10:00", "2026-11-25 18:00"):
        assert not is_quiet(ist(at), PRAYAGRAJ, night)
    assert is_quiet(ist("2026-11-25 09:59:59"), PRAYAGRAJ, night)
    assert is_quiet(ist("2026-11-25 18:00:01"), PRAYAGRAJ, night)
    assert said(when_it_may_speak(ist("2026-11-25 18:00:01"), PRAYAGRAJ, night)) == "Thu 26 Nov 10:00"


def test_the_standard_ladder_on_a_day_like_any_other() -> None:
    assert rungs(due_on("2026-11-25"), "due-4h", "due", "due+4h", "due+1d") == [
        "due-4h Wed 25 Nov 14:00",
        "due Wed 25 Nov 18:00",
        "due+4h Thu 26 Nov 10:00",  # 22:00 is quiet
        "due+1d Thu 26 Nov 18:00",
    ]


def test_before_the_due_time_back_to_a_close_and_after_it_on_to_an_opening() -> None:
    assert GURU_NANAK.day == ist("2026-11-24").date()
    assert rungs(due_on("2026-11-25"), "due-1d", "due-12h", "due-30m") == [
        "due-1d Mon 23 Nov 18:00",  # Tuesday is a holiday: a close counts
        "due-12h Mon 23 Nov 18:00",  # 06:00 is quiet, and the day before is that holiday
        "due-30m Wed 25 Nov 17:30",
    ]
    # Due on Saturday: Sunday is closed, so both wait for Monday.
    assert rungs(due_on("2026-11-28"), "due", "due+4h", "due+1d", "due+3d") == [
        "due Sat 28 Nov 18:00",
        "due+4h Mon 30 Nov 10:00",
        "due+1d Mon 30 Nov 10:00",
        "due+3d Tue 01 Dec 18:00",
    ]


def test_none_speaks_before_a_lower_one() -> None:
    # 06:00 waits for the opening, and 09:00, when the quiet is over, waits for it too.
    assert rungs(due_on("2026-11-25"), "due+12h", "due+15h") == [
        "due+12h Thu 26 Nov 10:00",
        "due+15h Thu 26 Nov 10:00",
    ]


def test_what_was_over_when_this_due_time_began_is_left_out() -> None:
    late = due_on("2026-11-25", registered="2026-11-25 14:00")
    assert rungs(late, "due-1d", "due-4h", "due-3h", "due") == ["due-3h Wed 25 Nov 15:00", "due Wed 25 Nov 18:00"]
    a_second = due_on("2026-11-25", registered="2026-11-25 13:59:59")
    assert rungs(a_second, "due-4h") == ["due-4h Wed 25 Nov 14:00"]
    assert a_second.at - late.at == timedelta(0)
