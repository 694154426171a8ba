"""What cannot be is refused in the reader's language, with what to do next, and changes nothing."""

from pathlib import Path

import pytest

from core.people import Role
from core.store.queries.absences import off_duty_of
from tests.bot.handlers.conversations import ADMINISTRATION, Talk, conversation, direct
from tests.bot.handlers.presence.test_leave import recorded
from tests.district import PEOPLE

pytestmark = pytest.mark.asyncio

SUNITA, ADMINISTRATOR = direct("sunita"), direct("administrator")
OVERLAPS = {
    "hi": ("⛔ सुनीता वर्मा शुक्र 27 नव॰ से शुक्र 27 नव॰ तक पहले से अवकाश पर हैं", "दूसरे दिन चुनें, या वह अवकाश हटाएँ: /अवकाश"),
    "en": ("⛔ Sunita Verma is on leave from", "Choose other days, or cancel that leave: /leave"),
}
OWN_DUTY = {
    "hi": ("⛔ अपनी हाज़िरी पर कोई स्वयं निर्णय नहीं लेता", "किसी दूसरे वरिष्ठ अधिकारी से कहें"),
    "en": ("⛔ Nobody decides on their own presence", "Ask another senior"),
}
LAST_ADMINISTRATOR = {
    "hi": ("⛔ अंतिम व्यवस्थापक नहीं हटता", "पहले किसी और को भूमिका दें: /भूमिका"),
    "en": ("⛔ The last administrator stays", "Give somebody else the role first: /role"),
}


@pytest.mark.parametrize("language", ["hi", "en"])
async def test_each_says_why_and_what_to_do(sqlite_database: str, tmp_path: Path, language: str) -> None:
    async with conversation(sqlite_database, tmp_path, seen=False, office={"language": language}) as talk:
        await an_overlapping_leave(talk, language)
        await a_senior_taking_themselves_offline(talk, language)
        await the_last_administrator_removed(talk, language)


async def an_overlapping_leave(talk: Talk, language: str) -> None:
    await talk.says("sunita", SUNITA, "/leave 27/11")
    await talk.presses("sunita", talk.last(SUNITA), "leave_yes")
    stands = recorded(talk)
    await talk.says("sunita", SUNITA, "/leave 26/11 to 28/11")
    said(await talk.presses("sunita", talk.last(SUNITA), "leave_yes"), OVERLAPS[language])
    assert recorded(talk) == stands


async def a_senior_taking_themselves_offline(talk: Talk, language: str) -> None:
    name = "एडीएम" if language == "hi" else "ADM"
    said(await talk.says("senior", ADMINISTRATION, f"/offline {name}"), OWN_DUTY[language])
    assert talk.talk.running.store.read_now(lambda c: off_duty_of(c.execute, PEOPLE["senior"])) == ()


async def the_last_administrator_removed(talk: Talk, language: str) -> None:
    await talk.says("administrator", ADMINISTRATOR, "/role anil mishra")
    taken = f"take_role:{PEOPLE['administrator']}:administrator"
    said(await talk.presses("administrator", talk.last(ADMINISTRATOR), taken), LAST_ADMINISTRATOR[language])
    store = talk.talk.running.store
    assert [each.id for each in store.read_now(store.directory).with_role(Role.ADMINISTRATOR)] == [
        PEOPLE["administrator"]
    ]


def said(answer: str, wanted: tuple[str, str]) -> None:
    """The answer says both."""
    assert all(each in answer for each in wanted), answer
