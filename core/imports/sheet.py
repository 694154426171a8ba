"""A CSV file as spreadsheets write them, read as a table: its signs, its separator and its header found out.

A file is UTF-8 (with or without a mark at its beginning), UTF-16 with a mark, or else Windows-1252; cells are separated
by commas, semicolons, tabs or bars. What was found is told, for a wrong guess shows in it.
"""

import codecs
import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from core.imports.report import BadFile, BadRow
from core.settings.nearest import nearest
from core.text import fold

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
LARGEST = 50 * 1024**2
"""Bytes. A longer file is no list of a district."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)


@dataclass(frozen=True)
class Line:
    """A row. `number`: the line of the file on which it begins.   cells: by column, trimmed, NFC; "" where empty."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """The cell of a column; "" where the file has no such column."""
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Sheet:
    """A file that was read. `read_as`: a sentence on what it was taken for.   bad: rows that are no rows."""

    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    bad: tuple[BadRow, ...]
    read_as: str


def read_sheet(path: Path, required: Sequence[str], optional: Sequence[str] = ()) -> Sheet:
    """Read the table in `path`, whose header may name the columns `required` and `optional`, in any order.

    Raises BadFile with all that is wrong with the file as a whole: unreadable, no text, header.
    """
    text, encoding = _text(path)
    begin, separator = _separator(text, {*required, *optional})
    told = f"Read {path.name} as {encoding}, cells separated by {SEPARATORS[separator]}."
    if encoding == "Windows-1252":
        told += " That cannot hold Hindi letters: if some are missing, save the file as CSV UTF-8."
    rows = _rows(text, begin, separator)
    try:
        _, first = next(rows)
    except StopIteration:
        raise BadFile(
            f"{path.name}: the file is empty; its first line must name the columns: {_list(required)}"
        ) from None
    except csv.Error as error:
        raise BadFile(f"{path.name}:1: the header cannot be read ({error}); check its quotes") from None
    columns = _header(path.name, first, required, optional)
    lines, bad = _body(rows, columns)
    return Sheet(columns, lines, bad, told)


def _text(path: Path) -> tuple[str, str]:
    try:
        if path.stat().st_size > LARGEST:
            raise BadFile(f"{path}: the file has more than {LARGEST // 1024**2} MB; split it into several")
        data = path.read_bytes()
    except OSError as error:
        raise BadFile(f"{path}: the file cannot be read ({error.strerror}); check its path and rights") from None
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return _decoded(path, data, codec, name), name
    try:
        text, name = data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        text, name = _decoded(path, data, "windows-1252", "Windows-1252"), "Windows-1252"
    if "\0" in text:
        raise BadFile(f"{path.name}: this is no CSV file; in the spreadsheet choose: save as, CSV UTF-8")
    return text, name


def _decoded(path: Path, data: bytes, codec: str, name: str) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError as error:
        raise BadFile(
            f"{path.name}: byte {error.start} fits neither UTF-8 nor {name}; "
            "in the spreadsheet choose: save as, CSV UTF-8"
        ) from None


def _separator(text: str, known: set[str]) -> tuple[int, str]:
    """How many lines to skip (one, if it is Excel's `sep=;`), and the separator that makes most of the header."""
    first, _, rest = text.partition("\n")
    if first.strip().lower().startswith("sep=") and first.strip()[4:5] in SEPARATORS:
        return 1, first.strip()[4:5]
    header = next((line for line in (first, *rest.split("\n", 20)) if line.strip()), "")

    def fits(separator: str) -> tuple[int, int]:
        cells = [_name(cell) for cell in header.split(separator)]
        return len(known.intersection(cells)), len(cells)

    return 0, max(SEPARATORS, key=fits)


def _rows(text: str, skip: int, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not empty, with the line on which it begins."""
    source = io.StringIO(text, newline="")
    for _ in range(skip):
        source.readline()
    reader = csv.reader(source, delimiter=separator, strict=True)
    begin = 1 + skip
    for row in reader:
        if any(cell.strip() for cell in row):
            yield begin, row
        begin = reader.line_num + 1 + skip


def _body(rows: Iterator[tuple[int, list[str]]], columns: Sequence[str]) -> tuple[tuple[Line, ...], tuple[BadRow, ...]]:
    lines: list[Line] = []
    bad: list[BadRow] = []
    line = 1
    try:
        for line, row in rows:
            cells = [_clean(cell) for cell in row]
            while len(cells) > len(columns) and not cells[-1]:
                cells.pop()
            if len(cells) != len(columns):
                more = (
                    "too many; put quotes around a cell that holds the separator" if len(cells) > len(columns) else ""
                )
                bad.append(
                    BadRow(line, f"has {len(cells)} cells, the header has {len(columns)}" + (more and f": {more}"))
                )
            else:
                lines.append(Line(line, dict(zip(columns, cells, strict=True))))
    except csv.Error as error:
        bad.append(BadRow(line + 1, f"cannot be read ({error}), nor what follows it; check the quotes there"))
    return tuple(lines), tuple(bad)


def _header(file: str, first: Sequence[str], required: Sequence[str], optional: Sequence[str]) -> tuple[str, ...]:
    columns = [_name(cell) for cell in first]
    while columns and not columns[-1]:
        columns.pop()
    allowed = (*required, *optional)
    missing = [name for name in required if name not in columns]
    problems = []
    for number, name in enumerate(columns):
        if name not in allowed:
            problems.append(f"{file}:1: unknown column {first[number].strip()!r}{nearest(name, missing or allowed)}")
        elif name in columns[:number]:
            problems.append(f"{file}:1: the column {name!r} stands there twice; remove one")
    if missing:
        problems.append(f"{file}:1: missing columns: {_list(missing)}")
    if problems:
        may = f"; and may name: {_list(optional)}" if optional else ""
        problems.append(f"The first line names the columns: {_list(required)}{may}")
        raise BadFile(*problems)
    return tuple(columns)


def _name(cell: str) -> str:
    return "_".join(fold(cell).strip(' "').split())


def _clean(cell: str) -> str:
    return unicodedata.normalize("NFC", cell).strip()


def _list(names: Sequence[str]) -> str:
    return ", ".join(names)
