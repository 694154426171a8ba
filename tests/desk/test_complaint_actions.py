"""Every action of a complaint's page: who may and who may not, with the same set-up; once; and not on an old page."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

import pytest

from core.commands import Acknowledge, AskMoreTime, AskOfficer, Confirm, Merge, PauseComplaint, Solve
from core.complaints import Complaint, State
from core.pauses import PauseFor
from tests.desk.serving import Served, serving
from tests.district import PEOPLE

WORK = "नाली की मरम्मत कराई, पानी निकल गया"
EVERYBODY = ("ashok", "sunita", "ramesh", "operator", "senior", "nodal", "auditor")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One desk for all: each test works on a complaint of its own."""
    folder = tmp_path_factory.mktemp("desk")
    with serving(f"sqlite:///{folder / 'janmilan.db'}", folder) as desk:
        assert registered(desk).code == FIRST_CODE
        yield desk


def registered(served: Served) -> Complaint:
    return served.district.register("DPRO C")[0]


def acknowledged(served: Served) -> Complaint:
    complaint = registered(served)
    served.district.do(Acknowledge(complaint.code), "sunita")
    return complaint


def solved(served: Served) -> Complaint:
    complaint = acknowledged(served)
    served.district.do(Solve(complaint.code, WORK), "sunita")
    return complaint


def solved_as_text(served: Served) -> Complaint:
    complaint = acknowledged(served)
    served.district.do(Solve(complaint.code, WORK, from_text=True), "sunita")
    return complaint


def closed(served: Served) -> Complaint:
    complaint = solved(served)
    served.district.do(Confirm(complaint.code, complainant=True), "operator")
    return complaint


def reopened(served: Served) -> Complaint:
    complaint = closed(served)
    served.client("senior").send(f"/c/{complaint.code}", f"/c/{complaint.code}/reopen", words="फिर भर गया")
    return complaint


def asked_for_time(served: Served) -> Complaint:
    complaint = registered(served)
    served.district.do(AskMoreTime(complaint.code, date(2026, 12, 4), "पाइप आना बाकी है"), "sunita")
    return complaint


def paused(served: Served) -> Complaint:
    complaint = registered(served)
    served.district.do(PauseComplaint(complaint.code, date(2026, 11, 27), PauseFor.COURT, "तारीख़ है"), "senior")
    return complaint


def questioned(served: Served) -> Complaint:
    complaint = registered(served)
    served.district.do(AskOfficer(complaint.code, "कहाँ?"), "other senior")
    return complaint


def joined(served: Served) -> Complaint:
    complaint = registered(served)
    served.district.do(Merge(complaint.code, FIRST_CODE), "senior")
    return complaint


FIRST_CODE = "DPRO-1001-48"
"""The first complaint of the desk: it stays open, and others are joined to it."""

CASES: dict[str, tuple[Callable[[Served], Complaint], dict[str, str], set[str], Callable[[Complaint], bool]]] = {
    "acknowledge": (registered, {}, {"ashok", "sunita", "operator"}, lambda c: c.state is State.ACKNOWLEDGED),
    "solve": (acknowledged, {"words": WORK}, {"ashok", "sunita", "operator"}, lambda c: c.state is State.SOLVED),
    "note": (
        registered,
        {"words": "कल टीम जाएगी"},
        {"ashok", "sunita", "operator", "senior", "nodal"},
        lambda c: c.version == 2,
    ),
    "undo": (solved_as_text, {}, {"ashok", "sunita"}, lambda c: c.state is State.ACKNOWLEDGED),
    "confirm": (solved, {}, {"operator", "senior"}, lambda c: c.state is State.CLOSED),
    "reopen": (closed, {"words": "पानी फिर भर गया"}, {"operator", "senior"}, lambda c: c.state is State.REOPENED),
    "still-wrong": (reopened, {"words": "नाली खुली है"}, {"operator", "senior"}, lambda c: c.still_wrong == "नाली खुली है"),
    "transfer": (
        registered,
        {"to": "JNR", "words": "पाइप जल निगम का है"},
        {"ashok", "sunita", "operator", "senior"},
        lambda c: c.state is State.TRANSFERRED and c.transfers == 1,
    ),
    "more-time": (
        registered,
        {"until": "4 दिसंबर", "words": "पाइप आना बाकी है"},
        {"ashok", "sunita", "operator"},
        lambda c: c.more_time is not None and c.more_time.until == date(2026, 12, 4),
    ),
    "give-time": (asked_for_time, {"until": ""}, {"senior"}, lambda c: c.state is State.PAUSED),
    "no-time": (asked_for_time, {"words": "आज ही करें"}, {"senior"}, lambda c: c.more_time is None),
    "pause": (
        registered,
        {"until": "27-11-2026", "waits_for": "court", "words": "तारीख़ है"},
        {"operator", "senior"},
        lambda c: c.state is State.PAUSED,
    ),
    "resume": (paused, {}, {"operator", "senior"}, lambda c: c.state is State.REGISTERED),
    "assign": (registered, {"officer": "2"}, {"ashok", "operator"}, lambda c: c.assignee == PEOPLE["sunita"]),
    "ask": (registered, {"words": "पाइप कब आएगा?"}, {"operator", "senior"}, lambda c: c.question is not None),
    "answer": (
        questioned,
        {"words": "शुक्रवार को"},
        {"ashok", "sunita", "operator", "senior"},
        lambda c: c.question is None,
    ),
    "reject": (
        registered,
        {"ground": "sub_judice", "words": "वाद 12/2024"},
        {"senior"},
        lambda c: c.state is State.REJECTED and c.rejected_for == "sub_judice",
    ),
    "merge": (registered, {"into": f" {FIRST_CODE.lower()} "}, {"senior"}, lambda c: c.merged_code == FIRST_CODE),
    "unmerge": (joined, {}, {"senior"}, lambda c: c.state is State.REGISTERED),
    "category": (registered, {"category": "A", "words": ""}, {"operator", "senior"}, lambda c: c.category == "A"),
}


