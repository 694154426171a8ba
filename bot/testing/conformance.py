"""What every adapter must do, whatever its platform (docs/adapters.md).

An author writes a `Stage`: the adapter on a stand-in of the platform, and how people act there. Then, with pytest:

    @pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.__name__)
    async def test_it_does_what_every_adapter_must(check: Check) -> None:
        async with my_stage() as stage:
            await check(stage)

A check raises AssertionError with a sentence that says what the contract (bot/adapters/base.py) wants. What the
adapter cannot do it is not asked for.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC
from typing import Protocol, TypeVar

from bot.adapters.base import Adapter, Answer, CanEdit, DeliveryError, Limits
from bot.events import Address, Event, Message, Pressed, from_json, to_json
from bot.markup import escape
from bot.messages import Button, Edit, Say, Toast

PATIENCE_S = 30.0
_LOOK_AGAIN_S = 0.005
_LETTER = "\u0915"
HOSTILE = ("<3 & </b>", "*_~`", 'O\'Neil — "x"', "&amp;", "1 < 2 👨‍👩‍👧")
LABEL = "✋ OK"

E = TypeVar("E", bound=Event)


@dataclass(frozen=True)
class Shown:
    """A message of the bot as people see it: its words without markup, and its buttons' labels."""

    text: str
    labels: tuple[str, ...] = ()


class Stage(Protocol):
    """An adapter on its platform's stand-in, and how people act there.

    chat, user: a group with the bot in it where the platform has groups, and somebody in it.
    delivers_again: whether the platform brings an update again that was not taken.
    """

    @property
    def adapter(self) -> Adapter:
        """The adapter, with an account of its own."""

    @property
    def chat(self) -> str:
        """Where people and the bot are."""

    @property
    def user(self) -> str:
        """Who writes and presses."""

    @property
    def delivers_again(self) -> bool:
        """Whether an update that was not taken comes again."""

    async def write(self, text: str, reply_to: str | None = None, direct: bool = False) -> None:
        """`user` writes in `chat`, or in their direct chat with the bot; as an answer to a message of the bot."""

    async def press(self, message: str, data: str) -> None:
        """`user` presses the button with this data under a message of the bot. Only asked where there are buttons."""

    async def shown(self) -> Sequence[Shown]:
        """The bot's messages in `chat` as they stand now."""


class Recorder:
    """An engine that keeps what it is given, in its order. `refuse`: how many events it does not take first."""

    def __init__(self, refuse: int = 0) -> None:
        self.events: list[Event] = []
        self.offered: list[Event] = []
        self.refuse = refuse

    async def receive(self, event: Event) -> Answer:
        """Take it, or raise as an engine does whose database is away."""
        self.offered.append(event)
        if self.refuse:
            self.refuse -= 1
            raise ConnectionError("the engine takes nothing now")
        repeated = any(each.key == event.key for each in self.events)
        if not repeated:
            self.events.append(event)
        pressed = isinstance(event, Pressed)
        toast = Toast(address=event.address, user=event.sender.user, update=event.key, text="✓")
        return Answer((toast,) if pressed else (), repeated)

    async def of(self, kind: type[E], number: int = 1) -> E:
        """The event of this kind, the `number`th, as soon as it is here."""

        def found() -> list[E]:
            return [each for each in self.events if isinstance(each, kind)]

        await until(lambda: len(found()) >= number, f"no {kind.__name__} came")
        return found()[number - 1]

    async def heard(self, text: str) -> None:
        """Wait until a message with these words is here."""
        await until(
            lambda: any(isinstance(each, Message) and each.text == text for each in self.events),
            f"“{text}” did not come",
        )


Check = Callable[[Stage], Awaitable[None]]


async def it_says_who_it_is(stage: Stage) -> None:
    """Account, platform and limits are such that the engine can work with them."""
    adapter = stage.adapter
    assert isinstance(adapter, Adapter), "it has account, platform, limits, direct_chat, run and say"
    assert adapter.account, "account is the platform's own id of the bot"
    assert "/" not in adapter.account, "an account's id holds no slash: str(Address) must come back"
    assert Address.parse(str(Address(adapter.account, stage.chat))) == Address(adapter.account, stage.chat)
    limits = adapter.limits
    assert isinstance(limits, Limits)
    assert limits.text >= 128, "a message has room for 128 letters at least"
    assert limits.per_second > 0
    assert limits.per_chat_minute > 0


