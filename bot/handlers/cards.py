"""The card of a complaint: what stands on it, and which buttons are under it, by the state at the moment of sending."""

from datetime import datetime

from bot.cards import Card, CardView
from bot.events import Address
from bot.outbox import ButtonSpec, Priority
from bot.render import Bilingual
from bot.routing import Routes
from bot.speaking import Speaking, button
from core.complaints import (
    Acknowledged,
    AcknowledgementFell,
    Asked,
    Assigned,
    ClosedUnconfirmed,
    Complaint,
    ConfirmationAsked,
    Confirmed,
    Flagged,
    FlagsLookedAt,
    Merged,
    Rejected,
    Reopened,
    SolutionUndone,
    Solved,
    State,
    TakenOver,
    Transferred,
    Unmerged,
)
from core.complaints.about import needs_a_senior
from core.complaints.pausing import due_after_pause
from core.complaints.targets import acknowledging
from core.groups import Purpose
from core.petitions import mask
from core.store.queries.petitions import siblings_of
from core.store.queries.twins import joined_to
from core.timeline import Entry

on = Routes()

OPEN_ACTIONS = ("acknowledge", "solve", "more_time", "not_ours")
TAKEN_ACTIONS = ("solve", "more_time", "not_ours")
CONFIDENTIAL_ACTIONS = ("acknowledge", "not_ours")
DECIDING_ACTIONS = ("give_time", "no_more_time")
CONFIRMING_ACTIONS = ("confirm_close", "reopen")
MORE = ("more_options",)
"""Where seniors read: everything that stands on no card for want of room (bot/handlers/options.py)."""


@on.card("complaint")
def complaint_card(speaking: Speaking, card: Card) -> CardView:
    """The complaint's card as this chat sees it."""
    complaint = speaking.unit.complaint_by_id(card.id)
    return CardView(
        template="card/complaint",
        params=card_facts(speaking, complaint, card.address),
        buttons=card_buttons(speaking, complaint, card.address),
        priority=Priority.CARD,
    )


@on.happened(
    Acknowledged,
    AcknowledgementFell,
    Solved,
    SolutionUndone,
    ConfirmationAsked,
    Confirmed,
    ClosedUnconfirmed,
    Flagged,
    FlagsLookedAt,
    Reopened,
    Transferred,
    Assigned,
    TakenOver,
    Rejected,
    Merged,
    Unmerged,
)
def show_it_beside(speaking: Speaking, entry: Entry) -> None:
    """The cards of the petition's other complaints show each other's state, and the administration's card its own.

    So does the card of one that was joined to another, of that other one's end.
    """
    for group in speaking.administration():
        if speaking.is_shown(entry.complaint, group):
            speaking.show(entry.complaint, group)
    for sibling in siblings_of(speaking.unit, entry.complaint):
        for group in (*speaking.groups_of(sibling), *speaking.administration()):
            if speaking.is_shown(sibling, group):
                speaking.show(sibling, group)


def card_facts(speaking: Speaking, complaint: Complaint, address: Address) -> dict[str, object]:
    """What the card templates show; the phone is masked, and a confidential complaint shows nothing of the person."""
    petition = speaking.petition(complaint)
    secret = complaint.confidential
    solution, first = complaint.solution, complaint.first_solution
    return {
        "code": complaint.code,
        "state": complaint.state,
        "category": category_facts(speaking, complaint),
        "due": complaint.due.at,
        "registered_at": complaint.registered_at,
        "first_due_at": complaint.first_due_at,
        "what": "" if secret else petition.words,
        "place": "" if secret else petition.village,
        "complainant": "" if secret else petition.name,
        "phone": "" if secret else mask(petition.phone),
        "confidential": secret,
        "officer": speaking.person_name(complaint.assignee),
        "assigned_at": complaint.assigned_at,
        "acknowledged_at": complaint.acknowledged_at,
        "take_by": _to_be_taken_by(speaking, complaint),
        "solution": solution.words if solution and not secret else "",
        "solver": speaking.person_name(solution.by) if solution else "",
        "solved_at": solution.at if solution else None,
        "in_time": solution.in_time if solution else False,
        "asked": who_is_asked(speaking, complaint),
        "still_wrong": complaint.still_wrong if complaint.reopened and complaint.is_open and not secret else "",
        "first_solution": first.words if first and complaint.is_open and not secret else "",
        "confirmer": confirmer(speaking, complaint),
        "unconfirmed": complaint.unconfirmed,
        "flags": flag_facts(complaint) if _for_administration(speaking, address) else [],
        "closed_at": complaint.closed_at,
        "head": told_privately(speaking, complaint),
        "told": who_was_told(speaking, complaint),
        "direction": complaint.direction or "",
        "heard_by": speaking.person_name(complaint.heard_by),
        "siblings": sibling_facts(speaking, complaint),
        "elsewhere": elsewhere(speaking, complaint, address),
        **pause_facts(speaking, complaint),
        **decision_facts(speaking, complaint, address),
    }


