"""The intake form without script: wrong fields keep what was typed, and one form is one petition, sent twice or more.

Research pitfall K49: double click, Enter twice, Back and send again, the same form from two tabs.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import httpx
import pytest

from core.petitions import read_phone
from core.store.queries.complaint_page import complaint_page, open_complaints_with_phone
from tests.desk.serving import Person, Served

RIGHT = {
    "name": "सावित्री देवी",
    "phone": "98123 45610",
    "village": "बसही",
    "words": "नाली टूटने से गंदा पानी भर गया है",
    "kind": "complaint",
    "department_0": "dpro",
    "category_0": "A",
    "department_1": "ब्लॉक",
    "category_1": "C",
}


def filled(person: Person, **changed: Any) -> dict[str, Any]:
    """A form as loaded and filled: with its marks."""
    fields = person.marks("/intake") | RIGHT | changed
    return {name: value for name, value in fields.items() if value is not None}


def codes_of(served: Served) -> list[str]:
    """Every open complaint of the phone that the form is filled with."""
    return [each.code for each in served.district.store.read_now(lambda c: open_complaints_with_phone(c, "9812345610"))]


def receipt(answer: httpx.Response) -> str:
    assert answer.status_code == 200, answer.text
    assert "/intake/receipt/" in str(answer.url)
    return str(answer.url)


def test_two_departments_make_two_complaints_on_one_receipt(served: Served) -> None:
    answer = served.client("operator").send("/intake", "/intake/register", **RIGHT)
    receipt(answer)
    dpro, bdo = codes_of(served)
    assert dpro.startswith("DPRO-1001-")
    assert bdo.startswith("BDO-1001-")
    for shown in (
        dpro,
        bdo,
        "A · same day",
        "C · 7 days",
        "Wed 25-11-2026, 6:00 pm",
        "Wed 02-12-2026, 6:00 pm",
        "<svg",
    ):
        assert shown in answer.text


def test_the_receipts_link_opens_the_chat_as_its_complainant(served: Served) -> None:
    page = served.client("operator").send("/intake", "/intake/register", **RIGHT).text
    token = page.partition("/chat/p/")[2].partition("<")[0].strip()
    with served.program("operator") as program:
        assert program.get("/api/complaints", headers={"Authorization": f"Bearer {token}"}).status_code == 401
    assert len(token) == 43


def test_the_same_form_sent_six_times_at_once_is_one_petition_with_one_receipt(served: Served) -> None:
    operator = served.client("operator")
    fields = filled(operator)
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: operator.post("/intake/register", fields), range(6)))
    assert len({receipt(answer) for answer in answers}) == 1
    assert len(codes_of(served)) == 2


def test_back_and_send_again_shows_the_same_receipt_also_much_later(served: Served) -> None:
    operator = served.client("operator")
    fields = filled(operator)
    first = receipt(operator.post("/intake/register", fields))
    served.district.clock.advance(timedelta(hours=3))
    assert receipt(operator.post("/intake/register", fields)) == first
    assert len(codes_of(served)) == 2


def test_the_same_form_with_other_words_is_a_second_petition(served: Served) -> None:
    operator = served.client("operator")
    fields = filled(operator)
    first = receipt(operator.post("/intake/register", fields))
    other = fields | {"words": "हैंडपंप भी टूट गया है", "anyway": "1"}
    assert receipt(operator.post("/intake/register", other)) != first
    assert len(codes_of(served)) == 4


def test_another_form_with_the_same_phone_asks_first_and_the_answer_registers_it(served: Served) -> None:
    operator = served.client("operator")
    receipt(operator.post("/intake/register", filled(operator)))
    known = codes_of(served)[0]
    fields = filled(operator, words="सड़क टूटी है")
    asked = operator.post("/intake/register", fields)
    assert asked.status_code == 409
    assert f"{known} is open from the same number: नाली टूटने से गंदा पानी भर गया है." in asked.text
    assert "सड़क टूटी है" in asked.text
    assert operator.post("/intake/register", fields).status_code == 409, "asked again, it asks again"
    assert len(codes_of(served)) == 2
    receipt(operator.post("/intake/register", fields | {"anyway": "1"}))
    assert len(codes_of(served)) == 4


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"name": " "}, "Write the complainant's name."),
        ({"words": ""}, "Write the complaint: what, where, since when."),
        ({"village": ""}, "Give the village or mohalla, so that the spot can be found."),
        ({"phone": "98123"}, "A mobile number has 10 digits; this has 5. If there is none, choose ‘No phone’."),
        ({"phone": ""}, "Write the mobile number. If there is none, choose ‘No phone’."),
        ({"department_0": "चाँद"}, "Choose the department: search by name, code or matter, like ‘ration’."),
        ({"department_1": "DPRO"}, "District Panchayat Raj Officer is there twice. Remove one of the two."),
        ({"category_0": None}, "Choose the category: by when it must be done."),
        ({"words": "न" * 70_000}, "This has 70000 characters, the limit is 8000."),
        ({"heard_by": "999"}, "This choice is not known here. Choose again from the list."),
    ],
)
def test_a_wrong_field_is_told_beside_it_and_what_was_typed_is_kept(
    served: Served, changed: dict[str, Any], sentence: str
) -> None:
    operator = served.client("operator")
    answer = operator.post("/intake/register", filled(operator, **changed))
    assert answer.status_code == 422
    assert answer.text.count(sentence) == 2, "in the list of problems, and beside its field"
    for name in set(RIGHT) - set(changed) - {"kind"}:
        assert f'value="{RIGHT[name]}"' in answer.text or f">{RIGHT[name]}</textarea>" in answer.text
    assert codes_of(served) == []


def test_the_sentence_is_hindi_for_whoever_reads_hindi(served: Served) -> None:
    operator = served.client("operator", language="hi")
    answer = operator.post("/intake/register", filled(operator, phone="98123"))
    assert "मोबाइल नंबर 10 अंकों का होता है, यहाँ 5 हैं। नंबर न हो तो ‘फ़ोन नहीं है’ चुनें।" in answer.text


def test_no_phone_is_a_choice(served: Served) -> None:
    receipt(served.client("operator").send("/intake", "/intake/register", **(RIGHT | {"phone": "", "no_phone": "1"})))


@pytest.mark.parametrize("typed", ["91234 56789", "09123456789", "+91 91234 56789", "919123456789", "९१२३४५६७८९"])
def test_a_phone_is_the_same_however_it_is_typed(served: Served, typed: str) -> None:
    """Research pitfall K19: ten digits are never shortened, prefixes go."""
    operator = served.client("operator")
    page = operator.post("/intake/register", filled(operator, phone=typed))
    receipt(page)
    assert "9123456789" in page.text
    assert read_phone("9191234567") == "9191234567"


def test_one_more_department_without_script_keeps_the_form(served: Served) -> None:
    operator = served.client("operator")
    more = operator.post("/intake/register", filled(operator) | {"more": "1"})
    assert more.status_code == 200
    assert 'name="department_2"' in more.text
    assert "सावित्री देवी" in more.text
    assert codes_of(served) == []


def test_a_photo_is_kept_through_a_wrong_field_and_stands_with_the_petition(served: Served, photo: bytes) -> None:
    operator = served.client("operator")
    files = {"papers": ("नाली.jpg", photo, "image/jpeg")}
    wrong = operator.post("/intake/register", filled(operator, village=""), files)
    assert wrong.status_code == 422
    sha256 = wrong.text.partition('name="paper" value="')[2].partition('"')[0]
    receipt(operator.post("/intake/register", filled(operator, paper=sha256, paper_name="नाली.jpg")))
    page = served.district.store.read_now(lambda connection: complaint_page(connection, codes_of(served)[0]))
    assert page is not None
    assert page.petition.papers == (sha256,)
    shown = operator.open(f"/c/{page.complaint.code}/files/{sha256}")
    assert shown.headers["content-type"] == "image/jpeg"
    assert b"Exif" not in shown.content


def test_a_photo_of_20_mb_and_a_file_that_is_none_are_told_with_what_to_do(served: Served) -> None:
    operator = served.client("operator")
    big = operator.post(
        "/intake/register", filled(operator), {"papers": ("big.jpg", b"\xff\xd8" + bytes(20 * 1024**2), "image/jpeg")}
    )
    assert big.status_code == 422
    assert "The file has 20.1 MB, the limit is 10 MB. Choose a smaller size." in big.text
    odd = operator.post("/intake/register", filled(operator), {"papers": ("page.jpg", b"<html>", "image/jpeg")})
    assert "This kind of file is not kept here. Choose a photo or a PDF." in odd.text
    assert codes_of(served) == []


@pytest.mark.parametrize("name", ["sunita", "ashok", "auditor"])
def test_the_intake_is_not_for_members_and_auditors(served: Served, name: str) -> None:
    person = served.client(name)
    assert person.open("/intake").status_code == 403
    refused = person.send("/", "/intake/register", **RIGHT)
    assert refused.status_code == 403
    assert "This needs the role ‘desk operator’; nothing was changed. Please ask Namrata Pal." in refused.text
    assert codes_of(served) == []
