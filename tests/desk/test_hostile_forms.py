"""What no form of ours would send: said in a sentence, never a fault of the server, and nothing is changed by it."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from core.store.queries.failures import failures
from tests.desk.serving import Served, serving

PETITION: dict[str, Any] = {
    "name": "Savitri Devi",
    "phone": "98123 45610",
    "village": "Basahi",
    "words": "A broken drain has flooded the handpump.",
    "parts": [{"department": "DPRO", "category": "B"}],
}
WORK = "Drain repaired, the water has gone."


@pytest.fixture
def served_on(database_url: str, tmp_path: Path) -> Iterator[Served]:
    """A desk on a fresh database of either kind: PostgreSQL takes no NUL."""
    with serving(database_url, tmp_path) as desk:
        yield desk


def test_what_is_refused_is_refused_again_however_often_the_same_form_is_sent(served: Served) -> None:
    complaint = served.district.register("DPRO C")[0]
    sunita, key = served.program("sunita"), {"Idempotency-Key": "once"}
    for _ in range(4):
        answer = sunita.post(f"/api/complaints/{complaint.code}/solve", json={"words": "ok"}, headers=key)
        assert (answer.status_code, answer.json()["reason"]) == (409, "too_short")
    operator = served.program("operator")
    assert operator.post("/api/petitions", json=PETITION, headers=key).status_code == 409, "the phone has one open"
    for _ in range(3):
        again = operator.post("/api/petitions", json=PETITION, headers=key)
        assert (again.status_code, again.json()["reason"]) == (409, "open_from_this_phone")


def test_a_form_that_was_refused_is_done_once_when_its_reason_is_gone(served: Served) -> None:
    complaint = served.district.register("DPRO C")[0]
    senior, key = served.program("senior"), {"Idempotency-Key": "confirm"}
    page = f"/api/complaints/{complaint.code}"
    for _ in range(3):
        assert senior.post(f"{page}/confirm", json={}, headers=key).status_code == 409
    served.program("sunita").post(f"{page}/solve", json={"words": WORK})
    answers = [senior.post(f"{page}/confirm", json={}, headers=key) for _ in range(3)]
    assert [(done.status_code, done.json()["state"]) for done in answers] == [(200, "closed")] * 3
    assert len({done.json()["version"] for done in answers}) == 1


@pytest.mark.parametrize("sha256", ["x", "a" * 64, "../../etc/passwd", "\x00"])
def test_a_file_that_is_not_kept_proves_nothing(served: Served, sha256: str) -> None:
    complaint = served.district.register("DPRO A")[0]
    page = f"/api/complaints/{complaint.code}"
    answer = served.program("sunita").post(f"{page}/solve", json={"words": WORK, "evidence": [sha256]})
    assert (answer.status_code, answer.json()["field"]) == (422, "file")
    assert served.district.complaint(complaint.code) == complaint
    papers = {"papers": [sha256], "phone": ""}
    assert served.program("operator").post("/api/petitions", json=PETITION | papers).status_code == 422


@pytest.mark.parametrize("number", ["²", "-1", "9" * 30, "9" * 5000, "abc", "१"])
def test_numbers_that_no_form_has(served: Served, number: str) -> None:
    complaint = served.district.register("DPRO C")[0]
    person, page = served.client("operator"), f"/c/{complaint.code}"
    marks = person.marks(page)
    for action, fields in (
        ("acknowledge", {"officer": number}),
        ("solve", {"version": number, "words": WORK}),
        ("transfer", {"version": number, "to": "BDO"}),
    ):
        assert person.post(f"{page}/{action}", marks | fields).status_code < 500
    assert person.post("/", person.marks("/") | {"heard_by": number, "name": "x"}).status_code < 500
    assert served.district.complaint(complaint.code) == complaint


@pytest.mark.parametrize("text", ["नाली\x00 साफ", "\u202eabc", "क" * 8_001, "😀\u200b"])
def test_texts_of_every_kind_on_both_databases(served_on: Served, text: str) -> None:
    served, typed = served_on, quote(text[:40])
    complaint = served.district.register("DPRO C")[0]
    operator = served.program("operator")
    assert operator.post("/api/petitions", json=PETITION | {"words": text, "phone": ""}).status_code in (201, 422)
    assert operator.post(f"/api/complaints/{complaint.code}/note", json={"words": text}).status_code == 200
    assert operator.post(f"/api/complaints/{complaint.code}/note", json={"words": "क" * 70_000}).status_code == 422
    raw = b'{"words": "\\ud83d half of a pair"}'
    assert operator.post(f"/api/complaints/{complaint.code}/note", content=raw).status_code in (200, 422)
    for path in (f"/c/{typed}", f"/find?q={typed}", f"/board?department={typed}&q={typed}", f"/c/{complaint.code}%00"):
        assert served.client("operator").open(path).status_code < 500
    assert served.district.store.read_now(failures) == []
