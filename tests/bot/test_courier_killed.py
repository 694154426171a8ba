"""The real process, killed with SIGKILL again and again while it speaks."""

import ast
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import outbox
from bot.store.outbox import doubtful_messages
from bot.testing import FakePlatform
from core.store.unit import UnitOfWork
from core.store.work import Work
from tests.bot.killed_courier import ARRIVED
from tests.bot.outgoing import Speech, wait_until

KILLS = 3
CHATS = 6
MARK = "This message may have reached you before."
ROOT = Path(__file__).parents[2]


@pytest.fixture
def here(database_url: str, tmp_path: Path) -> Iterator[Speech]:
    """The records, as somebody beside the courier sees them."""
    speech = Speech(database_url, tmp_path, FakePlatform())
    yield speech
    speech.close()


@pytest.mark.unmeasured
def test_nothing_is_lost_and_nothing_is_said_twice_but_what_is_named(here: Speech, tmp_path: Path) -> None:
    said = here.store.do_now(Work(lambda unit: _say_much(unit, here))).value or {}
    chance = random.Random(5)
    for _ in range(KILLS):
        _kill_after(_start(here, tmp_path), tmp_path / ARRIVED, chance.randint(1, 12))
    assert _start(here, tmp_path).wait(120) == 0

    assert here.all_settled()
    arrived = _arrived(tmp_path / ARRIVED)
    doubtful = {row.id for row in here.query(doubtful_messages)}
    for id, (chat, words, repeats) in said.items():
        times, again = arrived[chat].count(words), arrived[chat].count(f"{MARK}\n{words}")
        if repeats:
            assert times <= 1 <= times + again, words
        else:
            assert again == 0
            assert times == 1 or (id in doubtful and times == 0), words
    assert len(doubtful) <= KILLS * 8
    for chat, texts in arrived.items():
        plain = [text for text in texts if text.startswith("line")]
        assert plain == sorted(plain), f"{chat} in order"
        assert max(Counter(plain).values()) == 1
        assert texts[-1].endswith("open"), "the card is last, by its priority"


def _say_much(unit: UnitOfWork, here: Speech) -> dict[int, tuple[str, str, bool]]:
    said = {}
    for number in range(20):
        for chat in (f"chat {each}" for each in range(CHATS)):
            words, repeats = f"line {number:02}", number % 2 == 0
            id = outbox.say(unit, here.at(chat), "line", {"words": words}, repeat_if_doubtful=repeats)
            said[id] = (chat, words, repeats)
    for each in range(CHATS):
        outbox.show(unit, "thing", each, here.at(f"chat {each}"))
    return said


def _start(here: Speech, folder: Path) -> "subprocess.Popen[bytes]":
    url = here.store.database.url
    return subprocess.Popen([sys.executable, "-m", "tests.bot.killed_courier", url, str(folder)], cwd=ROOT)


def _kill_after(courier: "subprocess.Popen[bytes]", path: Path, lines: int) -> None:
    """Kill it when so many lines more have arrived."""
    enough = _lines(path) + lines
    wait_until(lambda: _lines(path) >= enough or courier.poll() is not None, timeout_s=120)
    courier.kill()
    courier.wait()


def _lines(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.exists() else 0


def _arrived(path: Path) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        chat, text = line.split("\t")
        found.setdefault(chat, []).append(ast.literal_eval(text))
    return found
