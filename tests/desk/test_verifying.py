"""Calls to make, what waits for the seniors, what is flagged: who sees it, and what comes of it."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from core.commands import LinkComplainant, Solve
from core.complaints import Complaint, State
from core.people import Actor, Door, Via
from core.store.access import LookRow
from core.store.tables import table_of
from tests.desk.serving import Served, serving

WORK = "नाली की मरम्मत कराई, पानी निकल गया"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """One desk for all: each test works on a complaint of its own."""
    folder = tmp_path_factory.mktemp("desk")
    with serving(f"sqlite:///{folder / 'janmilan.db'}", folder) as desk:
        yield desk


def solved(served: Served, *parts: str, **fields: object) -> list[Complaint]:
    who = {"DPRO": "sunita", "BDO": "ramesh"}
    complaints = served.district.register(*(f"{part} C" for part in parts), **fields)  # type: ignore[arg-type]
    for part, complaint in zip(parts, complaints, strict=True):
        served.district.do(Solve(complaint.code, WORK), who[part])
    return list(complaints)


def test_a_yes_on_the_phone_closes_and_tells_how_they_were_treated_once(served: Served) -> None:
    (complaint,) = solved(served, "DPRO")
    operator = served.client("operator")
    page = operator.open("/calls").text
    assert complaint.code in page
    assert "98xxxxxx10" in page
    assert "9812345610" not in page
    fields = operator.marks("/calls") | {"outcome": "yes", "polite": "no"}
    for _ in range(2):
        assert "Recorded." in operator.post(f"/calls/{complaint.code}", fields).text
    closed = served.district.complaint(complaint.code)
    assert (closed.state, closed.confirmed_by_complainant, closed.polite) == (State.CLOSED, True, False)
    assert complaint.code not in operator.open("/calls").text


def test_a_no_on_the_phone_opens_the_work_again_that_is_left(served: Served) -> None:
    first, second = solved(served, "DPRO", "BDO")
    operator = served.client("operator")
    refused = operator.send("/calls", f"/calls/{first.code}", outcome="no", words="सड़क वैसी ही है")
    assert refused.status_code == 409
    assert "Choose which work is left." in refused.text
    assert "सड़क वैसी ही है" in refused.text
    operator.send("/calls", f"/calls/{first.code}", outcome="no", words="सड़क वैसी ही है", left=second.code)
    after = served.district.complaint(second.code)
    assert (after.state, after.still_wrong) == (State.REOPENED, "सड़क वैसी ही है")
    assert served.district.complaint(first.code).state is State.SOLVED


def test_whoever_was_not_reached_stays_on_the_list(served: Served) -> None:
    (complaint,) = solved(served, "DPRO")
    operator = served.client("operator")
    operator.send("/calls", f"/calls/{complaint.code}", outcome="not_reached", polite="yes")
    after = served.district.complaint(complaint.code)
    assert (after.state, after.calls, after.polite) == (State.SOLVED, 1, None)
    assert "called in vain: 1" in operator.open("/calls").text


def test_an_outcome_must_be_chosen(served: Served) -> None:
    (complaint,) = solved(served, "DPRO")
    refused = served.client("operator").send("/calls", f"/calls/{complaint.code}", words="कुछ")
    assert (refused.status_code, "Choose what came of the call." in refused.text) == (409, True)
    assert served.district.complaint(complaint.code).state is State.SOLVED


def test_a_look_at_the_number_is_on_record(served: Served) -> None:
    (complaint,) = solved(served, "DPRO")
    operator = served.client("operator")

    def looks() -> int:
        table = table_of(LookRow)
        return len(served.district.store.read_now(lambda reader: reader.execute(table.select()).all()))

    before = looks()
    page = operator.send("/calls", f"/calls/{complaint.code}/phone").text
    assert 'href="tel:+919812345610"' in page
    assert looks() == before + 1


def test_who_was_asked_in_the_chat_is_called_after_a_day_of_silence(served: Served) -> None:
    (complaint,) = served.district.register("DPRO C")
    by = Actor(None, Via(Door.COMMAND), system=True)
    served.district.do(LinkComplainant("web", "citizen", "direct:citizen", complaint.petition), by)
    served.district.do(Solve(complaint.code, WORK), "sunita")
    operator = served.client("operator")
    assert complaint.code not in operator.open("/calls").text
    served.district.clock.advance(timedelta(hours=25))
    assert complaint.code in served.client("operator").open("/calls").text


@pytest.mark.parametrize(
    ("path", "who"),
    [("/calls", {"operator", "senior"}), ("/waiting", {"senior"}), ("/flagged", {"senior"})],
)
def test_the_lists_are_for_those_whose_business_they_are(served: Served, path: str, who: set[str]) -> None:
    for name in ("ashok", "sunita", "ramesh", "operator", "senior", "nodal", "auditor"):
        assert (served.client(name).open(path).status_code == 200) == (name in who), name


def test_what_nobody_can_be_asked_about_waits_for_a_senior(served: Served) -> None:
    (complaint,) = solved(served, "DPRO", phone="")
    senior = served.client("senior")
    assert complaint.code in senior.open("/waiting").text
    assert complaint.code not in senior.open("/calls").text
    assert "/waiting" in senior.open("/").text, "the board leads there"
    senior.send(f"/c/{complaint.code}", f"/c/{complaint.code}/confirm")
    assert complaint.code not in senior.open("/waiting").text


def test_flags_stand_on_the_page_until_a_senior_has_looked(served: Served) -> None:
    (complaint,) = solved(served, "DPRO")
    senior = served.client("senior")
    assert complaint.code in senior.open("/flagged").text
    assert "solved within minutes" in senior.open(f"/c/{complaint.code}").text
    refused = served.client("operator").send(f"/c/{complaint.code}", f"/c/{complaint.code}/flags")
    assert refused.status_code == 409
    senior.send(f"/c/{complaint.code}", f"/c/{complaint.code}/flags")
    assert complaint.code not in senior.open("/flagged").text


def test_the_page_of_what_closed_unconfirmed_says_so(served: Served) -> None:
    (complaint,) = solved(served, "DPRO")
    served.district.clock.advance(timedelta(days=1))
    page = served.client("senior").open(f"/c/{complaint.code}").text
    assert "The complainant is asked whether it is solved" in page
    assert "closed, confirmed" not in page
