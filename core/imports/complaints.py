"""Complaints from a list, such as those of an earlier register: each row is registered by the office's own rule."""

import hashlib
import json
import re
from collections import Counter
from pathlib import Path

from core.commands import Part, RegisterPetition
from core.directory import Directory
from core.imports import cells
from core.imports.report import BadRow, Imported, Progress, RowRefused, TakenBack
from core.imports.sheet import Line, Sheet, read_sheet
from core.office import Office
from core.people import Actor
from core.petitions import Direction, Kind
from core.refusals import Invalid
from core.store.queries import roster
from core.store.unit import UnitOfWork
from core.store.work import Work

REQUIRED = ("department_code", "category")
OPTIONAL = (
    "text_hi",
    "text_en",
    "village",
    "name",
    "phone",
    "kind",
    "confidential",
    "about",
    "direction",
    "language",
)
TEXTS = ("text_hi", "text_en")

_SEPARATED = re.compile(r"[^A-Za-z]+")


def import_complaints(
    office: Office, sheet: Sheet, by: Actor, skip_bad: bool = False, progress: Progress | None = None
) -> Imported:
    """Register a petition for each row, now, by `by`; several codes in department_code make several complaints.

    A row that was imported before is not registered again, also from another file. Nothing is written if a row is bad,
    unless `skip_bad`. The office's groups are told of each as of any other. Raises StoreUnavailable, WorkFailed.
    """

    def run(unit: UnitOfWork) -> Imported:
        done = Imported(bad=list(sheet.bad))
        try:
            with unit.overlay():
                _register_all(office, unit, sheet, by, done, progress)
                if done.bad and not skip_bad:
                    raise TakenBack
        except TakenBack:
            done.written = False
        done.bad.sort()
        return done

    result = office.store.do_now(Work(run)).value
    assert result is not None
    return result


def complaint_sheet(path: Path) -> Sheet:
    """Read a file of complaints. Raises BadFile."""
    return read_sheet(path, REQUIRED, OPTIONAL)


def _register_all(
    office: Office, unit: UnitOfWork, sheet: Sheet, by: Actor, done: Imported, progress: Progress | None
) -> None:
    keys = _keys(sheet)
    before = roster.keys_done(unit, keys)
    nameless = 0
    for number, (line, key) in enumerate(zip(sheet.lines, keys, strict=True), start=1):
        if key in before:
            done.unchanged += 1
        else:
            try:
                nameless += not line["name"]
                petition = petition_of(line, unit.directory, office.settings.office.language)
                with unit.overlay():
                    registered = office.perform(unit, petition, by)
                    roster.keep_key(unit, key, " ".join(entry.complaint.code for entry in registered.entries), unit.now)
                done.added += 1
            except RowRefused as refused:
                done.bad.append(BadRow(line.number, str(refused)))
            except Invalid as refused:
                done.bad.append(BadRow(line.number, _reason(refused)))
        if progress:
            progress(number, len(sheet.lines))
    if nameless:
        done.notes.append(f"{nameless} rows had no name; they stand as {_no_name(office.settings.office.language)!r}.")


def petition_of(line: Line, directory: Directory, language: str) -> RegisterPetition:
    """What a row asks to be registered; words in `language` where it has both. Raises RowRefused."""
    letters = [each.upper() for each in _SEPARATED.split(cells.needed(line, "department_code")) if each]
    unknown = [each for each in letters if directory.department(each) is None]
    if unknown:
        raise RowRefused(f"there is no department {unknown[0]!r}; import the departments first")
    category = cells.category(line)
    if category is None:
        raise RowRefused("category is empty; write A, B or C")
    about = line["about"].upper()
    if about and directory.department(about) is None:
        raise RowRefused(f"about: there is no department {about!r}")
    words = line[f"text_{language}"] or next((line[name] for name in TEXTS if line[name]), "")
    if not words:
        raise RowRefused("the words are empty; fill in text_hi or text_en")
    direction = cells.one_of(line, "direction", ("none", *(each.value for each in Direction)), "none")
    return RegisterPetition(
        name=line["name"] or _no_name(language),
        phone=cells.phone(line),
        village=cells.needed(line, "village"),
        words=words,
        parts=tuple(Part(each, category) for each in letters),
        kind=Kind(cells.one_of(line, "kind", tuple(each.value for each in Kind), Kind.COMPLAINT.value)),
        confidential=cells.yes_or_no(line, "confidential"),
        about=directory.department_id(about) if about else None,
        direction=None if direction == "none" else Direction(direction),
        language=cells.one_of(line, "language", ("", "hi", "en"), "") or None,
    )


def _keys(sheet: Sheet) -> list[str]:
    """A key for each row: of what it says, and which of several rows that say the same it is."""
    keys = []
    seen: Counter[str] = Counter()
    for line in sheet.lines:
        said = json.dumps({name: cell for name, cell in line.cells.items() if cell}, sort_keys=True)
        digest = hashlib.sha256(said.encode()).hexdigest()[:32]
        seen[digest] += 1
        keys.append(f"import:complaint:{digest}:{seen[digest]}")
    return keys


def _no_name(language: str) -> str:
    return str(cells.WORDS["no_name"][language])


def _reason(refused: Invalid) -> str:
    if refused.reason == "too_long":
        return f"{refused.field} has {refused.value} letters, at most {refused.limit} are allowed"
    if refused.reason == "twice":
        return f"{refused.field}: {refused.value} stands there twice"
    return f"{refused.field} is {refused.reason.replace('_', ' ')}: {refused.value!r}"