@pytest.mark.parametrize("who", EVERYBODY)
@pytest.mark.parametrize("action", CASES)
def test_who_may_do_what(served: Served, action: str, who: str) -> None:
    prepare, fields, allowed, holds_after = CASES[action]
    complaint = prepare(served)
    before = served.district.complaint(complaint.code)
    person, page = served.client(who), f"/c/{complaint.code}"
    offered = f'id="action-{action}"' in person.open(page).text
    marks = person.marks("/people") | {"key": "k", "version": str(before.version)}
    answer = person.post(f"{page}/{action}", marks | fields)
    after = served.district.complaint(complaint.code)
    if who in allowed:
        assert answer.status_code == 200, answer.text
        assert 'id="done"' in answer.text
        assert holds_after(after)
        assert offered or action == "undo"
    else:
        assert answer.status_code in (403, 409)
        assert after == before
        assert not offered


@pytest.mark.parametrize("action", CASES)
def test_sent_twice_it_is_done_once(served: Served, action: str) -> None:
    prepare, fields, allowed, holds_after = CASES[action]
    complaint = prepare(served)
    person, page = served.client(sorted(allowed)[-1]), f"/c/{complaint.code}"
    sent = person.marks(page) | fields
    assert person.post(f"{page}/{action}", sent).status_code == 200
    after = served.district.complaint(complaint.code)
    answers = [person.post(f"{page}/{action}", sent) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert served.district.complaint(complaint.code) == after
    assert holds_after(after)


def test_whoever_solved_it_never_confirms_it(served: Served) -> None:
    complaint = acknowledged(served)
    operator, page = served.client("operator"), f"/c/{complaint.code}"
    operator.send(page, f"{page}/solve", words=WORK)
    assert 'id="action-confirm"' not in operator.open(page).text
    refused = operator.send(page, f"{page}/confirm")
    assert refused.status_code == 409
    assert "Whoever gave the solution cannot confirm it." in refused.text
    assert served.district.complaint(complaint.code).state is State.SOLVED


def test_a_solution_needs_words_and_they_come_back_with_the_sentence(served: Served) -> None:
    complaint = acknowledged(served)
    person, page = served.client("sunita", "hi"), f"/c/{complaint.code}"
    refused = person.send(page, f"{page}/solve", words="हो गया")
    assert refused.status_code == 409
    assert "“हो गया” से पता नहीं चलता कि काम क्या हुआ। क्या किया और कहाँ, यह लिखें।" in refused.text
    assert ">हो गया</textarea>" in refused.text


def test_an_a_needs_a_photo_and_the_words_are_kept_until_it_comes(served: Served, photo: bytes) -> None:
    complaint = served.district.register("DPRO A")[0]
    person, page = served.client("sunita"), f"/c/{complaint.code}"
    refused = person.send(page, f"{page}/solve", words=WORK)
    assert "The solution needs a photo from the spot. Choose it below; your words are kept." in refused.text
    assert f">{WORK}</textarea>" in refused.text
    done = person.send(page, f"{page}/solve", files={"evidence": ("a.jpg", photo, "image/jpeg")}, words=WORK)
    assert done.status_code == 200
    solution = served.district.complaint(complaint.code).solution
    assert solution is not None
    (sha256,) = solution.evidence
    assert person.open(f"{page}/files/{sha256}?size=small").headers["content-type"] == "image/jpeg"


def test_a_photo_too_large_is_told_and_the_words_are_kept(served: Served) -> None:
    complaint = acknowledged(served)
    person, page = served.client("sunita"), f"/c/{complaint.code}"
    big = {"evidence": ("a.jpg", b"\xff\xd8\xff" + bytes(11 * 1024**2), "image/jpeg")}
    refused = person.send(page, f"{page}/solve", files=big, words=WORK)
    assert "The file has 11.1 MB, the limit is 10 MB. Choose a smaller size." in refused.text
    assert f">{WORK}</textarea>" in refused.text
    assert served.district.complaint(complaint.code).state is State.ACKNOWLEDGED


def test_changed_meanwhile_nothing_is_done_and_what_was_typed_is_kept(served: Served) -> None:
    complaint = acknowledged(served)
    person, page = served.client("ashok"), f"/c/{complaint.code}"
    marks = person.marks(page)
    served.district.do(Solve(complaint.code, WORK), "sunita")
    late = person.post(f"{page}/transfer", marks | {"to": "JNR", "words": "पाइप जल निगम का है"})
    assert late.status_code == 409
    sentence = "Sunita Verma changed this meanwhile. Look at the new version, then save; your text is kept below."
    assert sentence in late.text
    assert "पाइप जल निगम का है" in late.text
    assert served.district.complaint(complaint.code).transfers == 0


def test_an_operator_gives_it_to_an_officer_by_name(served: Served) -> None:
    complaint = registered(served)
    operator, page = served.client("operator"), f"/c/{complaint.code}"
    done = operator.send(page, f"{page}/acknowledge", officer="2")
    assert "Recorded: Sunita Verma has it now." in done.text
    assert served.district.complaint(complaint.code).assignee == 2


def test_what_was_refused_is_done_when_the_reason_is_gone(served: Served) -> None:
    """The same form again, after what stood in its way has gone: it is no repeat of something done."""
    complaint = acknowledged(served)
    senior, page = served.client("senior"), f"/c/{complaint.code}"
    sent = senior.marks(page) | {"version": "4"}
    assert senior.post(f"{page}/confirm", sent).status_code == 409
    served.district.clock.advance(timedelta(hours=1))  # so that nothing is flagged
    served.district.do(Solve(complaint.code, WORK), "sunita")
    assert senior.post(f"{page}/confirm", sent).status_code == 200
    assert served.district.complaint(complaint.code).state is State.CLOSED


@pytest.mark.parametrize("spoilt", [{"csrf": "wrong"}, {"csrf": ""}])
def test_a_form_from_elsewhere_changes_nothing(served: Served, spoilt: dict[str, str]) -> None:
    complaint = registered(served)
    person, page = served.client("sunita"), f"/c/{complaint.code}"
    answer = person.post(f"{page}/acknowledge", person.marks(page) | spoilt)
    assert answer.status_code == 403
    assert "Nothing was changed. Go back, copy what you wrote" in answer.text
    assert served.district.complaint(complaint.code).state is State.REGISTERED


def test_what_is_wrong_with_a_decision_is_said_and_what_was_typed_comes_back(served: Served) -> None:
    complaint = registered(served)
    senior, page = served.client("senior"), f"/c/{complaint.code}"
    refused = senior.send(page, f"{page}/reject", ground="", words="वाद 12/2024")
    assert "Choose a reason from the list." in refused.text
    assert ">वाद 12/2024</textarea>" in refused.text
    assert "Copy the whole code from the slip." in senior.send(page, f"{page}/merge", into="DPRO-1001-47").text
    assert "cannot be joined to itself" in senior.send(page, f"{page}/merge", into=complaint.code).text
    secret = served.district.register("DPRO C", confidential=True)[0]
    assert "only one is confidential" in senior.send(page, f"{page}/merge", into=secret.code).text
    assert served.district.complaint(complaint.code).version == 1


def test_a_page_of_what_was_decided_tells_it_in_hindi(served: Served) -> None:
    complaint = registered(served)
    senior, page = served.client("senior", "hi"), f"/c/{complaint.code}"
    senior.send(page, f"{page}/reject", ground="personal_dispute", words="आपसी बँटवारा")
    shown = senior.open(page).text
    assert "अस्वीकृत: आपसी या निजी विवाद" in shown
    assert "आपसी बँटवारा" in shown
    assert 'id="action-reopen"' in shown
    assert 'id="action-reopen"' not in served.client("operator").open(page).text


def test_complaints_that_may_be_the_same_are_offered_to_whoever_may_join_them(served: Served) -> None:
    complaint = registered(served)
    offered = served.client("senior").open(f"/c/{complaint.code}").text
    assert offered.count(f'<option value="{FIRST_CODE}">') + offered.count('<datalist id="merge-twins"><option') >= 1
    assert "merge-twins" not in served.client("operator").open(f"/c/{complaint.code}").text
