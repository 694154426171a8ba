"""What somebody does in a chat is a mark at the platform's own time; how strong, is in the settings."""

from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.conversation import ACCOUNT
from bot.dispatcher import Dispatcher
from bot.events import Address, Message, Sender
from bot.render import Renderer
from bot.routing import Routes
from bot.testing import FakeAdapter, FakePlatform
from core.presence import Marks
from core.store.queries.failures import failures
from core.store.queries.marks import count_marked, marks_of_person
from core.watching import record
from tests.bot.handlers.conversations import UNHURRIED, Talk, conversation, direct, user
from tests.core.presence.office_mornings import at, close_windows
from tests.district import PEOPLE, District

DPRO = "group:DPRO"
WEDNESDAY = date(2026, 11, 25)

pytestmark = pytest.mark.asyncio


def marks(talk: Talk, name: str = "sunita", day: date = WEDNESDAY) -> Marks | None:
    return talk.talk.running.store.read_now(lambda connection: marks_of_person(connection.execute, day, PEOPLE[name]))


def report(talk: Talk) -> None:
    running = talk.talk.running
    close_windows(District(running.store, running.office, talk.clock))


async def test_a_message_a_press_and_a_reaction_are_strong_and_a_receipt_is_weak(
    database_url: str, tmp_path: Path
) -> None:
    async with conversation(database_url, tmp_path, seen=False) as talk:
        (complaint,) = await talk.register("DPRO B")
        card = talk.card(complaint, DPRO)
        talk.clock.set(at("10:01:00"))
        await talk.talk.reads(user("sunita"), card, read=False)
        assert marks(talk) is None, "that it was delivered says nothing"
        await talk.talk.reads(user("sunita"), card)
        assert marks(talk) == Marks(0, 1 << 4, 0, 1 << 1, None, at("10:01:00"))
        talk.clock.set(at("10:20:00"))
        await talk.talk.reacts(user("sunita"), card, "👍")
        assert marks(talk) == Marks(1 << 5, 1 << 4, 1 << 2, 1 << 1, at("10:20:00"), at("10:20:00"))
        await talk.presses("ashok", card, "acknowledge")
        assert marks(talk, "ashok") == Marks(1 << 5, 0, 1 << 2, 0, at("10:20:00"), at("10:20:00"))
        await talk.says("ramesh", direct("ramesh"), "नमस्ते")
        assert marks(talk, "ramesh") == marks(talk, "ashok")
        await talk.says("vimla", "group:JNR", "/help")
        assert marks(talk, "vimla") == marks(talk, "ashok")


async def test_an_edit_a_deletion_and_what_is_outside_the_window_are_no_marks(talk: Talk) -> None:
    talk.clock.set(at("08:59:59"))
    await talk.says("sunita", DPRO, "नमस्ते")
    written = talk.talk.written
    talk.clock.set(at("10:00:00"))
    await talk.talk.edits(user("sunita"), DPRO, written, "नमस्कार")
    await talk.talk.deletes(user("sunita"), DPRO, written)
    talk.clock.set(at("11:00:00"))
    await talk.says("sunita", DPRO, "नमस्ते")
    talk.clock.set(at("29 10:00:00"))
    await talk.says("sunita", DPRO, "रविवार है")
    counted = talk.talk.running.store.read_now(
        lambda connection: [count_marked(connection.execute, day) for day in (WEDNESDAY, date(2026, 11, 29))]
    )
    assert counted == [0, 0]


async def test_it_counts_when_it_was_written_not_when_it_came(talk: Talk) -> None:
    talk.clock.set(at("11:00:00"))
    report(talk)
    talk.clock.set(at("28 09:00:00"))
    await talk.says("sunita", DPRO, "नमस्ते", at=at("09:05:00"))
    assert marks(talk) == Marks(1, 0, 1, 0, at("09:05:00"), at("09:05:00"))
    running = talk.talk.running
    with running.store.reading() as connection:
        own = record(running.office.watch(connection), PEOPLE["sunita"], WEDNESDAY, WEDNESDAY)
    assert [(each.was, each.becomes, each.why) for each in own.amendments] == [("absent", "partial", "late_delivery")]


async def test_a_clock_of_the_platform_that_is_ahead_makes_no_mark_in_the_future(talk: Talk) -> None:
    talk.clock.set(at("08:50:00"))
    await talk.says("sunita", DPRO, "नमस्ते", at=at("09:05:00"))
    assert marks(talk) is None


async def test_an_office_may_count_otherwise(sqlite_database: str, tmp_path: Path) -> None:
    counts = {"message": "weak", "reaction": "none", "read": "strong"}
    adapter = FakeAdapter(FakePlatform(UNHURRIED), ACCOUNT)
    async with conversation(sqlite_database, tmp_path, adapter, seen=False, presence={"counts": counts}) as talk:
        (complaint,) = await talk.register("DPRO B")
        card = talk.card(complaint, DPRO)
        await talk.talk.reacts(user("ramesh"), card, "👍")
        await talk.talk.reads(user("ashok"), card)
        await talk.says("sunita", DPRO, "नमस्ते")
        assert marks(talk, "ramesh") is None
        assert marks(talk, "ashok") == Marks(1 << 4, 0, 1 << 1, 0, at("10:00:00"), at("10:00:00"))
        assert marks(talk) == Marks(0, 1 << 4, 0, 1 << 1, None, at("10:00:00"))


async def test_who_waits_is_there_too_and_has_it_once_they_are_enrolled(talk: Talk) -> None:
    talk.clock.set(at("08:30:00"))
    await talk.says("mohan", DPRO, "नमस्ते")
    for wall in ("09:05:00", "09:45:00", "10:30:00"):
        talk.clock.set(at(wall))
        await talk.says("mohan", DPRO, "यहाँ हूँ")
    talk.clock.set(at("11:00:00"))
    report(talk)
    talk.clock.set(at("26 08:00:00"))
    await talk.presses("ashok", talk.last(direct("ashok")), "approve_all")
    running = talk.talk.running
    with running.store.reading() as connection:
        watch = running.office.watch(connection)
        person = running.store.directory(connection).person_of(ACCOUNT, user("mohan"))
        assert person is not None
        own = record(watch, person.id, WEDNESDAY, WEDNESDAY)
        assert person.id in watch.attending
    assert [each.verdict.value for each in own.verdicts] == ["present"]


async def test_a_stranger_in_a_direct_chat_leaves_no_mark(talk: Talk) -> None:
    await talk.says("citizen", direct("citizen"), "नमस्ते")
    counted = talk.talk.running.store.read_now(lambda connection: count_marked(connection.execute, WEDNESDAY))
    assert counted == 0


async def test_who_meets_a_bug_was_there_all_the_same(talk: Talk) -> None:
    def stumble(*_: object) -> bool:
        raise ValueError("a bug")

    running = talk.talk.running
    routes = Routes(messages=[stumble])
    stumbling = Dispatcher(running.store, running.around, routes, Renderer(ZoneInfo("Asia/Kolkata")), lambda: None)
    event = Message(
        key="update/bug",
        address=Address(ACCOUNT, DPRO),
        sender=Sender(ACCOUNT, user("sunita")),
        at=talk.clock.now(),
        message="theirs/bug",
        text="नमस्ते",
    )
    await stumbling.receive(event)
    assert running.store.read_now(failures)
    assert marks(talk) == Marks(1 << 4, 0, 1 << 1, 0, at("10:00:00"), at("10:00:00"))
