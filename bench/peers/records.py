"""What a peer's handlers do with an update, on plain sqlite3: the same rows as ours, one transaction each, all durable.

Dedupe key, archive, presence, the complaint's state, its timeline with hash, what was asked, and the outbox. The
answers are made of short strings; there are no rules to obey and nobody's rights are checked. Nothing else is written:
no mark that a message was sent, none of where it stands. So this is less than what our own handlers do.

It imports nothing but Python's own library, for it runs in the peers' environments.
"""

import hashlib
import json
import re
import secrets
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

CODE = re.compile(r"\b[A-Z]{2,5}-\d{4,6}-\d{2}\b")
ROWS = 20
_TABLES = """
    CREATE TABLE work_key (key TEXT PRIMARY KEY, at INTEGER NOT NULL, answer TEXT NOT NULL) WITHOUT ROWID;
    CREATE TABLE complaint (
        id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, department INTEGER NOT NULL, state TEXT NOT NULL,
        due_at INTEGER NOT NULL, assignee INTEGER, version INTEGER NOT NULL, head TEXT NOT NULL, record TEXT NOT NULL);
    CREATE INDEX open_complaint ON complaint (department, due_at) WHERE state IN ('registered', 'acknowledged');
    CREATE TABLE timeline (
        id INTEGER PRIMARY KEY, complaint INTEGER NOT NULL, number INTEGER NOT NULL, kind TEXT NOT NULL,
        at INTEGER NOT NULL, person INTEGER, payload TEXT NOT NULL, digest TEXT NOT NULL, previous TEXT NOT NULL,
        hash TEXT NOT NULL, UNIQUE (complaint, number));
    CREATE TABLE personal (entry INTEGER PRIMARY KEY, salt TEXT NOT NULL, payload TEXT NOT NULL);
    CREATE TABLE outbox (
        id INTEGER PRIMARY KEY, chat INTEGER NOT NULL, priority INTEGER NOT NULL, said_at INTEGER NOT NULL,
        template TEXT NOT NULL, params TEXT NOT NULL, buttons TEXT NOT NULL, edit_of INTEGER, about INTEGER);
    CREATE TABLE seen (
        chat INTEGER NOT NULL, message INTEGER NOT NULL, person INTEGER NOT NULL, read_at INTEGER NOT NULL,
        PRIMARY KEY (chat, message, person)) WITHOUT ROWID;
    CREATE TABLE chat_message (
        id INTEGER PRIMARY KEY, chat INTEGER NOT NULL, message INTEGER NOT NULL, at INTEGER NOT NULL,
        person INTEGER NOT NULL, text TEXT NOT NULL, reply_to INTEGER, UNIQUE (chat, message, at));
    CREATE TABLE ask (
        id INTEGER PRIMARY KEY, chat INTEGER NOT NULL, person INTEGER NOT NULL, question TEXT NOT NULL,
        data TEXT NOT NULL, expires INTEGER NOT NULL);
"""


@dataclass(frozen=True)
class Update:
    """What a handler takes from its framework's own objects. `at`: seconds; `edited`: of an edited message."""

    key: str
    chat: int
    person: int
    at: int
    message: int
    text: str = ""
    data: str = ""
    reply_to: int | None = None


@dataclass(frozen=True)
class Answer:
    """What is to be sent: `edit_of` names the message that is changed, None is a new one."""

    text: str
    buttons: tuple[str, ...] = ()
    edit_of: int | None = None


@dataclass(frozen=True)
class Answers:
    """All that is to be sent for an update, and the toast where a button was pressed."""

    messages: tuple[Answer, ...] = ()
    toast: str | None = None


