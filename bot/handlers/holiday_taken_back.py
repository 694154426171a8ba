"""A declared holiday taken back: shown before it happens, and told once to each group that was told of it.

    /holiday cancel 28/11        or the button under what /holiday says

What had moved stays moved (docs/rules.md D15).
"""

from datetime import date

from bot.context import Context
from bot.events import Message
from bot.handlers.which_day import read_iso
from bot.outbox import ButtonSpec
from bot.questions import Question
from bot.refusing import refusal_facts
from bot.render import Bilingual
from bot.routing import Routes
from bot.speaking import How, Speaking
from bot.store.asks import Ask
from core import holidays
from core.holiday_commands import UndeclareHoliday
from core.office_days import Holiday
from core.people import Role
from core.presence.happened import HolidayTakenBack
from core.reading import read_day
from core.refusals import Invalid

on = Routes()

OPEN_AGAIN = Question("open_again")
NAMED = 12
"""Codes in one message: the rest are on the desk."""

OFFERED = 6


def offer_back(ctx: Context) -> list[list[ButtonSpec]]:
    """A button where a day is declared that has not begun."""
    return [[ButtonSpec("open_which", "open_which:")]] if _declared(ctx) else []


def offer_to_open(ctx: Context, day: date) -> list[list[ButtonSpec]]:
    """The one button for a day that is declared, and has not begun."""
    return [[ButtonSpec("open_office", _data(day))]] if day in _declared(ctx) else []


def ask_to_open(ctx: Context, day: date) -> None:
    """Which holiday it is and what stays, before it happens; or why it cannot be."""
    try:
        holiday = holidays.need_declared(day, ctx.unit.now, ctx.rules.calendar)
    except (Invalid, holidays.NotDeclared) as refusal:
        ctx.answer(f"refusal/{refusal.name}", refusal_facts(ctx, refusal), offer_back(ctx))
        return
    number = len(holidays.had_moved(ctx.unit, day))
    yes = [ButtonSpec("open_office", f"open_yes:{day.isoformat()}"), ButtonSpec("cancel", "cancel:")]
    ctx.ask_back(OPEN_AGAIN, "open_again_confirm", buttons=[yes], day=day, holiday=_name(holiday), number=number)


@on.choice("open_which", role=Role.ADMINISTRATOR)
def ask_which(ctx: Context, rest: str) -> None:
    """Which of the declared days; of one alone nothing is asked."""
    ctx.stop_all_asking()
    days = _declared(ctx)[:OFFERED]
    if len(days) == 1:
        ask_to_open(ctx, days[0])
        return
    offered = [[ButtonSpec("day", _data(day), {"day": day})] for day in days]
    ctx.ask_back(OPEN_AGAIN, "open_again_which", buttons=[*offered, [ButtonSpec("cancel", "cancel:")]])


@on.answer(OPEN_AGAIN)
def take_what_was_written(ctx: Context, ask: Ask, answer: Message) -> None:
    """The day in words; what is no day asks again."""
    days = read_day(answer.text, ctx.today).days
    if len(days) == 1:
        ask_to_open(ctx, days[0])
    else:
        ask_which(ctx, "")


@on.choice("open_again", role=Role.ADMINISTRATOR)
def take_the_day(ctx: Context, rest: str) -> None:
    """The day by a button."""
    ctx.stop_all_asking()
    ask_to_open(ctx, read_iso(rest))


@on.choice("open_yes", role=Role.ADMINISTRATOR)
def open_again(ctx: Context, rest: str) -> None:
    """Confirmed: it happens."""
    done = ctx.do(UndeclareHoliday(read_iso(rest)))
    ctx.stop_asking(OPEN_AGAIN)
    happened = done.value
    assert isinstance(happened, HolidayTakenBack)
    ctx.reply("open_again_done", day=happened.day, number=len(happened.complaints))


@on.presence(HolidayTakenBack)
def tell_each_group_once(speaking: Speaking, happened: HolidayTakenBack) -> None:
    """One message for each group that holds what had moved; a department without a group is named to the
    administration."""
    by_department: dict[int, list[str]] = {}
    for code in happened.complaints:
        by_department.setdefault(speaking.unit.complaint(code).department, []).append(code)
    for department, codes in by_department.items():
        groups = speaking.groups_of_department(department)
        facts = {
            "day": happened.day,
            "holiday": Bilingual(happened.name_hi, happened.name_en),
            "department": speaking.department_name(department) if not groups else "",
            "codes": codes[:NAMED],
            "number": len(codes),
        }
        for group in groups or speaking.administration():
            speaking.put(group, "open_again_told", facts, How())


def _declared(ctx: Context) -> list[date]:
    return sorted(each.day for each in ctx.rules.calendar.declared if each.day > ctx.today)


def _data(day: date) -> str:
    return f"open_again:{day.isoformat()}"


def _name(holiday: Holiday) -> Bilingual:
    return Bilingual(holiday.name_hi, holiday.name_en)
