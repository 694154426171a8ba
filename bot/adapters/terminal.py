"""A chat in a terminal: what an adapter looks like, whole and small (docs/adapters.md walks through it).

    accounts: {terminal: {platform: terminal}}

One person, one group, no buttons: whoever sits at the keyboard writes a line, and the bot's messages stand under it.
`@12 words` answers message 12, `/direct words` goes to the bot alone.
"""

import asyncio
import sys
import threading
from collections.abc import Callable, Mapping
from itertools import count

from bot.adapters.base import Limits, Receive
from bot.events import Address, Message, Sender
from bot.markup import to_plain
from bot.messages import Say
from core.clock import Clock, SystemClock
from core.instants import microseconds

GROUP, PERSON, DIRECT = "group", "person", "direct"
AGAIN_AFTER_S = 1.0

ReadLine = Callable[[], str]
WriteLine = Callable[[str], None]


class TerminalAdapter:
    """The contract is bot/adapters/base.py. `read`: the next line, "" at the end; it may block. `write`: shows one."""

    platform = "terminal"

    def __init__(self, account: str, read: ReadLine, write: WriteLine, clock: Clock) -> None:
        self.account = account
        # 1. What the platform can do. No method `edit`, no buttons: the engine answers anew and numbers the choices.
        self.limits = Limits(buttons=0, attachments=0, text=100_000, markup="plain", replies=True)
        self._read = read
        self._write = write
        self._clock = clock
        self._ids = count(1)
        self._lines: asyncio.Queue[str] | None = None

    # 2. Names: the engine keeps them as they are and gives them back.

    def direct_chat(self, user: str) -> str:
        """The chat of this user and the bot."""
        return DIRECT

    # 3. In: translate, hand over, and let go of it only when it is kept.

    async def run(self, receive: Receive) -> None:
        """Hand over line after line until cancelled."""
        lines = self._reading()
        while True:
            message = self._message(await lines.get())
            while True:
                try:
                    await receive(message)
                    break
                except Exception:
                    # Nothing was kept. A real platform would bring it again; here nobody else has the line.
                    await asyncio.sleep(AGAIN_AFTER_S)

    def _message(self, line: str) -> Message:
        number = next(self._ids)
        direct = line.startswith("/direct ")
        words = line.removeprefix("/direct ")
        reply_to = None
        if words.startswith("@") and words[1:].partition(" ")[0].isdecimal():
            reply_to, _, words = words[1:].partition(" ")
        now = self._clock.now()
        return Message(
            # The key must never come again, also after a restart: the count alone would.
            key=f"{microseconds(now)}/{number}",
            address=Address(self.account, DIRECT if direct else GROUP),
            sender=Sender(self.account, PERSON, "terminal"),
            at=now,
            direct=direct,
            message=str(number),
            text=words,
            reply_to=reply_to,
        )

    def _reading(self) -> asyncio.Queue[str]:
        """Reading blocks, so a thread of its own does it, once for all runs."""
        if self._lines is None:
            loop, queue = asyncio.get_running_loop(), asyncio.Queue[str]()

            def forward() -> None:
                for line in iter(self._read, ""):
                    loop.call_soon_threadsafe(queue.put_nowait, line.rstrip("\n"))

            threading.Thread(target=forward, name="terminal", daemon=True).start()
            self._lines = queue
        return self._lines

    # 4. Out: in the platform's form, and by the platform's id of it.

    async def say(self, say: Say) -> str:
        """Show it. Nothing can go wrong here; else one of the errors of bot/adapters/base.py says what."""
        number = str(next(self._ids))
        self._write(f"[{number}] {to_plain(say.text)}")
        return number


# 5. How config.yaml's `platform: terminal` finds it: an entry point in pyproject.toml names this function.


def make_adapter(account: str, section: Mapping[str, object]) -> TerminalAdapter:
    """The adapter of an account. Raises ValueError naming a key that it does not know."""
    for key in section:
        if key != "platform":
            raise ValueError(f"{key}: unknown key; the terminal needs nothing")
    return TerminalAdapter(account, sys.stdin.readline, lambda line: print(line, flush=True), SystemClock())  # noqa: T201
