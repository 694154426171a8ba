"""A district at play: nothing is lost, stuck or failed, the records prove clean, and the same seed plays the same."""

import json
from pathlib import Path

import pytest

from bot.settings import Configuration
from bot.simulation import CannotSimulate, Files, Play, Summary, simulate
from bot.simulation.cases import COURSES
from bot.simulation.habits import Habits
from bot.simulation.mornings import MORNINGS
from bot.simulation.others import CHATTER
from tests.command_line import run
from tests.made_once import make_in, make_tables

DEPARTMENTS = "code,name_en,name_hi\n" + "".join(
    f"{code},{name},{name}\n"
    for code, name in (("DPRO", "Panchayats"), ("BDO", "Blocks"), ("JNR", "Water"), ("PWD", "Roads"))
)
PEOPLE = "department_code,role,name_hi\n,operator,Namrata\n,senior,Vimal\n,nodal_officer,Pallavi\n" + "".join(
    f"{code},{role},{role} {number} of {code}\n"
    for code in ("DPRO", "BDO", "JNR", "PWD")
    for number, role in enumerate(("head", "member", "member"))
)
COMPLAINTS = "department_code,category,text_hi,village\n" + "".join(
    f"{code},{category},नाली टूटने से गंदा पानी भर गया है,बसही\n"
    for category in ("A", "B", "C", "B")
    for code in ("DPRO", "BDO", "JNR", "PWD", "DPRO BDO")
)


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """A small district's lists."""
    texts = {"departments": DEPARTMENTS, "people": PEOPLE, "complaints": COMPLAINTS}
    for name, text in texts.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return Files(*(tmp_path / f"{name}.csv" for name in texts))


def played(files: Files, folder: Path, seed: int) -> Summary:
    """Three days, in a new folder."""
    folder.mkdir()
    url = f"sqlite:///{folder / 'janmilan.db'}"
    make_in(url, make_tables)
    return simulate(Play(Configuration(database=url), folder, files, days=3, seed=seed))


def test_a_seed_plays_the_same_days_again_and_another_seed_others(files: Files, tmp_path: Path) -> None:
    first, again, other = (played(files, tmp_path / name, seed) for name, seed in (("a", 1), ("b", 1), ("c", 2)))
    assert first == again
    assert first != other
    for summary in (first, other):
        nothing_is_lost_in(summary)


def nothing_is_lost_in(summary: Summary) -> None:
    """Every petition of three days found its way, whatever happened to it."""
    assert summary.registered >= 24, "20 petitions, four of them for two departments"
    assert summary.carded == summary.registered
    assert (summary.stuck, summary.failures, summary.unsaid, summary.verify) == (0, 0, 0, "clean")
    assert summary.good
    assert summary.registered >= summary.solved >= summary.closed > 0
    assert summary.acknowledged > 0
    assert min(summary.said, summary.edited) > summary.registered
    of = summary.by_category.values()
    assert sum(each.registered for each in of) == summary.registered
    assert sum(each.solved for each in of) == summary.solved
    assert sum(each.overdue for each in of) == summary.overdue


def test_every_habit_of_the_table_is_known_and_every_course_in_the_table() -> None:
    habits = Habits.load()
    assert habits.names() == {*COURSES, *CHATTER, *MORNINGS}


def test_files_that_make_no_district_are_told_with_their_cure(files: Files, tmp_path: Path) -> None:
    files.people.write_text("department_code,role,name_hi\nDPRO,head,A\n", encoding="utf-8")
    with pytest.raises(CannotSimulate, match="give one person the role operator"):
        played(files, tmp_path / "nobody", 1)
    files.departments.write_text("code,name_en,name_hi\n7,Seven,Seven\n", encoding="utf-8")
    with pytest.raises(CannotSimulate, match=r"departments\.csv:2: "):
        played(files, tmp_path / "bad", 1)


def test_the_command_tells_it_as_json(files: Files, tmp_path: Path) -> None:
    lists = [f"--{name}={tmp_path / name}.csv" for name in ("departments", "people", "complaints")]
    database = f"--database=sqlite:///{tmp_path / 'kept' / 'kept.db'}"
    done = run(tmp_path, "simulate", *lists, "--days=1", "--seed=6", "--json", database)
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["registered"] == told["carded"] > 0
    assert (told["stuck"], told["failures"], told["verify"]) == (0, 0, "clean")
    assert set(told["by_category"]["A"]) == {"registered", "solved", "in_time", "overdue"}
    assert told["seconds"] > 0
    again = run(tmp_path, "simulate", *lists, database)
    assert again.returncode == 2
    assert "it holds an office already" in again.stderr
