"""How the bot answered: counts for whoever sums up a day or a simulation."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlalchemy import Connection, distinct, func, select

from bot.store.tables import OUTBOX, POSTED
from core.store.tables import WorkKeyRow, table_of

_KEY = table_of(WorkKeyRow)
_REFUSAL = "refusal/%"
_REFUSED_IN_A_TOAST = '[["refusal/%'


def refusals(connection: Connection) -> int:
    """How many messages and presses were answered with a refusal. Reads every row."""
    said = select(func.count()).where(OUTBOX.c.template.like(_REFUSAL))
    shown = select(func.count()).where(_KEY.c.answer.like(_REFUSED_IN_A_TOAST))
    return int(connection.execute(said).scalar_one() + connection.execute(shown).scalar_one())


def unsaid(connection: Connection) -> int:
    """How many messages wait, are in doubt, or will never be said. Reads every row."""
    query = select(func.count()).where(OUTBOX.c.outcome.is_(None) | OUTBOX.c.outcome.in_(["dead", "doubtful"]))
    return int(connection.execute(query).scalar_one())


def reminders_said_at(connection: Connection) -> Iterator[datetime]:
    """When each message of the ladder was said. Reads every row."""
    query = select(OUTBOX.c.said_at).where(OUTBOX.c.template.like("reminder/%"))
    yield from connection.execute(query).scalars()


def said_by_template(connection: Connection, template: str) -> Iterator[tuple[str, str, datetime]]:
    """(chat, parameters, when) of each message made of a template. Reads every row."""
    query = select(OUTBOX.c.chat, OUTBOX.c.params, OUTBOX.c.said_at).where(OUTBOX.c.template == template)
    for row in connection.execute(query):
        yield row.chat, row.params, row.said_at


def cards_posted(connection: Connection, kind: str) -> Iterator[tuple[str, int, datetime]]:
    """(chat, id of what it shows, when) of each card of a kind that was ever posted. Reads every row."""
    query = select(POSTED.c.chat, POSTED.c.about, POSTED.c.posted_at).where(POSTED.c.kind == kind, POSTED.c.card)
    for row in connection.execute(query):
        yield row.chat, row.about, row.posted_at


def waiting_by_kind(connection: Connection) -> tuple[int, int, int]:
    """Of what waits to be said: messages, chats that get them, and cards. Reads every row."""
    waits, is_card = OUTBOX.c.outcome.is_(None), OUTBOX.c.card_kind.is_not(None)
    chats = func.count(distinct(OUTBOX.c.account + OUTBOX.c.chat))
    said = connection.execute(select(func.count(), chats).where(waits, ~is_card)).one()
    cards = connection.execute(select(func.count()).where(waits, is_card)).scalar_one()
    return said[0], said[1], cards


def live_cards(connection: Connection, kind: str) -> Mapping[int, list[tuple[str, str, str]]]:
    """By id of what the card shows: (account, chat, message) of each card of a kind that stands. Reads every row."""
    query = select(POSTED.c.about, POSTED.c.account, POSTED.c.chat, POSTED.c.message).where(
        POSTED.c.kind == kind, POSTED.c.card, POSTED.c.live
    )
    found: dict[int, list[tuple[str, str, str]]] = {}
    for id, account, chat, message in connection.execute(query):
        found.setdefault(id, []).append((account, chat, message))
    return found
