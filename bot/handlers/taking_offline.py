"""/offline and /restore: a senior takes an officer off duty, for a reason that stays on record, and undoes it.

Until restored, or until a day: "/offline NAME until DAY", or picked. Nothing happens before the reason is there. Who
did it, from wherever it was, the officer, the head and the groups are told (docs/design.md §4, Presence).
"""

from collections.abc import Sequence
from datetime import date

from bot.context import Context
from bot.events import Message
from bot.handlers.people_named import people_named, person_pressed
from bot.handlers.which_day import days_ahead, read_iso
from bot.outbox import ButtonSpec
from bot.questions import Question
from bot.render import Bilingual
from bot.routing import Routes
from bot.speaking import How, Speaking
from bot.store.asks import Ask
from core.complaints import TakenOver
from core.off_duty import need_day_back
from core.people import Person, Role
from core.presence.happened import Restored, TakenOffline
from core.presence_commands import RestoreOfficer, TakeOffline
from core.reading import read_day
from core.refusals import AlreadyOffDuty, OwnDuty
from core.store.queries.absences import present_off_duty
from core.timeline import Entry

on = Routes()

WHOM = Question("offline_whom")
WHY = Question("offline_why")
UNTIL = Question("offline_until")
WHOM_BACK = Question("restore_whom")
OFFERED, DAYS = 8, 3
NO_NOTICE = "no_notice"
"""The reason that has a button: the templates say it in the reader's language (words.j2)."""

CODES = 6


@on.command("offline", role=(Role.SENIOR,), anywhere=True)
def take_offline_by_command(ctx: Context, words: str) -> None:
    """/offline NAME, or NAME until DAY: whoever is called so; several are offered, and nobody is asked for again."""
    ctx.stop_all_asking()
    found, days = _read(ctx, words)
    if len(found) == 1 and len(days) > 1:
        _ask_until(ctx, found[0], days, words.strip())
    elif len(found) == 1:
        _ask_why(ctx, found[0], days[0] if days else None)
    else:
        offered = _offered(found, "offline")
        ctx.ask_back(WHOM, "offline_which", buttons=offered, typed="" if found else words.strip())


@on.answer(WHOM)
def take_whom(ctx: Context, ask: Ask, answer: Message) -> None:
    """The name, asked for."""
    take_offline_by_command(ctx, answer.text)


@on.choice("offline", role=(Role.SENIOR,))
def ask_for_the_reason(ctx: Context, rest: str) -> None:
    """This one, by the button below the report or a list."""
    ctx.stop_asking(WHOM)
    _ask_why(ctx, person_pressed(ctx, rest))


@on.answer(WHY)
def take_offline(ctx: Context, ask: Ask, answer: Message) -> None:
    """The reason in words."""
    ctx.do(TakeOffline(person_pressed(ctx, str(ask.data["person"])).id, answer.text, _until(ask)))


@on.choice("offline_why", role=(Role.SENIOR,))
def take_offline_without_notice(ctx: Context, rest: str) -> None:
    """The reason by the button. A press whose question is over asks again: an old one does nothing by itself."""
    asked, person = ctx.open_question(WHY), person_pressed(ctx, rest)
    if asked is None or asked.data.get("person") != person.id:
        _ask_why(ctx, person)
        return
    ctx.do(TakeOffline(person.id, NO_NOTICE, _until(asked)))
    ctx.stop_asking(WHY)
    ctx.toast("recorded_decision")


@on.choice("offline_for", role=(Role.SENIOR,))
def ask_until_when(ctx: Context, rest: str) -> None:
    """Until a day, and not until restored: which?"""
    person = person_pressed(ctx, rest)
    ctx.stop_asking(WHY)
    _ask_until(ctx, person, days_ahead(ctx))


@on.choice("offline_until", role=(Role.SENIOR,))
def take_the_day(ctx: Context, rest: str) -> None:
    """The day by its button; the reason is asked for next."""
    id, _, written = rest.partition(":")
    person, day = person_pressed(ctx, id), read_iso(written)
    ctx.stop_asking(UNTIL)
    _ask_why(ctx, person, day)


@on.answer(UNTIL)
def take_the_written_day(ctx: Context, ask: Ask, answer: Message) -> None:
    """The day in words; what names none, or may be two, is asked again."""
    person, days = person_pressed(ctx, str(ask.data["person"])), read_day(answer.text, ctx.today).days
    if len(days) == 1:
        _ask_why(ctx, person, days[0])
    else:
        _ask_until(ctx, person, days or days_ahead(ctx), answer.text.strip())


@on.command("restore", role=(Role.SENIOR,), anywhere=True)
def restore_by_command(ctx: Context, words: str) -> None:
    """/restore NAME: whoever is offline is offered."""
    ctx.stop_all_asking()
    offline = [ctx.directory.people[id] for id in sorted(ctx.directory.off_duty) if _is_off(ctx, id)]
    named = people_named(ctx.directory, words)
    found = [each for each in offline if not words.strip() or each in named]
    if len(found) == 1 and words.strip():
        _restore(ctx, found[0])
        return
    typed = "" if found else words.strip()
    buttons = _offered(found or offline, "restore")
    if offline:
        ctx.ask_back(WHOM_BACK, "restore_which", buttons=buttons, number=len(offline), typed=typed)
    else:
        ctx.reply("restore_which", number=0, typed="")


@on.answer(WHOM_BACK)
def take_whom_back(ctx: Context, ask: Ask, answer: Message) -> None:
    """The name, asked for."""
    restore_by_command(ctx, answer.text)


@on.choice("restore", role=(Role.SENIOR,))
def restore(ctx: Context, rest: str) -> None:
    """This one, by a button."""
    ctx.stop_asking(WHOM_BACK)
    _restore(ctx, person_pressed(ctx, rest))
    ctx.toast("recorded_decision")


