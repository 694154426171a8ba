"""The desk for programs: the same rules and sentences, as JSON, with a Bearer token."""

from typing import Any

import httpx
import pytest

from core.store.queries.complaint_page import timeline_of
from tests.desk.serving import Served

PETITION: dict[str, Any] = {
    "name": "Savitri Devi",
    "phone": "+91 98123 45610",
    "village": "Basahi",
    "words": "A broken drain has flooded the handpump.",
    "parts": [{"department": "DPRO", "category": "A"}, {"department": "bdo", "category": "C"}],
}


def test_a_whole_life_by_programs_alone(served: Served, photo: bytes) -> None:
    operator, sunita, senior = (served.program(name) for name in ("operator", "sunita", "senior"))
    made = operator.post("/api/petitions", json=PETITION)
    assert made.status_code == 201, made.text
    first, second = made.json()["complaints"]
    assert (first["department"], second["department"]) == ("DPRO", "BDO")
    assert first["due_at"] == "2026-11-25T12:30:00Z"
    page = f"/api/complaints/{first['code']}"
    assert sunita.post(f"{page}/acknowledge", json={}).json()["officer"] == "सुनीता वर्मा"
    kept = sunita.post("/api/files", files={"file": ("a.jpg", photo, "image/jpeg")}).json()["sha256"]
    done = sunita.post(f"{page}/solve", json={"words": "Drain repaired, the water has gone.", "evidence": [kept]})
    assert (done.status_code, done.json()["state"]) == (200, "solved")
    assert senior.post(f"{page}/confirm", json={"complainant": True}).json()["state"] == "closed"
    whole = senior.get(page).json()
    history = ["Registered", "Acknowledged", "Solved", "Flagged", "Confirmed"]
    assert [step["what"] for step in whole["history"]] == history
    assert "Flagged" not in [step["what"] for step in sunita.get(page).json()["history"]]
    assert whole["also"] == [second["code"]]
    assert whole["phone"] == "98xxxxxx10"
    id = served.district.complaint(first["code"]).id
    doors = [step.via.door.value for step in served.district.store.read_now(lambda c: timeline_of(c, id))]
    assert doors == ["api", "api", "api", "clock", "api"], "a flag follows by itself"


def test_the_same_key_is_done_once_and_other_content_is_another_request(served: Served) -> None:
    operator = served.program("operator")
    key = {"Idempotency-Key": "row-17"}
    ids = {operator.post("/api/petitions", json=PETITION, headers=key).json()["petition"] for _ in range(3)}
    assert len(ids) == 1
    other = operator.post("/api/petitions", json=PETITION | {"words": "Another", "anyway": True}, headers=key)
    assert other.json()["petition"] not in ids


@pytest.mark.parametrize(
    ("changed", "status", "reason", "field"),
    [
        ({"phone": "98123"}, 422, "invalid", "phone"),
        ({"words": ""}, 422, "invalid", "words"),
        ({"parts": [{"department": "ZZZ", "category": "A"}]}, 422, "invalid", "department"),
        ({"parts": []}, 422, "invalid", "parts"),
        ({"parts": [{"department": "DPRO", "category": "D"}]}, 422, "invalid", "parts.0.category"),
        ({"unknown": 1}, 422, "invalid", "unknown"),
    ],
)
def test_a_wrong_field_is_named_with_a_sentence(
    served: Served, changed: dict[str, Any], status: int, reason: str, field: str
) -> None:
    answer = served.program("operator").post("/api/petitions", json=PETITION | changed)
    assert answer.status_code == status
    assert (answer.json()["reason"], answer.json()["field"]) == (reason, field)
    assert answer.json()["error"].endswith("।") or "/api" in answer.json()["error"]


def test_the_same_phone_is_told_until_the_program_insists(served: Served) -> None:
    operator = served.program("operator")
    code = operator.post("/api/petitions", json=PETITION).json()["complaints"][0]["code"]
    again = operator.post("/api/petitions", json=PETITION)
    assert (again.status_code, again.json()["reason"]) == (409, "open_from_this_phone")
    assert code in again.json()["error"]
    assert operator.post("/api/petitions", json=PETITION | {"anyway": True}).status_code == 201


@pytest.mark.parametrize(
    ("who", "action", "body", "status", "reason"),
    [
        ("ramesh", "acknowledge", {}, 403, "not_allowed"),
        ("senior", "acknowledge", {}, 403, "not_allowed"),
        ("sunita", "solve", {"words": "हो गया"}, 409, "too_short"),
        ("senior", "confirm", {}, 409, "not_solved"),
        ("sunita", "transfer", {"to": "DPRO"}, 409, "same_department"),
        ("sunita", "transfer", {"to": "ZZZ"}, 404, "not_found"),
        ("sunita", "dance", {}, 422, "invalid"),
        ("auditor", "note", {"words": "x"}, 403, "not_allowed"),
    ],
)
def test_a_refusal_has_a_sentence_and_changes_nothing(
    served: Served, who: str, action: str, body: dict[str, Any], status: int, reason: str
) -> None:
    complaint = served.district.register("DPRO C")[0]
    answer = served.program(who).post(f"/api/complaints/{complaint.code}/{action}", json=body)
    assert (answer.status_code, answer.json()["reason"]) == (status, reason)
    assert len(answer.json()["error"]) > 20
    assert served.district.complaint(complaint.code) == complaint


def test_lists_hold_what_the_caller_may_see(served: Served) -> None:
    dpro, bdo = served.district.register("DPRO C", "BDO B")
    mine = served.program("sunita").get("/api/complaints").json()
    assert [each["code"] for each in mine["complaints"]] == [dpro.code]
    everything = served.program("auditor").get("/api/complaints").json()
    assert [each["code"] for each in everything["complaints"]] == [bdo.code, dpro.code]
    wrong = served.program("auditor").get("/api/complaints", params={"since": "2026-11-24"})
    assert (wrong.status_code, wrong.json()["field"]) == (422, "since")


def test_confidential_words_are_null_for_whom_they_are_not(served: Served) -> None:
    secret = served.district.register("DPRO C", confidential=True)[0]
    member = served.program("sunita").get(f"/api/complaints/{secret.code}").json()
    assert (member["words"], member["name"], member["phone"], member["village"]) == (None,) * 4
    assert served.program("ashok").get(f"/api/complaints/{secret.code}").json()["name"] == "सावित्री देवी"


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer nobody"}, {"Authorization": "Basic eDp5"}])
def test_without_a_token_nothing_is_told(served: Served, headers: dict[str, str]) -> None:
    answer = httpx.get(f"{served.url}/api/complaints", headers=headers, timeout=60)
    assert answer.status_code == 401
    assert "Authorization: Bearer" in answer.json()["error"]


def test_a_cookie_is_no_token_so_no_other_site_can_use_it(served: Served) -> None:
    assert served.client("operator").http.post("/api/petitions", json=PETITION).status_code == 401


def test_the_page_describes_every_route_with_an_example(served: Served) -> None:
    page = httpx.get(f"{served.url}/api", timeout=60).text
    paths = httpx.get(f"{served.url}/api/openapi.json", timeout=60).json()["paths"]
    assert len(paths) == 9
    for path in paths:
        assert path in page
    assert "Savitri Devi" in page
