"""aiogram 3: a Dispatcher with a Router, polling as its manual begins (`start_polling`), an update a task."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram import Bot, Dispatcher, F, Router
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.enums import ParseMode
from aiogram.filters import Command
from aiogram.methods import GetUpdates
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bench.peers.records import Answers, Update
from bench.peers.running import Handle, Job, main
from bench.peers.telegram_stub import TOKEN, TelegramStub

AT_ONCE = 8
_SEARCH = r"[A-Z]{2,5}-\d{4,6}-\d{2}"


class StubSession(AiohttpSession):
    """All of AiohttpSession.make_request but the request itself."""

    def __init__(self, stub: TelegramStub) -> None:
        super().__init__()
        self._stub = stub

    async def make_request(self, bot: Bot, method: Any, timeout: int | None = None) -> Any:
        """Build the form that would be sent, and parse the answer."""
        self.build_form_data(bot, method)
        if isinstance(method, GetUpdates):
            content = await self._stub.updates()
        else:
            content = self._stub.answer(method.__api_method__, getattr(method, "chat_id", 0))
        return self.check_response(bot=bot, method=method, status_code=200, content=content.decode()).result


async def start(job: Job, stub: TelegramStub) -> Callable[[], Awaitable[None]]:
    """Begin to poll."""
    logging.getLogger("aiogram").setLevel(logging.WARNING)
    bot = Bot(TOKEN, session=StubSession(stub), default=DefaultBotProperties(parse_mode=ParseMode.HTML))
    dispatcher = Dispatcher()
    dispatcher.include_router(_router(job))
    polling = asyncio.create_task(dispatcher.start_polling(bot, handle_signals=False, tasks_concurrency_limit=AT_ONCE))

    async def stop() -> None:
        polling.cancel()
        await asyncio.gather(polling, return_exceptions=True)

    return stop


def _router(job: Job) -> Router:
    router, records = Router(), job.records

    def of_messages(handle: Handle) -> Callable[[Message], Awaitable[None]]:
        async def handler(message: Message) -> None:
            answers = await job.work(handle, _written(message))
            await _send(message, answers)
            job.done()

        return handler

    def of_presses(handle: Handle) -> Callable[[CallbackQuery], Awaitable[None]]:
        async def handler(query: CallbackQuery) -> None:
            answers = await job.work(handle, _pressed(query))
            await query.answer(answers.toast)
            await _send(query.message, answers)
            job.done()

        return handler

    router.message.register(of_messages(records.status), Command("status"))
    for command in ("list", "overdue", "mine"):
        router.message.register(of_messages(records.listed), Command(command))
    router.callback_query.register(of_presses(records.acknowledge), F.data.startswith("acknowledge:"))
    router.callback_query.register(of_presses(records.ask), F.data.startswith("solve:"))
    router.callback_query.register(of_presses(records.ask), F.data.startswith("more_time:"))
    router.callback_query.register(of_presses(records.ask), F.data.startswith("not_ours:"))
    router.message.register(of_messages(records.solution), F.reply_to_message, F.text.regexp(_SEARCH, mode="search"))
    router.message.register(of_messages(records.talk), F.text)
    router.edited_message.register(of_messages(records.talk), F.text)
    return router


def _written(message: Message) -> Update:
    replied = message.reply_to_message
    edited = message.edit_date
    return Update(
        key=f"{message.chat.id}:{message.message_id}:{edited or 0}",
        chat=message.chat.id,
        person=message.from_user.id,
        at=edited or int(message.date.timestamp()),
        message=message.message_id,
        text=message.text,
        reply_to=replied.message_id if replied else None,
    )


def _pressed(query: CallbackQuery) -> Update:
    message = query.message
    return Update(
        key=query.id,
        chat=message.chat.id,
        person=query.from_user.id,
        at=int(message.date.timestamp()),
        message=message.message_id,
        data=query.data,
    )


async def _send(message: Message, answers: Answers) -> None:
    for each in answers.messages:
        markup = _markup(each.buttons)
        if each.edit_of is None:
            await message.bot.send_message(message.chat.id, each.text, reply_markup=markup)
        else:
            await message.bot.edit_message_text(
                each.text, chat_id=message.chat.id, message_id=each.edit_of, reply_markup=markup
            )


def _markup(buttons: tuple[str, ...]) -> InlineKeyboardMarkup | None:
    row = [InlineKeyboardButton(text=each.partition(":")[0], callback_data=each) for each in buttons]
    return InlineKeyboardMarkup(inline_keyboard=[row[:2], row[2:]]) if row else None


if __name__ == "__main__":
    main(start)
