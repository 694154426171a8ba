"""Each benchmark in its smallest size: it runs to its end, and ends with its figures as lines that can be compared."""

import importlib
import re
import sys
from pathlib import Path

import pytest

from bench.__main__ import about, names
from bench.measuring import peers

FIGURE = re.compile(r"figure ([a-z0-9_]+) ([0-9.]+) ([A-Za-z/]+)")
SMALLEST = {
    "updates": (
        "--count 60 --rounds 1 --databases sqlite --no-install",
        {"updates_sqlite", "cpu_us_per_update", "disk_commits"},
    ),
    "board": (
        "--complaints 1500 --seconds 0 --rounds 1 --databases sqlite",
        {"board_p95_ms_sqlite", "board_p95_ms"},
    ),
    "press": ("--complaints 1500 --seconds 1 --rounds 1 --rate 10", {"press_p50_ms", "press_p99_ms"}),
    "telegram": (
        "--messages 40 --chats 10 --seconds 1 --rate 10 --libraries python-telegram-bot",
        {"telegram_rate_share", "telegram_429", "telegram_press_p99_ms", "telegram_rss_mb"},
    ),
    "memory": ("--minutes 0.01", {"serve_rss_mb"}),
    "presence": (
        "--officers 60 --departments 3 --days 2 --rounds 1 --batches 2 --databases sqlite",
        {
            f"{name}{of}"
            for name in ("absentees_ms", "unseen_ms", "presence_month_ms", "mark_us", "mark_again_us")
            for of in ("", "_sqlite")
        },
    ),
    "start": ("--rounds 1", {"help_s", "ready_s"}),
    "sweep": ("--complaints 150 --rounds 1", {"sweep_10000_s_sqlite", "sweep_10000_s_postgresql"}),
    "simulated_month": ("--days 1 --each-morning 2 --officers 0", {"simulate_month_s"}),
}


def run(name: str, words: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """What the benchmark prints."""
    monkeypatch.setattr(sys, "argv", [name, *words.split()])
    importlib.import_module(f"bench.{name}").main()
    return capsys.readouterr().out.splitlines()


@pytest.mark.unmeasured
@pytest.mark.parametrize("name", SMALLEST)
def test_it_ends_with_its_figures(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    words, wanted = SMALLEST[name]
    # Peers are installed by whoever compares, not by whoever tests; without them the others are measured all the same.
    monkeypatch.setattr(peers, "KEPT", tmp_path)
    said = run(name, words, monkeypatch, capsys)
    found = [FIGURE.fullmatch(line) for line in said if line.startswith("figure ")]
    assert all(found)
    assert {each[1] for each in found if each} == wanted
    assert all(float(each[2]) > 0 or each[1] == "telegram_429" for each in found if each)
    assert said[-1].startswith("figure ")
    if name == "updates":
        assert [line for line in said if "is left out: it has no environment here yet" in line and "make bench" in line]


def test_the_profile_knows_every_door(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    said = run("profile", "--count 60", monkeypatch, capsys)
    assert [line for line in said if line.startswith("not watched")] == []
    layers = {line.split("|")[1].strip() for line in said if line.startswith("| ")}
    assert {"translate", "rules", "queries", "flush", "commit", "render"} <= layers


def test_the_list_names_each_with_a_line() -> None:
    assert set(SMALLEST) <= set(names())
    assert all(about(name) for name in names())
