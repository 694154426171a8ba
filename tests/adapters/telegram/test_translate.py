"""What each kind of update means, and that nothing at all can be sent that is more than not understood."""

import asyncio
import json
import logging
from datetime import UTC, datetime
from typing import Any

import pytest
from aiogram.types import Update
from hypothesis import given
from hypothesis import strategies as st

from bot.adapters.base import Answer
from bot.adapters.telegram.fields import NotUnderstood
from bot.adapters.telegram.taking import Taker
from bot.adapters.telegram.translate import WANTED, translate
from bot.events import (
    BotAdded,
    BotRemoved,
    Event,
    GroupMoved,
    MemberJoined,
    MemberLeft,
    Message,
    Nameless,
    Pressed,
    Reacted,
    from_json,
    to_json,
)
from core.clock import SetClock
from core.storable import storable

CAME = datetime(2026, 11, 25, 4, 30, tzinfo=UTC)
AT = int(CAME.timestamp()) - 60
GROUP = {"id": -1001234567890, "type": "supergroup", "title": "DPRO"}
DIRECT = {"id": 77, "type": "private", "first_name": "Ashok"}
ASHOK = {"id": 77, "is_bot": False, "first_name": "Ashok", "last_name": "Yadav"}
OTHER = {"id": 78, "is_bot": False, "first_name": "</b>"}
BOT = {"id": 8, "is_bot": True, "first_name": "Bot"}
ANONYMOUS = {"id": 1087968824, "is_bot": True, "first_name": "Group"}


def message(**more: Any) -> dict[str, Any]:
    return {"message": {"message_id": 5, "date": AT, "chat": GROUP, "from": ASHOK, "text": "जी", **more}}


def edited(**more: Any) -> dict[str, Any]:
    return {"edited_message": {**message(**more)["message"], "edit_date": AT + 30}}


def query(**more: Any) -> dict[str, Any]:
    shown = {"message_id": 9, "date": 0, "chat": GROUP}
    return {"callback_query": {"id": "4382", "from": ASHOK, "message": shown, "data": "solve:complaint:1", **more}}


def member(kind: str, user: dict[str, Any], before: str, after: str, chat: dict[str, Any] = GROUP) -> dict[str, Any]:
    old, new = {"user": user, "status": before}, {"user": user, "status": after}
    return {kind: {"chat": chat, "from": ASHOK, "date": AT, "old_chat_member": old, "new_chat_member": new}}


def events(update: dict[str, Any]) -> tuple[Event, ...]:
    return translate({"update_id": 812, **update}, "8", CAME)


def only(update: dict[str, Any]) -> Any:
    (event,) = events(update)
    return event


def test_a_message_has_its_words_its_sender_and_the_platforms_time() -> None:
    event = only(message())
    assert isinstance(event, Message)
    assert (event.key, str(event.address), event.sender.user) == ("812", "8/-1001234567890", "77")
    assert (event.sender.name, event.text, event.message) == ("Ashok Yadav", "जी", "5")
    assert int(event.at.timestamp()) == AT
    assert not event.direct
    assert only(message(chat=DIRECT)).direct


def test_a_caption_is_words_and_the_largest_photo_is_its_file() -> None:
    sizes = [
        {"file_id": "small", "width": 90, "height": 60, "file_size": 900},
        {"file_id": "large", "width": 900, "height": 600, "file_size": 90_000},
    ]
    event = only({"message": {**message(photo=sizes, caption="देखिए")["message"], "text": ""}})
    assert event.text == "देखिए"
    assert [(file.id, file.size, file.media_type) for file in event.attachments] == [("large", 90_000, "image/jpeg")]
    album = only(message(media_group_id="1377", document={"file_id": "paper", "mime_type": "application/pdf"}))
    assert album.album == "1377"
    assert album.attachments[0].media_type == "application/pdf"


def test_in_a_topic_only_a_real_reply_is_one() -> None:
    starter = {"message_id": 3, "date": AT, "chat": GROUP, "forum_topic_created": {"name": "x"}}
    assert only(message(reply_to_message=starter, message_thread_id=3, is_topic_message=True)).reply_to is None
    card = {"message_id": 4, "date": AT, "chat": GROUP}
    assert only(message(reply_to_message=card, message_thread_id=3, is_topic_message=True)).reply_to == "4"
    assert only(message(reply_to_message=card, message_thread_id=4)).reply_to == "4"


