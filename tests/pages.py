"""What must not happen in a page while a test looks at it: errors, and requests to anywhere but this machine.

And how to wait for what `expect` cannot see.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page

INSIDE_THE_BROWSER = ("data", "blob", "about")


@dataclass
class Faults:
    """The faults seen so far and the ones that the test means to cause."""

    seen: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def expect(self, words: str) -> None:
        """Let faults pass that contain `words`, as `status of 403` where a test is refused on purpose."""
        self.expected.append(words)

    def check(self) -> None:
        """Raise `AssertionError` that lists the faults nobody expected."""
        unexpected = [fault for fault in self.seen if not any(words in fault for words in self.expected)]
        assert not unexpected, "Something went wrong in the page:\n" + "\n".join(unexpected)


def watch(context: BrowserContext, faults: Faults) -> None:
    """Note every fault in the pages of `context`, those opened later too."""

    def console(message: ConsoleMessage) -> None:
        if message.type == "error":
            faults.seen.append(f"console: {message.text} ({message.location.get('url', '')})")

    def request(url: str) -> None:
        parts = urlsplit(url)
        if parts.hostname != "127.0.0.1" and parts.scheme not in INSIDE_THE_BROWSER:
            faults.seen.append(f"request to another host: {url}")

    context.on("weberror", lambda error: faults.seen.append(f"page error: {error.error}"))
    context.on("console", console)
    context.on("request", lambda sent: request(sent.url))


def until(page: Page, done: Callable[[], object], seconds: float = 30) -> None:
    """Wait until something is so, while the page's requests and routes go on; raises `AssertionError` after `seconds`.

    A list that a route fills is empty for a moment after the page has asked: the browser tells of both one by one.
    """
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it did not come about"
        page.wait_for_timeout(20)
