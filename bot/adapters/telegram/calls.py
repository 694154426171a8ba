"""What a library is asked for: one call of the Bot API at a time, and what came back, in no library's words.

Both transports answer alike, so nothing else of the adapter knows which of them is used.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

ANSWER_S = 20.0
"""Seconds that an answer may take; a long poll takes longer."""

CONNECT_S = 10.0

Parameters = Mapping[str, object]
"""Names to values that JSON knows; None is left out."""


@dataclass(frozen=True)
class Upload:
    """A file that goes with a call, as the parameter `field`."""

    field: str
    name: str
    media_type: str
    data: bytes


class Refused(Exception):
    """Telegram answered, and said no. `code`: of HTTP; `description`: its own words.

    retry_after: seconds to wait, where it says so.   moved_to: the chat's new id, where it has one.
    """

    def __init__(self, code: int, description: str, retry_after: float | None = None, moved_to: str = "") -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.retry_after = retry_after
        self.moved_to = moved_to


class NotSent(Exception):
    """No connection: Telegram was asked for nothing."""


class NoAnswer(Exception):
    """The call went out, and whether it was done is not known."""


class Transport(Protocol):
    """What a library does for the adapter: nothing but this."""

    async def call(
        self, method: str, parameters: Parameters, uploads: Sequence[Upload] = (), answer_s: float = ANSWER_S
    ) -> Any:
        """The `result` of a method. Raises Refused, NotSent or NoAnswer, whatever the library would have said."""

    async def download(self, path: str, most: int) -> bytes:
        """A file by the path that getFile gave. Raises Refused, NotSent, NoAnswer; TooLarge above `most` bytes."""

    async def close(self) -> None:
        """Let go of the connections."""


class TooLarge(Exception):
    """The file has more bytes than were asked for."""


def written(parameters: Parameters) -> dict[str, str]:
    """The fields of the form that goes over the wire: words as they are, everything else as JSON."""
    return {name: _field(value) for name, value in parameters.items() if value is not None}


def answered(code: int, body: bytes) -> Any:
    """The `result` in an answer. Raises Refused; NoAnswer for what no Bot API server says."""
    try:
        answer = json.loads(body)
    except (ValueError, RecursionError):
        answer = None
    if not isinstance(answer, dict) or not isinstance(answer.get("ok"), bool):
        # A proxy between, a page of an error: of 5xx nobody knows whether the call was done.
        raise Refused(code, "an answer that is not the Bot API's") if 400 <= code < 500 else NoAnswer(f"HTTP {code}")
    if answer["ok"] and 200 <= code < 300:
        return answer.get("result")
    given = answer.get("parameters")
    hints: Mapping[str, Any] = given if isinstance(given, dict) else {}
    wait, moved = hints.get("retry_after"), hints.get("migrate_to_chat_id")
    raise Refused(
        code,
        str(answer.get("description", "")),
        float(wait) if isinstance(wait, int | float) and not isinstance(wait, bool) else None,
        str(moved) if isinstance(moved, int) and not isinstance(moved, bool) else "",
    )


def _field(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
