"""What may be staged, and what is refused when it is said."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import outbox
from bot.events import Address
from bot.messages import OutgoingFile
from bot.outbox import ButtonSpec, Priority
from bot.render import Bilingual
from bot.testing import FakePlatform
from core.store.work import WorkFailed
from tests.bot.outgoing import Speech


@pytest.fixture
def here(database_url: str, tmp_path: Path) -> Iterator[Speech]:
    """A store and a platform; the courier runs where a test says so."""
    speech = Speech(database_url, tmp_path, FakePlatform())
    yield speech
    speech.close()


async def test_a_row_holds_the_facts_as_they_were(here: Speech) -> None:
    facts = {"words": Bilingual("नाली साफ़", "The drain is clear"), "number": 3}
    options = {"buttons": [[ButtonSpec("code", "show_card:thing:7", {"code": "DPRO-1001-22"})], []]}
    file = OutgoingFile("ab" * 32, "drain.jpg", "image/jpeg")
    id = await here.do(
        lambda unit: outbox.say(unit, here.at("sadar"), "line", facts, attachments=[file], language="hi", **options)  # type: ignore[arg-type]
    )
    row = here.row(id)
    assert (row.template, row.language, row.priority) == ("line", "hi", Priority.ANSWER)
    async with here.running():
        await here.settled()
    (message,) = here.platform.messages("sadar")
    assert message.text == "नाली साफ़"
    assert [button.label for button in message.buttons[0]] == ["DPRO-1001-22"]
    assert message.attachments == (file,)


async def test_the_reader_reads_their_language_at_send(here: Speech) -> None:
    await here.say("sadar", Bilingual("नमस्ते", "Hello"))  # type: ignore[arg-type]
    async with here.running():
        await here.settled()
    assert here.platform.texts("sadar") == ["Hello"]


@pytest.mark.parametrize("data", ["x" * 65, "स" * 22])
async def test_a_button_that_no_platform_carries_is_refused_when_it_is_said(here: Speech, data: str) -> None:
    with pytest.raises(WorkFailed):
        await here.say("sadar", "words", buttons=[[ButtonSpec("yes", data)]])
    with pytest.raises(ValueError, match="64 bytes"):
        outbox.frozen_buttons([[ButtonSpec("yes", data)]])
    assert here.rows() == []


async def test_a_fact_that_cannot_wait_is_refused_when_it_is_said(here: Speech) -> None:
    with pytest.raises(WorkFailed):
        await here.say("sadar", object())  # type: ignore[arg-type]
    assert here.rows() == []


async def test_a_work_that_fails_says_nothing(here: Speech) -> None:
    def fail(unit: object) -> None:
        outbox.say(unit, Address("bot", "sadar"), "line", {"words": "never"})  # type: ignore[arg-type]
        outbox.show(unit, "thing", 1, Address("bot", "sadar"))  # type: ignore[arg-type]
        raise LookupError("of the handler")

    with pytest.raises(WorkFailed):
        await here.do(fail)
    assert here.rows() == []


async def test_rows_of_an_account_that_is_off_wait(here: Speech) -> None:
    await here.do(lambda unit: outbox.say(unit, Address("another", "sadar"), "line", {"words": "later"}))
    async with here.running():
        await here.say("sadar", "now")
        await here.platform.until(lambda: here.platform.texts("sadar") == ["now"])
    assert [row.outcome for row in here.rows()] == [None, "sent"]
