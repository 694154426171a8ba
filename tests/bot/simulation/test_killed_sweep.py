"""Killed in the middle of a sweep, again and again: every rung and breach is there once, and each chat is told once."""

import subprocess
import sys
from collections import Counter
from datetime import datetime, time, timedelta
from pathlib import Path

from bot.app import put_together
from bot.settings import Configuration
from bot.simulation.chats import ACCOUNT, Chats
from bot.simulation.district import FIRST_DAY, make_district
from core.clock import SetClock, SystemClock
from core.commands import Part, RegisterPetition
from core.people import Door, Role, Via
from core.proof import verify
from core.store.store import Store
from core.store.work import Work
from tests.bot.simulation.raw import read_raw
from tests.bot.simulation.small_district import NAMES, small_district
from tests.made_once import make_in, make_tables

ROOT = Path(__file__).parents[3]
COMPLAINTS, DEATHS, SEED = 300, 2, 4


def test_every_rung_is_there_once_and_each_chat_is_told_once(database_url: str, tmp_path: Path) -> None:
    settings = Configuration(database=database_url, accounts={})
    monday = datetime.combine(FIRST_DAY, time(9, 30), settings.office.zone)
    fill(settings, tmp_path, monday)
    on_wednesday = monday + timedelta(days=2, hours=3)
    command = [sys.executable, "-m", "tests.bot.simulation.killed_sweep", database_url, str(tmp_path)]
    words = [on_wednesday.isoformat(), str(DEATHS), str(SEED)]
    done = subprocess.run([*command, *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr

    left = list(map(int, done.stdout.split()))
    assert len(left) == DEATHS + 1
    assert left[0] == COMPLAINTS > left[1] > 0, f"the first life ended in the middle of the sweep: {left}"

    raw = read_raw(database_url, settings, days=3, seen=())
    assert len(raw.facts) == COMPLAINTS
    for complaint, facts in raw.facts.items():
        kinds = Counter(fact.kind for fact in facts)
        assert kinds["escalated"] == kinds["breached"] == 1, f"{complaint}: {kinds}"
        (spoke,) = (fact for fact in facts if fact.kind == "escalated")
        assert (spoke.payload["rung"], spoke.payload["recorded"]) == ("due+1d", ["due-4h", "due", "due+4h"])
    store = Store.open(database_url, SystemClock())
    assert store.read_now(verify).clean
    store.close()
    told = Counter(chat for template, chat, _, _ in raw.said if template.startswith("reminder/"))
    assert told, "the seniors are told"
    assert set(told.values()) == {1}


def fill(settings: Configuration, folder: Path, at: datetime) -> None:
    """Complaints for today in all departments, and nobody runs after that."""
    make_in(settings.database, make_tables)
    running = put_together(settings, SetClock(at), folder, others={ACCOUNT: Chats()})
    directory = make_district(running.office, small_district(folder, officers=16))
    by = directory.actor(directory.with_role(Role.OPERATOR)[0].id, Via(Door.DESK))
    codes = list(NAMES)
    petitions = [
        RegisterPetition(name="स", phone="", village="ब", words="नाली टूटी है", parts=(Part(codes[each % 8], "A"),))
        for each in range(COMPLAINTS)
    ]
    running.store.do_now(Work(lambda unit: [running.office.perform(unit, each, by) for each in petitions]))
    running.store.close()
