"""Complaints' life in Telegram groups and a morning, by each library and way in: the same records and messages."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from core.complaints import State
from core.store.queries.absences import off_duty_of
from tests.adapters.webchat.talk import photo
from tests.district import PEOPLE, WEDNESDAY_10
from tests.fakes.telegram.office import ADMINISTRATION, GROUPS, USERS, TelegramOffice, telegram_office
from tests.fakes.telegram.server import BotApi
from tests.fakes.telegram.world import Posted

WAYS = [
    ("python-telegram-bot", "polling"),
    ("python-telegram-bot", "webhook"),
    ("aiogram", "polling"),
    ("aiogram", "webhook"),
]
DPRO, BDO = GROUPS["DPRO"], GROUPS["BDO"]
ASHOK, SUNITA, RAMESH, VIMLA = (USERS[name] for name in ("ashok", "sunita", "ramesh", "vimla"))
OPERATOR, SENIOR = USERS["operator"], USERS["senior"]
PORT = re.compile(r"https://127\.0\.0\.1:\d+")
DONE = "नाली साफ कराई, हैंडपंप चालू है"


async def test_a_complaint_is_solved_by_a_press_and_a_reply_at_telegrams_own_pace(
    sqlite_database: str, tmp_path: Path
) -> None:
    async with BotApi((30, 1, 20)) as api, telegram_office(sqlite_database, tmp_path, api, paced=True) as office:
        world = api.world
        (complaint,) = await office.register("DPRO B")
        await world.until(lambda: bool(world.of_bot(DPRO)))
        card = world.last(DPRO)
        assert complaint.code in card.text
        assert {"text": "Copy the code", "copy_text": {"text": complaint.code}} in card.keyboard[-1]
        await press(office, ASHOK, DPRO, card.id, "solve:")
        await world.writes(ASHOK, DPRO, DONE, reply_to=world.last(DPRO).id)
        await office.settled()
        assert office.complaint(complaint.code).state is State.SOLVED
        assert api.too_fast == 0
        await world.until(lambda: sum(each.startswith("all_") for each in world.commands) == 6)
        assert world.commands["all_group_chats/hi"] != world.commands["all_group_chats/en"]
        assert world.commands["all_group_chats/"] == world.commands["all_group_chats/en"], "the office's own language"
        assert "status" in [each["command"] for each in world.commands["all_private_chats/hi"]]


async def test_one_script_leaves_the_same_records_and_messages_by_every_library_and_way(tmp_path: Path) -> None:
    left: list[Any] = []
    for place, (library, receive) in enumerate(WAYS):
        folder = tmp_path / str(place)
        folder.mkdir()
        url = f"sqlite:///{folder / 'janmilan.db'}"
        async with BotApi() as api, telegram_office(url, folder, api, library=library, receive=receive) as office:
            left.append(await play(office))
    for other in left[1:]:
        assert other["complaints"] == left[0]["complaints"]
        assert other["toasts"] == left[0]["toasts"]
        assert other["off duty"] == left[0]["off duty"]
        for chat, messages in left[0]["messages"].items():
            assert [each["texts"] for each in other["messages"][chat]] == [each["texts"] for each in messages]
            assert other["messages"][chat] == messages


async def play(office: TelegramOffice) -> dict[str, Any]:
    """A day of two departments; returns what it leaves behind."""
    world = office.api.world
    drain, road = await office.register("DPRO B", "BDO A")
    await office.settled()
    first, second = world.last(DPRO), world.last(BDO)

    await press(office, ASHOK, DPRO, first.id, "acknowledge:")
    assert office.complaint(drain.code).state is State.ACKNOWLEDGED
    for late in (ASHOK, RAMESH):
        await press(office, late, DPRO, first.id, f"acknowledge:complaint:{drain.id}", was_there=False)
    assert len(first.texts) > 1, "the card is changed in its place"

    await press(office, SUNITA, DPRO, first.id, "solve:")
    world.files["photo-1"] = photo()
    picture = [{"file_id": "photo-1", "file_unique_id": "u", "width": 900, "height": 600, "file_size": 9000}]
    prompt = world.last(DPRO)
    await world.writes(SUNITA, DPRO, "", reply_to=prompt.id, photo=picture, caption=DONE)
    await world.until(lambda: office.complaint(drain.code).state is State.SOLVED)
    await office.settled()
    solved = office.complaint(drain.code)
    assert solved.solution is not None
    assert len(solved.solution.evidence) == 1

    hostile = world.person(4711, "</b> & <3")
    await world.writes(hostile, BDO, "नमस्ते <script>")
    note = await world.writes(RAMESH, BDO, f"{road.code} देख रहे हैं")
    await world.edits(RAMESH, BDO, note, f"{road.code} अब देख रहे हैं")
    await world.writes(RAMESH, BDO, f"{road.code} निस्तारित, सड़क भर दी गई है")
    await office.settled()
    assert office.complaint(road.code).state is State.SOLVED
    await world.happen(message_reaction=reaction(office, RAMESH, BDO, second.id))
    await world.writes(hostile, hostile, "/start")
    await world.writes(OPERATOR, OPERATOR, "/help")
    await world.writes(USERS["senior"], ADMINISTRATION, f"/status@janmilan_test_bot {road.code}")
    await press(office, RAMESH, BDO, second.id, "solve:complaint:1", was_there=False)
    await office.settled()
    await play_the_morning(office)
    return {
        "complaints": [replace(office.complaint(each.code), head="") for each in (drain, road)],
        "messages": {chat: [_seen(each) for each in world.of_bot(chat)] for chat in sorted(world.chats)},
        "toasts": world.toasts,
        "off duty": office.running.store.read_now(lambda c: off_duty_of(c.execute, PEOPLE["vimla"])),
    }


async def play_the_morning(office: TelegramOffice) -> None:
    """The last roll-call, a word to who is missing, the report with its picture; one is taken offline, and is back."""
    world, jnr = office.api.world, GROUPS["JNR"]
    await be_at(office, 10, 20, lambda: all(has_button(office, GROUPS[code], "present:") for code in GROUPS))
    await press(office, ASHOK, DPRO, world.last(DPRO).id, "present:")
    assert len(world.last(DPRO).texts) == 2, "the figure on it follows"

    await be_at(office, 10, 30, lambda: has_button(office, VIMLA, "present:"))
    assert not has_button(office, ASHOK, "present:"), "whoever has answered is not reminded"

    await be_at(office, 11, 0, lambda: any(each.file for each in world.of_bot(ADMINISTRATION)))
    report = next(each for each in world.of_bot(ADMINISTRATION) if each.file)
    assert report.file is not None
    assert report.file[1] == "image/png"
    await press(office, SENIOR, ADMINISTRATION, report.id, f"offline:{PEOPLE['vimla']}")
    await press(office, SENIOR, ADMINISTRATION, world.last(ADMINISTRATION).id, "offline_why:")
    await world.until(lambda: VIMLA in world.chats[jnr].restricted)
    await press(office, SENIOR, ADMINISTRATION, report.id, f"restore:{PEOPLE['vimla']}")
    await world.until(lambda: VIMLA not in world.chats[jnr].restricted)
    await office.settled()


async def be_at(office: TelegramOffice, hour: int, minute: int, done: Callable[[], bool]) -> None:
    """Move the office's clock and Telegram's, and wait for what happens at that time."""
    office.clock.set(WEDNESDAY_10 + timedelta(hours=hour - 10, minutes=minute))
    office.api.world.now = int(office.clock.now().timestamp())
    await office.running.clockwork.look()
    await office.api.world.until(done)
    await office.settled()


def has_button(office: TelegramOffice, chat: int, begins: str) -> bool:
    said = office.api.world.of_bot(chat)
    buttons = [button for each in said[-1:] for row in each.keyboard for button in row]
    return any(button.get("callback_data", "").startswith(begins) for button in buttons)


def _seen(message: Posted) -> dict[str, Any]:
    """A message as it is compared; each office has a port of its own."""
    texts = [PORT.sub("the office", each) for each in message.texts]
    return {**vars(message), "text": texts[-1], "texts": texts}


async def press(
    office: TelegramOffice, user: int, chat: int, message: int, begins: str, was_there: bool = True
) -> None:
    """Somebody presses a button, and what follows from it has been said."""
    world = office.api.world
    data = world.chats[chat].messages[message].data(begins) if was_there else begins
    pressed = await world.presses(user, chat, message, data)
    await world.until(lambda: pressed in world.toasts)
    await office.settled()


def reaction(office: TelegramOffice, user: int, chat: int, message: int) -> dict[str, Any]:
    """Somebody's own reaction."""
    world = office.api.world
    return {
        "chat": world.chats[chat].shown(),
        "message_id": message,
        "user": world.people[user],
        "date": world.now,
        "old_reaction": [],
        "new_reaction": [{"type": "emoji", "emoji": "👍"}],
    }
