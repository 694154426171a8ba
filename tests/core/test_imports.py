"""Lists from spreadsheets: read however they were written, refused row by row, imported once."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.clock import SetClock
from core.directory import Directory
from core.imports import BadFile, import_complaints, import_departments, import_people
from core.imports.complaints import complaint_sheet
from core.imports.departments import alias_sheet, department_sheet
from core.imports.people import people_sheet
from core.imports.sheet import read_sheet
from core.office import Office, Silence
from core.people import Actor, Door, Role, Via
from core.settings import OfficeSettings
from core.store.migrate import upgrade
from core.store.store import Store

DEMO = Path(__file__).parents[2] / "core" / "data" / "demo"
OPERATOR = Actor(None, Via(Door.COMMAND), roles=frozenset({Role.OPERATOR}))


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    upgrade(database_url)
    store = Store.open(database_url, SetClock(datetime(2026, 11, 24, 5, tzinfo=UTC)))
    yield store
    store.close()


@pytest.fixture
def office(store: Store) -> Office:
    return Office(store, OfficeSettings(), store.clock, Silence())


def directory(store: Store) -> Directory:
    return store.read_now(store.directory)


def written(folder: Path, content: str | bytes, encoding: str = "utf-8") -> Path:
    path = folder / "list.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    return path


def reasons(path: Path) -> str:
    with pytest.raises(BadFile) as refused:
        department_sheet(path)
    return str(refused.value)


# Reading

NAMES = "code,name_en,name_hi\nDPRO,Panchayat Raj,पंचायत राज\n"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (NAMES.encode(), "UTF-8, cells separated by commas"),
        (NAMES.encode("utf-8-sig"), "UTF-8, cells separated by commas"),
        (NAMES.replace(",", ";").encode("utf-8-sig"), "UTF-8, cells separated by semicolons"),
        (NAMES.replace(",", "\t").encode("utf-16"), "UTF-16, cells separated by tabs"),
        (NAMES.replace(",", "|").encode(), "UTF-8, cells separated by bars"),
        (("sep=;\r\n" + NAMES.replace(",", ";").replace("\n", "\r\n")).encode(), "separated by semicolons"),
        (b'\n"Code", Name EN ,NAME_HI,\nDPRO , Panchayat Raj,"' + "पंचायत राज".encode() + b'",,\n\n', "commas"),
    ],
)
def test_a_list_is_read_however_the_spreadsheet_wrote_it(tmp_path: Path, content: bytes, told: str) -> None:
    sheet = department_sheet(written(tmp_path, content))
    assert told in sheet.read_as
    assert sheet.bad == ()
    (line,) = sheet.lines
    assert dict(line.cells) == {"code": "DPRO", "name_en": "Panchayat Raj", "name_hi": "पंचायत राज"}


def test_windows_1252_is_told(tmp_path: Path) -> None:
    sheet = department_sheet(written(tmp_path, "code;name_en;name_hi\nDPRO;Café – “Raj”;x\n", "windows-1252"))
    assert sheet.lines[0]["name_en"] == "Café – “Raj”"
    assert "Windows-1252" in sheet.read_as
    assert "save the file as CSV UTF-8" in sheet.read_as


def test_a_header_that_is_wrong_is_told_with_the_nearest_names(tmp_path: Path) -> None:
    told = reasons(written(tmp_path, "cod,nmae_en,name_hi,name_hi,colour\n"))
    assert "unknown column 'cod'; did you mean 'code'?" in told
    assert "unknown column 'nmae_en'; did you mean 'name_en'?" in told
    assert "'name_hi' stands there twice" in told
    assert "'colour'" in told
    assert "missing columns: code, name_en" in told
    assert "may name: category, aliases" in told


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "the file is empty"),
        (b"\n\n", "the file is empty"),
        (b"PK\x03\x04\x00\x00", "save as, CSV UTF-8"),
        (b"\x81\x8d\xff\xfe code", "fits neither UTF-8 nor Windows-1252"),
        (b'"code\n', "check its quotes"),
    ],
)
def test_what_is_no_table_is_told_with_its_cure(tmp_path: Path, content: bytes, told: str) -> None:
    assert told in reasons(written(tmp_path, content))


def test_no_file_is_told(tmp_path: Path) -> None:
    assert "No such file" in reasons(tmp_path / "nothing.csv")
    assert "check its path and rights" in reasons(tmp_path)


def test_bad_rows_are_told_by_the_line_on_which_they_begin(tmp_path: Path) -> None:
    content = 'code,name_en,name_hi\nAA,"two\nlines",x\nBB,x\n\nCC,a,b,c\nDD,x,y\nEE,"x,y\nFF,x,y\n'
    sheet = department_sheet(written(tmp_path, content))
    assert [line.number for line in sheet.lines] == [2, 7]
    assert [(bad.line, bad.reason.split(";")[0]) for bad in sheet.bad] == [
        (4, "has 2 cells, the header has 3"),
        (6, "has 4 cells, the header has 3: too many"),
        (8, "cannot be read (unexpected end of data), nor what follows it"),
    ]


@given(
    st.lists(
        st.tuples(*[st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12)] * 2),
        min_size=1,
        max_size=5,
    ),
    st.sampled_from(",;\t|"),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
    st.sampled_from(["\n", "\r\n"]),
)
def test_every_way_of_writing_gives_the_same_rows(
    tmp_path_factory: Any, rows: list[tuple[str, str]], separator: str, encoding: str, end: str
) -> None:
    quoted = ['"' + cell.replace('"', '""') + '"' for row in rows for cell in row]
    lines = [separator.join(["code", "alias"]), *(separator.join(quoted[i : i + 2]) for i in range(0, len(quoted), 2))]
    path = written(tmp_path_factory.mktemp("list"), end.join(lines) + end, encoding)
    plain = written(
        tmp_path_factory.mktemp("plain"),
        "\n".join([",".join(["code", "alias"]), *(",".join(quoted[i : i + 2]) for i in range(0, len(quoted), 2))]),
    )
    read, expected = read_sheet(path, ["code", "alias"]), read_sheet(plain, ["code", "alias"])
    assert [line.cells for line in read.lines] == [line.cells for line in expected.lines]
    assert len(read.lines) <= len(rows)


# Departments and people


def load(store: Store) -> None:
    import_departments(store, department_sheet(DEMO / "departments.csv"), alias_sheet(DEMO / "department_aliases.csv"))
    import_people(store, people_sheet(DEMO / "people.csv"))


def test_the_district_is_imported_and_twice_changes_nothing(store: Store) -> None:
    departments, aliases = department_sheet(DEMO / "departments.csv"), alias_sheet(DEMO / "department_aliases.csv")
    people = people_sheet(DEMO / "people.csv")
    assert import_departments(store, departments, aliases).added == 74 + 154
    told: list[tuple[int, int]] = []
    assert import_people(store, people, progress=lambda done, of: told.append((done, of))).added == 330
    assert told[-1] == (330, 330)
    first = directory(store)
    assert len(first.departments) == 74
    assert len(first.people) == 330
    assert sum(len(each.aliases) for each in first.departments.values()) == 154
    assert all(first.head(each) for each in first.departments)
    assert len(first.with_role(Role.OPERATOR)) == 6
    some = first.head(first.department("DPRO").id)  # type: ignore[union-attr]
    assert some is not None
    assert first.person_of("web", f"person:{some.id}") == some

    again = import_departments(store, departments, aliases)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 228)
    again = import_people(store, people)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 330)
    assert directory(store) == first, "not even the generation moved"


def test_what_the_list_says_otherwise_is_changed(store: Store, tmp_path: Path) -> None:
    load(store)
    before = directory(store)
    pwd = before.department("DPRO")
    assert pwd is not None
    old_head = before.head(pwd.id)
    assert old_head is not None
    path = written(tmp_path, "code,name_en,name_hi,category,aliases\ndpro,Panchayats,पंचायत,b,पंचायतें|ग्राम कार्यालय\n")
    assert import_departments(store, department_sheet(path)).changed == 1
    path = written(
        tmp_path, "department_code,role,name_hi,designation_hi,phone\nDPRO,head,नया अधिकारी,पंचायत अधिकारी,09123456789\n"
    )
    assert import_people(store, people_sheet(path)).added == 1
    after = directory(store)
    changed = after.departments[pwd.id]
    assert (changed.name_en, changed.category) == ("Panchayats", "B")
    assert {"पंचायतें", "ग्राम कार्यालय", *pwd.aliases} == set(changed.aliases)
    head = after.head(pwd.id)
    assert head is not None
    assert (head.name_hi, head.phone) == ("नया अधिकारी", "9123456789")
    assert old_head in after.members(pwd.id), "the old head stays a member"
    assert sum(each.head for each in after.memberships if each.department == pwd.id) == 1


def test_five_spellings_of_a_phone_are_one_person_and_nine_digits_more_are_another(
    store: Store, tmp_path: Path
) -> None:
    load(store)
    phones = ["91234 56789", "09123456789", "+91 91234 56789", "919123456789", "९१२३४५६७८९", "9191234567"]
    rows = [f"DPRO,member,रमेश यादव,पद {number},{phone}\n" for number, phone in enumerate(phones)]
    sheet = people_sheet(written(tmp_path, "department_code,role,name_hi,designation_hi,phone\n" + "".join(rows)))
    done = import_people(store, sheet)
    assert (done.added, done.changed) == (2, 4)
    found = {each.phone for each in directory(store).people.values() if each.name_hi == "रमेश यादव"}
    assert found == {"9123456789", "9191234567"}


BAD_PEOPLE = """department_code,role,name_hi,staff,phone
DPRO,membr,अ,no,
XXXX,member,अ,no,
,member,अ,no,
DPRO,member,,no,
DPRO,member,अ,perhaps,
DPRO,member,अ,no,12345
DPRO,head,अ,no,
DPRO,head,आ,हाँ,
DPRO,member,इ,नहीं,
"""


def test_all_or_nothing_unless_bad_rows_are_skipped(store: Store, tmp_path: Path) -> None:
    load(store)
    before = directory(store)
    sheet = people_sheet(written(tmp_path, BAD_PEOPLE))
    done = import_people(store, sheet)
    assert not done.written
    assert directory(store) == before
    assert [(bad.line, bad.reason) for bad in done.bad] == [
        (
            2,
            "role is 'membr'; write one of member, head, operator, nodal_officer, senior, administrator, auditor"
            "; did you mean 'member'?",
        ),
        (3, "there is no department 'XXXX'; import the departments first"),
        (4, "department_code is empty; a member belongs to a department"),
        (5, "name_hi is empty"),
        (6, "staff is 'perhaps'; write yes or no"),
        (7, "phone has 5 digits; a mobile number has 10"),
        (9, "DPRO has its head in line 8 already"),
    ]
    done = import_people(store, sheet, skip_bad=True)
    assert (done.written, done.added, len(done.bad)) == (True, 2, 7)
    assert len(directory(store).people) == 332


def test_an_alias_belongs_to_one_department(store: Store, tmp_path: Path) -> None:
    load(store)
    before = directory(store)
    path = written(tmp_path, "code,name_en,name_hi,aliases\nDPRO,x,y,कलैक्ट्रेट|कलेक्ट्रेट\nD1,x,y,\nDPRO,x,y,\nDPRO,x,y,\n")
    done = import_departments(store, department_sheet(path))
    assert [bad.line for bad in done.bad] == [2, 3, 5]
    assert "what COLL is called already" in done.bad[0].reason
    assert "two to five letters" in done.bad[1].reason
    assert "line 4 already" in done.bad[2].reason
    assert directory(store) == before


# Complaints


def test_the_sample_complaints_are_registered_once(store: Store, office: Office) -> None:
    load(store)
    sheet = complaint_sheet(DEMO / "sample_complaints.csv")
    done = import_complaints(office, sheet, OPERATOR)
    assert (done.added, done.bad) == (100, [])
    assert "100 rows had no name" in done.notes[0]
    again = import_complaints(office, sheet, OPERATOR)
    assert (again.added, again.unchanged) == (0, 100)


def test_a_bad_row_takes_back_the_good_ones(store: Store, office: Office, tmp_path: Path) -> None:
    load(store)
    content = (
        "department_code,category,text_hi,village,name,phone,direction,about,confidential\n"
        "DPRO BDOC,A,नाली टूटी है,रामपुर,राम,91234 56789,act,DPRO,yes\n"
        "NOPE,A,नाली,रामपुर,राम,,,,\n"
        "DPRO,Z,नाली,रामपुर,राम,,,,\n"
        "DPRO,,नाली,रामपुर,राम,,,,\n"
        "DPRO,A,,रामपुर,राम,,,,\n"
        "DPRO,A,नाली,,राम,,,,\n"
        "DPRO,A,नाली,रामपुर,राम,99,,,\n"
        "DPRO,A,नाली,रामपुर,राम,,acct,,\n"
        "DPRO,A,नाली,रामपुर,राम,,,NOPE,\n"
        "DPRO DPRO,A,नाली,रामपुर,राम,,,,\n"
        f"DPRO,A,{'नाली ' * 2000},रामपुर,राम,,,,\n"
    )
    if directory(store).department("BDOC") is None:
        content = content.replace("BDOC", "COLL")
    sheet = complaint_sheet(written(tmp_path, content))
    done = import_complaints(office, sheet, OPERATOR)
    assert not done.written
    assert [bad.line for bad in done.bad] == list(range(3, 13))
    assert "did you mean 'act'?" in done.bad[6].reason
    assert "DPRO stands there twice" in done.bad[8].reason
    assert "at most 8000" in done.bad[9].reason
    kept = import_complaints(office, sheet, OPERATOR, skip_bad=True)
    assert (kept.added, len(kept.bad)) == (1, 10)
    again = import_complaints(office, sheet, OPERATOR, skip_bad=True)
    assert (again.added, again.unchanged, len(again.bad)) == (0, 1, 10)