async def a_message_arrives_as_it_was_written(stage: Stage) -> None:
    """With its words, who, where, and the platform's time of it."""
    async with _running(stage) as engine:
        for place, text in enumerate(HOSTILE, start=1):
            await stage.write(text)
            message = await engine.of(Message, place)
            assert message.text == text, "words arrive as they were written, without markup and escapes"
            assert message.address == Address(stage.adapter.account, stage.chat)
            assert (message.sender.account, message.sender.user) == (stage.adapter.account, stage.user)
            assert message.at.tzinfo is not None, "the platform's time of it, aware"
            assert message.at.astimezone(UTC) == message.at
            assert not message.edited
            assert from_json(to_json(message)) == message
        keys = [each.key for each in engine.events]
        assert len(set(keys)) == len(keys), "each update has a key of its own"
        assert [each.text for each in engine.events if isinstance(each, Message)] == list(HOSTILE), "in their order"


async def a_direct_chat_is_the_one_that_it_names(stage: Stage) -> None:
    """`direct_chat` gives the address of what somebody writes to the bot alone."""
    async with _running(stage) as engine:
        await stage.write("/start", direct=True)
        message = await engine.of(Message)
        assert message.direct, "a message to the bot alone says so"
        assert message.address.chat == stage.adapter.direct_chat(stage.user)


async def what_was_not_kept_comes_again(stage: Stage) -> None:
    """An update is acknowledged only when `receive` has returned, and comes again under the same key."""
    if not stage.delivers_again:
        return
    engine = Recorder(refuse=1)
    async with _running(stage, engine):
        await stage.write("once")
        message = await engine.of(Message)
        assert message.text == "once"
        assert {each.key for each in engine.offered} == {message.key}, "the same update has the same key"
        assert len(engine.offered) >= 2


async def what_is_said_is_shown_as_it_is_meant(stage: Stage) -> None:
    """Whatever people are called or write is shown literally, and each message has an id of its own."""
    async with _running(stage):
        ids = [await stage.adapter.say(_say(stage, f"<b>{escape(text)}</b>", key=text)) for text in HOSTILE]
        assert all(ids)
        assert len(set(ids)) == len(ids)
        shown = [each.text for each in await stage.shown()][-len(HOSTILE) :]
        for text, seen in zip(HOSTILE, shown, strict=True):
            assert _letters(text) == _letters(seen), f"{text!r} is shown as {seen!r}"


async def the_longest_message_is_taken(stage: Stage) -> None:
    """As long as its limits say, in letters of more than one byte."""
    async with _running(stage):
        await stage.adapter.say(_say(stage, _LETTER * min(stage.adapter.limits.text, 100_000)))
        assert (await stage.shown())[-1].text.count(_LETTER) == min(stage.adapter.limits.text, 100_000)


async def a_reply_names_the_message_that_it_answers(stage: Stage) -> None:
    """The id that `say` gave is the one by which people's answers come."""
    if not stage.adapter.limits.replies:
        return
    async with _running(stage) as engine:
        first = await stage.adapter.say(_say(stage, "first"))
        await stage.adapter.say(_say(stage, "second", key="second", reply_to=first))
        await stage.write("an answer", reply_to=first)
        assert (await engine.of(Message)).reply_to == first


async def a_press_brings_what_its_button_carries(stage: Stage) -> None:
    """To the byte, up to the limit, with the message it was under."""
    limits = stage.adapter.limits
    if not limits.buttons:
        return
    async with _running(stage) as engine:
        data = f"solve:complaint:{'9' * 60}"[: min(limits.data, 64)]
        buttons = ((Button(LABEL[: limits.label], "here:1"), Button("x" * min(limits.label, 20), data)),)
        message = await stage.adapter.say(replace(_say(stage, "card"), buttons=buttons))
        assert (await stage.shown())[-1].labels[0] == LABEL[: limits.label]
        await stage.press(message, data)
        pressed = await engine.of(Pressed)
        assert (pressed.data, pressed.sender.user) == (data, stage.user)
        assert pressed.message in (message, None)
        assert pressed.address.chat == stage.chat


