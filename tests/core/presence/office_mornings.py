"""The small district with its groups bound, and what happens in it in a morning, by the office's own doors."""

from datetime import date, datetime

from core.commands import BindGroup
from core.day_reports import report, reports_due
from core.groups import Purpose
from core.marking import mark
from core.presence import Mark, Strength
from core.presence.happened import PresenceHappened
from core.receiving import amend_for_outages, note_receiving
from core.store.queries.day_reports import Amendment, DayVerdict, amendments_of_day, verdicts_on
from core.store.unit import UnitOfWork
from core.store.work import Work
from tests.core.calendars import ist
from tests.district import DEPARTMENT_IDS, PEOPLE, District

WEDNESDAY = date(2026, 11, 25)
STAFF = ("ashok", "sunita", "ramesh", "vimla")
"""Who belongs to a department, and so has a verdict."""


def at(text: str) -> datetime:
    """An instant by the office's clock: "09:15:00" on Wednesday, or "26 09:15:00" on another day of November."""
    day, _, wall = text.rpartition(" ")
    return ist(f"2026-11-{day or '25'} {wall}")


def bind(district: District) -> None:
    """Every department has a group."""
    for code in DEPARTMENT_IDS:
        district.do(BindGroup("bot", f"group of {code}", Purpose.DEPARTMENT, code), "nodal")


def seen(district: District, name: str, *walls: str, weak: bool = False) -> Amendment | None:
    """Somebody makes marks; they are delivered now. Returns the amendment that the last of them made."""
    strength = Strength.WEAK if weak else Strength.STRONG

    def keep(unit: UnitOfWork) -> list[Amendment | None]:
        return [mark(district.office, unit, Mark(PEOPLE[name], at(wall), strength)) for wall in walls]

    return (district.store.do_now(Work(keep)).value or [None])[-1]


def close_windows(district: District) -> int:
    """Report whatever is over; returns how many verdicts were written."""
    due = district.store.read_now(lambda connection: reports_due(district.office.watch(connection)))
    told = 0
    for day, departments in due:
        work = Work(lambda unit, day=day, departments=departments: report(district.office, unit, day, departments))  # type: ignore[misc]
        told += len(district.store.do_now(work).value or ())
    return told


def at_eleven(district: District) -> None:
    """The window ends, and the day is reported."""
    district.clock.set(at("11:00:00"))
    assert close_windows(district) == len(STAFF)


def verdicts(district: District, day: date = WEDNESDAY) -> dict[str, DayVerdict]:
    """The verdicts of a day by people's names."""
    names = {id: name for name, id in PEOPLE.items()}
    found = district.store.read_now(lambda connection: verdicts_on(connection.execute, day))
    return {names[each.person]: each for each in found}


def words(district: District, day: date = WEDNESDAY) -> dict[str, str]:
    """The same, by the name of the verdict alone."""
    return {name: each.verdict.value for name, each in verdicts(district, day).items()}


def amendments(district: District, day: date = WEDNESDAY) -> list[tuple[str, str | None, str, str]]:
    """What changed a day after its report: who, from, to, why."""
    names = {id: name for name, id in PEOPLE.items()}
    found = district.store.read_now(lambda connection: amendments_of_day(connection.execute, day))
    return [(names[each.person], each.was.value if each.was else None, each.becomes.value, each.why) for each in found]


def receiving(district: District, since: str, *accounts: str) -> None:
    """These accounts are receiving now, and have been since then."""
    told = {account: at(since) for account in accounts or ("web",)}

    def note(unit: UnitOfWork) -> None:
        amend_for_outages(district.office, unit, note_receiving(unit, told))

    district.store.do_now(Work(note))


class Listener:
    """A teller that keeps what it is told of people and days."""

    def __init__(self) -> None:
        self.told: list[PresenceHappened] = []

    def tell(self, unit: UnitOfWork, entries: object) -> None:
        """Complaints are not its matter."""

    def tell_presence(self, unit: UnitOfWork, happened: object) -> None:
        """Keep them."""
        assert isinstance(happened, (list, tuple))
        self.told.extend(happened)
