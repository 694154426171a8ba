"""Kept messages: edits as versions, and nothing twice."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.events import Address, FileReference, Message, Sender
from bot.store.archive import KeptFile, Version, keep_message, messages_about, relate
from core.clock import SetClock
from core.store.store import Store
from core.store.work import Work
from tests.made_once import new_store

NINE = datetime(2026, 11, 25, 3, 30, tzinfo=UTC)
SADAR = Address("bot", "sadar")


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An empty database."""
    opened = new_store(database_url, SetClock(NINE))
    yield opened
    opened.close()


def wrote(message: str, text: str, after_s: int = 0, key: str = "") -> Message:
    """Asha wrote or edited something."""
    at = NINE + timedelta(seconds=after_s)
    file = FileReference("f1", "drain.jpg", "image/jpeg", 10, "ab" * 32)
    return Message(
        key=key or f"{message}/{after_s}",
        address=SADAR,
        sender=Sender("bot", "u5", "Asha"),
        at=at,
        message=message,
        text=text,
        attachments=(file,),
    )


def keep(store: Store, event: Message, *about: int) -> None:
    """Keep it."""
    store.do_now(Work(lambda unit: keep_message(unit, event, 5, about)))


def test_a_message_is_found_by_its_complaint(store: Store) -> None:
    keep(store, wrote("m1", "the drain is cleared"), 7, 8)
    keep(store, wrote("m2", "good morning", 1))
    store.do_now(Work(lambda unit: relate(unit, SADAR, "m1", 7)))
    (kept,) = store.read_now(lambda c: messages_about(c, 7))
    assert (kept.message, kept.person, kept.name, kept.text, kept.at) == ("m1", 5, "Asha", "the drain is cleared", NINE)
    assert kept.files == (KeptFile("drain.jpg", "image/jpeg", "ab" * 32),)
    assert len(store.read_now(lambda c: messages_about(c, 8))) == 1
    assert store.read_now(lambda c: messages_about(c, 9)) == ()


def test_edits_are_versions_whatever_the_order_in_which_they_come(store: Store) -> None:
    keep(store, wrote("m1", "third", 2), 7)
    keep(store, wrote("m1", "first", 0))
    keep(store, wrote("m1", "second", 1))
    keep(store, wrote("m0", "later", 9), 7)
    kept, later = store.read_now(lambda c: messages_about(c, 7))
    assert (kept.text, kept.at, later.text) == ("third", NINE, "later")
    assert kept.versions == tuple(
        Version(NINE + timedelta(seconds=after), text) for after, text in enumerate(("first", "second", "third"))
    )


def test_the_same_event_twice_is_one_version(store: Store) -> None:
    for _ in range(2):
        keep(store, wrote("m1", "once"), 7)
    (kept,) = store.read_now(lambda c: messages_about(c, 7))
    assert len(kept.versions) == 1
