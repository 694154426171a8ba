"""Departments from a list: new ones are added, known ones get the names of the list. None is ever removed."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from core.departments import Department
from core.directory import Directory
from core.imports.cells import category, needed, short
from core.imports.report import BadRow, Imported, Progress, RowRefused
from core.imports.sheet import Line, Sheet, read_sheet
from core.store.queries import roster
from core.store.store import Store
from core.store.unit import UnitOfWork
from core.store.work import Work
from core.text import fold

REQUIRED = ("code", "name_en", "name_hi")
OPTIONAL = ("category", "aliases")
ALIAS_COLUMNS = ("code", "alias")

_CODE = re.compile(r"[A-Z]{2,5}")


def import_departments(
    store: Store, sheet: Sheet, aliases: Sheet | None = None, skip_bad: bool = False, progress: Progress | None = None
) -> Imported:
    """Bring in departments, and what else people call them (column `aliases`, with | between; or a second file).

    Known departments (by code) are changed where the list says otherwise; the same list again changes nothing.
    Nothing is written if a row is bad, unless `skip_bad`. Raises StoreUnavailable, WorkFailed.
    """

    def run(unit: UnitOfWork) -> Imported:
        coming = _Departments(unit.directory, progress)
        coming.take(sheet)
        coming.take_aliases(aliases)
        done = coming.done
        done.bad.sort()
        done.written = not done.bad or skip_bad
        if done.written:
            coming.write(unit)
        return done

    result = store.do_now(Work(run)).value
    assert result is not None
    return result


def department_sheet(path: Path) -> Sheet:
    """Read a file of departments. Raises BadFile."""
    return read_sheet(path, REQUIRED, OPTIONAL)


def alias_sheet(path: Path) -> Sheet:
    """Read a file of aliases. Raises BadFile."""
    return read_sheet(path, ALIAS_COLUMNS)


class _Departments:
    """The departments as they will be after the import."""

    def __init__(self, directory: Directory, progress: Progress | None) -> None:
        self.done = Imported()
        self._progress = progress
        self._before = {each.code: each for each in directory.departments.values()}
        self._after = dict(self._before)
        self._lines: dict[str, int] = {}
        self._new_aliases: dict[str, list[str]] = {}
        self._owners = {fold(alias): each.code for each in self._before.values() for alias in each.aliases}

    def take(self, sheet: Sheet) -> None:
        """Each row of the departments' file."""
        self.done.bad.extend(sheet.bad)
        for number, line in enumerate(sheet.lines, start=1):
            try:
                self._take(line)
            except RowRefused as refused:
                self.done.bad.append(BadRow(line.number, str(refused)))
            if self._progress:
                self._progress(number, len(sheet.lines))

    def take_aliases(self, sheet: Sheet | None) -> None:
        """Each row of the aliases' file."""
        if sheet is None:
            return
        self.done.bad.extend(BadRow(each.line, f"aliases: {each.reason}") for each in sheet.bad)
        for line in sheet.lines:
            try:
                code = needed(line, "code").upper()
                if code not in self._after:
                    raise RowRefused(f"there is no department {code!r}")
                if self._take_aliases(code, [needed(line, "alias", 100)]):
                    self.done.added += 1
                else:
                    self.done.unchanged += 1
            except RowRefused as refused:
                self.done.bad.append(BadRow(line.number, f"aliases: {refused}"))

    def write(self, unit: UnitOfWork) -> None:
        """Stage what differs."""
        for code, department in self._after.items():
            aliases = tuple(self._new_aliases.get(code, ()))
            if code not in self._before:
                roster.add_department(unit, replace(department, id=unit.new_id("department"), aliases=aliases))
                continue
            if department != self._before[code]:
                roster.change_department(unit, department)
            roster.add_aliases(unit, department, aliases)
        if self.done.added or self.done.changed:
            unit.changed_directory()

    def _take(self, line: Line) -> None:
        code = needed(line, "code").upper()
        if not _CODE.fullmatch(code):
            raise RowRefused(
                f"code is {line['code']!r}; a department's code has two to five letters A to Z, such as DPRO"
            )
        if code in self._lines:
            raise RowRefused(f"{code} stands in line {self._lines[code]} already")
        name_hi, name_en, usual = needed(line, "name_hi"), needed(line, "name_en"), category(line)
        fresh = self._take_aliases(code, [each.strip() for each in short(line, "aliases", 2000).split("|")])
        known = self._before.get(code)
        self._lines[code] = line.number
        if known is None:
            self._after[code] = Department(0, code, name_hi, name_en, category=usual)
            self.done.added += 1
            return
        self._after[code] = replace(known, name_hi=name_hi, name_en=name_en, category=usual or known.category)
        if fresh or self._after[code] != known:
            self.done.changed += 1
        else:
            self.done.unchanged += 1

    def _take_aliases(self, code: str, aliases: Sequence[str]) -> bool:
        """Note the aliases that the department does not have yet; whether there is one."""
        fresh = {fold(alias): alias for alias in aliases if alias and self._owners.get(fold(alias)) != code}
        for folded, alias in fresh.items():
            if folded in self._owners:
                owner = self._owners[folded]
                raise RowRefused(f"{alias!r} is what {owner} is called already; an alias belongs to one department")
        self._owners.update(dict.fromkeys(fresh, code))
        self._new_aliases.setdefault(code, []).extend(fresh.values())
        return bool(fresh)
