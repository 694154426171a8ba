"""Who is in a department's group without being known waits for one tap of its head (docs/design.md §4).

The head has one message that counts them, and is brought up to date as more come; who waits is told once.
"""

from bot.cards import Card, CardView
from bot.context import Context
from bot.events import Address, Message
from bot.outbox import ButtonSpec, Priority
from bot.routing import Routes
from bot.speaking import Speaking
from core.joining import Joined
from core.people import JoinRequest, Role
from core.people_commands import ApproveJoins, AskToJoin, DeclineJoin
from core.refusals import Forged
from core.store.queries.joining import open_requests, waiting_to_join

on = Routes()

CARD = "join_requests"
MOST_NAMED = 7
MOST_LISTED = 20
_LONGEST_ID = 18


@on.joined()
def take_who_came(ctx: Context) -> None:
    """Somebody came into a group."""
    _take(ctx)


@on.message()
def take_who_wrote(ctx: Context, message: Message) -> bool:
    """Somebody unknown wrote in a group; whoever is taken at once has written as one of the department."""
    _take(ctx)
    return False


def _take(ctx: Context) -> None:
    group, sender = ctx.group, ctx.event.sender
    if ctx.person is not None or ctx.direct or group is None or group.department is None:
        return
    command = AskToJoin(
        sender.account, sender.user, ctx.address.chat, group.department, sender.name, phone=sender.phone
    )
    joined = _joined(ctx, command)
    if joined.waits is not None:
        head = ctx.head_name(group.department)
        ctx.reply("join_waiting", name=joined.waits.name, head=head)
        for chat in _deciding(ctx, group.department):
            ctx.show_card(CARD, group.department, chat)
    ctx.person = ctx.directory.person_of(sender.account, sender.user)
    _welcome(ctx, joined)


@on.card(CARD)
def requests_card(speaking: Speaking, card: Card) -> CardView:
    """How many want to join, and who; once nobody does, that it is decided."""
    waiting = waiting_to_join(speaking.unit, card.id)
    facts = {
        "department": speaking.department_name(card.id),
        "total": len(waiting),
        "names": [each.name for each in waiting[:MOST_NAMED]],
    }
    return CardView("card/join_requests", facts, _all_buttons(card.id, waiting), Priority.ANSWER)


@on.choice("approve_all", role=Role.MEMBER)
def approve_everybody(ctx: Context, rest: str) -> None:
    """Everybody who was on the list when it was shown; who came after waits for the next tap."""
    department, _, last = rest.partition(":")
    shown = [each for each in waiting_to_join(ctx.unit, _id(department)) if each.id <= _id(last)]
    _approve(ctx, tuple(each.id for each in shown), _id(department))


@on.choice("join_list", role=Role.MEMBER)
def show_everybody(ctx: Context, rest: str) -> None:
    """Each with a button to take and one to leave out."""
    department = _id(rest)
    waiting = waiting_to_join(ctx.unit, department)[:MOST_LISTED]
    if not waiting:
        ctx.toast("nothing_changed")
        return
    ctx.reply(
        "join_list",
        department=ctx.department_name(department),
        names=[each.name for each in waiting],
        buttons=[
            [
                ButtonSpec("approve_one", f"approve_one:{each.id}", {"name": each.name}),
                ButtonSpec("decline_one", f"decline_one:{each.id}", {"name": each.name}),
            ]
            for each in waiting
        ],
    )


@on.choice("approve_one", role=Role.MEMBER)
def approve_one(ctx: Context, rest: str) -> None:
    """This one is of the department."""
    _approve(ctx, (_id(rest),), _department_of(ctx, rest))


@on.choice("decline_one", role=Role.MEMBER)
def decline_one(ctx: Context, rest: str) -> None:
    """This one is not; nobody is asked about them again."""
    department = _department_of(ctx, rest)
    ctx.do(DeclineJoin(_id(rest)))
    ctx.toast("recorded")
    _bring_up_to_date(ctx, department)


def _approve(ctx: Context, requests: tuple[int, ...], department: int | None) -> None:
    joined = _joined(ctx, ApproveJoins(requests))
    ctx.toast("recorded")
    _bring_up_to_date(ctx, department)
    _welcome(ctx, joined)


def _welcome(ctx: Context, joined: Joined) -> None:
    """Everybody of a group at once, in the group that they came into."""
    window = ctx.office.settings.presence.window
    groups: dict[tuple[Address, int], list[str]] = {}
    for request, _ in joined.enrolled:
        groups.setdefault((Address(request.account, request.chat), request.department), []).append(request.name)
    for (chat, department), names in groups.items():
        ctx.say(
            chat,
            "welcome",
            name=", ".join(names[:MOST_NAMED]),
            department=ctx.department_name(department),
            window_from=f"{window.begin:%H:%M}",
            window_to=f"{window.end:%H:%M}",
        )


def _bring_up_to_date(ctx: Context, department: int | None) -> None:
    if department is not None:
        for chat in _deciding(ctx, department):
            ctx.show_card(CARD, department, chat)


def _deciding(speaking: Speaking, department: int) -> tuple[Address, ...]:
    """Where it is decided: with the head, else the nodal officers, else in the administration group."""
    head = speaking.directory.head(department)
    officers = [head] if head else list(speaking.directory.with_role(Role.NODAL_OFFICER))
    chats = tuple(chat for each in officers for chat in speaking.private(each.id))
    return chats or speaking.administration()


def _all_buttons(department: int, waiting: tuple[JoinRequest, ...]) -> list[list[ButtonSpec]]:
    if not waiting:
        return []
    return [
        [ButtonSpec("approve_all", f"approve_all:{department}:{waiting[-1].id}")],
        [ButtonSpec("show_list", f"join_list:{department}")],
    ]


def _joined(ctx: Context, command: AskToJoin | ApproveJoins) -> Joined:
    done = ctx.do(command)
    assert isinstance(done.value, Joined)
    return done.value


def _department_of(ctx: Context, request: str) -> int | None:
    found = open_requests(ctx.unit, [_id(request)])
    return found[0].department if found else None


def _id(text: str) -> int:
    if not (text.isascii() and text.isdigit()) or len(text) > _LONGEST_ID:
        raise Forged("button")
    return int(text)
