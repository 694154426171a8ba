"""/presence: who is there now, as far as the reader may see it (docs/voice.md 4.1).

A member sees themselves and the figure of their department, the head also who is missing in it, a senior everything.
In a department's group nobody is named: who is missing is told to the head in private.
"""

from collections.abc import Sequence

from bot.context import Context
from bot.handlers.morning_report import list_the_absentees
from bot.handlers.presence_counts import AWAY, Figure, figures, figures_now, page_of
from bot.outbox import ButtonSpec
from bot.routing import Routes
from core.groups import Purpose
from core.people import Role
from core.refusals import Forged
from core.standing import Standing, Stands, standing
from core.store.queries.day_reports import DayVerdict, verdicts_on
from core.watching import Watch

on = Routes()

NAMES, ON_A_PAGE = 12, 20
_LONGEST_PAGE = 4


@on.command("presence", role=Role.MEMBER)
def who_is_there(ctx: Context, words: str) -> None:
    """/presence: today, live; after the window what was reported."""
    watch = ctx.office.watch_in(ctx.unit)
    today = watch.today
    if not watch.windows.calendar.is_open(today):
        ctx.answer("presence_now", _facts(today, next=watch.windows.calendar.next_open_day(today)))
        return
    window = watch.window(today, _home(ctx))
    assert window is not None, "an office day has a window"
    reported = verdicts_on(ctx.unit.fresh, today)
    now = standing(watch)
    found = {each.department: each for each in figures_now(now)} | {each.department: each for each in figures(reported)}
    missing = _missing(now, reported)
    whole = ctx.actor().roles and not _in_department_group(ctx)
    facts = _facts(
        today,
        begins=window.begin if watch.now < window.begin else None,
        own=_own(ctx, now, reported),
        departments=[_department(ctx, found[id], missing) for id in _departments(ctx) if id in found],
        total=sum(each.expected for each in found.values()) if whole else 0,
        present=sum(each.came for each in found.values()) if whole else 0,
    )
    ctx.answer("presence_now", facts, _buttons(ctx, watch, bool(reported)) if watch.now >= window.begin else [])


@on.choice("missing", role=Role.SENIOR)
def list_who_is_missing(ctx: Context, rest: str) -> None:
    """Everybody not seen yet, a page at a time; once the window is over, the absentees."""
    if _in_department_group(ctx) or not (rest.isascii() and rest.isdigit() and len(rest) <= _LONGEST_PAGE):
        raise Forged("button")
    if verdicts_on(ctx.unit.fresh, ctx.today):
        list_the_absentees(ctx, f"{ctx.today.toordinal()}:{rest}")
        return
    watch = ctx.office.watch_in(ctx.unit)
    missing = [each for each in standing(watch) if _is_missing(each)]
    page = page_of(len(missing), ON_A_PAGE, int(rest) or 1)
    rows = [
        {"name": ctx.person_name(each.person), "department": ctx.directory.departments[each.department].code}
        for each in page.cut(missing)
    ]
    buttons = [row for row in [page.buttons("missing")] if row]
    facts = {"total": len(missing), "page": page.number, "pages": page.of, "rows": rows}
    if rest == "0":
        ctx.answer("missing_list", facts, buttons)
    else:
        ctx.turn("missing_list", facts, buttons)


def _facts(day: object, **known: object) -> dict[str, object]:
    nothing: dict[str, object] = {
        "begins": None,
        "next": None,
        "own": None,
        "departments": [],
        "total": 0,
        "present": 0,
    }
    return {"day": day, "departments": [], **nothing, **known}


def _own(ctx: Context, now: Sequence[Standing], reported: Sequence[DayVerdict]) -> dict[str, object] | None:
    """How it stands with the reader; None for whoever has no roll-call."""
    assert ctx.person is not None, "a member asks"
    told = next((each for each in reported if each.person == ctx.person.id), None)
    if told is not None:
        return {"verdict": told.verdict, "since": None}
    stands = next((each for each in now if each.person == ctx.person.id), None)
    if stands is None:
        return None
    if stands.stands in AWAY:
        return {"verdict": stands.stands, "since": None}
    return {"verdict": "here", "since": stands.since} if stands.since else {"verdict": "waited", "since": None}


def _department(ctx: Context, figure: Figure, missing: dict[int, list[int]]) -> dict[str, object]:
    """A department as the reader may see it."""
    names = missing.get(figure.department, []) if ctx.direct and _may_see_names(ctx, figure.department) else []
    return {
        "department": ctx.department_name(figure.department),
        "present": figure.came,
        "total": figure.expected,
        "missing": [ctx.person_name(each) for each in names[:NAMES]],
        "more": max(0, len(names) - NAMES),
    }


def _missing(now: Sequence[Standing], reported: Sequence[DayVerdict]) -> dict[int, list[int]]:
    """Who is missing of each department, or was."""
    done = {each.department for each in reported}
    found: dict[int, list[int]] = {}
    for each in reported:
        if each.verdict in ("absent", "seen_only"):
            found.setdefault(each.department, []).append(each.person)
    for other in now:
        if other.department not in done and _is_missing(other):
            found.setdefault(other.department, []).append(other.person)
    return found


def _is_missing(each: Standing) -> bool:
    return each.stands in (Stands.MISSING, Stands.SEEN_ONLY)


def _buttons(ctx: Context, watch: Watch, over: bool) -> list[list[ButtonSpec]]:
    actor = ctx.actor()
    if _in_department_group(ctx) or not actor.has(Role.SENIOR, Role.ADMINISTRATOR):
        return []
    who = f"absent:{watch.today.toordinal()}:1" if over else "missing:0"
    by = f"presence_by:{watch.today.toordinal()}:1"
    return [[ButtonSpec("who_is_missing", who), ButtonSpec("by_department", by)]]


def _departments(ctx: Context) -> list[int]:
    """Those that the answer is about: the group's own, else the reader's."""
    if ctx.group is not None and ctx.group.department is not None:
        return [ctx.group.department] if ctx.actor().roles or _belongs(ctx, ctx.group.department) else []
    assert ctx.person is not None, "a member asks"
    return [each.department for each in ctx.directory.memberships_of(ctx.person.id)]


def _belongs(ctx: Context, department: int) -> bool:
    return ctx.actor().belongs_to(department)


def _may_see_names(ctx: Context, department: int) -> bool:
    actor = ctx.actor()
    return department in actor.head_of or actor.has(Role.SENIOR, Role.ADMINISTRATOR)


def _in_department_group(ctx: Context) -> bool:
    return ctx.group is not None and ctx.group.purpose is Purpose.DEPARTMENT


def _home(ctx: Context) -> int | None:
    assert ctx.person is not None, "a member asks"
    home = ctx.directory.home_of(ctx.person.id)
    return home.department if home is not None else None
