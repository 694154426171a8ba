"""Updates by asking for them: a long poll after the other; what was given is confirmed once it is kept."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from bot.adapters.telegram.calls import ANSWER_S, NoAnswer, NotSent, Refused, Transport
from bot.adapters.telegram.translate import WANTED

POLL_S = 25
AT_MOST = 100
_FIRST_WAIT_S = 1.0
_LONGEST_WAIT_S = 30.0
_TAKE_AGAIN_S = 1.0

CURES = {
    401: "the token is not good: get it from @BotFather and put it into config.yaml",
    404: "the token is not good: get it from @BotFather and put it into config.yaml",
    409: "somebody else takes this bot's updates: end the other process, or its webhook (janmilan doctor shows it)",
}

_log = logging.getLogger(__name__)

_ELSEWHERE = "another program has set a webhook for this bot; end it, or give this office a bot of its own"


async def poll(
    transport: Transport,
    take: Callable[[Sequence[Any]], Awaitable[None]],
    own_hook: str,
    reached: Callable[[bool], None],
) -> None:
    """Ask until cancelled. take: keeps updates; while it raises, the same are asked for again.

    own_hook: the address of this office's webhook; if it is registered, from before, it is taken back.
    reached: told after each asking whether Telegram gave updates, or at least an empty list.
    """
    offset: int | None = None
    wait_s = _FIRST_WAIT_S
    await _take_back(transport, own_hook)
    while True:
        try:
            updates = await _ask(transport, offset)
        except (Refused, NotSent, NoAnswer) as error:
            reached(False)
            _say(error)
            await asyncio.sleep(_pause(error, wait_s))
            wait_s = min(_LONGEST_WAIT_S, wait_s * 2)
            continue
        reached(True)
        wait_s = _FIRST_WAIT_S
        try:
            await take(updates)
        except Exception as trouble:
            # Nothing is confirmed, so all of it comes again; what was kept is known by its key.
            _log.warning("telegram: updates were not kept: %s", type(trouble).__name__)
            await asyncio.sleep(_TAKE_AGAIN_S)
            continue
        confirmed = max((id + 1 for id in map(_number, updates) if id is not None), default=offset)
        if updates and confirmed == offset:
            await asyncio.sleep(_TAKE_AGAIN_S)  # updates without a number can't be confirmed: not in a tight circle
        offset = confirmed


async def _ask(transport: Transport, offset: int | None) -> Sequence[Any]:
    parameters = {"offset": offset, "limit": AT_MOST, "timeout": POLL_S, "allowed_updates": list(WANTED)}
    found = await transport.call("getUpdates", parameters, answer_s=POLL_S + ANSWER_S)
    if not isinstance(found, list):
        raise NoAnswer("no list of updates")
    return found


async def _take_back(transport: Transport, own_hook: str) -> None:
    """Only one's own: another address is somebody else's office, and the log will name the cure."""
    if not own_hook:
        return
    try:
        found = await transport.call("getWebhookInfo", {})
        if isinstance(found, dict) and found.get("url") == own_hook:
            await transport.call("deleteWebhook", {})
    except (Refused, NotSent, NoAnswer):
        return


def _number(update: Any) -> int | None:
    id = update.get("update_id") if isinstance(update, dict) else None
    return id if isinstance(id, int) and not isinstance(id, bool) else None


def _pause(error: Exception, wait_s: float) -> float:
    asked = error.retry_after if isinstance(error, Refused) else None
    return asked if asked is not None else wait_s


def _say(error: Refused | NotSent | NoAnswer) -> None:
    if isinstance(error, Refused):
        cure = _ELSEWHERE if "webhook" in error.description else CURES.get(error.code, "it is asked again")
        _log.error("telegram: updates were refused with HTTP %d; %s", error.code, cure)
    else:
        _log.warning("telegram: no updates: %s; it is asked again", type(error).__name__)