async def an_edit_changes_the_message_in_its_place(stage: Stage) -> None:
    """Its words and its buttons; an edit that changes nothing is done."""
    adapter = stage.adapter
    if not isinstance(adapter, CanEdit):
        return
    async with _running(stage):
        message = await adapter.say(_say(stage, "before"))
        number = len(await stage.shown())
        for _ in range(2):
            await adapter.edit(Edit(key="e", address=_address(stage), message=message, text="<i>after</i> &amp; so"))
        shown = await stage.shown()
        assert len(shown) == number, "an edit is no new message"
        assert shown[-1].text == "after & so"


async def what_cannot_go_out_is_a_delivery_error(stage: Stage) -> None:
    """An edit of what is not there is one of the errors of bot/adapters/base.py, which the courier understands."""
    adapter = stage.adapter
    if not isinstance(adapter, CanEdit):
        return
    async with _running(stage):
        try:
            await adapter.edit(Edit(key="e", address=_address(stage), message="999999999", text="x"))
        except DeliveryError:
            return
        raise AssertionError("an edit of a message that is not there raises a DeliveryError")


async def the_same_key_is_one_message_where_it_says_so(stage: Stage) -> None:
    """`idempotent = True` is a promise."""
    if not getattr(stage.adapter, "idempotent", False):
        return
    async with _running(stage):
        first = await stage.adapter.say(_say(stage, "once", key="the same"))
        number = len(await stage.shown())
        assert await stage.adapter.say(_say(stage, "once", key="the same")) == first
        assert len(await stage.shown()) == number


async def it_ends_when_it_is_told_to_and_begins_again(stage: Stage) -> None:
    """`run` ends at its cancellation, and what comes afterwards is there at the next run."""
    for number in (1, 2):
        async with _running(stage) as engine:
            await stage.write(f"run {number}")
            # What was kept and not yet confirmed may come once more: the engine knows its key.
            await engine.heard(f"run {number}")


CHECKS: tuple[Check, ...] = (
    it_says_who_it_is,
    a_message_arrives_as_it_was_written,
    a_direct_chat_is_the_one_that_it_names,
    what_was_not_kept_comes_again,
    what_is_said_is_shown_as_it_is_meant,
    the_longest_message_is_taken,
    a_reply_names_the_message_that_it_answers,
    a_press_brings_what_its_button_carries,
    an_edit_changes_the_message_in_its_place,
    what_cannot_go_out_is_a_delivery_error,
    the_same_key_is_one_message_where_it_says_so,
    it_ends_when_it_is_told_to_and_begins_again,
)


async def until(condition: Callable[[], bool], otherwise: str) -> None:
    """Return when the condition holds. Raises AssertionError with the sentence after a minute."""
    try:
        async with asyncio.timeout(PATIENCE_S):
            while not condition():
                await asyncio.sleep(_LOOK_AGAIN_S)
    except TimeoutError:
        raise AssertionError(otherwise) from None


@asynccontextmanager
async def _running(stage: Stage, engine: Recorder | None = None) -> AsyncIterator[Recorder]:
    engine = engine or Recorder()
    task = asyncio.create_task(stage.adapter.run(engine.receive))
    await asyncio.sleep(0)
    try:
        yield engine
    finally:
        task.cancel()
        _, late = await asyncio.wait([task], timeout=PATIENCE_S)
        assert not late, "run ends when it is cancelled"


def _address(stage: Stage) -> Address:
    return Address(stage.adapter.account, stage.chat)


def _say(stage: Stage, text: str, key: str = "1", reply_to: str | None = None) -> Say:
    return Say(key=f"check/{key}", address=_address(stage), text=text, reply_to=reply_to)


def _letters(text: str) -> str:
    """What is left where a platform replaces its own marks by look-alikes."""
    return "".join(letter for letter in text if letter.isalnum() or "\u0900" <= letter <= "\u097f")
