"""/leave: days off, today's or planned ones, by the officer or by the head for one of the department.

Everything can be picked by buttons or written in one line: "/leave 27/11 to 29/11 fever". All of it is shown before it
is recorded. Source: docs/design.md §4, Presence; docs/rules.md P5.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.context import Context
from bot.events import Message
from bot.handlers.people_named import people_named, person_pressed
from bot.handlers.which_day import read_iso
from bot.outbox import ButtonSpec
from bot.questions import Question
from bot.render import Bilingual
from bot.routing import Routes
from bot.speaking import How, Speaking
from bot.store.asks import Ask
from core.people import Person, Role
from core.presence import Leave
from core.presence.happened import LeaveCancelled, LeaveEntered
from core.presence_commands import CancelLeave, EnterLeave
from core.reading import read_day
from core.refusals import Forged, NotAllowed
from core.store.queries.absences import leaves_of

on = Routes()

LEAVE = Question("leave")
WHOSE = Question("leave_whose")
OFFERED, DAYS = 8, 3
YEAR = timedelta(days=366)
_TWO_DATES = re.compile(r"[0-9]{1,4}[/.-][0-9]{1,2}.+[0-9]{1,4}[/.-][0-9]{1,2}")
_LONGEST_ID = 18


@dataclass(frozen=True)
class _Asked:
    """What is known so far. person: whose leave it is."""

    person: int
    first: date | None = None
    last: date | None = None
    reason: str = ""

    def kept(self) -> dict[str, object]:
        """As kept with the question."""
        days = {name: day.isoformat() for name, day in (("first", self.first), ("last", self.last)) if day}
        return {"person": self.person, **days, "reason": self.reason}

    @staticmethod
    def of(data: Mapping[str, object]) -> "_Asked":
        """What `kept` wrote."""
        first, last = (date.fromisoformat(str(data[n])) if data.get(n) else None for n in ("first", "last"))
        return _Asked(int(str(data["person"])), first, last, str(data.get("reason", "")))


@on.command("leave", role=Role.MEMBER)
def leave(ctx: Context, words: str) -> None:
    """/leave 27/11 to 29/11 REASON: what is missing is asked for."""
    ctx.stop_all_asking()
    if not ctx.directory.memberships_of(_own(ctx)) and _may_enter_for(ctx):
        _ask_whose(ctx, "")  # A senior of no department has no leave of their own here.
        return
    _read(ctx, _Asked(_own(ctx)), words)


@on.answer(LEAVE)
def take_the_days(ctx: Context, ask: Ask, answer: Message) -> None:
    """The day, the last day, or a reason beside the days that are known."""
    _read(ctx, _Asked.of(ask.data), answer.text)


@on.choice("leave_on", role=Role.MEMBER)
def take_a_day(ctx: Context, rest: str) -> None:
    """A day by a button: the first, or the last of what has a first."""
    asked, day = _open(ctx), read_iso(rest)
    if asked.first is not None and asked.last is None and day >= asked.first:
        _confirm(ctx, replace(asked, last=day))
    else:
        _confirm(ctx, replace(asked, first=day, last=day))


@on.choice("leave_more", role=Role.MEMBER)
def ask_for_the_last_day(ctx: Context, rest: str) -> None:
    """More than the one day."""
    asked = replace(_open(ctx), first=read_iso(rest), last=None)
    assert asked.first is not None, "it was just read"
    days, day = [], asked.first
    for _ in range(DAYS):
        day = ctx.rules.calendar.next_open_day(day)
        days.append(day)
    _ask(ctx, "leave_last", asked, [_day_buttons(days), [ButtonSpec("cancel", "cancel:")]], first=asked.first)


@on.choice("leave_yes", role=Role.MEMBER)
def record(ctx: Context, rest: str) -> None:
    """Confirmed. A press whose question is over asks again, since what was asked is not known any more."""
    ask = ctx.open_question(LEAVE)
    asked = _Asked.of(ask.data) if ask is not None else None
    if asked is None or asked.first is None or asked.last is None:
        ctx.toast("press_again")
        return
    ctx.do(EnterLeave(asked.person, asked.first, asked.last, asked.reason))
    ctx.stop_asking(LEAVE)
    ctx.toast("leave_recorded", cancelled=False)


@on.choice("leave_cancel", role=Role.MEMBER)
def take_it_back(ctx: Context, rest: str) -> None:
    """A leave that was recorded is not taken."""
    if not (rest.isascii() and rest.isdigit()) or len(rest) > _LONGEST_ID:
        raise Forged("button")
    ctx.do(CancelLeave(int(rest)))
    ctx.toast("leave_recorded", cancelled=True)


@on.choice("leave_for", role=Role.MEMBER)
def ask_whose(ctx: Context, rest: str) -> None:
    """For one of the department: the head's; for anybody: a senior's."""
    if rest:
        _read(ctx, _Asked(person_pressed(ctx, rest).id), "")
        return
    _ask_whose(ctx, "")


@on.answer(WHOSE)
def take_whose(ctx: Context, ask: Ask, answer: Message) -> None:
    """Their name, asked for."""
    found = people_named(ctx.directory, answer.text, _may_enter_for(ctx))
    if len(found) == 1:
        _read(ctx, _Asked(found[0].id), "")
    else:
        _ask_whose(ctx, "" if found else answer.text.strip(), found)


def take_leave_today(ctx: Context) -> None:
    """The button of a roll-call: today, for oneself, at once."""
    ctx.do(EnterLeave(_own(ctx), ctx.today, ctx.today))
    ctx.toast("leave_today")


def ask_in_words(ctx: Context, text: str) -> None:
    """Somebody wrote that they are on leave: they are asked; in private, where others read it (docs/voice.md 4.2)."""
    if ctx.direct:
        _read(ctx, _Asked(_own(ctx)), text)
        return
    asked = _Asked(_own(ctx))
    days = [_day_buttons(_next_days(ctx)), [ButtonSpec("cancel", "cancel:")]]
    for chat, user in ctx.private_users(asked.person):
        ctx.ask(chat, user, LEAVE, "leave_prompt", buttons=days, data=asked.kept(), officer="", planned=[])


@on.presence(LeaveEntered, LeaveCancelled)
def tell_of_leave(speaking: Speaking, happened: LeaveEntered | LeaveCancelled) -> None:
    """The officer, and the head of the department; in private, for it is nobody else's matter."""
    of, by = happened.leave, happened.by
    told = {of.person, *_heads(speaking, of.person)}
    for person in sorted(told):
        for chat in speaking.private(person):
            speaking.say(
                chat,
                "leave_noted",
                officer=speaking.person_name(of.person),
                first=of.first,
                last=of.last,
                reason=of.reason,
                by=speaking.person_name(by) if by != of.person else "",
                cancelled=isinstance(happened, LeaveCancelled),
            )


