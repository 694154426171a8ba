"""What a person brings to the hearing (docs/design.md §4, Petition, complaint, direction)."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.refusals import Invalid


class Kind(StrEnum):
    """What is brought: something that went wrong, or something that is wanted."""

    COMPLAINT = "complaint"
    DEMAND = "demand"


class Direction(StrEnum):
    """What whoever heard it directs the department to do."""

    ACT = "act"
    INQUIRE_AND_ACT = "inquire_and_act"
    REPORT = "report"


@dataclass(frozen=True)
class Petition:
    """A petition as it stands. Name, phone, village and words are personal and may have been erased (then "").

    papers: sha256 of each paper or photo.   about: id of the department that it complains about, if any.
    heard_by: the person who heard it.   codes: its complaints' codes, in order.
    """

    id: int
    name: str
    phone: str
    village: str
    words: str
    kind: Kind
    confidential: bool
    waiting: bool
    about: int | None
    heard_by: int | None
    direction: Direction | None
    papers: tuple[str, ...]
    registered_at: datetime
    registered_by: int | None
    codes: tuple[str, ...] = ()
    language: str | None = None


def mask(phone: str) -> str:
    """The phone as groups see it: 9812345610 becomes 98xxxxxx10 (docs/voice.md 1.1: x, for * is bold elsewhere)."""
    return phone if len(phone) < 5 else phone[:2] + "x" * (len(phone) - 4) + phone[-2:]


def read_phone(typed: str) -> str:
    """A mobile number as ten ASCII digits; "" for none.

    A country code or a zero before ten digits goes, ten digits are never shortened: 91234 56789, 09123456789,
    +91 91234 56789 and ९१२३४५६७८९ are one number. Raises Invalid with the count of digits for anything else.
    """
    digits = "".join(str(unicodedata.digit(sign)) for sign in typed if unicodedata.category(sign) == "Nd")
    if not digits and not typed.strip():
        return ""
    for prefix in ("0091", "91", "0"):
        if len(digits) == 10 + len(prefix) and digits.startswith(prefix):
            digits = digits[len(prefix) :]
    if len(digits) != 10:
        raise Invalid("phone", "length", typed.strip(), str(len(digits)))
    return digits
