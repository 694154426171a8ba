"""The built-in web chat: a small messenger in the browser, its HTTP API, and its adapter for the engine."""

from fastapi import APIRouter

from bot.adapters.webchat.adapter import WebChatAdapter
from bot.adapters.webchat.api import make_api
from bot.adapters.webchat.assets import Assets
from bot.adapters.webchat.changing import Changes
from bot.adapters.webchat.delivery import Delivery
from bot.adapters.webchat.device_api import add_devices
from bot.adapters.webchat.feed import Feed
from bot.adapters.webchat.files import add_files
from bot.adapters.webchat.message_api import add_message_routes
from bot.adapters.webchat.messenger import Messenger
from bot.adapters.webchat.pages import Pages
from bot.adapters.webchat.reader import Door
from bot.adapters.webchat.speech import Speech
from bot.adapters.webchat.stream import PING_EVERY, add_stream
from bot.adapters.webchat.waking import PushSettings, Waker
from core.access import Access
from core.attachments import Attachments
from core.clock import Clock
from core.settings import OfficeSettings
from core.store.store import Store

__all__ = ["PushSettings", "WebChatAdapter", "webchat"]


def webchat(
    store: Store,
    access: Access,
    files: Attachments,
    clock: Clock,
    settings: OfficeSettings,
    account: str = "web",
    demo: bool = False,
    ping_every: float = PING_EVERY,
    push: PushSettings | None = None,
) -> tuple[WebChatAdapter, APIRouter]:
    """The adapter for the engine, and the router (/chat and /chat/api) for the one application.

    account: the account's name in config.yaml.   demo: anybody may choose who they are; only ever on loopback.
    ping_every: seconds between two signs of life of a quiet live stream.
    push: how browsers are woken when something is new; None: not at all.
    """
    waker = Waker(store, clock, account, push)
    feed = Feed(on_post=waker.posted)
    delivery = Delivery(store)
    speech = Speech()
    door = Door(store, access, speech, settings.office.language)
    messenger = Messenger(store, clock, account, feed, delivery)
    limit = settings.files.limit

    assets = Assets(speech)

    router = APIRouter()
    api = make_api(store, messenger, speech, door)
    add_message_routes(api, store, messenger, Changes(store, messenger, feed, delivery), speech, door)
    add_files(api, store, messenger, files, limit, door)
    add_stream(api, store, messenger, feed, speech, door, ping_every)
    add_devices(api, store, messenger, push, speech, door)
    pages = Pages(store, access, messenger, speech, settings, door, assets, waker, clock, demo)
    for part in (api, assets.router(), pages.router()):
        # As they are: `include_router` would make every route a second time.
        router.routes.extend(part.routes)
    return WebChatAdapter(store, account, feed, delivery, waker, files, limit), router
