"""A senior corrects a verdict: whose, to what, and why; below the morning's message, step by step.

Source: docs/design.md §4, Presence (amendments); core/correcting.py has the rule.
"""

from collections.abc import Sequence
from datetime import date

from bot.context import Context
from bot.events import Message
from bot.handlers.people_named import people_named, person_pressed
from bot.outbox import ButtonSpec
from bot.questions import Question
from bot.render import Bilingual
from bot.routing import Routes
from bot.speaking import Speaking
from bot.store.asks import Ask
from core.correcting import BY_HAND
from core.day_reports import Why
from core.people import Person, Role
from core.presence import Verdict
from core.presence.happened import VerdictAmended
from core.presence_commands import CorrectVerdict
from core.refusals import Forged, NotReported, OwnDuty
from core.store.queries.day_reports import absentees, amendments_of_day, verdict_of

on = Routes()

WHOSE = Question("correct_whose")
WHY = Question("correct_why")
OFFERED = 8
_LONGEST_DAY = 7


@on.choice("correct", role=(Role.SENIOR,))
def ask_whose(ctx: Context, rest: str) -> None:
    """Of which day the button says; those who were absent are offered."""
    day = _day(rest)
    absent = [ctx.directory.people[person] for _, person in absentees(ctx.unit.fresh, day)]
    _ask_whose(ctx, day, absent)


@on.answer(WHOSE)
def take_whose(ctx: Context, ask: Ask, answer: Message) -> None:
    """The name, asked for; several of that name are offered."""
    day, found = _day(str(ask.data["day"])), people_named(ctx.directory, answer.text)
    if len(found) == 1:
        _ask_what(ctx, day, found[0])
    else:
        _ask_whose(ctx, day, found, "" if found else answer.text.strip())


@on.choice("correct_one", role=(Role.SENIOR,))
def ask_what(ctx: Context, rest: str) -> None:
    """This one, by a button."""
    day, _, person = rest.partition(":")
    _ask_what(ctx, _day(day), person_pressed(ctx, person))


@on.choice("correct_to", role=(Role.SENIOR,))
def ask_why(ctx: Context, rest: str) -> None:
    """To this; nothing changes before there is a reason."""
    day, person, verdict = (*rest.split(":"), "", "")[:3]
    if verdict not in {each.value for each in BY_HAND}:
        raise Forged("button")
    whose = person_pressed(ctx, person)
    _need_verdict(ctx, _day(day), whose)
    ctx.ask_back(
        WHY,
        "correct_why",
        data={"day": day, "person": whose.id, "verdict": verdict},
        buttons=[[ButtonSpec("cancel", "cancel:")]],
        officer=ctx.person_name(whose.id),
        day=_day(day),
        verdict=verdict,
    )


@on.answer(WHY)
def correct(ctx: Context, ask: Ask, answer: Message) -> None:
    """The reason, in words."""
    day, person = _day(str(ask.data["day"])), int(str(ask.data["person"]))
    before = verdict_of(ctx.unit.fresh, day, person)
    after = ctx.do(CorrectVerdict(person, day, str(ask.data["verdict"]), answer.text)).value
    changed = before is not None and after != before
    facts = {"officer": ctx.person_name(person), "day": day, "becomes": str(ask.data["verdict"]), "changed": changed}
    ctx.answer("correct_done", facts)


@on.presence(VerdictAmended)
def tell_whose_it_was(speaking: Speaking, happened: VerdictAmended) -> None:
    """A correction, wherever it was made, is told to whom it is about; what marks and leave change needs no word."""
    of_day = amendments_of_day(speaking.unit.fresh, happened.day)
    known = next((each for each in of_day if each.id == happened.amendment), None)
    if known is None or known.why != Why.CORRECTION:
        return
    for chat in speaking.private(known.person):
        speaking.say(
            chat,
            "corrected",
            day=known.day,
            was=known.was,
            becomes=known.becomes,
            senior=speaking.person_name(known.by),
            reason=known.words,
        )


def _ask_whose(ctx: Context, day: date, found: Sequence[Person], typed: str = "") -> None:
    people = [each for each in found if ctx.person is None or each.id != ctx.person.id]
    specs = [
        ButtonSpec(
            "person_name",
            f"correct_one:{day.toordinal()}:{each.id}",
            {"name": Bilingual(each.name_hi, each.name_en)},
        )
        for each in people[:OFFERED]
    ]
    rows = [*(specs[at : at + 2] for at in range(0, len(specs), 2)), [ButtonSpec("cancel", "cancel:")]]
    ctx.ask_back(WHOSE, "correct_whose", data={"day": str(day.toordinal())}, buttons=rows, day=day, typed=typed)


def _ask_what(ctx: Context, day: date, person: Person) -> None:
    stands = _need_verdict(ctx, day, person)
    ctx.stop_asking(WHOSE)
    offered = [each for each in reversed(Verdict) if each in BY_HAND and each is not stands]
    specs = [
        ButtonSpec("verdict", f"correct_to:{day.toordinal()}:{person.id}:{each.value}", {"verdict": each.value})
        for each in offered
    ]
    rows = [specs[at : at + 2] for at in range(0, len(specs), 2)]
    facts: dict[str, object] = {"officer": ctx.person_name(person.id), "day": day, "verdict": stands.value}
    ctx.answer("correct_to", facts, [*rows, [ButtonSpec("cancel", "cancel:")]])


def _need_verdict(ctx: Context, day: date, person: Person) -> Verdict:
    """How it stands. What could not be corrected anyway is refused at once: raises OwnDuty or NotReported."""
    if ctx.person is not None and person.id == ctx.person.id:
        raise OwnDuty
    known = verdict_of(ctx.unit.fresh, day, person.id)
    if known is None or known.verdict is Verdict.CLOSED_DAY:
        raise NotReported(person.id, day)
    return known.verdict


def _day(written: str) -> date:
    """The day of a button's data. Raises Forged."""
    if not (written.isascii() and written.isdigit() and len(written) <= _LONGEST_DAY):
        raise Forged("button")
    try:
        return date.fromordinal(int(written))
    except (ValueError, OverflowError):
        raise Forged("button") from None
