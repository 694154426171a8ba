"""Links to the bot (https://core.telegram.org/bots/features#deep-linking)."""

RIGHTS = "restrict_members"
"""What the link asks for the bot, so that it sees every message and can mute who is taken offline."""


def group_link(username: str, word: str) -> str:
    """Whoever opens it chooses a group, which the bot is added to; the word arrives there with /start."""
    return f"https://t.me/{username}?startgroup={word}&admin={RIGHTS}"
