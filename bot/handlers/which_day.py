"""Until which day, and why: asked step by step, by buttons or in words, wherever a complaint's clock may be stopped.

The day is read from what people write (core/reading/days.py); what may be two days is asked with a button each, a day
that will not do is answered with those that will, and what was written already is never asked for again.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from bot.context import Context
from bot.events import Message
from bot.outbox import ButtonSpec
from bot.questions import Question
from bot.refusing import refusal_facts
from bot.speaking import How, button
from bot.store.asks import Ask
from core.commands import Command
from core.complaints import Complaint
from core.reading import read_day
from core.refusals import Forged, Invalid, TimeLeft

OFFERED = 3
LONGEST_DATE = 10

Data = Mapping[str, object]


@dataclass(frozen=True)
class DayAsked:
    """One thing for which a day is asked.

    action: of the buttons that name a day; their data is `action:COMPLAINT:DAY`.   command: what is done then.
    needs_reason: whether nothing is done without a reason.
    """

    question: Question
    action: str
    command: Callable[[Complaint, date, str, Data], Command]
    needs_reason: bool = True


def ask_until_when(ctx: Context, asked: DayAsked, complaint: Complaint, template: str, **kept: object) -> None:
    """The first question. `kept`: what comes back with the answer, JSON values."""
    _ask(ctx, asked, complaint, template, kept, days=days_ahead(ctx, complaint))


def take_the_words(ctx: Context, asked: DayAsked, ask: Ask, answer: Message) -> bool:
    """What somebody answered: a day, a reason, or both. Returns whether all was there and it was done."""
    complaint = ctx.unit.complaint_by_id(int(str(ask.data["complaint"])))
    kept = {name: value for name, value in ask.data.items() if name != "complaint"}
    return take_what_is_written(ctx, asked, complaint, answer.text, kept)


def take_what_is_written(ctx: Context, asked: DayAsked, complaint: Complaint, text: str, kept: Data) -> bool:
    """The same for words that came with a command."""
    said = read_day(text, ctx.today)
    # Once the day is known, every word is the reason: "पाइप शुक्रवार को आएगा" does not change it.
    known = bool(kept.get("until"))
    words = text.strip() if known else said.rest
    if said.reason or (known and words):
        kept = {**kept, "reason": " ".join(filter(None, (str(kept.get("reason", "")), words)))}
    if known:
        return _go_on(ctx, asked, complaint, kept)
    if len(said.days) > 1:
        days = said.days[:OFFERED]
        _ask(ctx, asked, complaint, "which_day", kept, days=days, typed=text.strip())
        return False
    if said.days:
        kept = {**kept, "until": said.days[0].isoformat()}
    return _go_on(ctx, asked, complaint, kept)


def take_the_day(ctx: Context, asked: DayAsked, complaint: Complaint, day: date) -> bool:
    """A day by its button; the reason that was written before it is kept."""
    open_now = ctx.open_question(asked.question, complaint)
    kept = dict(open_now.data) if open_now else {}
    kept.pop("complaint", None)
    return _go_on(ctx, asked, complaint, {**kept, "until": day.isoformat()})


def day_pressed(ctx: Context, rest: str) -> tuple[Complaint, date]:
    """The complaint and the day of a button's data. Raises Forged for what no button of ours carries."""
    id, _, written = rest.partition(":")
    complaint = ctx.complaint_pressed(id)
    return complaint, read_iso(written)


def read_iso(written: str) -> date:
    """The day of a button's data. Raises Forged."""
    try:
        if len(written) != LONGEST_DATE:
            raise ValueError(written)
        return date.fromisoformat(written)
    except ValueError:
        raise Forged("button") from None


def days_ahead(ctx: Context, complaint: Complaint | None = None) -> tuple[date, ...]:
    """The next office days, those after the due time where there is a complaint that is not due yet."""
    calendar = ctx.rules.calendar
    day = ctx.today if complaint is None else max(ctx.today, complaint.due.day)
    days = []
    for _ in range(OFFERED):
        day = calendar.next_open_day(day)
        days.append(day)
    return tuple(days)


def _go_on(ctx: Context, asked: DayAsked, complaint: Complaint, kept: Data) -> bool:
    until, reason = str(kept.get("until", "")), str(kept.get("reason", ""))
    if not until:
        _ask(ctx, asked, complaint, "until_when", kept, days=days_ahead(ctx, complaint))
        return False
    day = date.fromisoformat(until)
    if asked.needs_reason and not reason:
        _ask(ctx, asked, complaint, "why_until", kept, until=day)
        return False
    try:
        with ctx.unit.overlay():
            ctx.do(asked.command(complaint, day, reason, kept))
    except (Invalid, TimeLeft) as refusal:
        if isinstance(refusal, Invalid) and refusal.field != "until":
            raise
        # What was written stays; only another day is asked for.
        kept = {name: value for name, value in kept.items() if name != "until"}
        facts = {"code": complaint.code, **refusal_facts(ctx, refusal)}
        _ask(ctx, asked, complaint, f"refusal/{refusal.name}", kept, days=days_ahead(ctx, complaint), facts=facts)
        return False
    ctx.stop_asking(asked.question)
    return True


def _ask(
    ctx: Context,
    asked: DayAsked,
    complaint: Complaint,
    template: str,
    kept: Data,
    *,
    days: tuple[date, ...] = (),
    typed: str = "",
    until: date | None = None,
    facts: Mapping[str, object] | None = None,
) -> None:
    # What somebody wrote is kept with the question; a very long reason is cut off by the rule, not here.
    offered = [ButtonSpec("day", f"{asked.action}:{complaint.id}:{day.isoformat()}", {"day": day}) for day in days]
    given = facts or {"code": complaint.code, "typed": typed, "until": until}
    how = How([offered, [button("cancel", complaint)]], about=complaint)
    ctx.put_question(asked.question, template, given, how, {**kept, "complaint": complaint.id})
