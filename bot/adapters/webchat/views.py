"""Messages and chats as one reader sees them: names and titles in their language, their own marked as theirs."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, Row

from bot.adapters.webchat.chats import Chat, person_id, user_of
from bot.adapters.webchat.reader import Reader
from bot.adapters.webchat.shapes import (
    DELETE_WITHIN,
    EDIT_WITHIN,
    ButtonView,
    ChatView,
    FileView,
    MessageView,
    PersonView,
    QuoteView,
    ReactionView,
    SeenByView,
    SeenView,
    SenderView,
)
from bot.adapters.webchat.speech import Speech
from bot.graphemes import clusters, cut
from bot.markup import escape, to_html, to_plain
from bot.store import webchat as rows
from core.directory import Directory
from core.people import Person

PICTURES = frozenset({"image/jpeg", "image/png", "image/webp"})
"""What a browser shows by itself, and what may be shown in place; every other file is only downloaded."""

MOST_NOT_SEEN = 100
"""Names of those who have not read a message; of more, only how many."""

_QUOTE_LENGTH = 140
_BADGE_LETTERS = 2


class Views:
    """Everything as `reader` sees it, with one picture of who is who."""

    def __init__(self, reader: Reader, directory: Directory, speech: Speech) -> None:
        self._reader = reader
        self._directory = directory
        self._speech = speech

    def messages(self, connection: Connection, found: Sequence[Row[Any]]) -> list[MessageView]:
        """The messages, each with the beginning of the one it answers."""
        answered = {row.reply_to for row in found if row.reply_to is not None}
        quoted = {row.id: row for row in rows.messages_by_id(connection, answered)}
        reactions: dict[int, list[Row[Any]]] = defaultdict(list)
        for row in rows.reactions_under(connection, [row.id for row in found]):
            reactions[row.message].append(row)
        return [self._message(row, quoted.get(row.reply_to), reactions[row.id]) for row in found]

    def chats(
        self,
        connection: Connection,
        chats: Mapping[str, Chat],
        last: Mapping[str, Row[Any]],
        unread: Mapping[str, int],
        seen: Mapping[str, int],
    ) -> list[ChatView]:
        """The chats as they stand in the list, the one with the newest message first."""
        views = {view.chat: view for view in self.messages(connection, list(last.values()))}
        newest_first = sorted(chats.values(), key=lambda chat: -(last[chat.id].id if chat.id in last else 0))
        return [
            self._chat(chat, views.get(chat.id), unread.get(chat.id, 0), seen.get(chat.id, 0)) for chat in newest_first
        ]

    def chat(self, chat: Chat) -> ChatView:
        """A chat without any message."""
        return self._chat(chat, None, 0, 0)

    def seen_by(self, members: Iterable[Person], sender: str, readers: Mapping[str, datetime]) -> SeenByView:
        """Who of a chat has read a message, the first first, and who has not; its sender is neither."""
        when = {user: at for user, at in readers.items() if user != sender}
        seen = sorted(when, key=lambda user: when[user])
        missing = [each for each in members if user_of(each.id, None) not in (sender, *when)]
        missing.sort(key=lambda each: each.name(self._reader.language))
        return SeenByView(
            seen=[self._reading(self._directory.people.get(person_id(user) or 0), when[user]) for user in seen],
            not_seen=[self._reading(each, None) for each in missing[:MOST_NOT_SEEN]],
            more=max(0, len(missing) - MOST_NOT_SEEN),
        )

    def person(self, person: Person) -> PersonView:
        """Somebody to choose: name, designation, departments and roles."""
        language = self._reader.language
        return PersonView(
            id=person.id, name=person.name(language), about=about(person, self._directory, self._speech, language)
        )

    def _reading(self, person: Person | None, at: datetime | None) -> SeenView:
        language = self._reader.language
        if person is None:
            return SeenView(name=self._speech.sentence("complainant", language), about="", at=at)
        what = about(person, self._directory, self._speech, language)
        return SeenView(name=person.name(language), about=what, at=at)

    def _message(self, row: Row[Any], quoted: Row[Any] | None, reactions: Sequence[Row[Any]]) -> MessageView:
        own = row.sender == self._reader.user and row.deleted_at is None
        return MessageView(
            id=str(row.id),
            chat=row.chat,
            sender=self._sender(row),
            at=row.at,
            text=_plain(row),
            html=to_html(row.body) if row.sender == rows.BOT else escape(row.body).replace("\n", "<br>"),
            buttons=[[ButtonView(**button) for button in line] for line in json.loads(row.buttons)],
            reply_to=self._quote(quoted) if quoted is not None else None,
            files=[file_view(file) for file in json.loads(row.files)],
            reactions=self._reactions(reactions),
            edited_at=row.edited_at,
            deleted=row.deleted_at is not None,
            edit_until=row.at + EDIT_WITHIN if own else None,
            delete_until=row.at + DELETE_WITHIN if own else None,
            client=row.client if row.sender == self._reader.user else None,
        )

    def _sender(self, row: Row[Any]) -> SenderView:
        me = row.sender == self._reader.user
        return SenderView(id=row.sender, name=self._name(row.sender, row.name), me=me, bot=row.sender == rows.BOT)

    def _name(self, user: str, called: str = "") -> str:
        language = self._reader.language
        if user == rows.BOT:
            return self._speech.sentence("bot", language)
        person = self._directory.people.get(person_id(user) or 0)
        return person.name(language) if person else called or self._speech.sentence("complainant", language)

    def _reactions(self, reactions: Sequence[Row[Any]]) -> list[ReactionView]:
        """Each emoji once, in the order in which it first came."""
        users: dict[str, list[str]] = defaultdict(list)
        for row in reactions:
            users[row.emoji].append(row.user)
        return [
            ReactionView(
                emoji=emoji, count=len(of), mine=self._reader.user in of, names=[self._name(user) for user in of]
            )
            for emoji, of in users.items()
        ]

    def _quote(self, row: Row[Any]) -> QuoteView:
        sender = self._sender(row)
        return QuoteView(id=str(row.id), name=sender.name, me=sender.me, text=cut(self._gist(row), _QUOTE_LENGTH))

    def _gist(self, row: Row[Any]) -> str:
        """What a message says, or what is in it where it has no words."""
        said, files = _plain(row).strip(), json.loads(row.files)
        if said or not (files or row.deleted_at):
            return said
        what = "deleted" if row.deleted_at else file_view(files[0]).kind
        return self._speech.sentence(what, self._reader.language)

    def _chat(self, chat: Chat, last: MessageView | None, unread: int, seen: int) -> ChatView:
        title, badge, also = self._title(chat)
        return ChatView(
            id=chat.id,
            kind=chat.kind,
            title=title,
            about=self._about(chat),
            badge=badge,
            also=also,
            unread=unread,
            seen=str(seen),
            last=last,
        )

    def _title(self, chat: Chat) -> tuple[str, str, str]:
        """Title, letters of the sign, and what else it may be searched by."""
        language = self._reader.language
        if chat.department is not None:
            names = (chat.department.name_hi, chat.department.name_en, *chat.department.aliases)
            return chat.department.name(language), chat.department.code, " ".join(names)
        name = {"direct": "bot", "administration": "administration"}.get(chat.kind)
        title = self._speech.sentence(name, language) if name else chat.title
        return title, "".join(clusters(title)[:_BADGE_LETTERS]).strip(), ""

    def _about(self, chat: Chat) -> str:
        if chat.kind == "direct":
            return self._speech.sentence("bot_about", self._reader.language)
        return self._speech.sentence("members", self._reader.language, count=chat.members)


def file_view(file: Mapping[str, Any]) -> FileView:
    """A file with where it is to be had."""
    url = f"/chat/api/files/{file['sha256']}"
    kind = "paper" if file.get("document") else _kind_of(file["media_type"])
    image = kind == "picture"
    return FileView(
        sha256=file["sha256"],
        name=file["name"],
        media_type=file["media_type"],
        size=file["size"],
        kind=kind,
        image=image,
        url=url,
        thumbnail=f"{url}?size=small" if image else None,
    )


def _kind_of(media_type: str) -> Literal["picture", "audio", "film", "paper"]:
    if media_type in PICTURES:
        return "picture"
    if media_type.startswith("audio/"):
        return "audio"
    return "film" if media_type.startswith("video/") else "paper"


def about(person: Person, directory: Directory, speech: Speech, language: str) -> str:
    """What somebody is: designation, departments (with "head"), roles."""
    designation = person.designation_en if language == "en" else person.designation_hi
    departments = (
        directory.departments[each.department].code
        + (f" ({speech.sentence('head_of', language)})" if each.head else "")
        for each in directory.memberships_of(person.id)
    )
    roles = (speech.sentence(role.value, language) for role in sorted(person.roles))
    return " · ".join(part for part in (designation, *departments, *roles) if part)


def found_by(people: Iterable[Person], words: str, directory: Directory, speech: Speech) -> list[Person]:
    """The people in whose names, departments or roles, in either language, every one of the words occurs."""
    asked = words.casefold().split()
    return [person for person in people if all(word in _searched(person, directory, speech) for word in asked)]


def _searched(person: Person, directory: Directory, speech: Speech) -> str:
    parts = [person.name_hi, person.name_en]
    for language in ("hi", "en"):
        parts.append(about(person, directory, speech, language))
        parts += [directory.departments[each.department].name(language) for each in directory.memberships_of(person.id)]
    return " ".join(parts).casefold()


def _plain(row: Row[Any]) -> str:
    return to_plain(row.body) if row.sender == rows.BOT else row.body