class Records:
    """The database of a peer; every method is one transaction, and does nothing for an update that was applied."""

    def __init__(self, path: Path, complaints: Sequence[tuple[int, str, int]]) -> None:
        """`complaints`: id, code and department of each."""
        self.solved = self.acknowledged = 0
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=FULL")
        self._db.execute("PRAGMA cache_size=-65536")
        self._db.executescript(_TABLES)
        record = json.dumps({"words": "नाली टूटने से गंदा पानी हैंडपंप के पास भर गया है", "village": "बसही"}, ensure_ascii=False)
        rows = [(id, code, department, 1_781_000_000 + id, record) for id, code, department in complaints]
        self._db.execute("BEGIN")
        self._db.executemany("INSERT INTO complaint VALUES (?, ?, ?, 'registered', ?, NULL, 1, '', ?)", rows)
        self._db.execute("COMMIT")

    # A handler each

    def talk(self, update: Update) -> Answers:
        """A message of the group, or another version of one: kept, and silence."""
        if self._begin(update):
            self._archive(update)
            self._end()
        return Answers()

    def solution(self, update: Update) -> Answers:
        """A reply to a card with a code: the complaint is solved; the card changes, and the group can undo it."""
        found = CODE.search(update.text)
        if found is None or not self._begin(update):
            return Answers()
        id, code, state, version, head = self._complaint("code", found.group())
        self._saw(update, update.reply_to)
        self._archive(update)
        if state == "solved":
            return self._said(update, (Answer(f"{code} पहले से निस्तारित है"),), about=id)
        self._happened(update, id, version, head, "solved", {"words": update.text, "in_time": True})
        self._db.execute("UPDATE complaint SET state = 'solved' WHERE id = ?", (id,))
        self.solved += 1
        card = Answer(_card(code, "✅ निस्तारित", update.text), edit_of=update.reply_to)
        undo = Answer(f"✅ {code} निस्तारित माना गया। गलत हो तो 10 मिनट में वापस लें।", (f"undo:complaint:{id}",))
        return self._said(update, (card, undo), about=id)

    def acknowledge(self, update: Update) -> Answers:
        """A press of "I'm on it": the card tells who has it."""
        if not self._begin(update):
            return Answers(toast="")
        id, code, state, version, head = self._pressed(update)
        if state != "registered":
            return self._said(update, (), toast=f"{code} पहले से किसी के पास है")
        self._happened(update, id, version, head, "acknowledged", {"officer": update.person})
        self._db.execute("UPDATE complaint SET state = 'acknowledged', assignee = ? WHERE id = ?", (update.person, id))
        self.acknowledged += 1
        card = Answer(_card(code, "🔧 काम चल रहा है", str(update.person)), _buttons(id), edit_of=update.message)
        return self._said(update, (card,), about=id, toast=f"{code} आपके पास है")

    def ask(self, update: Update) -> Answers:
        """A press that asks something back: the question is kept until it is answered."""
        if not self._begin(update):
            return Answers(toast="")
        id, code, *_ = self._pressed(update)
        question = update.data.partition(":")[0]
        row = (update.chat, update.person, question, json.dumps({"complaint": id}), update.at + 86_400)
        self._db.execute("INSERT INTO ask (chat, person, question, data, expires) VALUES (?, ?, ?, ?, ?)", row)
        return self._said(update, (Answer(f"{code}: क्या काम हुआ? इसी का उत्तर दें।", ("cancel:",)),), about=id, toast="")

    def status(self, update: Update) -> Answers:
        """/status CODE: the card."""
        found = CODE.search(update.text)
        if found is None or not self._begin(update):
            return Answers()
        self._archive(update)
        id, code, state, *_ = self._complaint("code", found.group())
        return self._said(update, (Answer(_card(code, state, ""), _buttons(id)),), about=id)

    def listed(self, update: Update) -> Answers:
        """/list, /overdue, /mine: a page of complaints."""
        if not self._begin(update):
            return Answers()
        self._archive(update)
        department = -1_001_000_000_000 - update.chat
        where, given = {
            "/list": ("department = ?", department),
            "/overdue": ("due_at < ?", update.at),
            "/mine": ("assignee = ?", update.person),
        }[update.text]
        is_open = "state IN ('registered', 'acknowledged')"
        page = f"SELECT code, state, due_at, record FROM complaint WHERE {where} AND {is_open} ORDER BY due_at LIMIT ?"  # noqa: S608
        rows = self._db.execute(page, (given, ROWS)).fetchall()
        total = self._db.execute(f"SELECT count(*) FROM complaint WHERE {where} AND {is_open}", (given,)).fetchone()  # noqa: S608
        lines = [f"{code} · {state} · {due}\n{json.loads(record)['words']}" for code, state, due, record in rows]
        return self._said(update, (Answer("\n".join([f"खुली शिकायतें: {total[0]}", *lines])),))

    # One transaction

    def _begin(self, update: Update) -> bool:
        self._db.execute("BEGIN IMMEDIATE")
        kept = self._db.execute("INSERT OR IGNORE INTO work_key VALUES (?, ?, '')", (update.key, update.at))
        if kept.rowcount:
            return True
        self._db.execute("ROLLBACK")
        return False

    def _end(self) -> None:
        self._db.execute("COMMIT")

    def _said(
        self, update: Update, messages: tuple[Answer, ...], about: int | None = None, toast: str | None = None
    ) -> Answers:
        rows = [
            (update.chat, 2, update.at, "said", each.text, json.dumps(each.buttons), each.edit_of, about)
            for each in messages
        ]
        self._db.executemany(
            "INSERT INTO outbox (chat, priority, said_at, template, params, buttons, edit_of, about)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
        self._end()
        return Answers(messages, toast)

    def _pressed(self, update: Update) -> tuple[int, str, str, int, str]:
        self._saw(update, update.message)
        return self._complaint("id", int(update.data.rpartition(":")[2]))

    def _complaint(self, column: str, value: object) -> tuple[int, str, str, int, str]:
        query = f"SELECT id, code, state, version, head FROM complaint WHERE {column} = ?"  # noqa: S608
        found: tuple[int, str, str, int, str] = self._db.execute(query, (value,)).fetchone()
        return found

    def _saw(self, update: Update, message: int | None) -> None:
        self._db.execute(
            "INSERT INTO seen VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET read_at = min(read_at, excluded.read_at)",
            (update.chat, message, update.person, update.at),
        )

    def _archive(self, update: Update) -> None:
        row = (update.chat, update.message, update.at, update.person, update.text, update.reply_to)
        self._db.execute(
            "INSERT OR IGNORE INTO chat_message (chat, message, at, person, text, reply_to) VALUES (?, ?, ?, ?, ?, ?)",
            row,
        )

    def _happened(
        self, update: Update, id: int, version: int, head: str, kind: str, payload: dict[str, object]
    ) -> None:
        """Append to the complaint's chain: hash over the entry, the digest of what is personal, and the hash before."""
        number, salt = version + 1, secrets.token_hex(16)
        personal = _canonical({"words": payload.pop("words", "")})
        digest = hashlib.sha256((salt + personal).encode()).hexdigest()
        public = _canonical(payload)
        parts = [id, number, kind, update.at, update.person, public, digest, head]
        hash = hashlib.sha256(_canonical(parts).encode()).hexdigest()
        entry = self._db.execute(
            "INSERT INTO timeline (complaint, number, kind, at, person, payload, digest, previous, hash)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (id, number, kind, update.at, update.person, public, digest, head, hash),
        ).lastrowid
        self._db.execute("INSERT INTO personal VALUES (?, ?, ?)", (entry, salt, personal))
        changed = self._db.execute(
            "UPDATE complaint SET version = ?, head = ? WHERE id = ? AND version = ?", (number, hash, id, version)
        )
        assert changed.rowcount == 1


def _canonical(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _card(code: str, state: str, words: str) -> str:
    return f"<b>{code}</b>\nB · 3 दिन\n{state}\nनाली टूटने से गंदा पानी हैंडपंप के पास भर गया है\nबसही\n{words}"


def _buttons(id: int) -> tuple[str, ...]:
    return tuple(f"{each}:complaint:{id}" for each in ("acknowledge", "solve", "more_time", "not_ours"))
