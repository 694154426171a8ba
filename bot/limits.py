"""How fast a platform lets us speak: at most so many messages in any stretch of time."""

from collections import deque

from bot.adapters.base import Limits

MINUTE_S = 60.0


class Window:
    """At most `most` messages in any `seconds`, as the platform counts them.

    The platform counts a message when it arrives, somewhere between our sending and its answer. So a message that is
    on its way takes a place, and one that was answered keeps its place for `seconds` from the answer on: whatever the
    delays, no stretch of the platform's time has more. `now` is any clock in seconds that never goes back.
    """

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._on_the_way = 0
        self._answered: deque[float] = deque()

    @property
    def crowded(self) -> bool:
        """Whether all places were taken when it was last looked at; only then can there be no room."""
        return self._on_the_way + len(self._answered) >= self._most

    def room(self, now: float) -> int:
        """How many messages may be sent now."""
        self._forget(now)
        return max(0, self._most - self._on_the_way - len(self._answered))

    def wait(self, now: float) -> float:
        """Seconds until one may be sent if no other is; infinite while all places are taken by what is on its way."""
        if self.room(now):
            return 0.0
        over = self._on_the_way + len(self._answered) - self._most
        return self._answered[over] + self._seconds - now if over < len(self._answered) else float("inf")

    def send(self) -> None:
        """One is on its way."""
        self._on_the_way += 1

    def answered(self, now: float) -> None:
        """The platform has answered one, well or not."""
        self._on_the_way -= 1
        self._answered.append(now)

    def unsent(self) -> None:
        """One was not sent after all."""
        self._on_the_way -= 1

    def idle(self, now: float) -> bool:
        """Whether nothing needs to be remembered."""
        self._forget(now)
        return not self._on_the_way and not self._answered

    def _forget(self, now: float) -> None:
        while self._answered and self._answered[0] + self._seconds <= now:
            self._answered.popleft()


class Windows:
    """Several windows that a message must pass all of: so many in a minute, and so many in a second."""

    def __init__(self, *windows: Window) -> None:
        self._all = windows

    @property
    def crowded(self) -> bool:
        """Whether one of them has no place."""
        return any(each.crowded for each in self._all)

    def room(self, now: float) -> int:
        """How many messages may be sent now."""
        return min(each.room(now) for each in self._all)

    def wait(self, now: float) -> float:
        """Seconds until one may be sent; infinite while all places of one are taken by what is on its way."""
        return max(each.wait(now) for each in self._all)

    def send(self) -> None:
        """One is on its way."""
        for each in self._all:
            each.send()

    def answered(self, now: float) -> None:
        """The platform has answered one, well or not."""
        for each in self._all:
            each.answered(now)

    def unsent(self) -> None:
        """One was not sent after all."""
        for each in self._all:
            each.unsent()

    def idle(self, now: float) -> bool:
        """Whether nothing needs to be remembered."""
        return all(each.idle(now) for each in self._all)


class Pace:
    """One account's windows: `Limits.per_second` for all chats together, `per_chat_minute` and `per_chat_second` for
    each."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._account = Window(max(1, int(limits.per_second)), max(1.0, 1.0 / limits.per_second))
        self._chats: dict[str, Windows] = {}
        self._crowded: dict[str, Windows] = {}
        self._next_tidying = 0.0

    def room(self, now: float) -> int:
        """How many messages the account may send now, each to another chat."""
        return self._account.room(now)

    def wait(self, now: float) -> float:
        """Seconds until something that waits may go: the account if it has no room, else the first of its chats."""
        if not self._account.room(now):
            return self._account.wait(now)
        return min(
            (window.wait(now) for window in self._crowded.values() if not window.room(now)), default=float("inf")
        )

    def full_chats(self, now: float) -> list[str]:
        """The chats to which nothing may be sent now."""
        if now >= self._next_tidying:
            self._chats = {chat: window for chat, window in self._chats.items() if not window.idle(now)}
            self._next_tidying = now + MINUTE_S
        self._crowded = {chat: window for chat, window in self._crowded.items() if not window.room(now)}
        return list(self._crowded)

    def send(self, chat: str) -> None:
        """A message to the chat is on its way."""
        self._account.send()
        window = self._window(chat)
        window.send()
        if window.crowded:
            self._crowded[chat] = window

    def answered(self, chat: str, now: float) -> None:
        """The platform has answered it."""
        self._account.answered(now)
        self._window(chat).answered(now)

    def unsent(self, chat: str) -> None:
        """It was not sent after all."""
        self._account.unsent()
        self._window(chat).unsent()

    def remember(self, chat: str, at: float) -> None:
        """A message to the chat was answered at `at`, before this process began."""
        self.send(chat)
        self.answered(chat, at)

    def _window(self, chat: str) -> Windows:
        if chat not in self._chats:
            windows = [Window(max(1, int(self._limits.per_chat_minute)), MINUTE_S)]
            second = self._limits.per_chat_second
            if second is not None:
                windows.append(Window(max(1, int(second)), max(1.0, 1.0 / second)))
            self._chats[chat] = Windows(*windows)
        return self._chats[chat]
