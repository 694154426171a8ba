"""A confidential petition, through a whole life: whoever must not know it finds none of its words anywhere (K1).

Every message that was said, every row that waits to be said, every page and every answer of the desk to somebody who
may not read it, everything that was logged.
"""

import logging
from collections.abc import Iterator

import httpx
import pytest
from sqlalchemy import select

from bot.store.tables import OUTBOX
from core.commands import Confirm, LinkComplainant, Merge, Reject, Reopen, Solve, Unmerge
from core.complaints import Complaint, State
from desk.desk import COOKIE
from tests.bot.handlers.conversations import ADMINISTRATION, SYSTEM, Talk, direct
from tests.district import PEOPLE

DPRO, BDO = "group:DPRO", "group:BDO"
WORDS, NAME, VILLAGE, PHONE = "गुप्तबात", "गुप्तनाम", "गुप्तगाँव", "9777712345"
SOLUTION, QUESTION, ANSWER, REASON, WRONG = "गुप्तसमाधान", "गुप्तप्रश्न", "गुप्तउत्तर", "गुप्तकारण", "गुप्तशेष"
SECRETS = (WORDS, NAME, VILLAGE, PHONE, SOLUTION, QUESTION, ANSWER, REASON, WRONG)
#: The heads of the departments that held it, and who may read it at the desk.
TOLD = {direct(name) for name in ("ashok", "ramesh", "vimla", "senior", "operator")}
MAY_READ = ("ramesh", "senior", "operator")
CITIZEN = "savitri"

pytestmark = pytest.mark.asyncio


def secrets_in(text: str) -> list[str]:
    return [each for each in SECRETS if each in text]


async def whole_life(talk: Talk) -> Complaint:
    """Registered, taken, asked about, sent on, solved, reopened, rejected, opened again, joined, parted, closed."""
    complaint, _ = await talk.register(
        "DPRO B", "JNR C", words=WORDS, name=NAME, village=VILLAGE, phone=PHONE, confidential=True
    )
    (other,) = await talk.register("DPRO B", words=WORDS, name=NAME, phone=PHONE, confidential=True)
    code = complaint.code
    await talk.talk.does(LinkComplainant("bot", CITIZEN, direct(CITIZEN), complaint.petition), SYSTEM)
    await talk.presses("sunita", talk.card(complaint, DPRO), "acknowledge")
    await talk.says("senior", direct("senior"), f"/ask {code} {QUESTION}")
    await talk.says("ashok", direct("ashok"), ANSWER, reply_to=talk.last(direct("ashok")))
    await talk.says("ashok", DPRO, f"/assign {code} sunita")
    await talk.presses("ashok", talk.card(complaint, DPRO), "not_ours")
    await talk.says("ashok", DPRO, "BDO")
    await talk.says("ashok", DPRO, REASON)
    assert talk.complaint(code).state is State.TRANSFERRED
    await talk.talk.does(Solve(code, f"{SOLUTION} पूरा कराया"), talk.actor("ramesh"))
    await talk.says("ramesh", BDO, f"{code} निस्तारित, नाली की मरम्मत कराई")
    await talk.talk.does(Reopen(code, WRONG, complainant=True), talk.actor("operator"))
    await talk.talk.does(Reject(code, "sub_judice", REASON), talk.actor("senior"))
    await talk.talk.does(Reopen(code, WRONG), talk.actor("senior"))
    await talk.talk.does(Merge(code, other.code), talk.actor("senior"))
    await talk.talk.does(Unmerge(code), talk.actor("senior"))
    await talk.talk.does(Solve(code, f"{SOLUTION} पूरा कराया"), talk.actor("ramesh"))
    for name, chat in (("sunita", DPRO), ("ramesh", BDO), ("auditor", ADMINISTRATION), ("nodal", direct("nodal"))):
        for words in (
            f"/status {code}",
            f"/history {code}",
            f"/find {WORDS[:-1]}",
            "/list",
            "/overdue",
            f"/seen {code}",
        ):
            await talk.says(name, chat, words)
    await talk.says("nodal", direct("nodal"), f"/find {NAME[:-1]}")
    await talk.says("sunita", direct("sunita"), "/mine")
    await talk.says(CITIZEN, direct(CITIZEN), code)
    return talk.complaint(code)


