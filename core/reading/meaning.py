"""What a message can mean, and what follows from each (docs/voice.md 4.2)."""

from dataclasses import dataclass
from enum import StrEnum


class Meaning(StrEnum):
    """The meaning of a message. Those that end in _ASK are asked with buttons; nothing happens before the answer."""

    SOLUTION = "solution"
    CLAIM = "claim"
    ASK = "ask"
    ACKNOWLEDGE_ASK = "acknowledge_ask"
    MORE_TIME_ASK = "more_time_ask"
    NOT_OURS_ASK = "not_ours_ask"
    NOTE = "note"
    QUESTION = "question"
    STATUS = "status"
    PRESENT = "present"
    LEAVE = "leave"
    NOTHING = "nothing"


class Answer(StrEnum):
    """The complainant's answer to "is it solved?". THANKS and UNSURE are no answer: nothing is closed or reopened."""

    YES = "yes"
    NO = "no"
    THANKS = "thanks"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Reading:
    """What a message means.

    meaning: what follows.   words: what was written, ends trimmed, as a solution, note or reason keeps it.
    """

    meaning: Meaning
    words: str

    @property
    def asked(self) -> bool:
        """Whether it is answered with a question and buttons, and nothing happens before they are pressed."""
        return self.meaning.value == "ask" or self.meaning.value.endswith("_ask") or self.meaning is Meaning.LEAVE

    @property
    def kept(self) -> bool:
        """Whether the words are kept in the complaint's history."""
        return self.meaning not in (Meaning.STATUS, Meaning.PRESENT, Meaning.LEAVE, Meaning.NOTHING)
