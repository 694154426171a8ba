"""Reminders and escalations: what the ladder says, to whom, and several for one chat in one message.

A rung that spoke is kept until the clocks of all complaints were looked at; then each chat is told once, the longest
overdue first (docs/design.md §4, Reminders and escalation; docs/rules.md L1 to L5).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.context import Context
from bot.events import Address
from bot.handlers.cards import brief_facts
from bot.handlers.lists import open_in_the_department, past_due, show_status
from bot.outbox import Buttons, ButtonSpec, Priority
from bot.routing import Routes
from bot.speaking import How, Speaking, button
from bot.store.reminders import Waiting, cards_shown, complaints_named, keep_reminder, reminders_wait, take_reminders
from core.complaints import Complaint, Escalated
from core.complaints.addressing import Addressees, addressees
from core.escalation import is_quiet
from core.people import Role
from core.settings import Addressee
from core.store.queries.absences import leaves_between
from core.timeline import Entry

on = Routes()

NAMED = 10
"""Complaints in one message: the rest are behind its button."""

OVERDUE = "overdue"
OPEN = "open"


@on.happened(Escalated)
def keep_it_to_be_told(speaking: Speaking, entry: Entry) -> None:
    """Told with all others of this moment."""
    escalated = entry.happened
    assert isinstance(escalated, Escalated)
    keep_reminder(speaking.unit, entry.complaint.id, escalated.to, escalated.at)


@on.after_the_clocks("reminders", waits=reminders_wait)
def tell_all(speaking: Speaking) -> None:
    """Each chat once, and the cards that stand show who was told. What waits after a crash sleeps in the quiet."""
    calendar, quiet = speaking.rules.calendar, speaking.office.settings.office.quiet
    if is_quiet(speaking.unit.now, calendar, quiet):
        return
    waiting = take_reminders(speaking.unit)
    of_chat = _by_chat(speaking, waiting)
    named = {each.complaint for all_of in of_chat.values() for each, _ in all_of[:NAMED]}
    complaints = complaints_named(speaking.unit, named)
    speaking.unit.read_petitions(each.petition for each in complaints.values())
    for chat, all_of in of_chat.items():
        if len(all_of) == 1:
            ((only, reader),) = all_of
            _tell_one(speaking, reader, complaints[only.complaint])
        else:
            _tell_several(speaking, chat, [each for each, _ in all_of], complaints)
    for id, chat in cards_shown(speaking.unit, [each.complaint for each in waiting]):
        speaking.show_card("complaint", id, chat)


@on.choice("reminded", role=Role.MEMBER)
def show_the_list(ctx: Context, rest: str) -> None:
    """All of what a message named the first of."""
    if rest == OVERDUE:
        past_due(ctx, "")
    else:
        open_in_the_department(ctx, "")


@on.button("show_card", role=Role.MEMBER)
def show_the_card(ctx: Context, complaint: Complaint) -> None:
    """The card as it is now, where whoever was told is reading."""
    show_status(ctx, complaint)


@dataclass(frozen=True)
class _Reader:
    """A chat that is told something, as whom, and whose direct chat it is (None: a group)."""

    chat: Address
    part: Addressee
    person: int | None = None


def _by_chat(speaking: Speaking, waiting: Sequence[Waiting]) -> dict[Address, list[tuple[Waiting, _Reader]]]:
    """What each chat is told and as whom, the longest overdue first; a senior who heads a department has one chat."""
    found: dict[Address, list[tuple[Waiting, _Reader]]] = defaultdict(list)
    known: dict[tuple[Addressee, int, int | None], tuple[_Reader, ...]] = {}
    away = _away(speaking) if waiting else frozenset()
    for each in waiting:
        key = (each.told, each.department, each.assignee)
        if key not in known:
            told = addressees(each.told, each.department, each.assignee, speaking.directory, away)
            known[key] = tuple({one.chat: one for one in _readers(speaking, told, each.department)}.values())
        for reader in known[key]:
            found[reader.chat].append((each, reader))
    return found


def _away(speaking: Speaking) -> frozenset[int]:
    """Who is off duty or on leave today: nobody reminds them."""
    today, directory = speaking.today, speaking.directory
    leaves = leaves_between(speaking.unit.fresh, today, today)
    return frozenset(
        {
            *(person for person in directory.off_duty if directory.is_off_duty(person, today)),
            *(leave.person for leave in leaves if leave.cancelled_at is None),
        }
    )


def _readers(speaking: Speaking, told: Addressees, department: int) -> Iterator[_Reader]:
    """Privately; whom no chat knows in the department's group, a senior in the administration's."""
    private = [(person, chat) for person in told.people for chat in speaking.private(person)]
    yield from (_Reader(chat, told.part, person) for person, chat in private)
    if not private:
        groups = speaking.groups_of_department(department) if told.part in ("assignee", "head") else ()
        yield from (_Reader(chat, told.part) for chat in groups or speaking.administration())


def _tell_one(speaking: Speaking, reader: _Reader, complaint: Complaint) -> None:
    petition, head = speaking.petition(complaint), speaking.directory.head(complaint.department)
    # The head is told privately what a confidential complaint is about, and nobody else (docs/rules.md K1).
    secret = complaint.confidential and (head is None or reader.person != head.id)
    facts: dict[str, object] = {
        "code": complaint.code,
        "due": complaint.due.at,
        "gist": "" if secret else petition.words,
        "place": "" if secret else petition.village,
        "officer": speaking.person_name(complaint.assignee),
        "head": speaking.head_name(complaint.department),
        "told_at": next((each.at for each in complaint.told if each.to == "head"), None),
        "department": speaking.department_name(complaint.department),
        "name": speaking.person_name(reader.person),
        "confidential": secret,
    }
    how = How(_buttons(complaint, reader.part), Priority.ESCALATION, about=complaint, repeat_if_doubtful=True)
    speaking.put(reader.chat, f"reminder/{reader.part}", facts, how)


def _tell_several(
    speaking: Speaking, chat: Address, waiting: list[Waiting], complaints: Mapping[int, Complaint]
) -> None:
    overdue = sum(each.due_at < speaking.unit.now for each in waiting)
    shown = [complaints[each.complaint] for each in waiting[:NAMED]]
    facts: dict[str, object] = {
        "total": len(waiting),
        "overdue": overdue,
        "rows": [brief_facts(speaking, each) for each in shown],
    }
    show = ButtonSpec("show_list", f"reminded:{OVERDUE if overdue else OPEN}")
    speaking.put(chat, "reminder/several", facts, How([[show]], Priority.ESCALATION, repeat_if_doubtful=True))


def _buttons(complaint: Complaint, part: Addressee) -> Buttons:
    """What whoever is told can do about it from there."""
    taken = complaint.acknowledged_at is not None and complaint.assigned_at is None
    asks = [] if complaint.more_time is not None else [button("more_time", complaint)]
    if part == "assignee":
        on_it = [] if taken else [button("acknowledge", complaint)]
        return [[*on_it, button("solve", complaint)], asks]
    if part == "head":
        on_it = [] if taken else [button("assign", complaint)]
        return [[button("show_card", complaint), *on_it], [button("solve", complaint), *asks]]
    if part == "administration":
        return [[button("show_card", complaint), button("show_history", complaint)]]
    give = "give_time" if complaint.more_time is not None else "give_time_unasked"
    return [
        [button("give_time", complaint, give), button("change_department", complaint)],
        [button("show_history", complaint)],
    ]
