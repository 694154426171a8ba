"""What must be true of everything that was said: once, in order, at last the last state (docs/design.md §3, 5, 6).

Said twice, or perhaps never, is only what was on its way at a kill, and that is named: at most one message of a chat
and eight of an account for each.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable
from hashlib import sha256

from bench.soaking.district import WEB, group_of
from bench.soaking.findings import Findings
from bench.soaking.journal import Arrival, Journal
from bench.soaking.records import Records, Said
from bot.composing import AGAIN
from bot.store.outbox import MOST_AT_ONCE

LOST = "what was said has arrived"
TWICE = "nothing is said twice but what was named as doubtful"
ORDER = "messages stand in a chat in the order in which they were said"
STUCK = "nothing waits in the end, and nothing is given up"
NAMED = "at a kill at most one message of a chat and eight of an account are in doubt"
SHOWN = "every complaint has one card in its group, which shows the last state"

Doubt = tuple[str, str, int]
"""Account, chat and outbox row of something that was on its way."""


def judge_doubts(kill: int, doubts: Iterable[Doubt], findings: Findings) -> None:
    """Of what was in doubt after a kill."""
    by_chat, by_account = Counter[tuple[str, str]](), Counter[str]()
    for account, chat, _ in doubts:
        by_chat[account, chat] += 1
        by_account[account] += 1
    for place, count in by_chat.items():
        findings.need(count <= 1, NAMED, f"kill {kill}: {count} in {place}")
    for account, count in by_account.items():
        findings.counts["most_in_doubt"] = max(findings.counts["most_in_doubt"], count)
        findings.need(count <= MOST_AT_ONCE, NAMED, f"kill {kill}: {count} of {account}")


def judge_messages(journal: Journal, records: Records, named: set[int], findings: Findings) -> None:
    """Of what came to stand in the platform's chats."""
    arrivals: dict[int, list[Arrival]] = defaultdict(list)
    for arrival in journal.arrivals:
        findings.counts["messages"] += 1
        arrivals[arrival.row].append(arrival)
    for said in records.said.values():
        what = f"outbox row {said.id} in {said.account}/{said.chat}: {said.outcome}, {said.reason}"
        findings.need(said.outcome in ("sent", "replaced", "doubtful"), STUCK, what)
        if said.outcome == "doubtful":
            findings.counts["doubtful"] += 1
            findings.counts["doubtful_arrived"] += bool(arrivals[said.id])
            findings.need(said.id in named, TWICE, f"{what}: doubtful without having been in doubt")
        if said.account != WEB:
            _judge_row(said, arrivals[said.id], said.id in named, what, findings)
    _judge_order(journal, records, findings)


def _judge_row(said: Said, arrivals: list[Arrival], named: bool, what: str, findings: Findings) -> None:
    arrived = Counter(each.key for each in arrivals)
    if said.outcome == "sent":
        for key in said.keys:
            findings.need(arrived[key] >= 1, LOST, f"{what}: {key} never arrived")
    if len(arrivals) <= max(1, len(said.keys)) and max(arrived.values(), default=0) <= 1:
        return
    findings.counts["repeated_edits" if said.edit else "repeated"] += 1
    findings.need(named, TWICE, f"{what}: arrived as {dict(arrived)}")
    if not said.edit:
        findings.need(max(arrived.values()) == 1, TWICE, f"{what}: arrived as {dict(arrived)}, not marked as a repeat")
        again = [each for each in arrivals if AGAIN in each.key]
        findings.need(
            len(again) >= len(arrivals) - len(said.keys),
            TWICE,
            f"{what}: arrived as {dict(arrived)}, a repeat without its mark",
        )


def _judge_order(journal: Journal, records: Records, findings: Findings) -> None:
    """In a chat, rows of one priority in the order of saying. A card's row may have waited for its state."""
    last: dict[tuple[str, str, int], int] = {}
    for arrival in journal.arrivals:
        said = records.said[arrival.row]
        if said.card:
            continue
        place = (arrival.account, arrival.chat, said.priority)
        what = f"{arrival.account}/{arrival.chat}: row {said.id} came after row {last.get(place)}"
        findings.need(last.get(place, 0) <= said.id, ORDER, what)
        last[place] = max(said.id, last.get(place, 0))
    edits: dict[tuple[str, str], int] = {}
    for arrival in journal.arrivals:
        message = (arrival.account, arrival.message)
        findings.need(
            edits.get(message, 0) <= arrival.row, ORDER, f"message {message}: an older text after a newer one"
        )
        edits[message] = arrival.row


def judge_web_messages(records: Records, findings: Findings) -> None:
    """Of what the bot said in the web chat, where the same key twice is one message: everything exactly once."""
    here = {key for _, _, key in records.web if key is not None}
    for said in records.said.values():
        if said.account == WEB and said.outcome == "sent" and not said.edit:
            findings.need(all(key in here for key in said.keys), LOST, f"outbox row {said.id} in the web chat")
    rows = Counter(key.partition("-")[0] for key in here)
    for row, count in rows.items():
        parts = len(records.said[int(row)].keys)
        findings.need(count <= max(1, parts), TWICE, f"outbox row {row} stands in the web chat {count} times")


def judge_cards(journal: Journal, records: Records, findings: Findings) -> None:
    """Of the cards, by what stands on the platform."""
    cards = Counter((card.code, card.account, card.chat) for card in records.cards)
    for code, _ in records.codes.values():
        findings.counts["complaints"] += 1
        home = group_of(code.partition("-")[0])
        findings.need(cards[code, *home] == 1, SHOWN, f"{code} has {cards[code, *home]} cards in {home}")
    for (code, account, chat), count in cards.items():
        findings.need(count == 1, SHOWN, f"{code} has {count} cards in {account}/{chat}")
    for card in records.cards:
        standing = journal.standing.get((card.account, card.message))
        if card.account == WEB:
            continue
        what = f"{card.code} ({card.state}), message {card.message} in {card.account}/{card.chat}"
        if standing is None:
            findings.need(False, SHOWN, f"{what}: no such message")
            continue
        seen = json.dumps([standing.text, standing.buttons, []], ensure_ascii=False, separators=(",", ":"))
        findings.need(card.digest == sha256(seen.encode()).hexdigest(), SHOWN, f"{what}: other words than we think")
        actions = {button["data"].partition(":")[0] for row in standing.buttons for button in row}
        findings.need(_fits(actions, card.state), SHOWN, f"{what}: offers {sorted(actions)}")


def _fits(actions: set[str], state: str) -> bool:
    """Whether the buttons are those of a state."""
    open = state in ("registered", "acknowledged", "reopened")
    return ("solve" in actions) == open and ("acknowledge" in actions) == (open and state != "acknowledged")