def _to_be_taken_by(speaking: Speaking, complaint: Complaint) -> datetime | None:
    """Until when somebody should say that they are on it; None where somebody has, or it is late anyway."""
    if not complaint.is_open or complaint.acknowledged_at is not None:
        return None
    target = acknowledging(complaint, speaking.rules)
    return target.by if target is not None and target.by < complaint.due.at else None


def decision_facts(speaking: Speaking, complaint: Complaint, address: Address) -> dict[str, object]:
    """What a card tells of a rejection, of what was joined to what, and to the administration whom it complains of."""
    ground = complaint.rejected_for
    reason = speaking.office.settings.rejection.name(ground) if ground else None
    about = complaint.about if _for_administration(speaking, address) else None
    return {
        "reason": Bilingual(reason.hi, reason.en) if reason else "",
        "rejecter": speaking.person_name(complaint.rejected_by),
        "merged_code": complaint.merged_code,
        "joined": [each.code for each in joined_to(speaking.unit, complaint)],
        "about": speaking.department_name(about) if about is not None else "",
    }


def told_privately(speaking: Speaking, complaint: Complaint) -> Bilingual | str:
    """The head, to whom the words of a confidential complaint went; "" where there is none, or none with a chat."""
    head = speaking.directory.head(complaint.department)
    return speaking.person_name(head.id) if head is not None and speaking.private(head.id) else ""


def category_facts(speaking: Speaking, complaint: Complaint) -> dict[str, object]:
    """The category as people see it: never its letter alone (docs/voice.md 1, point 5)."""
    return label_of_category(speaking, complaint.category)


def label_of_category(speaking: Speaking, letter: str) -> dict[str, object]:
    """A category by its letter, for a button or a sentence."""
    rule = next(each for each in speaking.office.settings.categories.rules() if each.letter == letter)
    label = speaking.office.settings.categories.named(rule.letter).label
    return {"letter": rule.letter, "label": Bilingual(label.hi, label.en), "days": rule.days}


def brief_facts(speaking: Speaking, complaint: Complaint) -> dict[str, object]:
    """A complaint as one line of a list."""
    return {
        "code": complaint.code,
        "state": "unconfirmed" if complaint.unconfirmed else complaint.state,
        "due": complaint.due.at,
        "paused_until": complaint.pause.until if complaint.pause else None,
        "gist": "" if complaint.confidential else speaking.petition(complaint).words,
        "confidential": complaint.confidential,
    }


def pause_facts(speaking: Speaking, complaint: Complaint) -> dict[str, object]:
    """What a card tells of a pause, or of time that was asked for and is not decided."""
    pause, asked = complaint.pause, complaint.more_time
    paused = complaint.state is State.PAUSED and pause is not None
    return {
        "paused_until": pause.until if pause and paused else None,
        "waits_for": pause.waits_for if pause and paused else "",
        "pause_reason": pause.reason if pause and paused and not complaint.confidential else "",
        "due_then": due_after_pause(complaint, speaking.rules).at if paused else None,
        "time_asked": asked.until if asked else None,
    }


def flag_facts(complaint: Complaint) -> list[dict[str, object]]:
    """What was flagged and not looked at, as templates name it."""
    return [{"flag": each.flag, "other": each.other} for each in complaint.flags]