def _read(ctx: Context, asked: _Asked, text: str) -> None:
    said = read_day(text, ctx.today)
    days = [each for each in said.days if each >= ctx.today or asked.person != _own(ctx)]
    if said.rest:
        asked = replace(asked, reason=said.rest)
    if asked.first is not None and asked.last is None and len(days) == 1:
        _confirm(ctx, replace(asked, last=days[0]))
    elif len(days) == 1:
        _confirm(ctx, replace(asked, first=days[0], last=days[0]))
    elif len(days) == 2 and _TWO_DATES.search(text):
        _confirm(ctx, replace(asked, first=days[0], last=days[1]))
    elif not days and asked.first is not None and asked.last is not None:
        _confirm(ctx, asked)
    else:
        _ask_when(ctx, replace(asked, first=None, last=None), days)


def _ask_when(ctx: Context, asked: _Asked, days: Sequence[date]) -> None:
    planned = [each for each in leaves_of(ctx.unit.fresh, asked.person, ctx.today, ctx.today + YEAR) if _stands(each)]
    buttons = [
        _day_buttons(days[:DAYS] or _next_days(ctx)),
        *([ButtonSpec("cancel_leave", f"leave_cancel:{each.id}", {"day": each.first})] for each in planned[:DAYS]),
        [ButtonSpec("cancel", "cancel:")],
    ]
    if asked.person == _own(ctx) and _may_enter_for(ctx):
        buttons.insert(-1, [ButtonSpec("for_somebody_else", "leave_for:")])
    facts = {"officer": _officer(ctx, asked), "planned": [{"first": each.first, "last": each.last} for each in planned]}
    _ask(ctx, "leave_prompt", asked, buttons, **facts)


