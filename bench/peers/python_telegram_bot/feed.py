"""python-telegram-bot: an Application with its Updater, polling as its manual begins, handlers in groups."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram import Update as TelegramUpdate
from telegram.constants import ParseMode
from telegram.ext import (
    ApplicationBuilder,
    CallbackQueryHandler,
    CommandHandler,
    ContextTypes,
    Defaults,
    MessageHandler,
    filters,
)
from telegram.request import BaseRequest

from bench.peers.records import Answers, Update
from bench.peers.running import Handle, Job, main
from bench.peers.telegram_stub import TOKEN, TelegramStub

_SEARCH = re.compile(r"[A-Z]{2,5}-\d{4,6}-\d{2}")
_NEW, _EDITED = filters.UpdateType.MESSAGE, filters.UpdateType.EDITED_MESSAGE
Handler = Callable[[TelegramUpdate, ContextTypes.DEFAULT_TYPE], Awaitable[None]]


class StubRequest(BaseRequest):
    """The network part of a request, answered here."""

    def __init__(self, stub: TelegramStub) -> None:
        self._stub = stub

    @property
    def read_timeout(self) -> float:
        """Seconds, as the library asks for them."""
        return 5.0

    async def initialize(self) -> None:
        """Nothing to open."""

    async def shutdown(self) -> None:
        """Nothing to close."""

    async def do_request(self, url: str, method: str, request_data: Any = None, **timeouts: Any) -> tuple[int, bytes]:
        """Build the parameters that would be sent, and give the answer's bytes."""
        name = url.rpartition("/")[2]
        if name == "getUpdates":
            return 200, await self._stub.updates()
        sent = request_data.json_parameters if request_data else {}
        return 200, self._stub.answer(name, int(sent.get("chat_id", 0)))


async def start(job: Job, stub: TelegramStub) -> Callable[[], Awaitable[None]]:
    """Begin to poll. Updates side by side only where that can help: when transactions run in a thread."""
    builder = (
        ApplicationBuilder()
        .token(TOKEN)
        .request(StubRequest(stub))
        .get_updates_request(StubRequest(stub))
        .defaults(Defaults(parse_mode=ParseMode.HTML))
        .job_queue(None)
        .concurrent_updates(job.is_threaded)
    )
    application = builder.build()
    _add_handlers(application, job)
    await application.initialize()
    await application.start()
    await application.updater.start_polling(timeout=0, drop_pending_updates=False, bootstrap_retries=0)

    async def stop() -> None:
        await application.updater.stop()
        await application.stop()
        await application.shutdown()

    return stop


def _add_handlers(application: Any, job: Job) -> None:
    records = job.records

    def of_messages(handle: Handle) -> Handler:
        async def handler(update: TelegramUpdate, context: ContextTypes.DEFAULT_TYPE) -> None:
            message = update.effective_message
            answers = await job.work(handle, _written(message))
            await _send(context.bot, message.chat_id, answers)
            job.done()

        return handler

    def of_presses(handle: Handle) -> Handler:
        async def handler(update: TelegramUpdate, context: ContextTypes.DEFAULT_TYPE) -> None:
            query = update.callback_query
            answers = await job.work(handle, _pressed(query))
            await query.answer(answers.toast)
            await _send(context.bot, query.message.chat.id, answers)
            job.done()

        return handler

    application.add_handler(CommandHandler("status", of_messages(records.status), filters=_NEW))
    application.add_handler(CommandHandler(["list", "overdue", "mine"], of_messages(records.listed), filters=_NEW))
    application.add_handler(CallbackQueryHandler(of_presses(records.acknowledge), pattern="^acknowledge:"))
    application.add_handler(CallbackQueryHandler(of_presses(records.ask), pattern="^solve:"))
    application.add_handler(CallbackQueryHandler(of_presses(records.ask), pattern="^more_time:"))
    application.add_handler(CallbackQueryHandler(of_presses(records.ask), pattern="^not_ours:"))
    solution = _NEW & filters.REPLY & filters.Regex(_SEARCH)
    application.add_handler(MessageHandler(solution, of_messages(records.solution)))
    application.add_handler(MessageHandler(_NEW & filters.TEXT, of_messages(records.talk)))
    application.add_handler(MessageHandler(_EDITED & filters.TEXT, of_messages(records.talk)))


def _written(message: Any) -> Update:
    replied, edited = message.reply_to_message, message.edit_date
    at = int((edited or message.date).timestamp())
    return Update(
        key=f"{message.chat_id}:{message.message_id}:{at if edited else 0}",
        chat=message.chat_id,
        person=message.from_user.id,
        at=at,
        message=message.message_id,
        text=message.text,
        reply_to=replied.message_id if replied else None,
    )


def _pressed(query: Any) -> Update:
    message = query.message
    return Update(
        key=query.id,
        chat=message.chat.id,
        person=query.from_user.id,
        at=int(message.date.timestamp()),
        message=message.message_id,
        data=query.data,
    )


async def _send(bot: Any, chat: int, answers: Answers) -> None:
    for each in answers.messages:
        markup = _markup(each.buttons)
        if each.edit_of is None:
            await bot.send_message(chat, each.text, reply_markup=markup)
        else:
            await bot.edit_message_text(each.text, chat_id=chat, message_id=each.edit_of, reply_markup=markup)


def _markup(buttons: tuple[str, ...]) -> InlineKeyboardMarkup | None:
    row = [InlineKeyboardButton(each.partition(":")[0], callback_data=each) for each in buttons]
    return InlineKeyboardMarkup([row[:2], row[2:]]) if row else None


if __name__ == "__main__":
    main(start)
