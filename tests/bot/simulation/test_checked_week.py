"""A week of a small district, with troubles: every verdict, roll-call, reminder and rung is what the slow computations
say of what was seen. `make bench B=simulated_month` does the same with a whole month of a whole district."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from bot.settings import Configuration
from bot.simulation import Play, Summary, Troubles, simulate
from bot.simulation.witness import Seen
from tests.bot.simulation.checking import checked
from tests.bot.simulation.raw import Raw
from tests.bot.simulation.slow_days import SlowDays
from tests.bot.simulation.slow_mornings import said_in_the_quiet, wrong_calls, wrong_reminders, wrong_verdicts
from tests.bot.simulation.slow_rungs import wrong_rungs
from tests.bot.simulation.small_district import small_district
from tests.made_once import make_in, make_tables

OWN_WINDOW = {"JNR": {"window": {"from": "08:30", "to": "09:50"}, "roll_calls": ["08:30", "09:15"]}}


def played(url: str, folder: Path, officers: int, days: int, troubles: Troubles) -> tuple[Summary, Raw, list[str]]:
    """So many days of full mornings; one department has its window for itself."""
    make_in(url, make_tables)
    settings = Configuration(database=url).model_copy(
        update={"presence": Configuration.model_validate({"presence": {"departments": OWN_WINDOW}}).presence}
    )
    seen: list[Seen] = []
    files = small_district(folder, departments=8, officers=officers)
    play = Play(settings, folder, files, days, seed=5, each_morning=10, troubles=troubles, witness=seen.append)
    summary = simulate(play)
    return summary, *checked(url, settings, days, seen)


def test_a_week_with_an_outage_a_restart_and_a_holiday(sqlite_database: str, tmp_path: Path) -> None:
    summary, raw, wrong = played(sqlite_database, tmp_path, officers=60, days=7, troubles=Troubles(1, 1, 1))
    assert wrong == []
    assert summary.good, summary
    assert len(raw.deaf) == len(raw.declared) == 1
    happened = (summary.present, summary.late, summary.partial, summary.absent, summary.on_leave, summary.not_known)
    assert min(happened) > 0, "every kind of morning"
    assert min(summary.rungs, summary.breached, summary.amended, summary.roll_calls, summary.reminders) > 0
    the_checks_see_what_is_wrong(raw)


def the_checks_see_what_is_wrong(raw: Raw) -> None:
    """Each of them finds a change of the very thing that it is there for."""
    somebody = next(key for key, verdict in raw.verdicts.items() if verdict == "present")
    assert len(list(wrong_verdicts(replace(raw, verdicts={**raw.verdicts, somebody: "absent"})))) == 1
    assert len(list(wrong_calls(replace(raw, calls=[*raw.calls, raw.calls[0]])))) == 1
    nudge = next(each for each in raw.said if each[0] == "nudge")
    assert len(list(wrong_reminders(replace(raw, said=[*raw.said, nudge])))) == 1
    in_the_night = (*nudge[:3], nudge[3] + timedelta(hours=12))
    assert len(list(said_in_the_quiet(replace(raw, said=[in_the_night])))) == 1
    escalated = {id: [each for each in facts if each.kind == "escalated"] for id, facts in raw.facts.items()}
    complaint, spoke = next((id, facts) for id, facts in escalated.items() if facts)
    again, never = [*raw.facts[complaint], spoke[0]], [each for each in raw.facts[complaint] if each is not spoke[-1]]
    for facts in (again, never):
        assert len(list(wrong_rungs(replace(raw, facts={complaint: facts})))) == 1


def test_some_days_on_postgresql_with_the_line_and_the_power_away(postgres_database: str, tmp_path: Path) -> None:
    summary, raw, wrong = played(postgres_database, tmp_path, officers=16, days=3, troubles=Troubles(outages=2))
    assert wrong == []
    assert summary.good, summary
    assert [each.power for each in sorted(raw.deaf, key=lambda each: each.power)] == [False, True]
    assert summary.not_known > 0


@pytest.mark.parametrize(
    ("day", "is_open"),
    [(date(2026, 6, 7), False), (date(2026, 6, 13), False), (date(2026, 6, 6), True), (date(2026, 6, 8), True)],
)
def test_the_slow_days_know_sundays_and_second_saturdays(day: date, is_open: bool) -> None:

    assert SlowDays(Configuration().office, frozenset()).is_open(day) is is_open
