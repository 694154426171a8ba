"""People from a list: officers, staff, heads and who has a role in the whole district. Nobody is ever removed.

Two rows are the same person if they bear the same name and the same phone, or the same name, designation and
department. Each is known on the built-in web chat as `person:<id>`.
"""

from dataclasses import dataclass, field, replace
from pathlib import Path

from core.directory import Directory
from core.imports import cells
from core.imports.report import BadRow, Imported, Progress, RowRefused
from core.imports.sheet import Line, Sheet, read_sheet
from core.people import DISTRICT_ROLES, Identity, Membership, Person, Role
from core.store.queries import roster
from core.store.store import Store
from core.store.unit import UnitOfWork
from core.store.work import Work
from core.text import fold

REQUIRED = ("department_code", "role", "name_hi")
OPTIONAL = ("name_en", "designation_hi", "designation_en", "staff", "phone", "language")

_ROLES = tuple(role.value for role in Role)
_LANGUAGES = ("", "hi", "en")


def import_people(
    store: Store, sheet: Sheet, skip_bad: bool = False, progress: Progress | None = None, account: str = "web"
) -> Imported:
    """Bring in people, their departments and their roles; `account` is the web chat's name in config.yaml.

    Known people are changed where the list says otherwise; a department's new head takes the place of the old one, who
    stays a member. The same list again changes nothing. Nothing is written if a row is bad, unless `skip_bad`.
    Raises StoreUnavailable, WorkFailed.
    """

    def run(unit: UnitOfWork) -> Imported:
        coming = _People(unit.directory)
        done = coming.done
        done.bad.extend(sheet.bad)
        for number, line in enumerate(sheet.lines, start=1):
            try:
                coming.take(line)
            except RowRefused as refused:
                done.bad.append(BadRow(line.number, str(refused)))
            if progress:
                progress(number, len(sheet.lines))
        done.bad.sort()
        done.written = not done.bad or skip_bad
        if done.written:
            coming.write(unit, account)
        return done

    result = store.do_now(Work(run)).value
    assert result is not None
    return result


def people_sheet(path: Path) -> Sheet:
    """Read a file of people. Raises BadFile."""
    return read_sheet(path, REQUIRED, OPTIONAL)


@dataclass
class _Known:
    """Somebody as they were (None: new) and as they will be; departments with whether they head it."""

    before: Person | None
    after: Person
    departments: dict[int, bool] = field(default_factory=dict)
    memberships_before: dict[int, bool] = field(default_factory=dict)

    @property
    def changed(self) -> bool:
        return self.before != self.after or self.departments != self.memberships_before


class _People:
    """Everybody as they will be after the import."""

    def __init__(self, directory: Directory) -> None:
        self.done = Imported()
        self._directory = directory
        self._heads: dict[int, int] = {}
        self._everybody: list[_Known] = []
        self._by_key: dict[tuple[str, ...], _Known] = {}
        for person in directory.people.values():
            belongs = {each.department: each.head for each in directory.memberships_of(person.id)}
            known = _Known(person, person, dict(belongs), belongs)
            self._everybody.append(known)
            self._enter(known)

    def take(self, line: Line) -> None:
        """A row. Raises RowRefused."""
        role = Role(cells.one_of(line, "role", _ROLES, ""))
        department = self._department(line, role)
        read = _read(line)
        known = self._find(read, department)
        if department is not None and role is Role.HEAD:
            first = self._heads.setdefault(department, line.number)
            if first != line.number:
                raise RowRefused(f"{line['department_code']} has its head in line {first} already")
        if known is None:
            known = _Known(None, read)
            self._everybody.append(known)
            self.done.added += 1
            self._merge(known, read, role, department)
        else:
            was = (known.after, dict(known.departments))
            self._merge(known, read, role, department)
            if was == (known.after, known.departments):
                self.done.unchanged += 1
            else:
                self.done.changed += 1
        self._enter(known)

    def write(self, unit: UnitOfWork, account: str) -> None:
        """Stage what differs."""
        changed = [each for each in self._everybody if each.changed]
        for known in changed:
            person = known.after
            if known.before is None:
                person = replace(person, id=unit.new_id("person"))
                roster.add_person(unit, person, Identity(account, f"person:{person.id}", person.id))
            elif replace(known.before, roles=person.roles) != person:
                roster.change_person(unit, person)
            for role in sorted(person.roles - (known.before.roles if known.before else frozenset())):
                roster.add_role(unit, person.id, role)
            for department, head in known.departments.items():
                if known.memberships_before.get(department) != head:
                    roster.set_membership(unit, Membership(person.id, department, head))
        if changed:
            unit.changed_directory()

    def _department(self, line: Line, role: Role) -> int | None:
        code = line["department_code"].upper()
        if not code:
            if role not in DISTRICT_ROLES:
                raise RowRefused(f"department_code is empty; a {role} belongs to a department")
            return None
        department = self._directory.department(code)
        if department is None:
            raise RowRefused(f"there is no department {line['department_code']!r}; import the departments first")
        return department.id

    def _find(self, read: Person, department: int | None) -> _Known | None:
        for key in _keys(read, department):
            if key in self._by_key:
                return self._by_key[key]
        return None

    def _merge(self, known: _Known, read: Person, role: Role, department: int | None) -> None:
        old = known.after
        roles = old.roles | {role} if role in DISTRICT_ROLES else old.roles
        # What the list leaves empty stays as it was known.
        known.after = replace(
            read, id=old.id, roles=roles, phone=read.phone or old.phone, language=read.language or old.language
        )
        if department is not None:
            known.departments[department] = role is Role.HEAD or (
                role in DISTRICT_ROLES and known.departments.get(department, False)
            )

    def _enter(self, known: _Known) -> None:
        for department in (*known.departments, *(() if known.departments else (None,))):
            for key in _keys(known.after, department):
                self._by_key.setdefault(key, known)


def _keys(person: Person, department: int | None) -> list[tuple[str, ...]]:
    """By what a person is known again, the surest first."""
    name = fold(person.name_hi).strip()
    by_place = ("place", name, fold(person.designation_hi or person.designation_en).strip(), str(department))
    return [("phone", name, person.phone), by_place] if person.phone else [by_place]


def _read(line: Line) -> Person:
    return Person(
        id=0,
        name_hi=cells.needed(line, "name_hi"),
        name_en=cells.short(line, "name_en"),
        designation_hi=cells.short(line, "designation_hi"),
        designation_en=cells.short(line, "designation_en"),
        staff=cells.yes_or_no(line, "staff"),
        phone=cells.phone(line),
        language=cells.one_of(line, "language", _LANGUAGES, "") or None,
    )
