"""`janmilan demo`: a district to try, on this machine alone, that goes on where it was stopped."""

import re
import signal
import sys
from pathlib import Path

import httpx
import pytest
import sqlalchemy as sa

from core.store.migrate import upgrade
from tests.command_line import run, running, stopped


def test_the_demo_runs_and_goes_on_at_the_next_start(tmp_path: Path) -> None:
    with running(tmp_path, "demo", "--port", "0") as (process, address, said):
        assert "Playing the past days" in said[0]
        assert httpx.get(f"{address}/readyz", timeout=60).json()["courier"] == "ok"
        page = httpx.get(f"{address}/sign-in", timeout=60).text
        person = re.search(r'name="person" value="(\d+)"', page)
        assert person is not None
        with httpx.Client(base_url=address, follow_redirects=True, timeout=60) as browser:
            board = browser.post("/sign-in", data={"person": person[1]}, headers={"Origin": address})
            assert board.status_code == 200
            assert re.search(r"[A-Z]{2,5}-1\d{3}-\d{2}", board.text)
        assert stopped(process, signal.SIGINT) == 0
    url = f"sqlite:///{tmp_path / 'data' / 'demo' / 'demo.db'}"
    assert not upgrade(url).changed
    counted = counts(url)
    assert counted["bound_group"] == 75
    assert counted["failure"] == 0
    assert counted["web_message"] > 150
    with running(tmp_path, "demo", "--port", "0") as (process, _, said):
        assert not any("Playing" in line for line in said)
        assert stopped(process, signal.SIGTERM) == 0
    assert counts(url) == counted
    (tmp_path / "demo.yaml").write_text("database: sqlite:///data/demo/demo.db\n", encoding="utf-8")
    proved = run(tmp_path, "verify", "--config", "demo.yaml")
    assert (proved.returncode, "All is as it was written: 110 complaints" in proved.stdout) == (0, True)


def counts(url: str) -> dict[str, int]:
    engine = sa.create_engine(url)
    with engine.connect() as connection:
        names = ("bound_group", "failure", "web_message", "timeline", "person")
        found = {
            name: int(connection.execute(sa.select(sa.func.count()).select_from(sa.table(name))).scalar_one())
            for name in names
        }
    engine.dispose()
    return found


def test_a_morning_is_played_for_who_looks_on_and_nothing_of_it_is_kept(tmp_path: Path) -> None:
    # On an office's first day: to play its past takes far longer than all that is looked at here.
    play = "from bot.cli.morning import run_morning; run_morning(600, '127.0.0.1', 0, with_past=False)"
    with running(tmp_path, command=(sys.executable, "-c", play)) as (process, address, said):
        links = re.findall(r"(http://\S+/chat/p/[^#\s]+)#(\S+)", "".join(said))
        assert links[0][1] == "group:administration"
        for link, chat in links:
            with httpx.Client(follow_redirects=True, timeout=60) as browser:
                assert browser.get(link).url == f"{address}/chat"
                assert browser.get(f"{address}/chat/api/chats/{chat}/messages").status_code == 200
        assert process.stdout is not None
        assert re.match(r" ?\d+:\d\d  ", process.stdout.readline())
        assert stopped(process, signal.SIGINT) == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("speed", ["0", "601", "fast"])
def test_a_speed_that_is_none_is_refused_with_what_may_be_said(tmp_path: Path, speed: str) -> None:
    told = run(tmp_path, "demo", "--speed", speed)
    assert told.returncode == 2
    assert "--speed" in told.stderr
    assert any(cure in told.stderr for cure in ("greater than or equal to 1", "less than or equal to 600", "integer"))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [(), ("--speed", "60")])
@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "example.org"])
def test_the_demo_is_served_to_this_machine_alone(tmp_path: Path, host: str, words: tuple[str, ...]) -> None:
    told = run(tmp_path, "demo", "--port", "0", "--host", host, *words)
    assert (told.returncode, "this machine alone" in told.stderr) == (2, True)
    assert list(tmp_path.iterdir()) == []