def test_only_ones_own_number_is_vouched_for() -> None:
    own, others = {"phone_number": "919812345610", "user_id": 77}, {"phone_number": "919812345610", "user_id": 78}
    assert only(message(contact=own)).sender.phone == "919812345610"
    assert only(message(contact=others)).sender.phone == ""
    assert only(message(contact={"phone_number": "919812345610"})).sender.phone == ""


@pytest.mark.parametrize(
    "more",
    [
        {"from": ANONYMOUS, "sender_chat": GROUP},
        {"from": {**BOT, "id": 136817688}, "sender_chat": {"id": -100555, "type": "channel"}},
    ],
)
def test_who_writes_as_the_group_or_a_channel_is_nobody(more: dict[str, Any]) -> None:
    event = only(message(**more))
    assert isinstance(event, Nameless)
    assert event.message == "5"


@pytest.mark.parametrize(
    "update",
    [
        message(**{"from": BOT}),
        message(**{"from": {**BOT, "id": 777000}, "sender_chat": {"id": -100555}, "is_automatic_forward": True}),
        {"message": {"message_id": 5, "date": AT, "chat": GROUP, "from": ASHOK, "pinned_message": {"message_id": 2}}},
        {"message": {"message_id": 5, "date": AT, "chat": GROUP, "from": ASHOK, "something_of_2027": {}}},
        {"channel_post": message()["message"]},
        edited(location={"latitude": 25.4, "longitude": 81.8, "live_period": 60}, text=""),
        query(message=None, inline_message_id="AAA"),
        {"message_reaction": {"chat": GROUP, "message_id": 5, "date": AT, "actor_chat": GROUP, "new_reaction": []}},
        {"business_message": message()["message"]},
        {"guest_message": message()["message"]},
        {"poll": {"id": "1"}},
        {"something_of_2027": {"a": 1}},
        {},
        member("my_chat_member", BOT, "member", "administrator"),
        member("my_chat_member", BOT, "left", "administrator", {"id": -1009, "type": "channel"}),
        member("chat_member", BOT, "left", "member"),
    ],
)
def test_what_means_nothing_to_an_office_is_no_event(update: dict[str, Any]) -> None:
    assert events(update) == ()


def test_of_every_kind_of_update_those_that_were_not_asked_for_mean_nothing() -> None:
    """aiogram's list of them follows the Bot API; what it adds next year is no event either."""
    others = set(Update.model_fields) - {"update_id", *WANTED}
    assert {"guest_message", "business_message", "channel_post", "poll_answer", "chat_boost", "subscription"} <= others
    for kind in sorted(others):
        for content in (message()["message"], {}, {"id": "1"}):
            assert events({kind: content}) == (), kind


def test_an_edit_is_the_same_message_in_other_words_at_its_own_time() -> None:
    event = only(edited(text="नहीं"))
    assert (event.edited, event.message, int(event.at.timestamp())) == (True, "5", AT + 30)


def test_a_message_that_was_scheduled_says_so() -> None:
    assert only(message(is_from_offline=True)).scheduled
    assert not only(message()).scheduled


def test_a_press_on_a_message_too_old_to_be_shown_works_from_its_own_data() -> None:
    event = only(query())
    assert isinstance(event, Pressed)
    assert (event.key, event.data, event.message, event.at) == ("812/4382", "solve:complaint:1", "9", CAME)


def test_an_own_reaction_is_told_with_its_emoji() -> None:
    reaction = {"chat": GROUP, "message_id": 5, "date": AT, "user": ASHOK, "old_reaction": []}
    liked = {**reaction, "new_reaction": [{"type": "emoji", "emoji": "👍"}]}
    assert only({"message_reaction": liked}) == Reacted(
        key="812", address=only(message()).address, sender=only(message()).sender,
        at=only(message()).at, message="5", emoji="👍",
    )  # fmt: skip
    assert only({"message_reaction": {**reaction, "new_reaction": []}}).emoji == ""
    assert only({"message_reaction": {**reaction, "new_reaction": [{"type": "custom_emoji"}]}}).emoji != ""


def test_several_who_are_added_at_once_are_several_events_with_keys_of_their_own() -> None:
    joined = events(message(text="", new_chat_members=[ASHOK, BOT, OTHER]))
    assert [(type(each), each.key, each.sender.user) for each in joined] == [
        (MemberJoined, "812", "77"),
        (MemberJoined, "812.1", "78"),
    ]
    assert isinstance(only(message(text="", left_chat_member=OTHER)), MemberLeft)


