"""What stands in the records after a run, read once: the other side of the judge's scales."""

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from bench.soaking.databases import Database
from bench.soaking.marks import marks_in


@dataclass(frozen=True)
class Said:
    """A row of the outbox. `keys`: of its parts, as they were last sent; `edit`: whether it changes a message."""

    id: int
    account: str
    chat: str
    priority: int
    card: bool
    outcome: str | None
    reason: str | None
    attempts: int
    reply_to: str | None
    keys: tuple[str, ...]
    edit: bool


@dataclass(frozen=True)
class Card:
    """A live card in a chat, and the state of its complaint. `digest`: of what the office thinks stands there."""

    account: str
    chat: str
    message: str
    code: str
    state: str
    digest: str


@dataclass
class Records:
    """The records as far as the laws need them.

    keys: of works that were done.   entries: how often a mark stands on the timeline, by (mark, kind, complaint).
    steps: how often each kind happened to each complaint.   petitions: how often a mark stands in a petition.
    archived: how often a message is kept, by its mark.   answers: how many rows answer a message.
    web: messages of the web chat: id, chat, say key.   named: rows in doubt at each kill.
    """

    keys: set[str] = field(default_factory=set)
    entries: Counter[tuple[str, str, int]] = field(default_factory=Counter)
    steps: dict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    petitions: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    archived: Counter[str] = field(default_factory=Counter)
    answers: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    said: dict[int, Said] = field(default_factory=dict)
    cards: list[Card] = field(default_factory=list)
    codes: dict[int, tuple[str, str]] = field(default_factory=dict)
    web: list[tuple[int, str, str | None]] = field(default_factory=list)
    failures: int = 0

    def kinds_of(self, mark: str) -> list[str]:
        """As what a mark stands on the timeline."""
        return [kind for (of, kind, _), count in self.entries.items() if of == mark for _ in range(count)]


def read_records(database: Database) -> Records:
    """Read them all."""
    found = Records()
    found.keys = {key for (key,) in database.rows("SELECT key FROM work_key")}
    for kind, complaint, payload, personal in database.rows(
        "SELECT t.kind, t.complaint, t.payload, p.payload FROM timeline t LEFT JOIN personal p ON p.entry = t.id"
    ):
        found.steps[complaint][kind] += 1
        found.entries.update((mark, kind, complaint) for mark in set(marks_in(f"{payload} {personal}")))
    for id, words in database.rows("SELECT id, words FROM petition"):
        for mark in marks_in(words):
            found.petitions[mark].append(id)
    for (text,) in database.rows("SELECT text FROM chat_message"):
        found.archived.update(marks_in(text))
    for row in database.rows(
        "SELECT id, account, chat, priority, card_kind, outcome, reason, attempts, reply_to, text FROM outbox"
    ):
        said = _said(row)
        found.said[said.id] = said
        if said.reply_to is not None:
            found.answers[said.account, said.chat, said.reply_to] += 1
    found.codes = {id: (code, state) for id, code, state in database.rows("SELECT id, code, state FROM complaint")}
    for account, chat, message, about, digest in database.rows(
        "SELECT account, chat, message, about, shown FROM posted WHERE card AND live AND kind = 'complaint'"
    ):
        found.cards.append(Card(account, chat, message, *found.codes[about], digest))
    found.web = [(id, chat, key) for id, chat, key in database.rows("SELECT id, chat, say_key FROM web_message")]
    found.failures = database.rows("SELECT count(*) FROM failure")[0][0]
    return found


def _said(row: tuple[Any, ...]) -> Said:
    id, account, chat, priority, card, outcome, reason, attempts, reply_to, text = row
    parts = json.loads(text)["parts"] if text else []
    keys = tuple(part["key"] for part in parts if part["type"] != "PersonalMenu")  # which stands beside the messages
    edit = any(part["type"] == "Edit" for part in parts)
    return Said(id, account, chat, priority, card is not None, outcome, reason, attempts, reply_to, keys, edit)
