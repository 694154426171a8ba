"""How an office on Telegram keeps to its limits, and how soon a press is answered: `janmilan serve` and a server that
speaks the Bot API and counts as Telegram does.

    make bench B=telegram

A burst of messages to many groups: no 429, and as much of the allowed rate as there is. Then presses, 100 a second,
from the update to answerCallbackQuery. Then how much memory the process holds, with each library.
"""

import argparse
import asyncio
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from bench.measuring.demo import demo_database
from bench.measuring.figures import Figure, figure, percentile, tell
from bench.measuring.places import scratch
from bench.measuring.serving import Served, serving
from bot import outbox
from bot.events import Address
from core.clock import SystemClock
from core.commands import LinkIdentity
from core.office import Office, Silence
from core.people import Actor, Door, Via
from core.settings import OfficeSettings
from core.store.store import Store
from core.store.unit import UnitOfWork
from core.store.work import Work
from tests.fakes.telegram.server import BotApi
from tests.fakes.telegram.world import BOT, TOKEN

ACCOUNT = str(BOT)
LIMITS = (30, 1, 20)
"""Telegram's: messages of an account in a second, to a chat in a second, to a group in a minute."""

LIBRARIES = ("python-telegram-bot", "aiogram")
OFFICER = 5_000_000_001
GROUP = -1001000000000
_SYSTEM = Actor(None, Via(Door.COMMAND), system=True)
_PATIENCE_S = 300.0


async def measure(asked: argparse.Namespace) -> list[Figure]:
    """All figures, the first library's in full."""
    first, *others = asked.libraries
    found: list[Figure] = []
    with scratch() as folder:
        url = await asyncio.to_thread(_office, folder)
        async with BotApi(LIMITS) as api:
            with serving(url, folder, _account(api, first)) as served:
                found += await _burst(api, url, asked.messages, asked.chats)
                found += await _presses(api, asked.rate, asked.seconds)
                found.append(_memory("telegram_rss_mb", served))
        for library in others:
            async with BotApi(LIMITS) as api:
                with serving(url, folder, _account(api, library)) as served:
                    await _presses(api, asked.rate, min(asked.seconds, 2.0))
                    found.append(_memory(f"telegram_{library}_rss_mb", served))
    return found


def _office(folder: Path) -> str:
    """The demo district, one of whose members is known on Telegram."""
    url = demo_database(folder)
    with closing(Store.open(url, SystemClock())) as store:
        directory = store.read_now(store.directory)
        member = next(found[0].id for each in directory.departments if (found := directory.members(each)))
        office = Office(store, OfficeSettings(), store.clock, Silence())
        office.do_now(LinkIdentity(ACCOUNT, str(OFFICER), member), _SYSTEM)
    return url


def _account(api: BotApi, library: str) -> str:
    return f"telegram: {{platform: telegram, token: '{TOKEN}', api_url: '{api.url}', library: {library}}}"


async def _burst(api: BotApi, url: str, messages: int, chats: int) -> list[Figure]:
    """So many messages to so many groups, all at once; how much of what Telegram allows was used until the last."""
    groups = [api.world.group(GROUP - number, str(number)).id for number in range(chats)]

    def say(unit: UnitOfWork) -> None:
        for number in range(messages):
            outbox.say(unit, Address(ACCOUNT, str(groups[number % chats])), "not_understood", {})

    with closing(Store.open(url, SystemClock())) as store:
        await asyncio.to_thread(store.do_now, Work(say))
    await api.world.until(lambda: len(api.all_arrivals) >= messages, _PATIENCE_S)
    times = [at for at, _ in api.all_arrivals[:messages]]
    # The first second's messages are free at once; the rest come no faster than the limit.
    share = 100 * (messages - LIMITS[0]) / (LIMITS[0] * (times[-1] - times[0]))
    print(f"{messages} messages to {chats} groups in {times[-1] - times[0]:.2f} s, {api.too_fast} refused", flush=True)
    return [figure("telegram_rate_share", "percent", [share]), figure("telegram_429", "refusals", [api.too_fast])]


async def _presses(api: BotApi, rate: float, seconds: float) -> list[Figure]:
    """Presses at a rate, each measured from the moment at which its update was there."""
    loop = asyncio.get_running_loop()
    api.world.person(OFFICER, "Ashok")
    chat = api.world.group(GROUP - 1, "DPRO").id
    begun, sent = loop.time(), dict[str, float]()
    for number in range(max(1, int(rate * seconds))):
        await asyncio.sleep(max(0.0, begun + number / rate - loop.time()))
        at = loop.time()
        sent[await api.world.presses(OFFICER, chat, 1, "acknowledge:complaint:1")] = at
    await api.world.until(lambda: sent.keys() <= api.world.toasted_at.keys(), _PATIENCE_S)
    ms = [1000 * (api.world.toasted_at[press] - at) for press, at in sent.items()]
    print(
        f"{len(ms)} presses: {percentile(ms, 0.5):.0f} ms at the median, {percentile(ms, 0.99):.0f} at 99%", flush=True
    )
    return [figure("telegram_press_p99_ms", "ms", [percentile(ms, 0.99)])]


def _memory(name: str, served: Served) -> Figure:
    return figure(name, "MB", [served.resident_mb])


def main(words: Sequence[str] | None = None) -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description="How an office on Telegram keeps to its limits.")
    parser.add_argument("--messages", type=int, default=500)
    parser.add_argument("--chats", type=int, default=74)
    parser.add_argument("--rate", type=float, default=100.0, help="presses a second")
    parser.add_argument("--seconds", type=float, default=20.0, help="of presses")
    parser.add_argument("--libraries", nargs="+", choices=LIBRARIES, default=LIBRARIES)
    tell(asyncio.run(measure(parser.parse_args(words))))


if __name__ == "__main__":
    main()
