"""Codes are made, checked and found as people type them (docs/design.md §4, Codes)."""

import csv
import time
from collections.abc import Collection
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.codes import FIRST_SERIAL, Code, Finder, check_digits, is_valid, make, parse
from tests.core.sentences import rows

ROOT = Path(__file__).parents[2]
DEMO = ROOT / "core/data/demo"


def _read(name: str) -> list[dict[str, str]]:
    with (DEMO / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _typed_rows() -> list[tuple[str, list[str], list[str], str]]:
    return [
        (text, codes.split(), near.split(), note)
        for text, codes, near, note in rows(ROOT / "tests/data/typed_codes.tsv")
    ]


LETTERS = [row["code"] for row in _read("departments.csv")]
FINDER = Finder(LETTERS, {row["alias"]: row["code"] for row in _read("department_aliases.csv")})
ROWS = _typed_rows()
REGISTERED = {code for _, codes, near, _ in ROWS for code in codes + near}

codes = st.builds(make, st.sampled_from(LETTERS), st.integers(FIRST_SERIAL, 99_999))


def _found(text: str) -> list[str]:
    return [found.code for found in FINDER.find(text)]


def _registered(asked: Collection[str]) -> Collection[str]:
    return REGISTERED & set(asked)


def _all_registered(asked: Collection[str]) -> Collection[str]:
    return asked


def test_a_code_is_made_and_taken_apart() -> None:
    assert check_digits("DPRO", 1042) == "22"
    assert make("DPRO", 1042) == "DPRO-1042-22"
    assert parse("DPRO-1042-22") == Code("DPRO", 1042)
    assert str(Code("DPRO", 1042)) == "DPRO-1042-22"
    assert is_valid("DPRO-1042-22")


@pytest.mark.parametrize(
    "wrong", ["", "DPRO-1042-23", "dpro-1042-22", "DPRO 1042 22", "D-1042-22", "DPRO-0042-22", "DPRO"]
)
def test_what_is_no_code(wrong: str) -> None:
    assert parse(wrong) is None
    assert not is_valid(wrong)


@pytest.mark.parametrize(("letters", "serial"), [("dpro", 1042), ("D", 1042), ("DPROXX", 1042), ("DPRO", 1000)])
def test_no_code_is_made_of_what_codes_do_not_have(letters: str, serial: int) -> None:
    with pytest.raises(ValueError, match=r"two to five capital letters|serials start at 1001"):
        make(letters, serial)


def test_an_alias_of_no_department_is_refused() -> None:
    with pytest.raises(ValueError, match="add it or drop the alias"):
        Finder(["DPRO"], {"जलकल": "JLK"})


def test_the_file_of_typed_codes_is_whole() -> None:
    assert len(ROWS) == 90


@pytest.mark.parametrize(("text", "expected", "near", "note"), ROWS, ids=[row[3] for row in ROWS])
def test_what_people_type(text: str, expected: list[str], near: list[str], note: str) -> None:
    assert _found(text) == expected
    assert list(FINDER.near(text, _registered)) == near
    assert FINDER.typed(text) if near else True


def test_the_place_of_a_code_is_told_in_the_typed_text() -> None:
    text = "सर \u200bडीपीआरओ १०४२ २२ और CMS-1071-64 दोनों"
    assert [text[found.start : found.end] for found in FINDER.find(text)] == ["डीपीआरओ १०४२ २२", "CMS-1071-64"]


def test_a_code_said_twice_is_found_once_and_cut_twice() -> None:
    text = "DPRO-1042-22 साफ, dpro 1042 22 हो गया"
    assert _found(text) == ["DPRO-1042-22"]
    assert FINDER.cut(text).split() == ["साफ,", "हो", "गया"]


def test_a_second_code_may_leave_out_the_letters() -> None:
    assert _found("DPRO 1042-22, 1043-19 और 1057-74") == ["DPRO-1042-22", "DPRO-1043-19", "DPRO-1057-74"]
    assert _found("DPRO 1042-22, 1043-20") == ["DPRO-1042-22"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("DPRO-1042-22", ""),
        ("Code No. CVO-1036-33 टीका लगा", "टीका लगा"),
        ("कोड MNRG-1129-13 मजदूरी भेजी", "मजदूरी भेजी"),
        ("काम पूरा हुआ (NNP-1389-26)", "काम पूरा हुआ"),
        ("*TWD-1048-59* मोटर ठीक", "मोटर ठीक"),
        ("IMG_MINE-1019-93.jpg", ""),
        ("देखें https://janmilan.example/c/STMP-1088-92?a=1 सर", "देखें   सर"),
        ("ARCS-1015-98का निस्तारण", "का निस्तारण"),
    ],
)
def test_the_words_beside_a_code(text: str, words: str) -> None:
    assert FINDER.cut(text) == words


def test_the_longest_name_wins() -> None:
    assert _found(f"जल निगम नगरीय {make('JNU', 1050)[4:]}") == [make("JNU", 1050)]
    assert _found(f"जल निगम {make('JNR', 1050)[4:]}") == [make("JNR", 1050)]


