"""What platforms tell beside words and presses: receipts, reactions, edits, deletions. Each is taken, none fails."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.conversation import ACCOUNT
from bot.events import Address, Deleted, Event, Message, Reacted, Receipt, Sender, from_json, to_json
from bot.store.receipts import Seen, seen_about
from core.store.queries.failures import failures
from tests.bot.handlers.conversations import Talk, user
from tests.district import PEOPLE, WEDNESDAY_10

DPRO = "group:DPRO"

pytestmark = pytest.mark.asyncio


async def test_receipts_reactions_edits_and_deletions_are_taken_at_their_own_time(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    card = talk.card(complaint, DPRO)
    common = {"address": Address(ACCOUNT, DPRO), "sender": Sender(ACCOUNT, user("sunita")), "direct": False}
    early, late = WEDNESDAY_10 - timedelta(minutes=2), WEDNESDAY_10 - timedelta(minutes=1)
    written = Message(key="w", at=early, message="m", text="नाली देख ली", **common)  # type: ignore[arg-type]
    events: list[Event] = [
        Receipt(key="d", at=early, message=card.id, read=False, **common),  # type: ignore[arg-type]
        Receipt(key="r", at=late, message=card.id, read=True, **common),  # type: ignore[arg-type]
        Reacted(key="s", at=late, message=card.id, emoji="👍", **common),  # type: ignore[arg-type]
        Reacted(key="t", at=late, message=card.id, emoji="", **common),  # type: ignore[arg-type]
        written,
        replace(written, key="e", at=late, text="नाली देख ली, कल काम होगा", edited=True),
        Deleted(key="x", at=late, message="m", **common),  # type: ignore[arg-type]
        Deleted(key="y", at=late, message="never heard of", **common),  # type: ignore[arg-type]
    ]
    for event in events:
        assert from_json(to_json(event)) == event
        answer = await talk.talk.adapter.deliver(event)
        assert (answer.repeated, answer.toasts) == (False, ())
        assert (await talk.talk.adapter.deliver(event)).repeated
    await talk.talk.settled()
    store = talk.talk.running.store
    assert store.read_now(failures) == []
    assert talk.complaint(complaint.code) == complaint
    seen = store.read_now(lambda connection: seen_about(connection, "complaint", complaint.id))
    assert Seen(PEOPLE["sunita"], early, late) in seen
