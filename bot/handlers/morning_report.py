"""At the window's end: what came of it, for the administration with names and for each department in figures.

Both are cards: a message that arrives late, leave entered afterwards or a correction changes the day's verdicts, and
with them what stands there (docs/design.md §4, Presence).
"""

from datetime import date

from bot.cards import Card, CardView
from bot.clockwork import MISSED
from bot.context import Context
from bot.handlers.presence_counts import Counts, figures, figures_now, page_of
from bot.handlers.roll_call import ROLL_CALL
from bot.outbox import ButtonSpec, Priority
from bot.routing import Routes
from bot.speaking import Speaking, address_of
from bot.window_times import Coming, Moment
from core.day_reports import report
from core.people import Role
from core.presence import DayWindow
from core.presence.happened import Restored, TakenOffline, VerdictAmended
from core.refusals import Forged
from core.standing import standing
from core.store.queries.day_reports import (
    absentees,
    amendments_of_day,
    reported_departments,
    verdicts_of_department,
    verdicts_on,
)
from core.store.queries.occasions import has_been

on = Routes()

CARD = "presence_day"
OF_DEPARTMENT = "presence_of_department"
NAMED, CHANGED = 12, 3
"""Absentees and changes on the card: a caption of 1,024 letters holds so many; the rest is a press away."""

WITH_BUTTONS = 6
"""So many absentees have a button each; of more there is a list."""

ON_A_PAGE, DEPARTMENTS_ON_A_PAGE = 8, 36
_LONGEST_DAY = 7


@on.window("presence report", Moment.END)
def report_the_morning(speaking: Speaking, coming: Coming) -> None:
    """The verdicts are put down; the administration's message comes with the chart, each department has its own."""
    day, departments = coming.sitting.window.day, coming.sitting.departments
    report(speaking.office, speaking.unit, day, departments)
    for department in departments:
        if verdicts_of_department(speaking.unit.fresh, department, day, day):
            for group in speaking.groups_of_department(department):
                speaking.show_card(OF_DEPARTMENT, day.toordinal(), group, priority=Priority.DIGEST)
    if coming.sitting.letters:
        _bring_up_to_date(speaking, day)
        return
    for bound in speaking.directory.administration():
        picture = coming.pictures.get(bound.language or speaking.office.settings.office.language)
        files = (picture,) if picture is not None else ()
        speaking.show_card(CARD, day.toordinal(), address_of(bound), priority=Priority.DIGEST, files=files)


@on.card(CARD)
def morning_card(speaking: Speaking, card: Card) -> CardView:
    """The day as it stands now, for the administration."""
    day = date.fromordinal(card.id)
    run = speaking.unit.fresh
    counts = Counts.of(each.verdict for each in verdicts_on(run, day))
    absent, changes = absentees(run, day), amendments_of_day(run, day)
    facts = {
        **counts.facts(),
        **_window_facts(speaking),
        "day": day,
        "absentees": [_named(speaking, person, department) for department, person in absent[:NAMED]],
        "missed": _missed_calls(speaking, day),
        "changes": len(changes),
        "changed": [
            {"name": speaking.person_name(each.person), "was": each.was, "becomes": each.becomes}
            for each in changes[-CHANGED:]
        ],
        "later": len(_departments(speaking) - reported_departments(run, day)) if day == speaking.today else 0,
    }
    return CardView("card/presence_day", facts, _report_buttons(speaking, day, absent), Priority.DIGEST)


@on.card(OF_DEPARTMENT)
def department_card(speaking: Speaking, card: Card) -> CardView:
    """The day of one department in figures; nobody is named in the group."""
    day = date.fromordinal(card.id)
    group = speaking.directory.group_at(card.address.account, card.address.chat)
    department = group.department if group is not None else None
    found = verdicts_of_department(speaking.unit.fresh, department, day, day) if department is not None else ()
    counts = Counts.of(each.verdict for each in found)
    facts = {**counts.facts(), "day": day, "present": counts.came, "total": counts.expected, "missing": counts.missing}
    return CardView("card/presence_of_department", facts, [], Priority.DIGEST)


# What changes it later


@on.presence(VerdictAmended)
def show_what_changed(speaking: Speaking, happened: VerdictAmended) -> None:
    """The messages of that day say how it stands now."""
    _bring_up_to_date(speaking, happened.day)
    home = speaking.directory.home_of(happened.person)
    for group in speaking.groups_of_department(home.department) if home is not None else ():
        if speaking.is_card_shown(OF_DEPARTMENT, happened.day.toordinal(), group):
            speaking.show_card(OF_DEPARTMENT, happened.day.toordinal(), group, only_in_place=True)


@on.presence(TakenOffline, Restored)
def show_who_is_offline(speaking: Speaking, _happened: TakenOffline | Restored) -> None:
    """Beside the name of whoever was taken offline stands that they are; the button is the other one."""
    _bring_up_to_date(speaking, speaking.today)


# A press away


@on.choice("absent", role=Role.SENIOR)
def list_the_absentees(ctx: Context, rest: str) -> None:
    """All who were absent, a page at a time, each with a button."""
    _show_absentees(ctx, rest, turning=False)


@on.choice("absent_page", role=Role.SENIOR)
def turn_the_list(ctx: Context, rest: str) -> None:
    """Another page, in the place of the one that was read."""
    _show_absentees(ctx, rest, turning=True)


