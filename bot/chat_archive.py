"""The chats' archive as the desk reads it, on a complaint's page."""

from dataclasses import dataclass
from datetime import datetime

from bot.store.archive import KeptMessage, messages_about
from core.directory import Directory
from core.store.queries.complaints import complaint_with_code
from core.store.store import Store


@dataclass(frozen=True)
class Line:
    """What somebody wrote in a chat about a complaint. `chat`: the department whose group it was, or ""."""

    at: datetime
    who: str
    text: str
    chat: str


class ChatArchive:
    """Gives the messages about a complaint, with names in the office's language."""

    def __init__(self, store: Store, language: str) -> None:
        self._store = store
        self._language = language

    def messages_about(self, code: str) -> tuple[Line, ...]:
        """The messages about this complaint, oldest first. Called in a thread."""
        with self._store.reading() as connection:
            complaint = complaint_with_code(connection, code)
            if complaint is None:
                return ()
            directory = self._store.directory(connection)
            return tuple(self._line(directory, kept) for kept in messages_about(connection, complaint.id))

    def _line(self, directory: Directory, kept: KeptMessage) -> Line:
        person = directory.people.get(kept.person) if kept.person is not None else None
        group = directory.group_at(kept.address.account, kept.address.chat)
        department = directory.departments.get(group.department) if group and group.department else None
        return Line(
            at=kept.at,
            who=person.name(self._language) if person else kept.name,
            text=kept.text,
            chat=department.name(self._language) if department else "",
        )
