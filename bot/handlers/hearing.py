"""Where the bot cannot take words for anybody's, cannot hear, or cannot mute: the group is told what to do about it."""

from bot.context import Context
from bot.events import BotRights, Nameless
from bot.routing import Routes
from core.store.queries.occasions import keep_occasion

on = Routes()


@on.nameless()
def tell_that_it_counts_for_nobody(ctx: Context, message: Nameless) -> None:
    """Words in the group's or a channel's name; told once a day in a group that is bound."""
    if ctx.group is not None and keep_occasion(ctx.unit, f"nameless/{ctx.address}", ctx.today):
        ctx.say(ctx.address, "nameless")


@on.rights()
def tell_what_is_missing(ctx: Context, rights: BotRights) -> None:
    """A group whose messages the bot is not shown has no presence and no solutions, and one where it can mute nobody
    hears those who are offline: its administrator can mend that."""
    if not rights.sees_all:
        ctx.say(ctx.address, "rights_missing")
    elif rights.may_mute is False:
        ctx.say(ctx.address, "muting_lost")
