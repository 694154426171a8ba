"""Wakes the live streams when a message was committed, and carries what is never stored: toasts that came late."""

import asyncio
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Lock


class Follower:
    """One live stream. `chats` may be set anew at any time.

    seen: up to which message of a chat others have read, as far as this stream was told.   untold: of these, what it
    has still to send.
    """

    def __init__(self, user: str, loop: asyncio.AbstractEventLoop) -> None:
        self.user = user
        self.chats: frozenset[str] = frozenset()
        self.toasts: deque[str] = deque(maxlen=20)
        self.seen: dict[str, int] = {}
        self.untold: dict[str, int] = {}
        self._loop = loop
        self._woken = asyncio.Event()

    def wake(self) -> None:
        """Let it look again; from any thread."""
        self._loop.call_soon_threadsafe(self._woken.set)

    async def wait(self, seconds: float) -> bool:
        """Until it is woken or `seconds` have passed; True if it was woken."""
        try:
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        except TimeoutError:
            return False
        self._woken.clear()
        return True


class Feed:
    """All live streams of this process. Another process's changes are found when a stream looks by itself."""

    def __init__(self, on_post: Callable[[str, str], None] = lambda chat, sender: None) -> None:
        """on_post: told of every new message (its chat, its sender) once it is durable; from any thread."""
        self._on_post = on_post
        self._followers: set[Follower] = set()
        self._lock = Lock()
        self.closed = False

    @contextmanager
    def follow(self, user: str) -> Iterator[Follower]:
        """A follower for as long as its stream is open; call it inside the event loop."""
        follower = Follower(user, asyncio.get_running_loop())
        with self._lock:
            self._followers.add(follower)
        try:
            yield follower
        finally:
            with self._lock:
                self._followers.discard(follower)

    def changed(self, chat: str) -> None:
        """A change in this chat is durable; from any thread."""
        for follower in self._now():
            if chat in follower.chats:
                follower.wake()

    def posted(self, chat: str, sender: str) -> None:
        """A new message in this chat is durable; from any thread."""
        self.changed(chat)
        self._on_post(chat, sender)

    def read(self, chat: str, user: str, upto: int) -> None:
        """A user has read this chat up to a message; from any thread.

        Only the first who gets so far is news to the others: of three hundred who read the same, one wakes them.
        """
        for follower in self._now():
            if chat in follower.chats and follower.user != user and follower.seen.get(chat, 0) < upto:
                follower.seen[chat] = follower.untold[chat] = upto
                follower.wake()

    def toast(self, user: str, text: str) -> bool:
        """Show a short word on every open page of the user; False if there is none."""
        reached = [follower for follower in self._now() if follower.user == user]
        for follower in reached:
            follower.toasts.append(text)
            follower.wake()
        return bool(reached)

    def close(self) -> None:
        """End every stream: the process is going down."""
        self.closed = True
        for follower in self._now():
            follower.wake()

    def _now(self) -> tuple[Follower, ...]:
        with self._lock:
            return tuple(self._followers)
