"""Running an office, or the demo district, until it is stopped."""

import asyncio
import ipaddress
import signal
import socket
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import uvicorn

from bot.app import Running, put_together
from bot.cli.failing import Wrong
from bot.cli.logs import log_to_stderr
from bot.cli.place import Place, demo_place, read_place
from bot.cli.playing import play_and_say
from bot.cli.rivals import refuse_rivals
from bot.cli.saying import bar, say
from bot.cli.thrift import give_memory_back
from core.clock import Clock, SetClock, SystemClock
from core.demo import is_played
from core.readiness import unknown_letters
from core.settings import ConfigError
from core.store.haste import write_in_haste
from core.store.migrate import prepare

SWITCH_S = 0.00005
"""Threads take turns after so long, not after 5 ms as is Python's way: whoever presses a button waits for the event
loop, which after each look at a socket waits for the thread that draws a board or writes. There are a dozen such waits
on the way of a press (docs/performance.md)."""

GOODBYE_S = 3
"""How long a stop waits for requests that are being answered; live pages reconnect by themselves."""


def run_office(config: Path, host: str | None, port: int | None, clock: Clock | None = None) -> None:
    """Serve the office of `config`, by the machine's time unless by another `clock`.

    Raises what `bot.cli.failing` knows.
    """
    refuse_rivals()
    give_memory_back()
    place = read_place(config).at(host, port)
    done = prepare(place.settings.database)
    if done.changed and done.copy is not None:
        say(f"Upgraded the database to {done.now}; a copy from before is {done.copy}")
    with listening(place) as listener:
        running = put_together(place.settings, clock or SystemClock(), place.folder)
        try:
            _need_known_letters(running)
            serve(
                running, listener, lambda address: say(f"Jan Milan: {address} (chat: {address}/chat). Ctrl-C stops it.")
            )
        finally:
            running.store.close()


def run_demo(folder: Path, host: str, port: int) -> None:
    """Make the demo district, play its past if that was not done, and serve it to this machine alone."""
    need_loopback(host)
    give_memory_back()
    place = demo_place(folder, host, port)
    prepare(place.settings.database)
    with listening(place) as listener:
        play_past(place, SetClock(SystemClock().now()))
        running = put_together(place.settings, SystemClock(), place.folder, demo=True)
        try:
            serve(running, listener, _say_demo)
        finally:
            running.store.close()


def _need_known_letters(running: Running) -> None:
    """Raises ConfigError for a department that config.yaml names and nobody has."""
    unknown = unknown_letters(running.office.settings, running.store.read_now(running.store.directory))
    if unknown:
        raise ConfigError(unknown)


def play_past(place: Place, clock: SetClock) -> None:
    """Make the demo district with its past up to the instant at which `clock` stands, if that was not done."""
    playing = put_together(place.settings, clock, place.folder, demo=True)
    write_in_haste(playing.store.database)
    try:
        if not is_played(playing.store):
            say("Playing the past days of the demo district …")
            with bar("Past days") as progress:
                play_and_say(playing, clock, progress)
    finally:
        playing.store.close()


def _say_demo(address: str) -> None:
    say("The demo district runs. Open:")
    say(f"  {address}/      the desk: choose who you are (an operator registers, a senior watches)")
    say(f"  {address}/chat  the chat: choose an officer, and answer in the department's group")
    say("Ctrl-C stops it; it goes on from there at the next start.")


def listening(place: Place) -> socket.socket:
    """The socket, taken before anything else is done: a port that is taken is told at once."""
    server = place.settings.server
    family = socket.AF_INET6 if ":" in server.host else socket.AF_INET
    return socket.create_server((server.host, server.port), family=family, backlog=2048)


def serve(
    running: Running,
    listener: socket.socket,
    ready: Callable[[str], None],
    beside: Callable[[], Awaitable[None]] | None = None,
) -> None:
    """Serve it until it is stopped. `ready`: told the address once it answers.   beside: goes on while it is served."""
    host, port = listener.getsockname()[:2]
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    log_to_stderr()
    sys.setswitchinterval(SWITCH_S)
    # No access log: an address can hold a token.
    config = uvicorn.Config(
        running.app, log_config=None, access_log=False, lifespan="on", timeout_graceful_shutdown=GOODBYE_S
    )
    # uvicorn raises the signal again after it has stopped; then our own ending still has to come.
    before = signal.signal(signal.SIGTERM, _stop)
    try:
        _Server(config, lambda: ready(address), beside).run(sockets=[listener])
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)


class _Server(uvicorn.Server):
    """Says when it can be reached, and lets something go on beside it."""

    def __init__(
        self, config: uvicorn.Config, ready: Callable[[], None], beside: Callable[[], Awaitable[None]] | None
    ) -> None:
        super().__init__(config)
        self._ready = ready
        self._beside = beside
        self._task: asyncio.Future[None] | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """As uvicorn's; afterwards it answers."""
        await super().startup(sockets)
        if self.started:
            self._ready()
            if self._beside is not None:
                self._task = asyncio.ensure_future(self._beside())
                self._task.add_done_callback(self._ended)

    def _ended(self, task: "asyncio.Future[None]") -> None:
        if not task.cancelled() and task.exception() is not None:
            self.should_exit = True

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """What goes on beside it ends first; a mistake in it ends all, and is told when all is closed."""
        task = self._task
        if task is not None:
            task.cancel()
            await asyncio.wait([task])
        await super().shutdown(sockets)
        if task is not None and not task.cancelled():
            task.result()


def _stop(_signal: int, _frame: object) -> None:
    raise SystemExit(0)


def need_loopback(host: str) -> None:
    """The demo is for this machine alone. Raises Wrong for any other address."""
    try:
        is_loopback = ipaddress.ip_address(host).is_loopback
    except ValueError:
        is_loopback = host == "localhost"
    if not is_loopback:
        raise Wrong(f"The demo lets everybody in as anybody, so it is served to this machine alone, not at {host}.")