def who_was_told(speaking: Speaking, complaint: Complaint) -> Bilingual | str:
    """Whom the ladder has told last that it is late: the head by name, "administration", "senior", or "" for nobody."""
    late = [each for each in complaint.told if each.to != "assignee"]
    if not late:
        return ""
    return speaking.head_name(complaint.department) or "administration" if late[-1].to == "head" else late[-1].to


def who_is_asked(speaking: Speaking, complaint: Complaint) -> str:
    """Who confirms: who is asked now, or will be first. A head who looks at a sample is not named to the department."""
    if complaint.confirmation is not None:
        return "complainant" if complaint.confirmation.asked is Asked.COMPLAINANT else "administration"
    if needs_a_senior(complaint):
        return "administration"
    petition = speaking.petition(complaint)
    reachable = bool(petition.phone) or bool(speaking.complainant(complaint))
    asked = speaking.office.settings.closing.ask
    return "complainant" if asked == "complainant" and reachable else "administration"


def confirmer(speaking: Speaking, complaint: Complaint) -> Bilingual | str:
    """Who confirmed that it is solved: the complainant, or an officer by name."""
    return "complainant" if complaint.confirmed_by_complainant else speaking.person_name(complaint.confirmed_by)


def sibling_facts(speaking: Speaking, complaint: Complaint) -> list[dict[str, object]]:
    """The other complaints of the same petition, as a card's last line tells them."""
    if len(speaking.petition(complaint).codes) < 2:
        return []
    others = siblings_of(speaking.unit, complaint)
    return [
        {"code": each.code, "department": speaking.directory.departments[each.department].code, "state": each.state}
        for each in others
    ]


def elsewhere(speaking: Speaking, complaint: Complaint, address: Address) -> Bilingual | str:
    """The department that holds it now, on a card that stands in another department's group; else ""."""
    group = speaking.directory.group_at(address.account, address.chat)
    if group is None or group.purpose is not Purpose.DEPARTMENT or group.department == complaint.department:
        return ""
    return speaking.department_name(complaint.department)


def card_buttons(
    speaking: Speaking, complaint: Complaint, address: Address, may_confirm: bool | None = None
) -> list[list[ButtonSpec]]:
    """What can be done from this chat. Confirming is offered where seniors read (docs/voice.md 3.2): in the
    administration group, or in the direct chat of somebody of whom `may_confirm` tells that they may."""
    if elsewhere(speaking, complaint, address):
        return []
    group = speaking.directory.group_at(address.account, address.chat)
    of_department = group is not None and group.purpose is Purpose.DEPARTMENT
    if may_confirm is None:
        may_confirm = _for_administration(speaking, address)
    specs = [button(action, complaint) for action in _actions(complaint, may_confirm, of_department)]
    if complaint.is_open:
        # Whoever writes about it quotes the code.
        specs.append(ButtonSpec("copy_code", copies=complaint.code))
    return [specs[at : at + 2] for at in range(0, len(specs), 2)]


def _for_administration(speaking: Speaking, address: Address) -> bool:
    group = speaking.directory.group_at(address.account, address.chat)
    return group is not None and group.purpose is Purpose.ADMINISTRATION


def _actions(complaint: Complaint, may_confirm: bool, of_department: bool) -> tuple[str, ...]:
    if not complaint.is_open:
        if may_confirm and complaint.state in (State.REJECTED, State.MERGED):
            return MORE
        looking = ("looked_at",) if may_confirm and complaint.flags else ()
        return (*CONFIRMING_ACTIONS, *looking) if may_confirm and complaint.state is State.SOLVED else looking
    deciding = _deciding(complaint) if may_confirm else ()
    if complaint.confidential and of_department:
        return CONFIDENTIAL_ACTIONS
    # Whoever it was given to still says that they are on it.
    taken = complaint.acknowledged_at is not None and complaint.assigned_at is None
    actions = TAKEN_ACTIONS if taken else OPEN_ACTIONS
    # A paused complaint, and one for which it was asked already, needs no more time.
    asked = complaint.pause is not None or complaint.more_time is not None
    offered = tuple(each for each in actions if not (asked and each == "more_time"))
    return (*deciding, *offered, *(MORE if may_confirm else ()))


def _deciding(complaint: Complaint) -> tuple[str, ...]:
    if complaint.more_time is not None:
        return DECIDING_ACTIONS
    return ("resume",) if complaint.pause is not None else ()