# Telling


@on.presence(TakenOffline)
def tell_who_is_offline(speaking: Speaking, happened: TakenOffline) -> None:
    """The groups in which they are, the administration; and privately the officer, and whoever has their work now."""
    entry, codes = happened.off_duty, happened.complaints
    senior, officer = speaking.person_name(happened.by), speaking.person_name(entry.person)
    facts = {"officer": officer, "senior": senior, "at": entry.since, "reason": entry.reason, "until": entry.until}
    receiver: Bilingual | str = ""
    for department in _departments(speaking, entry.person):
        own = [code for code in codes if speaking.unit.complaint(code).department == department]
        head = _receiver(speaking, department, entry.person)
        name = speaking.person_name(head.id) if head is not None else ""
        receiver = name if own else receiver
        for group in speaking.groups_of_department(department):
            speaking.put(group, "offline_noted", {**facts, "number": len(own), "head": name}, How())
        for chat in speaking.private(head.id) if head is not None else ():
            told = {"name": name, "officer": officer, "senior": senior, "number": len(own), "codes": own[:CODES]}
            speaking.put(chat, "offline_head", told, How(repeat_if_doubtful=True))
    for group in speaking.administration():
        speaking.put(group, "offline_noted", {**facts, "number": len(codes), "head": receiver}, How())
    for chat in speaking.private(entry.person):
        speaking.put(chat, "offline_told", {**facts, "name": officer}, How(repeat_if_doubtful=True))


@on.presence(Restored)
def tell_who_is_back(speaking: Speaking, happened: Restored) -> None:
    """Everybody who was told that they are offline."""
    person = happened.off_duty.person
    facts = {
        "officer": speaking.person_name(person),
        "senior": speaking.person_name(happened.by),
        "at": speaking.unit.now,
    }
    groups = (group for each in _departments(speaking, person) for group in speaking.groups_of_department(each))
    for chat in (*groups, *speaking.administration(), *speaking.private(person)):
        speaking.put(chat, "restored", facts, How())


@on.happened(TakenOver)
def show_who_has_it(speaking: Speaking, entry: Entry) -> None:
    """The card of what they had says whose it is now."""
    for group in (*speaking.groups_of(entry.complaint), *speaking.administration()):
        if speaking.is_shown(entry.complaint, group):
            speaking.show(entry.complaint, group)


def _read(ctx: Context, words: str) -> tuple[tuple[Person, ...], tuple[date, ...]]:
    """Whose name was written, and the days behind it; a name that sounds like a day (Mangal) is a name first of all."""
    found, parts = people_named(ctx.directory, words), words.split()
    for length in range(len(parts) - 1, 0, -1):
        if found:
            break
        days = read_day(" ".join(parts[length:]), ctx.today).days
        if days and people_named(ctx.directory, " ".join(parts[:length])):
            return people_named(ctx.directory, " ".join(parts[:length])), days
    return found, ()


def _until(ask: Ask) -> date | None:
    return date.fromisoformat(str(ask.data["until"])) if ask.data.get("until") else None


def _ask_until(ctx: Context, person: Person, days: Sequence[date], typed: str = "") -> None:
    offered = [ButtonSpec("day", f"offline_until:{person.id}:{day.isoformat()}", {"day": day}) for day in days[:DAYS]]
    ctx.ask_back(
        UNTIL,
        "offline_until",
        data={"person": person.id},
        buttons=[offered, [ButtonSpec("cancel", "cancel:")]],
        officer=ctx.person_name(person.id),
        typed=typed,
    )


def _ask_why(ctx: Context, person: Person, until: date | None = None) -> None:
    """What could not be done anyway is refused before anybody thinks of a reason."""
    if ctx.person is not None and person.id == ctx.person.id:
        raise OwnDuty
    need_day_back(until, ctx.today)
    known = present_off_duty(ctx.unit.fresh, person.id)
    if known is not None and known.holds(ctx.unit.now, ctx.today):
        raise AlreadyOffDuty(person.id, known.since, known.by, known.until)
    of = _departments(ctx, person.id)
    day = [] if until else [[ButtonSpec("until_a_day", f"offline_for:{person.id}")]]
    ctx.ask_back(
        WHY,
        "offline_confirm",
        data={"person": person.id, **({"until": until.isoformat()} if until else {})},
        buttons=[[ButtonSpec("no_notice", f"offline_why:{person.id}")], *day, [ButtonSpec("cancel", "cancel:")]],
        officer=ctx.person_name(person.id),
        department=ctx.directory.departments[of[0]].code if of else "",
        until=until,
    )


def _restore(ctx: Context, person: Person) -> None:
    ctx.do(RestoreOfficer(person.id))


def _receiver(speaking: Speaking, department: int, person: int) -> Person | None:
    """The head, who has their work now; None where they are the head themselves, or the head is offline too."""
    head = speaking.directory.head(department)
    return head if head is not None and head.id != person and not _is_off(speaking, head.id) else None


def _departments(speaking: Speaking, person: int) -> tuple[int, ...]:
    return tuple(each.department for each in speaking.directory.memberships_of(person))


def _is_off(speaking: Speaking, person: int) -> bool:
    return speaking.directory.is_off_duty(person, speaking.today)


def _offered(people: list[Person] | tuple[Person, ...], action: str) -> list[list[ButtonSpec]]:
    specs = [
        ButtonSpec("person_name", f"{action}:{each.id}", {"name": Bilingual(each.name_hi, each.name_en)})
        for each in people[:OFFERED]
    ]
    return [*(specs[at : at + 2] for at in range(0, len(specs), 2)), [ButtonSpec("cancel", "cancel:")]]
