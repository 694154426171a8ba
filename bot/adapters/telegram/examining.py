"""What can only be seen at Telegram: whether the token is good, where updates go, what the bot may do in each group.

Each point is a pair: what was found, and what to do about it ("" where all is well).
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

import httpx

from bot.adapters.telegram.calls import CONNECT_S, NoAnswer, NotSent, Refused, Transport
from bot.settings import TelegramAccount

Point = tuple[str, str]

MOST_APART = timedelta(minutes=2)
"""The machine's clock and Telegram's; more, and who was present when is wrong."""

MOST_PENDING = 100
_NAMED = 8

_TOKEN = "Open @BotFather, choose the bot, API Token; put it into config.yaml or its environment variable, start again"
_NETWORK = "Look at the machine's connection, its proxy, and accounts.*.api_url in config.yaml"
_HOOK = "The address must be open to Telegram by https with a good certificate, on port 443, 80, 88 or 8443"
_GONE = "Add the bot to the group again; or write /bind in the new one"
_PRIVACY = (
    "Make the bot an administrator of each of these groups; or @BotFather, /setprivacy, Disable, then remove the bot "
    "from the groups and add it again"
)


async def examine(
    account: TelegramAccount, transport: Transport, hook: str, groups: Mapping[str, str], now: datetime
) -> list[Point]:
    """Every point of an account. hook: the office's own webhook, "" without one.   groups: names to chats."""
    try:
        me = await transport.call("getMe", {})
        return [
            (f"Telegram knows the bot @{me.get('username')}", ""),
            await examine_clock(account, now),
            await _way_in(account, transport, hook),
            *await _groups(account, transport, groups, me.get("can_read_all_group_messages") is True),
        ]
    except Refused as refused:
        good = refused.code not in (401, 404)
        return [(f"Telegram refuses: {refused}", _NETWORK if good else _TOKEN)]
    except (NotSent, NoAnswer) as trouble:
        return [(f"Telegram does not answer at {account.api_url} ({type(trouble).__name__})", _NETWORK)]


async def examine_clock(account: TelegramAccount, now: datetime) -> Point:
    """By the date that the server sends with any answer."""
    try:
        async with httpx.AsyncClient(timeout=CONNECT_S) as client:
            told = (await client.head(account.api_url)).headers.get("date", "")
        apart = abs(parsedate_to_datetime(told).astimezone(UTC) - now)
    except (httpx.HTTPError, ValueError, TypeError):
        return ("Telegram does not tell the time", "")
    if apart <= MOST_APART:
        return ("The clock agrees with Telegram's", "")
    minutes = int(apart.total_seconds() // 60)
    return (f"The clock is {minutes} minutes away from Telegram's", "Set the machine's time (NTP)")


async def _way_in(account: TelegramAccount, transport: Transport, hook: str) -> Point:
    info = await transport.call("getWebhookInfo", {})
    url, pending = info.get("url", ""), info.get("pending_update_count", 0)
    if account.receive == "polling":
        if url and url != hook:
            cure = (
                "Another program uses this bot: stop it, or make a bot of your own with @BotFather. To take this one: "
                "@BotFather, /revoke, and put the new token into config.yaml"
            )
            return ("The bot's updates go to a webhook elsewhere", cure)
        return ("Updates are asked for", "")
    error = info.get("last_error_message", "")
    if url != hook:
        return ("The webhook is not registered", "Start the office: it registers the webhook itself; then look again")
    if error or pending > MOST_PENDING:
        told = f"{pending} updates wait at Telegram; its last trouble with the webhook: {error or 'none'}"
        return (told, _HOOK)
    return ("The webhook is registered", "")


async def _groups(
    account: TelegramAccount, transport: Transport, groups: Mapping[str, str], reads_all: bool
) -> list[Point]:
    gone, deaf, weak = [], [], []
    for name, chat in groups.items():
        member = await _standing(account, transport, chat)
        status = member.get("status", "left")
        if status in ("left", "kicked"):
            gone.append(name)
        elif status != "administrator" and not reads_all:
            deaf.append(name)
        elif member.get("can_restrict_members") is not True:
            weak.append(name)
    if not (gone or deaf or weak):
        return [(f"In all {len(groups)} bound groups on Telegram the bot sees and may do what it needs", "")]
    found = []
    if gone:
        found.append((f"The bot is not in: {_named(gone)}", _GONE))
    if deaf:
        found.append((f"The bot does not see the messages of: {_named(deaf)}", _PRIVACY))
    if weak:
        told = f"Who is taken offline can still write in: {_named(weak)}"
        # A wish, not a trouble: everything else works.
        found.append((f"{told} (to change that, make the bot an administrator who may ban users)", ""))
    return found


async def _standing(account: TelegramAccount, transport: Transport, chat: str) -> Mapping[str, Any]:
    try:
        found = await transport.call("getChatMember", {"chat_id": int(chat), "user_id": int(account.bot)})
    except Refused as refused:
        if refused.code in (400, 403):
            return {}
        raise
    return found if isinstance(found, dict) else {}


def _named(names: list[str]) -> str:
    return ", ".join(names[:_NAMED]) + (f" and {len(names) - _NAMED} more" if len(names) > _NAMED else "")
