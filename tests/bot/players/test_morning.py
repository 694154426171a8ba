"""A morning that is played, looked at by whoever may: the report says what the players did, at the clock's times."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise

import httpx
import pytest
import sqlalchemy as sa

from bot.app import put_together
from bot.players import Played
from bot.settings import Configuration
from core.clock import FastClock
from core.commands import BindGroup
from core.groups import Purpose
from core.people import Actor, Door, Via
from core.proof import verify
from core.store.haste import write_in_haste
from core.store.people_tables import IdentityRow, MembershipRow, PersonRow
from core.store.tables import table_of
from core.store.unit import UnitOfWork
from core.store.work import Work
from tests.district import DEPARTMENT_IDS, DEPARTMENTS, PEOPLE, WEDNESDAY_10, make_district
from tests.made_once import make_in
from tests.playing_morning import Morning, played_morning

SPEED = 400
"""Two hours in 18 seconds, most of which pass in waiting: a busy machine may stand still for most of a second."""

NINE = WEDNESDAY_10 - timedelta(hours=1)
GRACE_ENDS, ELEVEN = NINE + timedelta(minutes=15), NINE + timedelta(hours=2)
PERIODS = (NINE, NINE + timedelta(minutes=40), NINE + timedelta(minutes=80), ELEVEN)
ADMINISTRATION = "group:administration"
MORE_PEOPLE = 20


@pytest.fixture(scope="module")
def morning(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Morning]:
    """One that is over: both tests look at the same."""
    folder = tmp_path_factory.mktemp("morning")
    url = f"sqlite:///{folder / 'office.db'}"
    clock = FastClock(NINE - timedelta(minutes=5), SPEED, ELEVEN + timedelta(minutes=5))
    make_in(url, make_district)
    running = put_together(Configuration.model_validate({"database": url}), clock, folder)
    write_in_haste(running.store.database)
    running.store.do_now(Work(_add_people))
    system = Actor(None, Via(Door.COMMAND), system=True)
    for code in DEPARTMENTS:
        running.office.do_now(BindGroup("web", f"group:{code.lower()}", Purpose.DEPARTMENT, code), system)
    running.office.do_now(BindGroup("web", ADMINISTRATION, Purpose.ADMINISTRATION), system)
    with played_morning(running, clock, every=3) as made:
        made.to_its_end(seconds=180)
        yield made


def test_the_report_of_a_played_morning_is_what_the_players_did(morning: Morning) -> None:
    played = morning.stage.played
    assert played.turned_away == []
    with httpx.Client(base_url=morning.address, headers=_as(morning, "senior"), timeout=60) as senior:
        today = senior.get("/api/presence/today").json()
        said = senior.get(f"/chat/api/chats/{ADMINISTRATION}/messages", params={"most": 100}).json()["messages"]
        registered = [senior.get(f"/api/complaints/{code}").json() for code in played.registered]

    assert (today["phase"], len(today["people"])) == ("after", MORE_PEOPLE + 4)
    exactly = 0
    for each in today["people"]:
        marks = played.marks[each["person"]]
        expected = {_verdict([mark[end] for mark in marks], each["person"], played) for end in (0, 1)}
        if "present" not in expected:
            expected.add("not_known")  # a machine that stood still for half a second was not receiving for minutes
        assert each["stands"] in expected, (each, marks)
        exactly += each["stands"] != "not_known"
        if marks and each["since"] is not None:
            assert marks[0][0] <= datetime.fromisoformat(each["since"]) <= marks[0][1]
    assert exactly > MORE_PEOPLE / 2

    (report,) = (each for each in said if "presence_by:" in str(each["buttons"]))
    counts = Counter(each["stands"] for each in today["people"])
    shown = {name: int(number) for name, number in re.findall(r"(कुल|हाज़िर|देर से|अनुपस्थित) (\d+)", report["text"])}
    assert shown["कुल"] == len(today["people"])
    assert (shown["हाज़िर"], shown["देर से"]) == (counts["present"], counts["late"])
    assert shown["अनुपस्थित"] == counts["absent"]
    assert ELEVEN <= datetime.fromisoformat(report["at"]) < ELEVEN + timedelta(minutes=30)

    assert len(registered) == len(morning.stage.script.petitions)
    assert all(NINE < datetime.fromisoformat(each["registered_at"]) < ELEVEN for each in registered)
    assert {"acknowledged", "solved"} <= {each["state"] for each in registered}
    assert morning.running.store.read_now(verify).clean
    assert morning.running.store.read_now(lambda db: db.execute(sa.text("SELECT count(*) FROM failure")).scalar()) == 0


def test_the_roll_calls_come_at_their_times_and_the_terminal_tells_it(morning: Morning) -> None:
    with httpx.Client(base_url=morning.address, headers=_as(morning, "ashok"), timeout=60) as officer:
        said = officer.get("/chat/api/chats/group:dpro/messages", params={"most": 100}).json()["messages"]
    called = [datetime.fromisoformat(each["at"]) for each in said if "present:" in str(each["buttons"])]
    assert called
    in_period = [sum(begin <= at for begin in PERIODS) for at in called]
    assert in_period == sorted(set(in_period)), called
    assert all(NINE <= at < ELEVEN for at in called), called
    told = [f"{at.astimezone(WEDNESDAY_10.tzinfo):%H:%M} {line}" for at, line in morning.told]
    assert sum("roll-call: a message with one button in 3 groups" in line for line in told) == len(called)
    counted = [re.search(r"roll-call: (\d+) of (\d+) present", line) for line in told]
    came = [int(each[1]) for each in counted if each is not None]
    assert len(came) == 3
    assert 0 <= came[0] <= came[1] <= came[2] <= MORE_PEOPLE + 4
    assert came[2] > 0
    assert [at for at, _ in morning.told] == sorted(at for at, _ in morning.told)


def _verdict(marks: Sequence[datetime], person: int, played: Played) -> str:
    """As docs/design.md §4 says it, from the times alone."""
    counted = [at for at in marks if NINE <= at < ELEVEN]
    if person in played.leaves:
        return "on_leave"
    if not counted:
        return "seen_only" if person in played.readers else "absent"
    if not all(any(begin <= at < end for at in counted) for begin, end in pairwise(PERIODS)):
        return "partial"
    return "late" if min(counted) > GRACE_ENDS else "present"


def _as(morning: Morning, name: str) -> dict[str, str]:
    token = morning.running.access.issue_link_now(PEOPLE[name], "chat", once=False, ttl=None)
    return {"Authorization": f"Bearer {token}"}


def _add_people(unit: UnitOfWork) -> None:
    for count in range(MORE_PEOPLE):
        id = unit.new_id("person")
        names = {"name_hi": f"कर्मचारी {count}", "name_en": f"Officer {count}"}
        empty = {"designation_hi": "", "designation_en": "", "staff": False, "phone": "", "language": None}
        unit.insert(table_of(PersonRow), {"id": id, **names, **empty})
        unit.insert(table_of(IdentityRow), {"account": "web", "user": f"person:{id}", "person": id, "since": None})
        department = list(DEPARTMENT_IDS.values())[count % len(DEPARTMENT_IDS)]
        unit.insert(table_of(MembershipRow), {"person": id, "department": department, "head": False, "since": None})
    unit.changed_directory()
