"""Finding a department by its letters, a name, what people call it, or the matter."""

import csv
from pathlib import Path

import pytest

from core.departments import Department
from desk.intake.departments import meant, suggestions

DATA = Path(__file__).parents[2] / "core/data/demo"


def read(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def departments() -> list[Department]:
    """The district's 74 departments with their aliases."""
    aliases: dict[str, list[str]] = {}
    for row in read("department_aliases.csv"):
        aliases.setdefault(row["code"], []).append(row["alias"])
    rows = enumerate(read("departments.csv"), start=1)
    return [Department(id, r["code"], r["name_hi"], r["name_en"], tuple(aliases.get(r["code"], ()))) for id, r in rows]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("dpro", "DPRO"),
        ("ＤＰＲＯ", "DPRO"),
        ("DPRO · जिला पंचायत राज अधिकारी", "DPRO"),
        ("District Panchayat Raj Officer", "DPRO"),
        ("राशन", "DSO"),
        ("Ration", "DSO"),
        ("हैंडपंप", "JNR"),
        ("जल निगम", "JNR"),
        ("जल निगम नगरीय", "JNU"),
        ("पुलिस", "POL"),
        ("फायर", "FIRE"),
        ("पंचायत", None),
        ("", None),
        ("xyz", None),
    ],
)
def test_what_is_meant(departments: list[Department], typed: str, code: str | None) -> None:
    found = meant(typed, departments)
    assert (found.code if found else None) == code


def test_every_department_is_found_by_its_letters_its_names_and_each_alias(departments: list[Department]) -> None:
    for each in departments:
        for typed in (each.code.lower(), each.name_hi, each.name_en, *each.aliases):
            assert meant(typed, departments) == each, typed


def test_suggestions_begin_with_the_likeliest_and_are_few(departments: list[Department]) -> None:
    assert [each.code for each in suggestions("जल", departments)][:1] == ["JLK"]
    assert len(suggestions("", departments)) == 8
    assert {each.code for each in suggestions("विद्युत", departments)} == {"ELU", "ELR"}
