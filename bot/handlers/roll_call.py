"""The roll-call: one message with one button in every group, and a private word to those who are missing.

Nobody is named in the group, and nobody is reminded twice of one roll-call (docs/design.md §4, Presence). The mark
itself is made of whatever somebody does, before any of this (core/marking.py).
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from bot.cards import Card, CardView
from bot.context import Context
from bot.handlers.joining import take_who_came
from bot.handlers.leave import take_leave_today
from bot.handlers.presence_counts import AWAY
from bot.outbox import ButtonSpec, Priority
from bot.routing import Routes
from bot.speaking import Speaking
from bot.window_times import Coming, Moment
from core.judging import Judge
from core.presence import Attending, DayWindow
from core.standing import Standing, Stands, standing
from core.store.queries.marks import marks_of_people
from core.watching import Watch

on = Routes()

CARD = "roll_call"
ROLL_CALL = "roll-call"
"""As which it is written down that one was sent (bot/clockwork.py)."""

TOO_LATE = timedelta(minutes=5)
"""A roll-call that comes later than this would count what nobody was asked for (docs/rules.md P15)."""

_NUMBERS = 1000
"""Room for the number of a roll-call in a card's id."""


@on.window(ROLL_CALL, Moment.ROLL_CALL, within=TOO_LATE)
def call_the_roll(speaking: Speaking, coming: Coming) -> None:
    """One message in each group of the departments that keep this window."""
    for department in coming.sitting.departments:
        for group in speaking.groups_of_department(department):
            speaking.show_card(CARD, _card_id(coming.sitting.window.day, coming.number), group)


@on.window("reminder of a roll-call", Moment.REMINDER, within=TOO_LATE)
def remind_who_is_missing(speaking: Speaking, coming: Coming) -> None:
    """Whoever has not answered is told so where nobody else reads it; the groups' figures are brought up to date."""
    window, departments = coming.sitting.window, frozenset(coming.sitting.departments)
    for each in standing(speaking.office.watch_in(speaking.unit)):
        # Nobody reminds whom a senior has taken offline since the window opened, though they have a verdict (P6).
        is_off = each.stands in AWAY or speaking.directory.is_off_duty(each.person, window.day)
        if each.department in departments and not is_off and not each.answered:
            _remind(speaking, each, coming)
    for department in coming.sitting.departments:
        _bring_up_to_date(speaking, department, window.day, coming.number)


@on.card(CARD)
def roll_call_card(speaking: Speaking, card: Card) -> CardView:
    """How many of how many have answered it."""
    number, day = card.id % _NUMBERS, date.fromordinal(card.id // _NUMBERS)
    group = speaking.directory.group_at(card.address.account, card.address.chat)
    watch = speaking.office.watch_in(speaking.unit)
    department = group.department if group is not None else None
    window = watch.window(day, department)
    calls = window.calls if window is not None else ()
    present, total = _answered(watch, window, department, number) if window is not None else (0, 0)
    facts = {
        "number": number,
        "roll_call": calls[number] if number < len(calls) else speaking.unit.now,
        "window_end": window.end if window is not None else speaking.unit.now,
        "present": present,
        "total": total,
    }
    buttons = [ButtonSpec("present", "present:")]
    if number == 0:
        buttons.append(ButtonSpec("leave_today", f"leave_today:{day.isoformat()}"))
    return CardView("card/roll_call", facts, [buttons], Priority.CARD)


@on.choice("present")
def answer_the_roll(ctx: Context, _rest: str) -> None:
    """Whoever presses is told that it counts, or why not; the group's figure follows."""
    if ctx.person is None:
        take_who_came(ctx)  # Somebody new in the group: that they press is as good as that they write.
    answer = _answer(ctx)
    ctx.toast(answer.template, **answer.facts)


def answer_in_words(ctx: Context) -> None:
    """The same for whoever wrote it: said in private alone, since in a group it would be a message to everybody."""
    answer = _answer(ctx)
    if ctx.direct:
        ctx.answer(f"toast/{answer.template}", answer.facts)


@dataclass(frozen=True)
class _Answer:
    template: str
    facts: dict[str, object] = field(default_factory=dict)


def _answer(ctx: Context) -> _Answer:
    if ctx.person is None:
        return _Answer("present_waiting" if ctx.group is not None else "present_unknown")
    watch = ctx.office.watch_in(ctx.unit)
    who = watch.attending.get(ctx.person.id)
    if who is None:
        return _Answer("present_not_asked")
    day = watch.windows.calendar.day_of(ctx.at)
    window = watch.window(day, who.department)
    if window is None or not window.holds(ctx.at):
        return _when_it_counts(watch, who)
    if Judge(watch, day).away(who, window) is not None:
        return _Answer("present_offline" if ctx.directory.is_off_duty(who.person, day) else "present_on_leave")
    _bring_up_to_date(ctx, who.department, day, window.period(ctx.at))
    return _Answer("present", {"at": ctx.at})


@on.choice("leave_today")
def be_on_leave_today(ctx: Context, rest: str) -> None:
    """The button beside it: on leave for the day of this roll-call, not for the day on which an old one is pressed."""
    watch = ctx.office.watch_in(ctx.unit)
    who = watch.attending.get(ctx.person.id) if ctx.person is not None else None
    if who is not None and rest != watch.today.isoformat():
        answer = _when_it_counts(watch, who)
        ctx.toast(answer.template, **answer.facts)
    else:
        take_leave_today(ctx)


def _remind(speaking: Speaking, missing: Standing, coming: Coming) -> None:
    window = coming.sitting.window
    in_grace = speaking.unit.now < window.grace_ends
    buttons = [
        ButtonSpec("present", "present:"),
        ButtonSpec("leave_today", f"leave_today:{window.day.isoformat()}"),
    ]
    for chat in speaking.private(missing.person):
        speaking.say(
            chat,
            "nudge",
            buttons=[buttons],
            name=speaking.person_name(missing.person),
            roll_call=window.calls[coming.number],
            window_end=window.end,
            grace=window.grace_ends if in_grace else None,
            seen=missing.stands is Stands.HERE,
        )


def _answered(watch: Watch, window: DayWindow, department: int | None, number: int) -> tuple[int, int]:
    """How many of those who should be there have a strong mark in the period of this roll-call, and of how many."""
    judge = Judge(watch, window.day)
    people = watch.of(department) if department is not None else ()
    expected = [each for each in people if each.is_expected(window) and judge.away(each, window) is None]
    marks = marks_of_people(watch.run, window.day, [each.person for each in expected]) if expected else {}
    return sum(each.strong_periods >> number & 1 for each in marks.values()), len(expected)


def _bring_up_to_date(speaking: Speaking, department: int, day: date, number: int) -> None:
    id = _card_id(day, number)
    for group in speaking.groups_of_department(department):
        if speaking.is_card_shown(CARD, id, group):
            speaking.show_card(CARD, id, group, only_in_place=True)


def _when_it_counts(watch: Watch, who: Attending) -> _Answer:
    """Outside the window: when it is, and on which day next."""
    calendar = watch.windows.calendar
    day = calendar.open_day_from(watch.today)
    window = watch.window(day, who.department)
    if window is not None and watch.now >= window.end:
        day = calendar.next_open_day(day)
        window = watch.window(day, who.department)
    assert window is not None, "an office day has a window"
    begin, end = window.begin.astimezone(calendar.zone), window.end.astimezone(calendar.zone)
    return _Answer("present_over", {"window_from": f"{begin:%H:%M}", "window_to": f"{end:%H:%M}", "next": day})


def _card_id(day: date, number: int) -> int:
    return day.toordinal() * _NUMBERS + number
