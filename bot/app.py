"""The composition root: who is wired to whom, and the one ASGI application. Nothing else knows who is real."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Protocol

from fastapi import APIRouter, FastAPI

from bot.adapters.base import Adapter
from bot.adapters.telegram import telegram
from bot.adapters.webchat import PushSettings, webchat
from bot.cards import Card, CardView
from bot.chat_archive import ChatArchive
from bot.clockwork import Clockwork
from bot.commands import CommandNames
from bot.composing import CardRenderer
from bot.courier import Courier
from bot.dispatcher import Dispatcher
from bot.events import Address
from bot.fetcher import Fetcher
from bot.group_making import GroupMaker
from bot.handlers import (
    acknowledging,
    asking,
    assigning,
    binding,
    cards,
    categorising,
    changed_messages,
    citizens,
    confirming,
    correcting,
    days,
    departments,
    duty,
    finding,
    group_messages,
    guide,
    hearing,
    history,
    holidays,
    intake,
    is_it_solution,
    joining,
    leave,
    lists,
    looking,
    merging,
    more_time,
    morning_report,
    options,
    pausing,
    politeness,
    presence_now,
    registration,
    rejecting,
    reminders,
    roll_call,
    seen,
    setup,
    solving,
    staffing,
    still_on_it,
    taking_offline,
    transferring,
    waiting,
)
from bot.health import health
from bot.hooks import hooks
from bot.installed_adapters import installed_adapters
from bot.keeping_on import keep_running
from bot.languages import Languages
from bot.menus import Menu, menus
from bot.morning_picture import MorningPictures
from bot.muting import Muter
from bot.receiving import Receiving
from bot.render import Renderer
from bot.routing import CardHandler, Routes
from bot.settings import Configuration, TelegramAccount
from bot.speaking import Speaking, Surroundings
from bot.telling import Herald
from bot.unread import Unread
from core.access import Access
from core.attachments import Attachments
from core.clock import Clock
from core.office import Office
from core.receiving import amend_for_outages
from core.settings import ConfigError
from core.store.store import Store
from core.store.unit import UnitOfWork
from desk.app import make_desk

FILES = "files"
"""The folder of photos and papers, beside the database or in the data folder."""

HANDLERS = (
    cards,
    registration,
    duty,
    acknowledging,
    still_on_it,
    reminders,
    solving,
    is_it_solution,
    transferring,
    more_time,
    pausing,
    categorising,
    holidays,
    rejecting,
    merging,
    assigning,
    asking,
    confirming,
    correcting,
    politeness,
    looking,
    waiting,
    days,
    roll_call,
    morning_report,
    presence_now,
    taking_offline,
    leave,
    lists,
    seen,
    history,
    finding,
    guide,
    intake,
    setup,
    staffing,
    departments,
    binding,
    hearing,
    changed_messages,
    joining,
    group_messages,
    citizens,
    options,
)


class Runs(Protocol):
    """A part of the engine that runs until it is cancelled."""

    async def run(self) -> None:
        """Run until cancelled."""


@dataclass(frozen=True)
class Running:
    """An office put together: its parts, and the application that serves it."""

    store: Store
    office: Office
    access: Access
    files: Attachments
    dispatcher: Dispatcher
    courier: Courier
    fetcher: Fetcher
    clockwork: Clockwork
    groups: GroupMaker
    muter: Muter
    adapters: Mapping[str, Adapter]
    around: Surroundings
    app: FastAPI


def put_together(
    settings: Configuration,
    clock: Clock,
    folder: Path,
    demo: bool = False,
    others: Mapping[str, Adapter] | None = None,
) -> Running:
    """Everything of one office, nothing of it running yet.

    folder: where photos and papers are kept.   demo: people choose who they are instead of signing in; on loopback.
    others: adapters made by the caller, by account, beside those of config.yaml. Raises ConfigError for an account that
    its adapter cannot use.
    """
    installed = installed_adapters(settings)
    store = Store.open(settings.database, clock)
    access = Access(store, clock)
    files = Attachments(folder / FILES, store, settings.files.limit)
    routes = Routes.of(module.on for module in HANDLERS)
    herald = Herald(routes)
    office = Office(store, settings, clock, herald)
    renderer = Renderer(settings.office.zone, _overrides(folder))

    adapters: dict[str, Adapter] = {**{each.account: each for each in installed.values()}, **(others or {})}
    routers: list[APIRouter] = []
    for name in settings.accounts_on("web"):
        push = _push(settings.server.public_url)
        adapter, router = webchat(store, access, files, clock, settings, account=name, demo=demo, push=push)
        adapters[name] = adapter
        routers.append(router)
    for name, account in settings.telegram_accounts().items():
        offered = menus(renderer, clock.now())
        installed = {**installed, name: _telegram(name, account, settings, store, files, clock, offered)}
        adapters[account.bot] = installed[name]

    around = Surroundings(
        office=office,
        link=settings.server.public_url or "",
        direct_chat=lambda account, user: adapters[account].direct_chat(user) if account in adapters else None,
        tells_reading=lambda account: account in adapters and adapters[account].limits.receipts,
        commands=CommandNames.load(),
        command_roles={name: route.role for name, route in routes.commands.items()},
        wake=lambda: courier.wake(),
    )
    herald.around = around
    card_renderers = {kind: _card_renderer(kind, handler, around) for kind, handler in routes.cards.items()}
    courier = Courier(store, adapters, renderer, card_renderers, clock, Languages(around).of)
    dispatcher = Dispatcher(store, around, routes, renderer, fetch=lambda: fetcher.wake())
    fetcher = Fetcher(
        store,
        adapters,
        files,
        clock,
        arrived=lambda unit, wait, _file: dispatcher.file_ended(unit, wait),
        missing=lambda unit, wait, _reason: dispatcher.file_ended(unit, wait),
    )

    clockwork = Clockwork(store, around, routes, MorningPictures(office, files, renderer).draw)
    groups = GroupMaker(store, around, adapters)
    muter = Muter(store, around, adapters)
    receiving = Receiving(store, adapters, ended=partial(amend_for_outages, office))
    chats = ChatArchive(store, settings.office.language)
    app = make_desk(office, store, access, settings, clock, files, chats, demo=demo)
    for router in routers:
        app.include_router(router)
    app.include_router(hooks({**adapters, **installed}, dispatcher.receive))
    app.include_router(health(store, courier, {name: each.platform for name, each in adapters.items()}))
    app.router.lifespan_context = _lifespan(
        dispatcher, (courier, fetcher, clockwork, groups, muter, receiving), adapters, receiving
    )
    return Running(
        store, office, access, files, dispatcher, courier, fetcher, clockwork, groups, muter, adapters, around, app
    )


def _telegram(
    name: str,
    account: TelegramAccount,
    settings: Configuration,
    store: Store,
    files: Attachments,
    clock: Clock,
    offered: Sequence[Menu],
) -> Adapter:
    hook = f"{(settings.server.public_url or '').rstrip('/')}/hooks/{name}" if settings.server.public_url else ""
    try:
        keep_unread = Unread(store, account.bot).keep
        language = settings.office.language
        return telegram(account, clock, files.read, keep_unread, hook, menus=offered, language=language)
    except ValueError as wrong:
        raise ConfigError((f"accounts.{name}.{wrong}",)) from wrong


def _lifespan(
    dispatcher: Dispatcher, engine: Sequence[Runs], adapters: Mapping[str, Adapter], receiving: Receiving
) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def run(_app: FastAPI) -> AsyncIterator[None]:
        async with asyncio.TaskGroup() as tasks:
            parts: dict[str, Callable[[], Awaitable[None]]] = {
                name: receiving.watched(name, partial(adapter.run, dispatcher.receive))
                for name, adapter in adapters.items()
            }
            parts |= {type(part).__name__: part.run for part in engine}
            running = [tasks.create_task(keep_running(run, name)) for name, run in parts.items()]
            yield
            for task in running:
                task.cancel()

    return run


def _card_renderer(kind: str, handler: CardHandler, around: Surroundings) -> CardRenderer:
    def render(unit: UnitOfWork, id: int, address: Address) -> CardView:
        return handler(Speaking(unit, around), Card(kind, id, address))

    return render


def _push(public_url: str | None) -> PushSettings | None:
    """Browsers are woken where the office is on the web: they ask for https, and push services for a contact."""
    return PushSettings(contact=public_url) if public_url and public_url.startswith("https://") else None


def _overrides(folder: Path) -> Path | None:
    """The office's own wording, where it has any: a folder `words` with templates and catalogues."""
    own = folder / "words"
    return own if own.is_dir() else None
