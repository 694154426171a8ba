"""The composition root: who is wired to whom, and the one ASGI application. Nothing else knows who is real."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from functools import cached_property, partial
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
from bot.composing import PERSONAL_MENU, CardRenderer
from bot.courier import Courier
from bot.dispatcher import Dispatcher
from bot.events import Address
from bot.fetcher import Fetcher
from bot.group_making import GroupMaker
from bot.handlers import (
    acknowledging,
    asking,
    asking_the_complainant,
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
    holiday_taken_back,
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
    reach,
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
from bot.handlers.group_links import link_word
from bot.health import health
from bot.hooks import hooks
from bot.installed_adapters import installed_adapters
from bot.inviting import Invitations
from bot.keeping_on import keep_running
from bot.languages import Languages
from bot.menus import Menu, menus
from bot.morning_picture import MorningPictures
from bot.muting import Muter
from bot.personal_menus import PersonalMenus
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
    holiday_taken_back,
    holidays,
    rejecting,
    merging,
    assigning,
    asking,
    asking_the_complainant,
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
    reach,
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
    personal_menus: PersonalMenus
    receiving: Receiving
    adapters: Mapping[str, Adapter]
    around: Surroundings
    make_app: Callable[[], FastAPI]

    @cached_property
    def app(self) -> FastAPI:
        """The application; made when it is first wanted, for a command that only looks at records serves nothing."""
        return self.make_app()


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
    personal_menus = PersonalMenus(store, around, adapters)
    card_renderers[PERSONAL_MENU] = personal_menus.view
    courier = Courier(
        store, adapters, renderer, card_renderers, clock, Languages(around).of, lost=herald.tell_that_it_is_lost
    )
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
    links = Invitations(store, adapters, link_word)
    engine = (courier, fetcher, clockwork, groups, muter, personal_menus, receiving)
    routers += [
        hooks({**adapters, **installed}, dispatcher.receive),
        health(store, courier, {name: each.platform for name, each in adapters.items()}),
    ]

    def make_app() -> FastAPI:
        app = make_desk(office, store, access, settings, clock, files, chats, demo=demo, group_links=links)
        for router in routers:
            app.router.routes.extend(router.routes)
        app.router.lifespan_context = _lifespan(dispatcher, engine, adapters, receiving)
        return app

    return Running(
        store=store,
        office=office,
        access=access,
        files=files,
        dispatcher=dispatcher,
        courier=courier,
        fetcher=fetcher,
        clockwork=clockwork,
        groups=groups,
        muter=muter,
        personal_menus=personal_menus,
        receiving=receiving,
        adapters=adapters,
        around=around,
        make_app=make_app,
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