def test_the_records_are_asked_once_and_only_when_there_is_something_to_ask() -> None:
    asked: list[Collection[str]] = []

    def registered(candidates: Collection[str]) -> Collection[str]:
        asked.append(candidates)
        return []

    FINDER.near("DPRO-1042-23 और BSA-1107-42", registered)
    assert len(asked) == 1
    assert {"DPRO-1042-22", "BSA-1107-05"} <= set(asked[0])
    FINDER.near("नाली साफ करा दी", registered)
    assert len(asked) == 1


@pytest.mark.parametrize("text", ["DPRO 1200 शौचालय बने", "nnp 1388"])
def test_letters_and_a_number_are_not_surely_a_code(text: str) -> None:
    assert FINDER.typed(text) is not None
    assert FINDER.typed(text, sure=True) is None


@pytest.mark.parametrize(
    "text",
    [
        "DPRO-22",
        "BSA 1999",
        "CDO 1030 बजे",
        "DSO 1450 रुपये",
        "MNRG 1200 मजदूर, 1450/-",
        "CMO 1076 हेल्पलाइन",
        "FIR No. 1042/22",
        "Room No. 1042/22",
        "BSA 25-11-2026",
        "DSO 1100-1300",
        "UP 70 DPRO 1042",
    ],
)
def test_other_numbers_offer_nothing(text: str) -> None:
    assert FINDER.near(text, _registered) == ()
    assert FINDER.typed(text, sure=True) is None


def test_no_sentence_of_a_complaint_is_taken_for_a_code() -> None:
    complaints = _read("sample_complaints.csv")
    assert len(complaints) == 100
    for complaint in complaints:
        for text in complaint.values():
            assert _found(text) == [], text
            assert FINDER.near(text, _all_registered) == (), text


def test_letters_that_differ_in_one_place_are_told_apart_by_the_check_digits() -> None:
    pairs = [
        (one, other)
        for one in LETTERS
        for other in LETTERS
        if one < other and len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1
    ]
    assert len(pairs) == 66
    # The difference is one digit of the sum times a power of ten, so a serial of each length stands for all of them.
    for one, other in pairs:
        for serial in (1001, 9999, 10_000, 123_456, 7_654_321):
            assert check_digits(one, serial) != check_digits(other, serial)


_JOINTS = st.sampled_from(["-", "–", " ", "", " - ", "/", ".", "_", "\u00a0", "‑", "\u200d-", "-\u200b", " -\n"])
_DIGITS = st.sampled_from(["0123456789", "०१२३४५६७८९", "０１２３４５６７８９"])


@given(codes, st.data())
def test_however_a_code_is_typed_it_is_found(code: str, data: st.DataObject) -> None:
    letters, serial, check = code.split("-")
    letters = "".join(data.draw(st.sampled_from([a, a.lower(), chr(ord(a) + 0xFEE0)])) for a in letters)
    digits = str.maketrans("0123456789", data.draw(_DIGITS))
    typed = letters + data.draw(_JOINTS) + (serial + data.draw(_JOINTS) + check).translate(digits)
    before, after = data.draw(
        st.sampled_from([("", ""), ("सर ", " हो गया"), ("कोड", "का काम"), ("(", ")"), ("*", "*")])
    )
    text = before + typed + after
    found = FINDER.find(text)
    assert [each.code for each in found] == [code]
    assert text[found[0].start : found[0].end] == typed


@given(codes, st.data())
def test_one_wrong_sign_is_never_a_code_and_is_offered(code: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(code) - 1).filter(lambda place: code[place] != "-"))
    signs = "0123456789" if code[place].isdigit() else "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    wrong = code[:place] + data.draw(st.sampled_from(signs.replace(code[place], ""))) + code[place + 1 :]
    assert not is_valid(wrong)
    assert _found(wrong) == []
    if wrong.split("-")[0] not in ("FIR", "GST", "PAN") and not wrong.split("-")[1].startswith(("0", "19", "20")):
        assert code in FINDER.near(wrong, _all_registered)


@given(codes, st.data())
def test_two_neighbours_swapped_are_never_a_code(code: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(code) - 2))
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if "-" not in code[place : place + 2] and swapped != code:
        assert not is_valid(swapped)
        assert _found(swapped) == []


@given(st.text(alphabet=st.characters(blacklist_categories=["Nd"])))
def test_text_without_digits_has_no_code(text: str) -> None:
    assert _found(text) == []


HOSTILE = {
    "one long number": "1" * 70_000,
    "codes": "DPRO-1042-22 " * 5_400,
    "different wrong codes": " ".join(f"DPRO-{serial}-00" for serial in range(1001, 6_400)),
    "numbers": "1042 22 " * 8_750,
    "names": "जल निगम " * 8_750,
    "spaces": " " * 70_000,
    "dashes": "-" * 70_000,
    "letters that are digits": "o1l" * 23_333,
    "emoji": "😀👍" * 35_000,
    "right to left": "שלום עולם " * 7_000,
    "nothing to be seen": "\u200b\u200d" * 35_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_long_text_takes_no_time(text: str) -> None:
    FINDER.find("DPRO-1042-22")
    quickest = min(_seconds(text) for _ in range(3))
    # 0.1 s on a quiet machine; measured with every line counted and others at work it is a multiple, but no minutes.
    assert quickest < 1


def _seconds(text: str) -> float:
    began = time.process_time()
    FINDER.find(text)
    FINDER.near(text, _registered)
    return time.process_time() - began
