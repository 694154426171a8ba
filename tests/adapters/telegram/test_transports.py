"""Both libraries send the same and answer the same, whatever the server says."""

import asyncio
import logging
import subprocess
import sys
from typing import Any

import pytest

from bot.adapters.telegram import Transport, make_transport
from bot.adapters.telegram.calls import NoAnswer, NotSent, Refused, TooLarge, Upload
from bot.settings import TelegramAccount
from tests.adapters.telegram.conftest import LIBRARIES
from tests.fakes.telegram.server import BotApi
from tests.fakes.telegram.world import TOKEN

WORDS = 'नाली & <b>हैंडपंप</b>\n👨‍👩‍👧 + = %41 "उद्धरण"'
KEYBOARD = {"inline_keyboard": [[{"text": "हाज़िर", "callback_data": "x:1"}]]}


async def test_what_is_sent_arrives_field_by_field(api: BotApi, transport: Transport) -> None:
    api.world.group(-1001, "DPRO")
    parameters = {
        "chat_id": -1001,
        "text": WORDS,
        "parse_mode": "HTML",
        "disable_notification": True,
        "reply_parameters": {"message_id": 4, "allow_sending_without_reply": True},
        "reply_markup": KEYBOARD,
        "link_preview_options": None,
    }
    sent = await transport.call("sendMessage", parameters)
    assert sent["message_id"] == 1
    given = {name: value for name, value in parameters.items() if value is not None}
    assert api.calls == [("sendMessage", given, {})]
    assert api.bodies[-1].startswith(b"chat_id=-1001&text=%E0%A4%A8%E0%A4%BE")


async def test_files_go_with_their_name_their_type_and_every_byte(api: BotApi, transport: Transport) -> None:
    api.world.person(77, "Ashok")
    data = bytes(range(256)) * 40
    file = Upload("document", "आदेश 1.pdf", "application/pdf", data)
    await transport.call("sendDocument", {"chat_id": 77, "caption": "आदेश"}, (file,))
    assert api.calls[-1] == (
        "sendDocument",
        {"chat_id": 77, "caption": "आदेश"},
        {"document": ("आदेश 1.pdf", "application/pdf", data)},
    )


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        (400, {"description": "Bad Request: chat not found"}),
        (400, {"description": "Bad Request: group chat was upgraded", "migrate_to_chat_id": -100777}),
        (401, {"description": "Unauthorized"}),
        (403, {"description": "Forbidden: bot was blocked by the user"}),
        (404, {"description": "Not Found"}),
        (409, {"description": "Conflict: terminated by other getUpdates request"}),
        (413, {"description": "Request Entity Too Large"}),
        (429, {"description": "Too Many Requests: retry after 17", "retry_after": 17}),
        (502, {"description": "Bad Gateway"}),
    ],
)
async def test_a_refusal_keeps_the_servers_own_words(
    api: BotApi, transport: Transport, code: int, answer: dict[str, Any]
) -> None:
    api.world.refuse_next("getMe", code, **answer)
    with pytest.raises(Refused) as refused:
        await transport.call("getMe", {})
    moved = answer.get("migrate_to_chat_id")
    assert (refused.value.code, refused.value.description) == (code, answer["description"])
    assert refused.value.retry_after == answer.get("retry_after")
    assert refused.value.moved_to == (str(moved) if moved else "")
    assert (await transport.call("getMe", {}))["is_bot"]


async def test_a_file_comes_whole_or_not_at_all(api: BotApi, transport: Transport) -> None:
    api.world.files["photo-1"] = b"\xff\xd8" * 500
    path = (await transport.call("getFile", {"file_id": "photo-1"}))["file_path"]
    assert await transport.download(path, 1000) == b"\xff\xd8" * 500
    with pytest.raises(TooLarge):
        await transport.download(path, 999)
    with pytest.raises(Refused):
        await transport.download("files/none", 1000)


@pytest.mark.parametrize("library", LIBRARIES)
async def test_without_a_server_nothing_was_sent_and_without_an_answer_it_is_not_known(library: str) -> None:
    async def hang_up(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.close()

    server = await asyncio.start_server(hang_up, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    section = {"platform": "telegram", "token": TOKEN, "api_url": f"http://127.0.0.1:{port}", "library": library}
    transport = make_transport(TelegramAccount.model_validate(section))
    with pytest.raises(NoAnswer):
        await transport.call("sendMessage", {"chat_id": 1, "text": "x"})
    server.close()
    await server.wait_closed()
    with pytest.raises(NotSent):
        await transport.call("sendMessage", {"chat_id": 1, "text": "x"})
    await transport.close()


async def test_no_token_is_logged(api: BotApi, transport: Transport, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    api.world.refuse_next("getMe", 502, description="Bad Gateway")
    with pytest.raises(Refused) as refused:
        await transport.call("getMe", {})
    await transport.call("getMe", {})
    secret = TOKEN.partition(":")[2]
    assert secret not in caplog.text
    assert secret not in repr(refused.value)


@pytest.mark.parametrize(("library", "other"), [("python-telegram-bot", "aiogram"), ("aiogram", "telegram")])
def test_the_other_library_is_not_imported(library: str, other: str) -> None:
    section = {"platform": "telegram", "token": TOKEN, "library": library}
    code = f"""
import sys
from bot.adapters.telegram import make_transport
from bot.settings import TelegramAccount
assert "telegram" not in sys.modules and "aiogram" not in sys.modules
make_transport(TelegramAccount.model_validate({section!r}))
assert {other!r} not in sys.modules
"""
    subprocess.run([sys.executable, "-c", code], check=True)