def said(talk: Talk) -> Iterator[tuple[str, str]]:
    for chat in (DPRO, BDO, "group:JNR", ADMINISTRATION, direct(CITIZEN), *map(direct, PEOPLE)):
        for message in talk.talk.platform.messages(chat):
            for text in message.texts:
                yield chat, text


async def test_nobody_reads_in_a_chat_what_is_not_for_them(talk: Talk, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    complaint = await whole_life(talk)
    read = list(said(talk))
    assert len(read) > 60
    for chat, text in read:
        # The complainant is greeted by name, in their own chat.
        own = text.replace(NAME, "") if chat == direct(CITIZEN) else text
        assert chat in TOLD or not secrets_in(own), (chat, text)
    with talk.talk.running.store.reading() as connection:
        rows = connection.execute(select(OUTBOX)).mappings().all()
    assert len(rows) > 60
    for row in rows:
        kept = " ".join(str(value) for value in row.values())
        own = kept.replace(NAME, "") if row["chat"] == direct(CITIZEN) else kept
        assert row["chat"] in TOLD or not secrets_in(own), row
    assert WORDS in "".join(text for chat, text in read if chat == direct("ashok")), "the head is told privately"
    assert "गोपनीय" in talk.card(complaint, BDO).text
    assert "नाम या पता न लिखें" in talk.card(complaint, BDO).text or complaint.state is State.SOLVED
    assert not secrets_in(caplog.text)


async def test_nobody_reads_at_the_desk_what_is_not_for_them(talk: Talk) -> None:
    complaint = await whole_life(talk)
    running = talk.talk.running
    pages = [
        *(f"/{query}" for query in ("", "?state=solved", "?state=overdue", "?state=closed")),
        f"/c/{complaint.code}",
        f"/find?q={complaint.code}",
        f"/find?q={WORDS[:-1]}",
        "/people",
        *(f"/api/complaints{rest}" for rest in ("", "?state=solved", f"/{complaint.code}")),
    ]
    transport = httpx.ASGITransport(running.app)
    for name in ("sunita", "nodal", "auditor", *MAY_READ):
        token = running.access.issue_link_now(PEOPLE[name], "desk", once=True, ttl=None)
        program = running.access.issue_link_now(PEOPLE[name], "chat", once=False, ttl=None)
        async with httpx.AsyncClient(transport=transport, base_url="http://desk", follow_redirects=True) as client:
            cookie = (await client.post(f"/enter/{token}", follow_redirects=False)).cookies[COOKIE]
            client.cookies = httpx.Cookies({COOKIE: cookie})
            found: set[str] = set()
            for page in pages:
                headers = {"Authorization": f"Bearer {program}"} if page.startswith("/api") else {}
                answer = await client.get(page, headers=headers)
                assert answer.status_code in (200, 403, 404), (name, page, answer.text)
                found |= set(secrets_in(answer.text))
        if name in MAY_READ:
            assert {WORDS, NAME, VILLAGE, SOLUTION, QUESTION, ANSWER} <= found
        else:
            assert not found, name


async def test_the_same_phone_brings_no_words_of_it_at_the_intake(talk: Talk) -> None:
    await talk.register("DPRO B", words=WORDS, name=NAME, phone=PHONE, confidential=True)
    running = talk.talk.running
    token = running.access.issue_link_now(PEOPLE["nodal"], "chat", once=False, ttl=None)
    petition = {"name": "राम", "phone": PHONE, "village": "बसही", "words": "सड़क टूटी है"}
    async with httpx.AsyncClient(transport=httpx.ASGITransport(running.app), base_url="http://desk") as client:
        answer = await client.post(
            "/api/petitions",
            json={**petition, "parts": [{"department": "DPRO", "category": "B"}]},
            headers={"Authorization": f"Bearer {token}"},
        )
    assert answer.status_code == 409
    assert not secrets_in(answer.text)


async def test_what_the_complainant_confirms_is_not_repeated_to_them(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B", words=WORDS, name=NAME, phone=PHONE, confidential=True)
    await talk.talk.does(LinkComplainant("bot", CITIZEN, direct(CITIZEN), complaint.petition), SYSTEM)
    await talk.talk.does(Solve(complaint.code, f"{SOLUTION} पूरा कराया"), talk.actor("ashok"))
    asked = talk.last(direct(CITIZEN))
    assert SOLUTION not in asked.text
    assert asked.button("yes_solved")
    await talk.talk.does(Confirm(complaint.code), talk.actor("senior"))
    assert SOLUTION not in talk.card(complaint, DPRO).text
