"""Updates that Telegram brings: the webhook, registered only when it is not as it should be."""

import asyncio
import hmac
import json
import logging
from typing import Any

from bot.adapters.base import Call, CallAnswer
from bot.adapters.telegram.calls import NoAnswer, NotSent, Refused, Transport
from bot.adapters.telegram.translate import WANTED

SECRET_HEADER = "x-telegram-bot-api-secret-token"
LARGEST_UPDATE = 1024**2
AT_ONCE = 40
LOOK_EVERY_S = 600.0
_FIRST_WAIT_S = 1.0
_LONGEST_WAIT_S = 60.0

_log = logging.getLogger(__name__)


async def keep_registered(transport: Transport, url: str, secret: str) -> None:
    """Have Telegram bring updates to `url`, and look from time to time whether it still does; until cancelled."""
    wait_s = _FIRST_WAIT_S
    while True:
        try:
            if not await _is_registered(transport, url):
                await _register(transport, url, secret)
            wait_s = _FIRST_WAIT_S
            await asyncio.sleep(LOOK_EVERY_S)
        except (Refused, NotSent, NoAnswer) as error:
            code = f"HTTP {error.code}" if isinstance(error, Refused) else type(error).__name__
            _log.error("telegram: the webhook is not registered: %s; see: janmilan doctor", code)
            await asyncio.sleep(wait_s)
            wait_s = min(_LONGEST_WAIT_S, wait_s * 2)


def brought(call: Call, secret: str) -> Any:
    """The update that a call brought, or how it is turned away."""
    if call.method != "POST":
        return CallAnswer(405)
    if not hmac.compare_digest(call.headers.get(SECRET_HEADER, "").encode(), secret.encode()):
        return CallAnswer(403)
    if len(call.body) > LARGEST_UPDATE:
        return CallAnswer(413)
    try:
        return json.loads(call.body)
    except (ValueError, RecursionError):
        # 400 and not 500: what is no JSON would be brought again for a day.
        return CallAnswer(400)


async def _is_registered(transport: Transport, url: str) -> bool:
    """As it should be. Which secret Telegram has it does not show; with another one we turned its updates away."""
    found = await transport.call("getWebhookInfo", {})
    if not isinstance(found, dict) or "403" in str(found.get("last_error_message", "")):
        return False
    return found.get("url") == url and found.get("allowed_updates") == list(WANTED)


async def _register(transport: Transport, url: str, secret: str) -> None:
    parameters = {
        "url": url,
        "secret_token": secret,
        "allowed_updates": list(WANTED),
        "max_connections": AT_ONCE,
    }
    await transport.call("setWebhook", parameters)
