"""How each action is tried at each door: what a form or a program sends, what is pressed and written in the chat."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from bot.events import Address
from core.complaints import Complaint
from tests.rights.office import GROUP, Office

WORDS, REASON, DAY = "नाली की मरम्मत कराई, पानी निकल गया", "पाइप जल निगम का है", "14-12-2026"
OFFICE = frozenset({"office"})
COMPLAINANT = frozenset({"complainant"})

FIELDS: dict[str, dict[str, object]] = {
    "solve": {"words": WORDS},
    "reword": {"words": f"{WORDS}, ढक्कन भी लगाया"},
    "more-time": {"until": DAY, "words": REASON},
    "answer": {"words": REASON},
    "transfer": {"to": "JNR", "words": REASON},
    "note": {"words": REASON},
    "reopen": {"words": REASON},
    "still-wrong": {"words": REASON},
    "ask": {"words": "पाइप कब आएगा?"},
    "category": {"category": "A"},
    "pause": {"until": DAY, "waits_for": "court", "words": REASON},
    "give-time-unasked": {"until": DAY, "waits_for": "more_time", "words": REASON},
    "reject": {"ground": "sub_judice"},
}
"""What each action sends from a form, and as JSON; `extra` adds what depends on the office."""

NAMES = {"give-time-unasked": "pause"}
"""Under which name an action is done at the desk, where it is another."""

HAPPENED = {
    "acknowledge": "Acknowledged",
    "still-on-it": "Acknowledged",
    "hand-back": "AcknowledgementFell",
    "solve": "Solved",
    "undo": "SolutionUndone",
    "reword": "SolutionReworded",
    "evidence": "EvidenceAdded",
    "more-time": "MoreTimeAsked",
    "answer": "QuestionAnswered",
    "transfer": "Transferred",
    "assign": "Assigned",
    "note": "Noted",
    "confirm": "Confirmed",
    "reopen": "Reopened",
    "still-wrong": "StillWrongTold",
    "polite": "PolitenessTold",
    "not-reached": "NotReached",
    "flags": "FlagsLookedAt",
    "ask": "QuestionAsked",
    "category": "Recategorised",
    "pause": "Paused",
    "give-time-unasked": "Paused",
    "resume": "Resumed",
    "give-time": "Paused",
    "no-time": "MoreTimeDeclined",
    "reject": "Rejected",
    "merge": "Merged",
    "unmerge": "Unmerged",
}
"""What is on record after an action."""


def extra(office: Office, action: str, complaint: Complaint, form: bool) -> dict[str, object]:
    """The fields that depend on the office: who is named, what it is joined to, which file is kept."""
    match action:
        case "assign":
            return {"officer": office.people["senior_here" if complaint.assignee is None else "colleague"]}
        case "merge":
            return {"into": office.targets[complaint.confidential][0].code}
        case "evidence":
            return {"paper": office.paper, "paper_name": "a.pdf"} if form else {"evidence": [office.paper]}
        case "polite":
            return {"polite": "yes" if form else True}
    return {}


@dataclass(frozen=True)
class Way:
    """One way to do something in the chat: its steps, and for whom it is there."""

    steps: tuple["Step", ...]
    whose: frozenset[str] = OFFICE

    def is_for(self, person: str) -> bool:
        """Whether it is there for this person: the complainant has buttons of their own."""
        return ("complainant" if person == "complainant" else "office") in self.whose


Step = Callable[[Office, str, Address, Complaint], Awaitable[str]]
"""Somebody does one thing in a chat; returns the toasts."""


def press(data: str) -> Step:
    """Press a button whose data is this; `ID`, `INTO` and `OFFICER` stand for ids."""

    def step(office: Office, user: str, chat: Address, complaint: Complaint) -> Awaitable[str]:
        into = office.targets[complaint.confidential][0].id
        officer = extra(office, "assign", complaint, form=True)["officer"]
        filled = data.replace("ID", str(complaint.id)).replace("INTO", str(into)).replace("OFFICER", str(officer))
        return office.presses(user, chat, filled)

    return step


def write(text: str, group: bool = False, photo: bool = False, edit: bool = False) -> Step:
    """Write this; `CODE` and `INTO` stand for codes. edit: it takes the place of the words of the solution."""

    async def step(office: Office, user: str, chat: Address, complaint: Complaint) -> str:
        filled = text.replace("CODE", complaint.code).replace("INTO", office.targets[complaint.confidential][0].code)
        photos = (office.paper,) if photo else ()
        message = f"said/{complaint.code}" if edit else ""
        await office.writes(user, GROUP if group else chat, filled, photos=photos, edited=edit, message=message)
        return ""

    return step


def about(action: str) -> Step:
    """Press a button about the complaint."""
    return press(f"{action}:complaint:ID")


EVERYBODY = OFFICE | COMPLAINANT
CHAT: dict[str, tuple[Way, ...]] = {
    "acknowledge": (Way((about("acknowledge"),)),),
    "still-on-it": (Way((about("still_on_it"),)),),
    "hand-back": (Way((about("hand_back"),)),),
    "solve": (Way((about("solve"), write(WORDS))),),
    "undo": (Way((about("undo"),)),),
    "reword": (Way((write(f"CODE निस्तारित, {WORDS}, ढक्कन भी लगाया", edit=True),)),),
    "evidence": (Way((write("CODE", photo=True),)),),
    "more-time": (Way((about("more_time"), write(f"{DAY} {REASON}"))),),
    "answer": (Way((about("answer_question"), write(REASON))),),
    "transfer": (
        Way((about("not_ours"), write("JNR"), write(REASON))),
        Way((about("change_department"), press("to_department:ID:JNR"), write(REASON))),
        Way((write("/transfer CODE JNR"), write(REASON))),
    ),
    "assign": (Way((press("assign_to:ID:OFFICER"),)), Way((write("/assign CODE colleague"),))),
    "note": (Way((write("CODE कल टीम जाएगी, पाइप मँगाया है", group=True),)),),
    "confirm": (
        Way((about("confirm_close"),)),
        Way((about("yes_solved"),), EVERYBODY),
        Way((about("saw_solved"),)),
    ),
    "reopen": (
        Way((about("reopen"), write(REASON))),
        Way((write(f"/reopen CODE {REASON}"),)),
        Way((about("not_solved"),), EVERYBODY),
    ),
    "still-wrong": (Way((write(REASON),), COMPLAINANT),),
    "polite": (Way((about("were_polite"),), EVERYBODY),),
    "flags": (Way((about("looked_at"),)),),
    "ask": (Way((write("/ask CODE पाइप कब आएगा?"),)), Way((about("ask"), write("पाइप कब आएगा?")))),
    "category": (Way((press("to_category:ID:A"),)), Way((write("/category CODE A"),))),
    "pause": (
        Way((press("pause_for:ID:court"), write(f"{DAY} {REASON}"))),
        Way((write(f"/pause CODE court {DAY} {REASON}"),)),
    ),
    "give-time-unasked": (Way((about("give_time_unasked"), write(f"{DAY} {REASON}"))),),
    "resume": (Way((about("resume"),)),),
    "give-time": (Way((about("give_time"),)),),
    "no-time": (Way((about("without_reason"),)), Way((about("no_more_time"), write(REASON)))),
    "reject": (
        Way((press("reject_now:ID:sub_judice"),)),
        Way((write("/reject CODE"), press("reject_for:ID:sub_judice"), press("reject_now:ID:sub_judice"))),
    ),
    "merge": (Way((press("merge_now:ID:INTO"),)), Way((write("/merge CODE INTO"), press("merge_now:ID:INTO")))),
    "unmerge": (Way((about("unmerge"),)), Way((write("/unmerge CODE"),))),
}
AFTER_THE_SOLUTION = frozenset({"reword", "evidence", "still-wrong"})
"""What goes on in the very chat in which the solution was told, or opened again."""

SILENT = AFTER_THE_SOLUTION | {"note"}
"""What may be answered with silence where it does nothing: a message that is for somebody else (docs/voice.md 4.3)."""