def _confirm(ctx: Context, asked: _Asked) -> None:
    assert asked.first is not None, "there is something to confirm"
    yes = [ButtonSpec("yes", "leave_yes:"), ButtonSpec("more_days", f"leave_more:{asked.first.isoformat()}")]
    buttons = [yes, [ButtonSpec("cancel", "cancel:")]]
    facts = {"officer": _officer(ctx, asked), "first": asked.first, "last": asked.last, "reason": asked.reason}
    _ask(ctx, "leave_confirm", asked, buttons, **facts)


def _ask(ctx: Context, template: str, asked: _Asked, buttons: Sequence[Sequence[ButtonSpec]], **facts: object) -> None:
    ctx.put_question(LEAVE, template, facts, How(buttons), asked.kept())


def _ask_whose(ctx: Context, typed: str, found: Sequence[Person] = ()) -> None:
    people = list(found or _may_enter_for(ctx))[:OFFERED]
    if not people:
        raise NotAllowed(Role.HEAD)
    ctx.stop_asking(LEAVE)
    specs = [
        ButtonSpec("person_name", f"leave_for:{each.id}", {"name": Bilingual(each.name_hi, each.name_en)})
        for each in people
    ]
    rows = [specs[at : at + 2] for at in range(0, len(specs), 2)]
    ctx.ask_back(WHOSE, "leave_whose", buttons=[*rows, [ButtonSpec("cancel", "cancel:")]], typed=typed)


def _may_enter_for(ctx: Context) -> list[Person]:
    """The others of the departments of which the user is the head; of all departments, where they are a senior."""
    own, actor = _own(ctx), ctx.actor()
    departments = sorted(ctx.directory.departments) if actor.has(Role.SENIOR) else sorted(actor.head_of)
    members = (each for department in departments for each in ctx.directory.members(department))
    return list({each.id: each for each in members if each.id != own}.values())


def _next_days(ctx: Context) -> list[date]:
    calendar = ctx.rules.calendar
    window = ctx.office.watch_in(ctx.unit).window(ctx.today)
    day = calendar.open_day_from(ctx.today)
    if window is not None and ctx.unit.now >= window.end:
        day = calendar.next_open_day(ctx.today)
    days = [day]
    while len(days) < DAYS:
        days.append(calendar.next_open_day(days[-1]))
    return days


def _day_buttons(days: Sequence[date]) -> list[ButtonSpec]:
    return [ButtonSpec("day", f"leave_on:{each.isoformat()}", {"day": each}) for each in days]


def _officer(ctx: Context, asked: _Asked) -> Bilingual | str:
    """Whose leave it is, where it is not the reader's own."""
    return "" if asked.person == _own(ctx) else ctx.person_name(asked.person)


def _open(ctx: Context) -> _Asked:
    ask = ctx.open_question(LEAVE)
    return _Asked.of(ask.data) if ask is not None else _Asked(_own(ctx))


def _own(ctx: Context) -> int:
    if ctx.person is None:
        raise NotAllowed(Role.MEMBER)
    return ctx.person.id


def _stands(leave: Leave) -> bool:
    return leave.cancelled_at is None


def _heads(speaking: Speaking, person: int) -> set[int]:
    heads = (speaking.directory.head(each.department) for each in speaking.directory.memberships_of(person))
    return {each.id for each in heads if each is not None}
