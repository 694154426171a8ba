"""What somebody can ask the office to do: imperatives, frozen. They can still be refused; what happened cannot.

`at` is the platform's own time of the message or press (docs/rules.md P9); None means now.
"""

from dataclasses import dataclass
from datetime import date, datetime

from core.groups import Purpose
from core.holiday_commands import HolidayCommand
from core.pauses import PauseFor
from core.people_commands import JoinCommand, LoseChat, RegainChat, RosterCommand
from core.petitions import Direction, Kind
from core.presence_commands import PresenceCommand


@dataclass(frozen=True)
class Part:
    """One department's part of a petition: its letters, and the category A, B or C."""

    department: str
    category: str


@dataclass(frozen=True, kw_only=True)
class RegisterPetition:
    """Register what a person brought: one complaint for each part.

    heard_by: id of the person who heard it.   about: id of the department that it complains about.
    papers: sha256 of files that are kept.   language: in which the complainant is addressed, None: the office's.
    """

    name: str
    phone: str
    village: str
    words: str
    parts: tuple[Part, ...]
    kind: Kind = Kind.COMPLAINT
    confidential: bool = False
    waiting: bool = False
    about: int | None = None
    heard_by: int | None = None
    direction: Direction | None = None
    papers: tuple[str, ...] = ()
    language: str | None = None


@dataclass(frozen=True)
class Acknowledge:
    """Somebody is on it: whoever asks, or the `officer` that an operator or head names."""

    code: str
    officer: int | None = None
    at: datetime | None = None


@dataclass(frozen=True)
class StillOnIt:
    """The answer to "still on it?"."""

    code: str
    at: datetime | None = None


@dataclass(frozen=True)
class HandBack:
    """Whoever has it gives it back: nobody has it then."""

    code: str
    at: datetime | None = None


@dataclass(frozen=True)
class Solve:
    """The department's solution. `from_text`: it came as free text, and can be taken back for ten minutes."""

    code: str
    words: str
    evidence: tuple[str, ...] = ()
    from_text: bool = False
    at: datetime | None = None


@dataclass(frozen=True)
class UndoSolution:
    """Take a solution back that came as free text."""

    code: str
    at: datetime | None = None


@dataclass(frozen=True)
class AddEvidence:
    """Add photos or papers to the solution that stands."""

    code: str
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class AddNote:
    """Keep words about a complaint; nothing else changes."""

    code: str
    words: str
    evidence: tuple[str, ...] = ()
    question: bool = False
    at: datetime | None = None


@dataclass(frozen=True)
class Confirm:
    """It is really solved. `complainant`: an operator passes on the complainant's own word.

    evidence: what whoever went to look has seen.
    """

    code: str
    complainant: bool = False
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reopen:
    """It is not solved; `words` say what is still wrong. `complainant` and `evidence` as in Confirm."""

    code: str
    words: str = ""
    complainant: bool = False
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class TellStillWrong:
    """The complainant says, after reopening, what is still wrong."""

    code: str
    words: str
    evidence: tuple[str, ...] = ()


@dataclass(frozen=True)
class Transfer:
    """Another department must act: `to` is its letters.

    It counts from now, not from the press: delivered late, it moves no due time that has come (docs/rules.md D4), and
    charges nobody with time in which they did not hold it (D8).
    """

    code: str
    to: str
    reason: str = ""


@dataclass(frozen=True)
class Assign:
    """The head gives it to an officer of the department."""

    code: str
    officer: int


@dataclass(frozen=True)
class RewordSolution:
    """Whoever gave the solution has written it anew."""

    code: str
    words: str
    at: datetime | None = None


@dataclass(frozen=True)
class AskMoreTime:
    """The department asks for time until a date, and says why."""

    code: str
    until: date
    reason: str
    at: datetime | None = None


@dataclass(frozen=True)
class GrantMoreTime:
    """A senior gives the time that was asked for; `until` names another date than the one asked."""

    code: str
    until: date | None = None


@dataclass(frozen=True)
class DeclineMoreTime:
    """A senior gives no more time, and may say why."""

    code: str
    words: str = ""


@dataclass(frozen=True)
class PauseComplaint:
    """It waits for the complainant or a court, until a date."""

    code: str
    until: date
    waits_for: PauseFor
    reason: str


@dataclass(frozen=True)
class ResumeComplaint:
    """The pause is over before its end."""

    code: str


@dataclass(frozen=True)
class Recategorise:
    """Another category: its letter, and why."""

    code: str
    category: str
    reason: str = ""


@dataclass(frozen=True)
class Reject:
    """Nothing can be done about it here: one of the configured grounds, and perhaps words."""

    code: str
    ground: str
    words: str = ""


@dataclass(frozen=True)
class Merge:
    """The same matter is the complaint `into` already."""

    code: str
    into: str


@dataclass(frozen=True)
class Unmerge:
    """It is a matter of its own after all."""

    code: str


@dataclass(frozen=True)
class AskOfficer:
    """A senior or operator wants to know something about it from who has it."""

    code: str
    words: str


@dataclass(frozen=True)
class AnswerQuestion:
    """The department answers what was asked."""

    code: str
    words: str
    evidence: tuple[str, ...] = ()
    at: datetime | None = None


@dataclass(frozen=True)
class TellPoliteness:
    """Whether the complainant was treated politely: their own answer, or passed on by an operator or senior."""

    code: str
    polite: bool


@dataclass(frozen=True)
class TellNotReached:
    """The complainant was called, and nobody answered."""

    code: str


@dataclass(frozen=True)
class LookAtFlags:
    """Somebody of the administration has looked at what was flagged."""

    code: str


@dataclass(frozen=True)
class BindGroup:
    """A chat stands for a department (`department`: its letters), or is the administration group."""

    account: str
    chat: str
    purpose: Purpose
    department: str | None = None


@dataclass(frozen=True)
class ChooseLanguage:
    """Somebody chooses "hi" or "en" for themselves, or for the group that they write in."""

    language: str
    account: str = ""
    chat: str = ""


@dataclass(frozen=True)
class LinkIdentity:
    """A user of a chat account is this person of the office."""

    account: str
    user: str
    person: int


@dataclass(frozen=True)
class LinkComplainant:
    """A user of a chat account is the complainant of a petition; `chat` is where they are reached.

    last_four: the last four digits of the phone, typed as proof; None where a personal link was
    the proof, which only the system itself can say.
    """

    account: str
    user: str
    chat: str
    petition: int
    last_four: str | None = None


ComplaintCommand = (
    Acknowledge
    | StillOnIt
    | HandBack
    | Solve
    | UndoSolution
    | AddEvidence
    | AddNote
    | Confirm
    | Reopen
    | TellStillWrong
    | Transfer
    | AskMoreTime
    | GrantMoreTime
    | DeclineMoreTime
    | PauseComplaint
    | ResumeComplaint
    | Recategorise
    | Reject
    | Merge
    | Unmerge
    | Assign
    | AskOfficer
    | AnswerQuestion
    | RewordSolution
    | TellNotReached
    | TellPoliteness
    | LookAtFlags
)


EnrolmentCommand = BindGroup | ChooseLanguage | LinkIdentity | LinkComplainant | LoseChat | RegainChat
Command = (
    RegisterPetition
    | ComplaintCommand
    | EnrolmentCommand
    | HolidayCommand
    | JoinCommand
    | RosterCommand
    | PresenceCommand
)
