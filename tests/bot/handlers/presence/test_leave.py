"""Leave: by one's own word or the head's, by buttons or in one line, shown before it is recorded, and taken back."""

from datetime import date

import pytest

from core.store.queries.absences import leaves_of
from tests.bot.handlers.conversations import Talk, direct
from tests.bot.handlers.mornings import at
from tests.district import PEOPLE

pytestmark = pytest.mark.asyncio

WEDNESDAY, THURSDAY, FRIDAY, MONDAY = (date(2026, 11, day) for day in (25, 26, 27, 30))
SUNITA = direct("sunita")


async def test_step_by_step_by_buttons(talk: Talk) -> None:
    assert "आपका अवकाश किस दिन है?" in await talk.says("sunita", SUNITA, "/leave")
    asked = talk.last(SUNITA)
    assert [b.label for b in asked.buttons[0]] == ["बुध 25 नव॰", "गुरु 26 नव॰", "शुक्र 27 नव॰"]
    assert "leave_for" not in str(asked.buttons), "only a head enters it for others"
    await talk.presses("sunita", asked, f"leave_on:{THURSDAY}")
    assert talk.last(SUNITA).text == "आपका गुरु 26 नव॰ का अवकाश दर्ज करना है?"
    await talk.presses("sunita", talk.last(SUNITA), "leave_more")
    assert talk.last(SUNITA).text.startswith("गुरु 26 नव॰ से किस दिन तक अवकाश है?")
    assert [b.label for b in talk.last(SUNITA).buttons[0]] == ["शुक्र 27 नव॰", "शनि 28 नव॰", "सोम 30 नव॰"]
    await talk.presses("sunita", talk.last(SUNITA), f"leave_on:{MONDAY}")
    assert talk.last(SUNITA).text == "आपका गुरु 26 नव॰ से सोम 30 नव॰ तक अवकाश दर्ज करना है?"
    assert recorded(talk) == []
    assert await talk.presses("sunita", talk.last(SUNITA), "leave_yes") == "अवकाश दर्ज हुआ"
    assert recorded(talk) == [(THURSDAY, MONDAY, "")]
    assert talk.last(SUNITA).text == "अवकाश पर: सुनीता वर्मा, गुरु 26 नव॰ से सोम 30 नव॰ तक"
    assert talk.last(direct("ashok")).text == talk.last(SUNITA).text


@pytest.mark.parametrize(
    ("words", "first", "last", "reason"),
    [
        ("/अवकाश 27/11", FRIDAY, FRIDAY, ""),
        ("/छुट्टी 26/11 से 30/11 बुखार", THURSDAY, MONDAY, "बुखार"),
        ("/leave 26/11 to 27/11 fever", THURSDAY, FRIDAY, "fever"),
        ("leave शुक्रवार शादी में", FRIDAY, FRIDAY, "शादी में"),
    ],
)
async def test_in_one_line(talk: Talk, words: str, first: date, last: date, reason: str) -> None:
    await talk.says("sunita", SUNITA, words)
    assert await talk.presses("sunita", talk.last(SUNITA), "leave_yes") == "अवकाश दर्ज हुआ"
    ((begin, end, why),) = recorded(talk)
    assert (begin, end) == (first, last)
    assert reason in why


async def test_a_senior_for_anybody(talk: Talk) -> None:
    senior = direct("senior")
    assert "अवकाश किसका है?" in await talk.says("senior", senior, "/leave"), "of no department, so none of their own"
    assert "सुनीता वर्मा का अवकाश किस दिन है?" in await talk.says("senior", senior, "सुनीता")
    await talk.presses("senior", talk.last(senior), f"leave_on:{FRIDAY}")
    assert await talk.presses("senior", talk.last(senior), "leave_yes") == "अवकाश दर्ज हुआ"
    assert recorded(talk) == [(FRIDAY, FRIDAY, "")]


async def test_the_head_for_one_of_the_department_also_afterwards(talk: Talk) -> None:
    await at(talk, 11)
    await talk.says("ashok", direct("ashok"), "/leave")
    await talk.presses("ashok", talk.last(direct("ashok")), "leave_for")
    offered = talk.last(direct("ashok"))
    assert [b.data for row in offered.buttons for b in row] == [f"leave_for:{PEOPLE['sunita']}", "cancel:"]
    assert "विभाग में विमला नाम नहीं मिला" in await talk.says("ashok", direct("ashok"), "विमला")
    await talk.says("ashok", direct("ashok"), "सुनीता")
    assert "सुनीता वर्मा का अवकाश किस दिन है?" in talk.last(direct("ashok")).text
    await talk.says("ashok", direct("ashok"), "25/11 बुखार")
    assert "सुनीता वर्मा का बुध 25 नव॰ का अवकाश दर्ज करना है?" in talk.last(direct("ashok")).text
    await talk.presses("ashok", talk.last(direct("ashok")), "leave_yes")
    assert talk.last(SUNITA).text.splitlines() == [
        "अवकाश पर: सुनीता वर्मा, बुध 25 नव॰",
        "कारण: बुखार",
        "अशोक यादव ने दर्ज किया",
    ]
    assert "सुनीता वर्मा: अनुपस्थित, अब अवकाश पर" in talk.last("group:administration").text


async def test_it_is_taken_back(talk: Talk) -> None:
    await talk.says("sunita", SUNITA, "/leave 27/11")
    await talk.presses("sunita", talk.last(SUNITA), "leave_yes")
    assert "पहले से दर्ज: शुक्र 27 नव॰" in await talk.says("sunita", SUNITA, "/leave")
    listed = talk.last(SUNITA)
    assert await talk.presses("sunita", listed, "leave_cancel") == "अवकाश वापस लिया गया"
    assert talk.last(direct("ashok")).text == "सुनीता वर्मा का शुक्र 27 नव॰ का अवकाश वापस लिया गया।"
    cancel = next(b.data for row in listed.buttons for b in row if b.data.startswith("leave_cancel"))
    assert "⛔ वह अवकाश बीत चुका है" in await talk.talk.sends("user-2", listed, cancel)


async def test_what_will_not_do_is_refused_with_the_cure(talk: Talk) -> None:
    await talk.says("sunita", SUNITA, "/leave 27/11")
    confirm = talk.last(SUNITA)
    await talk.presses("sunita", confirm, "leave_yes")
    toast = await talk.talk.sends("user-2", confirm, "leave_yes:")
    assert "यह बटन अब नहीं चलता" in toast, "what was asked is over"
    await talk.says("sunita", SUNITA, "/leave 26/11 से 28/11")
    toast = await talk.presses("sunita", talk.last(SUNITA), "leave_yes")
    assert toast.startswith("⛔ सुनीता वर्मा शुक्र 27 नव॰ से शुक्र 27 नव॰ तक पहले से अवकाश पर हैं")
    assert len(recorded(talk)) == 1
    await at(talk, 11)
    await talk.says("sunita", SUNITA, "/leave 25/11")
    assert (await talk.presses("sunita", talk.last(SUNITA), "leave_yes")).startswith("⛔"), "the window is over"
    await talk.says("a stranger", "direct:a stranger", "/leave")
    assert "कोड" in talk.last("direct:a stranger").text, "an officer's command means nothing to them"


def recorded(talk: Talk) -> list[tuple[date, date, str]]:
    """The leaves of Sunita that stand."""
    days = (date(2026, 1, 1), date(2027, 1, 1))
    found = talk.talk.running.store.read_now(lambda each: leaves_of(each.execute, PEOPLE["sunita"], *days))
    return [(each.first, each.last, each.reason) for each in found if each.cancelled_at is None]
