"""What waits for the seniors: solutions that nobody has confirmed, and flags; told once a day, listed when asked."""

from collections.abc import Sequence

from bot.context import Context
from bot.handlers.cards import brief_facts, flag_facts, who_is_asked
from bot.handlers.lists import show_status
from bot.outbox import ButtonSpec, Priority
from bot.routing import Hour, Routes
from bot.speaking import Speaking
from core.commands import LookAtFlags
from core.complaints import (
    ClosedUnconfirmed,
    Complaint,
    ConfirmationAsked,
    ConfirmationHeld,
)
from core.people import Role
from core.sla import reopen_until
from core.store.queries.solutions import count_flagged, flagged_complaints, waiting_for_seniors
from core.timeline import Entry

on = Routes()

ROWS, TOP = 20, 3
BUTTONS = 9
"""Codes under a list: more than a phone's screen holds nobody looks through."""


@on.daily("what waits for seniors", Hour.OPENING)
def tell_what_waits(speaking: Speaking) -> None:
    """One message a day to the administration group, and none where nothing waits."""
    waiting = waiting_for_seniors(speaking.unit.connection)
    flagged = count_flagged(speaking.unit.connection)
    if not waiting and not flagged:
        return
    lists = [ButtonSpec("show_list", "waiting:")] if waiting else []
    flags = [ButtonSpec("show_flagged", "flagged:")] if flagged else []
    buttons = [row for row in (lists, flags) if row]
    for group in speaking.administration():
        speaking.say(
            group,
            "waiting_today",
            priority=Priority.DIGEST,
            buttons=buttons,
            rows=[brief_facts(speaking, each) for each in waiting[:TOP]],
            total=len(waiting),
            flagged=flagged,
        )


@on.command("confirm", role=(Role.SENIOR, Role.ADMINISTRATOR))
def list_what_waits(ctx: Context, words: str) -> None:
    """/confirm: the solutions that wait for a senior's confirmation, each with a button for its card."""
    waiting = waiting_for_seniors(ctx.fresh)
    rows = [brief_facts(ctx, each) for each in waiting[:ROWS]]
    ctx.reply("waiting", rows=rows, total=len(waiting), buttons=_card_buttons(waiting))


@on.choice("waiting", role=Role.SENIOR)
def press_for_what_waits(ctx: Context, _rest: str) -> None:
    """The same list, from the daily message."""
    list_what_waits(ctx, "")


@on.command("flags", role=(Role.SENIOR, Role.ADMINISTRATOR))
def list_what_is_flagged(ctx: Context, words: str) -> None:
    """/flags: the solutions that are worth a look, and why."""
    flagged = flagged_complaints(ctx.fresh)
    rows = [{"code": each.code, "flags": flag_facts(each)} for each in flagged[:ROWS]]
    ctx.reply("flagged", rows=rows, total=len(flagged), buttons=_card_buttons(flagged))


@on.choice("flagged", role=Role.SENIOR)
def press_for_what_is_flagged(ctx: Context, _rest: str) -> None:
    """The same list, from the daily message."""
    list_what_is_flagged(ctx, "")


@on.button("card_of", role=Role.SENIOR)
def show_its_card(ctx: Context, complaint: Complaint) -> None:
    """The card of one of a list, with what a senior can do there."""
    show_status(ctx, complaint)


@on.button("looked_at", role=Role.SENIOR)
def look_at_its_flags(ctx: Context, complaint: Complaint) -> None:
    """A senior has looked at what was flagged."""
    ctx.do(LookAtFlags(complaint.code))
    ctx.toast("recorded")


@on.happened(ConfirmationAsked, ConfirmationHeld)
def show_who_is_asked(speaking: Speaking, entry: Entry) -> None:
    """The card says whom it waits for."""
    complaint = entry.complaint
    for group in speaking.groups_of(complaint):
        if speaking.is_shown(complaint, group):
            speaking.show(complaint, group)


@on.happened(ClosedUnconfirmed)
def tell_that_nobody_confirmed(speaking: Speaking, entry: Entry) -> None:
    """The group is told that it is closed, and that this is no confirmation."""
    complaint, solution = entry.complaint, entry.complaint.solution
    assert complaint.closed_at is not None
    assert solution is not None
    calendar, settings = speaking.rules.calendar, speaking.rules.settings
    for group in speaking.groups_of(complaint):
        speaking.show(complaint, group)
        speaking.say(
            group,
            "closed_unconfirmed",
            about=complaint,
            code=complaint.code,
            asked=who_is_asked(speaking, complaint),
            days=(calendar.day_of(complaint.closed_at) - calendar.day_of(solution.at)).days,
            until=reopen_until(complaint.closed_at, calendar, settings),
        )


def _card_buttons(complaints: Sequence[Complaint]) -> list[list[ButtonSpec]]:
    specs = [ButtonSpec("code", f"card_of:complaint:{each.id}", {"code": each.code}) for each in complaints[:BUTTONS]]
    return [specs[at : at + 2] for at in range(0, len(specs), 2)]
