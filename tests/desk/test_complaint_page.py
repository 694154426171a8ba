"""What a complaint's page tells, to whom, and what is on record of who looked."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from core.commands import Acknowledge, AddNote, Confirm, Reopen, Solve, Transfer
from core.store.access import LOOK
from tests.desk.serving import Served, serving
from tests.district import DRAIN, PEOPLE

PHONE = "9812345610"


def looks(served: Served) -> list[int]:
    """Who looked at a phone, in order."""
    return served.district.store.read_now(
        lambda c: list(c.execute(select(LOOK.c.person).order_by(LOOK.c.id)).scalars())
    )


def test_the_page_tells_a_whole_life_in_sentences(served: Served) -> None:
    complaint, sibling = served.district.register("DPRO C", "BDO B", words=DRAIN)
    code = complaint.code
    served.district.do(AddNote(code, "कल टीम जाएगी"), "sunita")
    served.district.do(Transfer(code, "JNR", "पाइप जल निगम का है"), "ashok")
    served.district.do(Solve(code, "पाइप बदला, पानी आ गया"), "vimla")
    served.district.do(Confirm(code, complainant=True), "operator")
    served.district.do(Reopen(code, "पानी फिर बंद है"), "senior")
    page = served.client("senior").open(f"/c/{code}").text
    for told in (
        DRAIN,
        "Registered for District Panchayat Raj Officer, due Wed 02-12-2026, 6:00 pm",
        "“कल टीम जाएगी”",
        "From DPRO to Jal Nigam (Rural)",
        "The department says it is done, in time",
        "Closed: confirmed by the complainant",
        "Reopened by the office",
        "“पानी फिर बंद है”",
        "Namrata Pal · at the desk",
        sibling.code,
        "Category A: the same day, 25-11-2026.",
    ):
        assert told in page, told


def test_the_due_time_is_explained_step_by_step(served: Served) -> None:
    served.district.clock.set(datetime(2026, 11, 27, 13, 0, tzinfo=UTC))  # Friday 18:30, after office hours
    complaint = served.district.register("DPRO A")[0]
    page = served.client("senior").open(f"/c/{complaint.code}").text
    assert "Registered on Fri 27-11-2026, 6:30 pm." in page
    assert "That was after office hours, so it counts from 28-11-2026." in page
    assert "Due at the close of office: Sat 28-11-2026, 6:00 pm." in page
    assert "A · next office day" in page


def test_page_and_board_tell_the_targets(served: Served) -> None:
    complaint, other = served.district.register("DPRO C", "BDO C")
    page, board = served.client("senior").open(f"/c/{complaint.code}").text, served.client("senior").open("/").text
    assert "to be taken on by today 10:30 am" in page
    assert "In the hearing</dt><dd>until today 11:00 am" in page
    assert board.count("to be taken on by today 10:30 am") == 2
    served.district.do(Acknowledge(complaint.code), "sunita")
    served.district.clock.set(datetime(2026, 11, 25, 5, 31, tzinfo=UTC))  # 11:01
    served.district.do(Acknowledge(other.code), "ramesh")
    assert "target today 10:30 am: in time" in served.client("senior").open(f"/c/{complaint.code}").text
    late = served.client("senior").open(f"/c/{other.code}").text
    assert "target today 10:30 am: late" in late
    assert "not solved by today 11:00 am" in late


@pytest.mark.parametrize(("who", "whole"), [("sunita", True), ("operator", True), ("nodal", True), ("auditor", False)])
def test_the_phone_is_masked_until_somebody_in_charge_looks_and_that_is_on_record(
    served: Served, who: str, whole: bool
) -> None:
    complaint = served.district.register("DPRO C")[0]
    person, page = served.client(who), f"/c/{complaint.code}"
    assert "98xxxxxx10" in person.open(page).text
    assert PHONE not in person.open(page).text
    answer = person.post(f"{page}/phone", person.marks("/people"))
    assert (PHONE in answer.text) == whole
    assert looks(served) == ([PEOPLE[who]] if whole else [])


def test_another_departments_complaint_is_nobodys_business_but_a_former_holders(served: Served) -> None:
    complaint = served.district.register("DPRO C")[0]
    page = f"/c/{complaint.code}"
    refused = served.client("ramesh").open(page)
    assert refused.status_code == 403
    assert DRAIN not in refused.text
    assert "This complaint is with another department." in refused.text
    served.district.do(Transfer(complaint.code, "BDO", "सड़क ब्लॉक की है"), "ashok")
    assert served.client("ramesh").open(page).status_code == 200
    former = served.client("sunita")
    assert former.open(page).status_code == 200
    assert former.post(f"{page}/phone", former.marks("/people")).status_code == 403


@pytest.mark.parametrize(
    ("who", "reads"),
    [("ashok", True), ("senior", True), ("operator", True), ("sunita", False), ("nodal", False), ("auditor", False)],
)
def test_a_confidential_petition_is_for_the_head_seniors_and_operators(served: Served, who: str, reads: bool) -> None:
    complaint = served.district.register("DPRO C", words="नाम न बताएँ", confidential=True)[0]
    served.district.do(AddNote(complaint.code, "पीड़ित से बात हुई"), "ashok")
    person = served.client(who)
    page, board = person.open(f"/c/{complaint.code}").text, person.open("/").text
    for secret in ("नाम न बताएँ", "सावित्री देवी", "बसही", "98xxxxxx10", "पीड़ित से बात हुई"):
        assert (secret in page) == reads, secret
    assert ("नाम न बताएँ" in board) == reads
    assert complaint.code in board
    assert (PHONE in person.post(f"/c/{complaint.code}/phone", person.marks("/people")).text) == reads


def test_markup_in_names_and_words_is_shown_as_written(served: Served) -> None:
    """Research pitfall K07."""
    nasty = "<script>alert(1)</script> Ram & Sons_* </b> O'Neil"
    complaint = served.district.register("DPRO C", words=nasty, name="<3 & co", village="'\"><img src=x>")[0]
    for page in (f"/c/{complaint.code}", "/", f"/intake/receipt/{complaint.petition}"):
        text = served.client("operator").open(page).text
        assert "<script>alert" not in text
        assert "<img src=x>" not in text
        assert "&lt;script&gt;alert(1)&lt;/script&gt; Ram &amp; Sons_*" in text


@dataclass(frozen=True)
class Line:
    at: datetime
    who: str
    text: str
    chat: str


class Archive:
    """An archive of chats with one message."""

    def messages_about(self, code: str) -> tuple[Line, ...]:
        return (Line(datetime(2026, 11, 25, 4, 40, tzinfo=UTC), "सुनीता वर्मा", f"{code} पर टीम भेजी है", "DPRO"),)


def test_what_was_written_in_the_chat_stands_on_the_page(sqlite_database: str, tmp_path: Path) -> None:
    with serving(sqlite_database, tmp_path, chats=Archive()) as served:
        complaint = served.district.register("DPRO C")[0]
        secret = served.district.register("DPRO C", confidential=True)[0]
        page = served.client("sunita").open(f"/c/{complaint.code}").text
        assert f"{complaint.code} पर टीम भेजी है" in page
        assert "today 10:10 am" in page
        assert "टीम भेजी है" not in served.client("sunita").open(f"/c/{secret.code}").text


def test_a_mistyped_code_is_answered_with_those_that_may_be_meant(served: Served) -> None:
    code = served.district.register("DPRO C")[0].code
    operator = served.client("operator")
    typed = code.replace("1001", "1002")
    lost = operator.open(f"/c/{typed}")
    assert lost.status_code == 404
    assert f'href="/c/{code}"' in lost.text
    assert operator.open(f"/find?q={code.lower().replace('-', ' ')}").url.path == f"/c/{code}"
    assert "No complaint has the code xyz. Copy the whole code from the slip." in operator.open("/find?q=xyz").text


@pytest.mark.parametrize("form", ["/c/{code}/phone", "/c/{code}/note"])
def test_another_language_after_a_form_leads_back_to_the_complaint(served: Served, form: str) -> None:
    code = served.district.register("DPRO C")[0].code
    assert served.client("operator").open(form.format(code=code)).url.path == f"/c/{code}"


def test_a_file_is_shown_only_with_its_complaint(served: Served, photo: bytes) -> None:
    kept = served.files.keep(photo, "नाली.jpg", "image/jpeg")
    complaint, other = (served.district.register("DPRO C", papers=papers)[0] for papers in ((kept.sha256,), ()))
    sunita, ramesh = served.client("sunita"), served.client("ramesh")
    assert sunita.open(f"/c/{complaint.code}/files/{kept.sha256}").content != photo
    assert sunita.open(f"/c/{other.code}/files/{kept.sha256}").status_code == 404
    assert ramesh.open(f"/c/{complaint.code}/files/{kept.sha256}").status_code == 403
