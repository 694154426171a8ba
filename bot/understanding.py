"""Which handler an event is for: a command, a button, a numbered choice, the answer to a question, or a message."""

from bot import outbox
from bot.context import Context
from bot.events import (
    BotAdded,
    BotRemoved,
    BotRights,
    Deleted,
    Event,
    GroupMoved,
    MemberJoined,
    Message,
    Nameless,
    Pressed,
)
from bot.fallbacks import pick, pick_among, read_choices
from bot.permission import need, need_about
from bot.routing import CommandHandler, Route, Routes
from bot.store.asks import Ask, find_ask
from bot.store.posted import choices_of, offers_in
from core.complaints import Complaint
from core.reading import is_cancel
from core.refusals import Forged

CANCEL = "cancel"


def understand(ctx: Context, event: Event, routes: Routes) -> None:
    """Find the handler and let it answer. Raises the Refusal of a role, a rule, or a button that was never given."""
    if _shows_that_the_bot_is_there(event):
        for take_return in routes.returns:
            take_return(ctx)
    match event:
        case Pressed():
            press(ctx, event.data, routes)
        case Message(edited=False):
            _read(ctx, event, routes)
        case Message():
            for take_edit in routes.edits:
                take_edit(ctx, event)
        case Deleted():
            for take_deletion in routes.deletions:
                take_deletion(ctx, event)
        case MemberJoined():
            for take_member in routes.joins:
                take_member(ctx)
        case Nameless():
            for take_nameless in routes.namelesses:
                take_nameless(ctx, event)
        case BotRights():
            for take_rights in routes.changes_of_rights:
                take_rights(ctx, event)
        case BotRemoved():
            for take_loss in routes.losses:
                take_loss(ctx, event.address, event.at)
        case GroupMoved():
            outbox.move(ctx.unit, event.address, event.to.chat)


def _shows_that_the_bot_is_there(event: Event) -> bool:
    """In a group words prove nothing: the bot may read them and not be allowed to answer."""
    return isinstance(event, BotAdded | BotRights) or (event.direct and isinstance(event, Message | Pressed))


def press(ctx: Context, data: str, routes: Routes) -> None:
    """A press by its data, which proves nothing: an unknown action or complaint is refused as forged."""
    action, _, rest = data.partition(":")
    if action == CANCEL:
        _cancel(ctx)
    elif action in routes.buttons:
        route = routes.buttons[action]
        complaint = _complaint(ctx, rest)
        need_about(ctx.actor(complaint), route.role, complaint)
        route.handler(ctx, complaint)
    elif action in routes.choices:
        choice = routes.choices[action]
        need(ctx.actor(), choice.role)
        choice.handler(ctx, rest)
    else:
        raise Forged("button")


def _read(ctx: Context, message: Message, routes: Routes) -> None:
    command = ctx.around.commands.read(message.text, message.direct)
    if command is not None and command.name in routes.commands:
        _command(ctx, routes.commands[command.name], command.words)
        return
    chosen = _choice(ctx, message)
    if chosen is not None:
        press(ctx, chosen, routes)
        return
    ask = _answered(ctx, message)
    if ask is not None and ask.question in routes.answers:
        _answer(ctx, ask, message, routes)
        return
    if _is_only_files(message) and (listening := ctx.listening()) is not None:
        routes.answers[listening.question].handler(ctx, listening, message)
        return
    for handler in routes.messages:
        if handler(ctx, message):
            return


def _command(ctx: Context, route: Route[CommandHandler], words: str) -> None:
    need(ctx.actor(), route.role)
    if ctx.group is None and not ctx.direct and not route.anywhere:
        ctx.reply("group_unbound")
    else:
        route.handler(ctx, words)


def _choice(ctx: Context, message: Message) -> str | None:
    """The button that a number, or a label typed out, stands for where buttons could not be shown."""
    if message.reply_to is not None:
        offered = choices_of(ctx.unit, ctx.address, message.reply_to)
        return pick(message.text, read_choices(offered)) if offered else None
    return pick_among(message.text, map(read_choices, offers_in(ctx.unit, ctx.address)))


def _answered(ctx: Context, message: Message) -> Ask | None:
    """The open question that this is the answer to; words about another complaint are not."""
    ask = find_ask(ctx.unit, ctx.address, ctx.user, message.reply_to)
    if ask is None:
        return None
    about = {found.code for found in ctx.directory.codes.find(message.text)}
    asked = ask.data.get("complaint")
    if about and isinstance(asked, int) and about != {ctx.unit.complaint_by_id(asked).code}:
        return None
    return ask


def _answer(ctx: Context, ask: Ask, message: Message, routes: Routes) -> None:
    ctx.settle(ask)
    if is_cancel(message.text, ctx.rules.words):
        return
    routes.answers[ask.question].handler(ctx, ask, message)


def _is_only_files(message: Message) -> bool:
    return bool(message.attachments) and not message.text.strip() and message.reply_to is None


def _cancel(ctx: Context) -> None:
    ctx.stop_all_asking()
    ctx.toast("cancelled")


def _complaint(ctx: Context, rest: str) -> Complaint:
    kind, _, id = rest.partition(":")
    if kind != "complaint":
        raise Forged("button")
    return ctx.complaint_pressed(id)
