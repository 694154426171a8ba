"""/holiday: a day on which the office is closed; asked step by step, confirmed, and told where something moves."""

from collections.abc import Sequence
from datetime import date

from bot.context import Context
from bot.events import Address, Message
from bot.handlers.holiday_taken_back import ask_to_open, offer_back, offer_to_open
from bot.handlers.which_day import days_ahead, read_iso
from bot.outbox import ButtonSpec
from bot.questions import Question
from bot.refusing import refusal_facts
from bot.render import Bilingual
from bot.routing import Routes
from bot.speaking import How, Speaking
from bot.store.asks import Ask
from core import holidays
from core.complaints import Complaint, DueMoved
from core.holiday_commands import DeclareHoliday
from core.people import Role
from core.reading import read_day
from core.refusals import ClosedAlready, Invalid
from core.timeline import Entry

on = Routes()

HOLIDAY = Question("holiday")
NAMED = 12
"""Codes in one message: the rest are on the desk."""


@on.command("holiday", role=Role.ADMINISTRATOR)
def declare_by_command(ctx: Context, words: str) -> None:
    """/holiday 27/11 NAME: what is missing is asked, and all of it is shown before it happens.

    /holiday cancel 27/11 opens the office on a day that was declared.
    """
    first, _, rest = words.strip().partition(" ")
    days = read_day(rest, ctx.today).days
    if len(days) == 1 and ctx.around.commands.means(first, "cancel"):
        ask_to_open(ctx, days[0])
    else:
        _take(ctx, "" if ctx.around.commands.means(first, "cancel") else words, {})


@on.answer(HOLIDAY)
def take_what_was_written(ctx: Context, ask: Ask, answer: Message) -> None:
    """The day, or what the day is called."""
    _take(ctx, answer.text, dict(ask.data))


@on.choice("holiday_on", role=Role.ADMINISTRATOR)
def take_the_day(ctx: Context, rest: str) -> None:
    """The day by a button; a name that was written before it is kept."""
    asked = ctx.open_question(HOLIDAY)
    _go_on(ctx, {**(asked.data if asked else {}), "day": read_iso(rest).isoformat()})


@on.choice("holiday_yes", role=Role.ADMINISTRATOR)
def declare(ctx: Context, rest: str) -> None:
    """Confirmed: it happens. A press whose question is over asks again."""
    asked = ctx.open_question(HOLIDAY)
    day = read_iso(rest)
    if asked is None or asked.data.get("day") != day.isoformat() or not asked.data.get("name"):
        _go_on(ctx, {"day": day.isoformat()})
        return
    name = str(asked.data["name"])
    done = ctx.do(DeclareHoliday(day, name))
    ctx.stop_asking(HOLIDAY)
    ctx.reply("holiday_declared", day=day, holiday=name, number=len(done.entries))


def _take(ctx: Context, text: str, kept: dict[str, object]) -> None:
    if kept.get("day"):
        _go_on(ctx, {**kept, "name": text.strip()} if text.strip() else kept)
        return
    said = read_day(text, ctx.today)
    if said.rest:
        kept["name"] = said.rest
    if len(said.days) > 1:
        _ask(ctx, "holiday_which", kept, said.days)
    else:
        _go_on(ctx, {**kept, "day": said.days[0].isoformat()} if said.days else kept)


def _go_on(ctx: Context, kept: dict[str, object]) -> None:
    if not kept.get("day"):
        _ask(ctx, "holiday_prompt", kept, days_ahead(ctx), offer_back(ctx))
        return
    day, calendar = date.fromisoformat(str(kept["day"])), ctx.rules.calendar
    try:
        holidays.need_open_day(day, ctx.unit.now, calendar)
        if not kept.get("name"):
            _ask(ctx, "holiday_name", kept, (), day=day)
            return
        holidays.checked(DeclareHoliday(day, str(kept["name"])), ctx.unit.now, calendar)
    except (Invalid, ClosedAlready) as refusal:
        wrong = "name" if isinstance(refusal, Invalid) and refusal.field == "holiday" else "day"
        kept = {name: value for name, value in kept.items() if name != wrong}
        days = days_ahead(ctx) if wrong == "day" else ()
        back = offer_to_open(ctx, day) if isinstance(refusal, ClosedAlready) else []
        _ask(ctx, f"refusal/{refusal.name}", kept, days, back, **refusal_facts(ctx, refusal))
        return
    number = len(holidays.due_on(ctx.unit, day, calendar))
    yes = [ButtonSpec("yes", f"holiday_yes:{day.isoformat()}"), ButtonSpec("cancel", "cancel:")]
    name = str(kept["name"])
    ctx.ask_back(HOLIDAY, "holiday_confirm", data=kept, buttons=[yes], day=day, holiday=name, number=number)


def _ask(
    ctx: Context,
    template: str,
    kept: dict[str, object],
    days: Sequence[date],
    back: Sequence[Sequence[ButtonSpec]] = (),
    **params: object,
) -> None:
    offered = [ButtonSpec("day", f"holiday_on:{day.isoformat()}", {"day": day}) for day in days[:3]]
    ctx.put_question(HOLIDAY, template, params, How([offered, *back, [ButtonSpec("cancel", "cancel:")]]), kept)


@on.happened_together(DueMoved)
def tell_each_group_once(speaking: Speaking, entries: Sequence[Entry]) -> None:
    """One message for each group names what moved there; a department without a group is named to the administration.
    The cards that are shown follow."""
    by_department: dict[int, list[Complaint]] = {}
    for entry in entries:
        by_department.setdefault(entry.complaint.department, []).append(entry.complaint)
    for department, moved in by_department.items():
        groups = speaking.groups_of_department(department)
        for group in groups or speaking.administration():
            _say_what_moved(speaking, group, moved, speaking.department_name(department) if not groups else "")
        for complaint in moved:
            for group in groups:
                if speaking.is_shown(complaint, group):
                    speaking.show(complaint, group)


def _say_what_moved(speaking: Speaking, group: Address, moved: list[Complaint], department: Bilingual | str) -> None:
    last = moved[0].due.moved[-1]
    holiday = last.skipped[0]
    speaking.say(
        group,
        "holiday_moved",
        about=moved[0] if len(moved) == 1 else None,
        day=holiday.day,
        holiday=Bilingual(holiday.name_hi, holiday.name_en),
        due=moved[0].due.at,
        department=department,
        codes=[each.code for each in moved[:NAMED]],
        number=len(moved),
    )
