"""Groups: which chat stands for which department, and the one administration group."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Purpose(StrEnum):
    """What a group is for."""

    DEPARTMENT = "department"
    ADMINISTRATION = "administration"


@dataclass(frozen=True)
class Group:
    """A chat that is bound. `department` is None for the administration group; `language` None: the office's.

    lost_at: since when the bot is in it no longer; then it stands for nobody until the bot is back.
    """

    id: int
    account: str
    chat: str
    purpose: Purpose
    department: int | None = None
    language: str | None = None
    lost_at: datetime | None = None