@on.choice("presence_by", role=Role.SENIOR)
def list_the_departments(ctx: Context, rest: str) -> None:
    """Every department's figure, those with most missing first."""
    _show_departments(ctx, rest, turning=False)


@on.choice("presence_by_page", role=Role.SENIOR)
def turn_the_departments(ctx: Context, rest: str) -> None:
    """Another page of them."""
    _show_departments(ctx, rest, turning=True)


def _show_absentees(ctx: Context, rest: str, turning: bool) -> None:
    day, wanted = _day_and_page(rest)
    absent = absentees(ctx.unit.fresh, day)
    page = page_of(len(absent), ON_A_PAGE, wanted)
    shown = page.cut(absent)
    rows = [_named(ctx, person, department) for department, person in shown]
    buttons = [_duty_buttons(ctx, [person for _, person in shown[at : at + 2]]) for at in range(0, len(shown), 2)]
    facts = {"day": day, "total": len(absent), "page": page.number, "pages": page.of, "rows": rows}
    _answer(ctx, "absent_list", facts, [*buttons, page.buttons(f"absent_page:{day.toordinal()}")], turning)


def _show_departments(ctx: Context, rest: str, turning: bool) -> None:
    day, wanted = _day_and_page(rest)
    found = figures(verdicts_on(ctx.unit.fresh, day))
    if not found and day == ctx.today:
        found = figures_now(standing(ctx.office.watch_in(ctx.unit)))
    page = page_of(len(found), DEPARTMENTS_ON_A_PAGE, wanted)
    rows = [
        {"department": ctx.directory.departments[each.department].code, "present": each.came, "total": each.expected}
        for each in page.cut(found)
    ]
    facts = {"day": day, "page": page.number, "pages": page.of, "rows": rows}
    _answer(ctx, "presence_departments", facts, [page.buttons(f"presence_by_page:{day.toordinal()}")], turning)


def _answer(
    ctx: Context, template: str, facts: dict[str, object], buttons: list[list[ButtonSpec]], turning: bool
) -> None:
    rows = [row for row in buttons if row]
    if turning:
        ctx.turn(template, facts, rows)
    else:
        ctx.answer(template, facts, rows)


def _report_buttons(speaking: Speaking, day: date, absent: tuple[tuple[int, int], ...]) -> list[list[ButtonSpec]]:
    people = [person for _, person in absent]
    if len(people) <= WITH_BUTTONS:
        rows = [_duty_buttons(speaking, people[at : at + 2]) for at in range(0, len(people), 2)]
    else:
        rows = [[ButtonSpec("show_list", f"absent:{day.toordinal()}:1")]]
    by_department = ButtonSpec("by_department", f"presence_by:{day.toordinal()}:1")
    return [*rows, [by_department, ButtonSpec("correct", f"correct:{day.toordinal()}")]]


def _duty_buttons(speaking: Speaking, people: list[int]) -> list[ButtonSpec]:
    """To take each offline, or to restore them."""
    made = []
    for person in people:
        is_off = speaking.directory.is_off_duty(person, speaking.today)
        label, action = ("restore_one", "restore") if is_off else ("offline_one", "offline")
        made.append(ButtonSpec(label, f"{action}:{person}", {"name": speaking.person_name(person)}))
    return made


def _named(speaking: Speaking, person: int, department: int) -> dict[str, object]:
    return {
        "name": speaking.person_name(person),
        "department": speaking.directory.departments[department].code,
        "offline": speaking.directory.is_off_duty(person, speaking.today),
    }


def _departments(speaking: Speaking) -> frozenset[int]:
    """Those of which anybody is expected."""
    return frozenset(each.department for each in speaking.office.watch_in(speaking.unit).attending.values())


def _window_facts(speaking: Speaking) -> dict[str, object]:
    """The office's window by its wall clock, as the settings have it: also on a day that was closed afterwards."""
    window = speaking.office.settings.presence.window
    return {"window_from": f"{window.begin:%H:%M}", "window_to": f"{window.end:%H:%M}"}


def _missed_calls(speaking: Speaking, day: date) -> list[object]:
    """When the office's roll-calls were to be that nobody was running for."""
    window: DayWindow | None = speaking.office.watch_in(speaking.unit).window(day)
    calls = enumerate(window.calls if window is not None else ())
    return [at for number, at in calls if not _was_called(speaking, number, day)]


def _was_called(speaking: Speaking, number: int, day: date) -> bool:
    occasion, connection = f"{ROLL_CALL} {number + 1}", speaking.unit.connection
    return has_been(connection, occasion, day) and not has_been(connection, f"{MISSED} {occasion}", day)


def _bring_up_to_date(speaking: Speaking, day: date) -> None:
    for group in speaking.administration():
        if speaking.is_card_shown(CARD, day.toordinal(), group):
            speaking.show_card(CARD, day.toordinal(), group)


def _day_and_page(rest: str) -> tuple[date, int]:
    day, _, page = rest.partition(":")
    if not all(each.isascii() and each.isdigit() and len(each) <= _LONGEST_DAY for each in (day, page)):
        raise Forged("button")
    try:
        return date.fromordinal(int(day)), int(page)
    except (ValueError, OverflowError):
        raise Forged("button") from None