def test_the_bots_own_coming_and_going_is_told() -> None:
    added = only(member("my_chat_member", BOT, "left", "member"))
    assert isinstance(added, BotAdded)
    assert added.title == "DPRO"
    assert isinstance(only(member("my_chat_member", BOT, "administrator", "kicked")), BotRemoved)
    assert isinstance(only(member("my_chat_member", BOT, "member", "kicked", DIRECT)), BotRemoved)
    unblocked = only(member("my_chat_member", BOT, "kicked", "member", DIRECT))
    assert isinstance(unblocked, BotAdded)
    assert unblocked.direct
    assert isinstance(only(member("chat_member", OTHER, "left", "member")), MemberJoined)
    assert isinstance(only(member("chat_member", OTHER, "member", "left")), MemberLeft)


def test_either_half_of_an_upgrade_moves_the_old_group_to_the_new_one() -> None:
    old, new = {"id": -4001, "type": "group"}, GROUP
    first = only(message(text="", chat=old, migrate_to_chat_id=new["id"]))
    second = only(message(text="", chat=new, migrate_from_chat_id=old["id"]))
    for moved in (first, second):
        assert isinstance(moved, GroupMoved)
        assert (moved.address.chat, moved.to.chat) == ("-4001", "-1001234567890")


SAMPLES = [
    message(),
    message(photo=[{"file_id": "a", "width": 1, "height": 1}], media_group_id="1"),
    message(reply_to_message={"message_id": 3}, contact={"user_id": 77, "phone_number": "1"}),
    message(text="", new_chat_members=[ASHOK, OTHER]),
    message(text="", migrate_to_chat_id=-100),
    edited(),
    query(),
    member("my_chat_member", BOT, "left", "member"),
    member("chat_member", OTHER, "restricted", "left"),
    {
        "message_reaction": {
            "chat": GROUP,
            "message_id": 5,
            "date": AT,
            "user": ASHOK,
            "new_reaction": [{"emoji": "👍"}],
        }
    },
]
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(exclude_categories=()), max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@st.composite
def spoiled(draw: st.DrawFn) -> Any:
    """An update in which something stands that should not, or is missing."""
    update = json.loads(json.dumps({"update_id": 812, **draw(st.sampled_from(SAMPLES))}))
    for _ in range(draw(st.integers(1, 3))):
        at = update
        while True:
            name = draw(st.sampled_from(sorted(at)))
            inner = at[name]
            if isinstance(inner, dict) and inner and draw(st.booleans()):
                at = inner
                continue
            if draw(st.booleans()):
                at[name] = draw(ANYTHING)
            else:
                del at[name]
            break
        if not update:
            break
    return update


@given(st.one_of(spoiled(), ANYTHING))
def test_whatever_comes_is_events_or_not_understood(update: Any) -> None:
    try:
        found = translate(update, "8", CAME) if isinstance(update, dict) else ()
    except NotUnderstood:
        return
    for event in found:
        clean = storable(event)
        assert from_json(to_json(clean)) == clean


@given(st.lists(st.one_of(spoiled(), ANYTHING), max_size=5))
def test_whatever_comes_stops_nothing_behind_it_and_no_word_of_it_is_logged(updates: list[Any]) -> None:
    taken: list[Event] = []
    kept: list[tuple[str, str, str]] = []
    said: list[str] = []

    async def receive(event: Event) -> Answer:
        taken.append(event)
        return Answer()

    async def keep(key: str, raw: str, reason: str) -> None:
        kept.append((key, raw, reason))

    async def answer(press: str, text: str) -> None:
        assert press

    async def run() -> None:
        taker = Taker("8", SetClock(CAME), keep, answer)
        await taker.take([*updates, {"update_id": 900, **message(text="the last")}], receive)
        await taker.finish()

    heard = _Heard(said)
    logging.getLogger().addHandler(heard)
    try:
        asyncio.run(run())
    finally:
        logging.getLogger().removeHandler(heard)
    assert any(isinstance(each, Message) and each.text == "the last" for each in taken)
    assert not said
    for key, raw, reason in kept:
        assert key
        json.loads(raw)
        assert reason.isascii()


class _Heard(logging.Handler):
    def __init__(self, said: list[str]) -> None:
        super().__init__(logging.INFO)
        self._said = said

    def emit(self, record: logging.LogRecord) -> None:
        self._said.append(record.getMessage())
