"""More time, from the officer's words to the senior's button; pauses, categories, transfers and holidays by command."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.testing import FakeMessage
from core.commands import AskMoreTime, GrantMoreTime
from core.complaints import Complaint, State
from core.pauses import PauseFor
from core.sla import MovedBy
from tests.bot.handlers.conversations import ADMINISTRATION, Talk, conversation, direct
from tests.core.calendars import ist, said
from tests.district import DEPARTMENT_IDS

DPRO, BDO = "group:DPRO", "group:BDO"
PIPE = "सड़क खुदी है, पाइप आना बाकी है"

pytestmark = pytest.mark.asyncio


async def ask_for_time(talk: Talk, complaint: Complaint, words: str) -> str:
    """The officer presses ‘More time’ and answers."""
    await talk.presses("sunita", talk.card(complaint, DPRO), "more_time")
    return await talk.says("sunita", DPRO, words)


def question(talk: Talk, complaint: Complaint) -> FakeMessage:
    """What the seniors are asked, as it stands now."""
    found = [each for each in talk.talk.platform.messages(ADMINISTRATION) if "समय माँगा है" in each.text]
    return next(each for each in found if complaint.code in each.text)


async def test_the_officer_asks_in_one_line_and_the_senior_gives_by_a_button(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO A")
    await talk.presses("sunita", talk.card(complaint, DPRO), "more_time")
    assert "शुक्रवार तक, पाइप आना बाकी है" in talk.last(DPRO).text
    answer = await talk.says("sunita", DPRO, f"शुक्रवार तक, {PIPE}")
    assert "समय माँगा गया" in answer
    asked = question(talk, complaint)
    assert "सुनीता वर्मा ने शुक्र 27 नव॰, शाम 6:00 तक समय माँगा है" in asked.text
    assert PIPE in asked.text
    assert "समय माँगा: शुक्र 27 नव॰ तक" in talk.card(complaint, DPRO).text
    await talk.presses("senior", asked, "give_time")
    paused = talk.complaint(complaint.code)
    assert paused.state is State.PAUSED
    assert not question(talk, complaint).buttons, "nobody presses it for nothing"
    given = talk.last(DPRO).text
    assert "एडीएम (नगर) ने शुक्र 27 नव॰, शाम 6:00 तक समय दिया" in given
    card = talk.card(complaint, DPRO).text
    assert card.startswith("✋")
    assert "शुक्र 27 नव॰, सुबह 10:00 तक रुकी" in card
    assert "तब समय-सीमा: शुक्र 27 नव॰, शाम 6:00" in card


async def test_of_two_seniors_the_second_is_told_who_decided_and_what(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO A")
    await ask_for_time(talk, complaint, f"27/11 {PIPE}")
    asked = question(talk, complaint)
    await talk.presses("senior", asked, "give_time")
    decided = talk.complaint(complaint.code)
    for data in (f"give_time:complaint:{complaint.id}", f"no_more_time:complaint:{complaint.id}"):
        toast = await talk.talk.sends(user_of("other senior"), asked, data)
        assert "एडीएम (नगर)" in toast
        assert "समय दे दिया है" in toast
    assert "पहले से दर्ज" in await talk.talk.sends(user_of("senior"), asked, f"give_time:complaint:{complaint.id}")
    assert talk.complaint(complaint.code) == decided


def user_of(name: str) -> str:
    return direct(name).removeprefix("direct:")


async def test_a_senior_says_why_there_is_no_more_time(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO A")
    await ask_for_time(talk, complaint, f"शुक्रवार {PIPE}")
    await talk.presses("senior", question(talk, complaint), "no_more_time")
    await talk.says("senior", ADMINISTRATION, "आज ही कराएँ, टैंकर भेजें")
    assert "और समय नहीं मिला" in talk.last(DPRO).text
    assert "एडीएम (नगर): “आज ही कराएँ, टैंकर भेजें”" in talk.last(DPRO).text
    after = talk.complaint(complaint.code)
    assert (after.state, after.due, after.more_time) == (State.REGISTERED, complaint.due, None)
    assert not question(talk, complaint).buttons


async def test_no_more_time_without_a_word(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO A")
    await ask_for_time(talk, complaint, f"शुक्रवार {PIPE}")
    await talk.presses("senior", question(talk, complaint), "no_more_time")
    await talk.presses("senior", talk.last(ADMINISTRATION), "without_reason")
    assert "निर्णय: एडीएम (नगर)" in talk.last(DPRO).text


@pytest.mark.parametrize("words", ["शुक्रवार तक", "2 din chahiye", "२७ नवंबर", "until Friday", "27/11"])
async def test_a_day_without_a_reason_is_asked_for_the_reason_alone(talk: Talk, words: str) -> None:
    (complaint,) = await talk.register("DPRO A")
    answer = await ask_for_time(talk, complaint, words)
    assert "शुक्र 27 नव॰ तक। कारण" in answer
    assert talk.complaint(complaint.code).more_time is None
    await talk.says("sunita", DPRO, PIPE)
    asked = talk.complaint(complaint.code).more_time
    assert asked is not None
    assert (f"{asked.until:%d %b}", asked.reason) == ("27 Nov", PIPE)


async def test_a_reason_without_a_day_is_asked_for_the_day_which_a_button_gives(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO A")
    answer = await ask_for_time(talk, complaint, PIPE)
    assert "किस दिन तक" in answer
    await talk.presses("sunita", talk.last(DPRO), f"time_until:{complaint.id}:2026-11-27")
    asked = talk.complaint(complaint.code).more_time
    assert asked is not None
    assert asked.reason == PIPE


async def test_a_word_that_points_both_ways_is_asked_with_two_buttons(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO A")
    answer = await ask_for_time(talk, complaint, f"कल तक, {PIPE}")
    assert "दिन तय नहीं होता" in answer
    buttons = [each.label for row in talk.last(DPRO).buttons for each in row]
    assert buttons == ["गुरु 26 नव॰", "शुक्र 27 नव॰", "रहने दें"]
    await talk.presses("sunita", talk.last(DPRO), f"time_until:{complaint.id}:2026-11-26")
    asked = talk.complaint(complaint.code).more_time
    assert asked is not None
    assert (f"{asked.until:%d %b}", asked.reason) == ("26 Nov", PIPE)


@pytest.mark.parametrize(
    ("words", "told"),
    [("24/11", "निकल चुका है"), ("आज तक", "आज ही है"), ("रविवार तक", "कार्यालय बंद"), ("27/11/2029", "एक साल")],
)
async def test_a_day_that_will_not_do_is_answered_with_those_that_will(talk: Talk, words: str, told: str) -> None:
    (complaint,) = await talk.register("DPRO A")
    answer = await ask_for_time(talk, complaint, f"{words} {PIPE}")
    assert told in answer
    assert talk.complaint(complaint.code) == complaint
    await talk.presses("sunita", talk.last(DPRO), f"time_until:{complaint.id}:2026-11-27")
    asked = talk.complaint(complaint.code).more_time
    assert asked is not None
    assert PIPE in asked.reason, "what was written is not asked for again"


async def test_time_that_is_left_anyway_is_not_asked_for(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO C")
    answer = await ask_for_time(talk, complaint, f"शुक्रवार तक {PIPE}")
    assert "समय नहीं बढ़ता" in answer


async def test_who_has_asked_already_is_told_so_at_once(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO A")
    card = talk.card(complaint, DPRO)
    await ask_for_time(talk, complaint, f"शुक्रवार {PIPE}")
    assert "more_time" not in str(talk.card(complaint, DPRO).buttons)
    toast = await talk.talk.sends(user_of("ashok"), card, f"more_time:complaint:{complaint.id}")
    assert "सुनीता वर्मा ने शुक्र 27 नव॰ तक समय माँगा है" in toast
    stranger = await talk.talk.sends(user_of("ramesh"), card, f"more_time:complaint:{complaint.id}")
    assert "समय माँगा" not in stranger


async def test_asked_before_and_given_after_the_due_time_says_that_the_delay_stays(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO A")
    await ask_for_time(talk, complaint, f"शुक्रवार {PIPE}")
    talk.clock.set(ist("2026-11-25 19:00"))
    await talk.presses("senior", question(talk, complaint), "give_time")
    assert "देरी रिकॉर्ड में रहेगी" in talk.last(DPRO).text


async def test_a_day_that_is_over_when_time_is_given_is_asked_anew(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO A")
    await ask_for_time(talk, complaint, f"26/11 {PIPE}")
    talk.clock.set(ist("2026-11-26 12:00"))
    await talk.presses("senior", question(talk, complaint), "give_time")
    assert "निकल चुका है" in talk.last(ADMINISTRATION).text
    await talk.says("senior", ADMINISTRATION, "सोमवार तक")
    pause = talk.complaint(complaint.code).pause
    assert pause is not None
    assert said(pause.until) == "Mon 30 Nov 10:00"


async def test_a_senior_gives_time_that_nobody_asked_for(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO A")
    talk.clock.set(ist("2026-11-26 12:00"))
    card, data = talk.card(complaint, DPRO), f"give_time_unasked:complaint:{complaint.id}"
    assert "⛔" in await talk.talk.sends(user_of("ashok"), card, data)
    await talk.talk.sends(user_of("senior"), card, data)
    await talk.says("senior", DPRO, f"शनिवार तक, {PIPE}")
    pause = talk.complaint(complaint.code).pause
    assert pause is not None
    assert (said(pause.until), pause.waits_for) == ("Sat 28 Nov 10:00", PauseFor.MORE_TIME)
    assert "देरी रिकॉर्ड में रहेगी" in talk.last(DPRO).text


async def test_a_request_that_falls_takes_its_buttons_along(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO A")
    await ask_for_time(talk, complaint, f"शुक्रवार {PIPE}")
    await talk.says("sunita", DPRO, f"{complaint.code} निस्तारित, नाली की मरम्मत कराई", photos=["a" * 64])
    assert talk.complaint(complaint.code).state is State.SOLVED
    assert not question(talk, complaint).buttons


async def test_the_words_about_a_confidential_complaint_stay_out_of_the_groups(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO A", confidential=True)
    await talk.talk.does(
        AskMoreTime(complaint.code, ist("2026-11-27 10:00").date(), "उनका पता गलत है"), talk.actor("ashok")
    )
    await talk.talk.does(GrantMoreTime(complaint.code), talk.actor("senior"))
    for group in (DPRO, ADMINISTRATION):
        assert not any("पता गलत" in each.text for each in talk.talk.platform.messages(group))


async def test_a_pause_by_command_step_by_step(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO A")
    await talk.says("operator", ADMINISTRATION, "/रोकें")
    await talk.presses("operator", talk.last(ADMINISTRATION), f"pause:complaint:{complaint.id}")
    await talk.presses("operator", talk.last(ADMINISTRATION), f"pause_for:{complaint.id}:court")
    await talk.presses("operator", talk.last(ADMINISTRATION), f"pause_until:{complaint.id}:2026-11-27")
    answer = await talk.says("operator", ADMINISTRATION, "न्यायालय ने तारीख दी है")
    assert "न्यायालय" in answer
    assert "रुकी" in talk.last(DPRO).text
    paused = talk.complaint(complaint.code)
    assert paused.pause is not None
    assert (paused.pause.waits_for, paused.pause.reason) == (PauseFor.COURT, "न्यायालय ने तारीख दी है")
    await talk.says("senior", ADMINISTRATION, f"/pause {complaint.code}")
    await talk.presses("senior", talk.last(ADMINISTRATION), "resume")
    assert "रोक समाप्त हुई" in talk.last(DPRO).text
    assert talk.complaint(complaint.code).state is State.REGISTERED


async def test_a_pause_in_one_line(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO A")
    await talk.says("senior", direct("senior"), f"/pause {complaint.code} complainant 30/11 papers are missing")
    paused = talk.complaint(complaint.code)
    assert paused.pause is not None
    assert (paused.pause.waits_for, paused.pause.reason) == (PauseFor.COMPLAINANT, "papers are missing")
    assert "✋" in talk.last(direct("senior")).text


@pytest.mark.parametrize("command", ["/pause", "/category", "/holiday"])
async def test_who_may_not_is_told_who_may(talk: Talk, command: str) -> None:
    (complaint,) = await talk.register("DPRO A")
    assert "⛔" in await talk.says("sunita", DPRO, f"{command} {complaint.code}")
    assert talk.complaint(complaint.code) == complaint


async def test_the_clock_ends_a_pause_and_the_group_reads_when_it_is_due(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO A")
    await talk.says("senior", ADMINISTRATION, f"/रोकें {complaint.code} न्यायालय 27/11 तारीख है")
    talk.clock.set(ist("2026-11-27 10:00"))
    await talk.talk.looks_at_the_clock()
    assert talk.complaint(complaint.code).state is State.REGISTERED
    assert "रोक समाप्त हुई। समय-सीमा: आज शाम 6:00" in talk.last(DPRO).text


async def test_a_category_up_by_buttons_and_down_with_a_reason(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    await talk.says("operator", ADMINISTRATION, f"/श्रेणी {complaint.code}")
    await talk.presses("operator", talk.last(ADMINISTRATION), f"to_category:{complaint.id}:A")
    assert "श्रेणी अब A · आज। समय-सीमा: आज शाम 6:00" in talk.last(DPRO).text
    await talk.says("senior", ADMINISTRATION, f"/category {complaint.code} c")
    assert talk.complaint(complaint.code).category == "A"
    await talk.says("senior", ADMINISTRATION, "सामान नहीं मिला")
    after = talk.complaint(complaint.code)
    assert (after.category, said(after.due.at)) == ("C", "Wed 02 Dec 18:00")
    assert "“सामान नहीं मिला”" in talk.last(DPRO).text
    assert "C · 7 दिन" in talk.card(complaint, DPRO).text


async def test_a_category_is_not_lowered_after_the_due_time(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO A")
    talk.clock.set(complaint.due.at)
    answer = await talk.says("senior", ADMINISTRATION, f"/category {complaint.code} C")
    assert "समय-सीमा निकलने के बाद श्रेणी नहीं घटती" in answer


async def test_after_three_transfers_the_administration_group_decides(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO C")
    for group, who, to in ((DPRO, "sunita", "BDO"), (BDO, "ramesh", "JNR"), ("group:JNR", "vimla", "DPRO")):
        await talk.says(who, group, f"/transfer {complaint.code} {to}")
        await talk.says(who, group, "हमारा काम नहीं")
    asked = talk.last(ADMINISTRATION)
    assert "3 बार बदल चुका है" in asked.text
    refused = await talk.says("sunita", DPRO, f"/transfer {complaint.code} BDO")
    refused += await talk.says("sunita", DPRO, "हमारा नहीं है")
    assert "प्रशासन ग्रुप तय करेगा" in refused
    await talk.presses("senior", asked, "change_department")
    await talk.says("senior", ADMINISTRATION, "BDO")
    await talk.says("senior", ADMINISTRATION, "ब्लॉक का काम है")
    assert talk.complaint(complaint.code).department == DEPARTMENT_IDS["BDO"]


async def test_a_holiday_is_confirmed_before_it_happens_and_told_once_in_each_group(talk: Talk) -> None:
    moves = await talk.register("DPRO B", "BDO B")
    (second,) = await talk.register("DPRO B")
    (other,) = await talk.register("JNR C")
    mine = direct("administrator")
    await talk.says("administrator", mine, "/कार्यालयबंद शनिवार भारी वर्षा")
    asked = talk.last(mine)
    assert "शनि 28 नव॰ को कार्यालय बंद करना है: भारी वर्षा?" in asked.text
    assert "3 शिकायतों" in asked.text
    assert talk.complaint(second.code) == second, "nothing happens before it is confirmed"
    before = {group: len(talk.talk.platform.messages(group)) for group in (DPRO, BDO, "group:JNR")}
    await talk.presses("administrator", asked, "holiday_yes")
    assert "3 शिकायतों की समय-सीमा बदली" in talk.last(mine).text
    new = {group: talk.talk.platform.messages(group)[count:] for group, count in before.items()}
    (told,) = new[DPRO]
    assert "अब समय-सीमा सोम 30 नव॰, शाम 6:00" in told.text
    assert all(each.code in told.text for each in (moves[0], second))
    assert [len(new[group]) for group in (BDO, "group:JNR")] == [1, 0]
    assert "सोम 30 नव॰" in talk.card(second, DPRO).text
    assert [each.by for each in talk.complaint(second.code).due.moved] == [MovedBy.HOLIDAY]
    assert talk.complaint(other.code) == other
    again = await talk.says("administrator", mine, "/holiday 28/11 चुनाव")
    assert "पहले से बंद है: भारी वर्षा" in again


async def test_a_holiday_is_taken_back_and_told_once_where_something_had_moved(talk: Talk) -> None:
    moved, _ = await talk.register("DPRO B", "BDO C")
    mine, groups = direct("administrator"), (DPRO, BDO, ADMINISTRATION)
    await talk.says("administrator", mine, "/holiday 28/11 भारी वर्षा")
    await talk.presses("administrator", talk.last(mine), "holiday_yes")
    await talk.says("administrator", mine, "/holiday")
    before = {group: len(talk.talk.platform.messages(group)) for group in groups}
    await talk.presses("administrator", talk.last(mine), "open_which")
    asked = talk.last(mine)
    assert "शनि 28 नव॰ को कार्यालय खोलना है? बंद घोषित था: भारी वर्षा" in asked.text
    assert "1 शिकायत की समय-सीमा आगे बढ़ी थी; वह वही रहेगी।" in asked.text
    stands = talk.complaint(moved.code)
    await talk.presses("administrator", asked, "open_yes")
    assert "शनि 28 नव॰ को कार्यालय खुला रहेगा" in talk.last(mine).text
    new = {group: [each.text for each in talk.talk.platform.messages(group)[count:]] for group, count in before.items()}
    ((told,), *others) = (new[group] for group in groups)
    assert moved.code in told
    assert others == [[], []], "nothing had moved there"
    assert talk.complaint(moved.code) == stands
    (later,) = await talk.register("DPRO B")
    assert said(later.due.at) == "Sat 28 Nov 18:00"
    assert "पहले से खुला है" in await talk.presses("administrator", asked, "open_yes"), "pressed again it says so"


async def test_a_holiday_is_taken_back_in_words_and_what_cannot_be_says_why(talk: Talk) -> None:
    mine = direct("administrator")
    await talk.says("administrator", mine, "/holiday 28/11 भारी वर्षा")
    await talk.presses("administrator", talk.last(mine), "holiday_yes")
    assert "यहाँ से बंद घोषित नहीं है" in await talk.says("administrator", mine, "/holiday cancel 29/11")
    assert "पहले से खुला है" in await talk.says("administrator", mine, "/कार्यालयबंद रद्द 27/11")
    assert "खोलना है?" in await talk.says("administrator", mine, "/कार्यालयबंद रद्द शनिवार")
    await talk.says("administrator", mine, "/holiday 27/11 चुनाव")
    await talk.presses("administrator", talk.last(mine), "holiday_yes")
    await talk.says("administrator", mine, "/holiday")
    await talk.presses("administrator", talk.last(mine), "open_which")
    assert talk.last(mine).button("open_again:2026-11-27").label == "शुक्र 27 नव॰"
    assert "28 नव॰ को कार्यालय खोलना है?" in await talk.says("administrator", mine, "शनिवार")
    asked = talk.last(mine)
    await talk.talk.sends(user_of("senior"), asked, "open_yes:2026-11-28")
    assert "पहले से बंद है" in await talk.says("administrator", mine, "/holiday 28/11 चुनाव"), "a senior opens nothing"
    assert talk.last(mine).button("open_again:2026-11-28").label == "कार्यालय खोलें"


async def test_a_holiday_step_by_step(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    mine = direct("administrator")
    await talk.says("administrator", mine, "/holiday")
    assert "निकल चुका है" in await talk.says("administrator", mine, "24/11 भारी वर्षा")
    await talk.presses("administrator", talk.last(mine), "holiday_on:2026-11-28")
    await talk.presses("administrator", talk.last(mine), "holiday_yes")
    assert said(talk.complaint(complaint.code).due.at) == "Mon 30 Nov 18:00"


async def test_a_confirmation_that_is_over_declares_nothing(talk: Talk) -> None:
    (complaint,) = await talk.register("DPRO B")
    mine = direct("administrator")
    await talk.says("administrator", mine, "/holiday 28/11 भारी वर्षा")
    asked = talk.last(mine)
    await talk.talk.sends(user_of("administrator"), asked, "holiday_yes:2026-11-27")
    assert "शुक्र 27 नव॰: कार्यालय क्यों बंद है" in talk.last(mine).text, "another day than the one that was shown"
    await talk.says("administrator", mine, "रहने दें")
    await talk.talk.sends(user_of("administrator"), asked, "holiday_yes:2026-11-28")
    assert talk.complaint(complaint.code) == complaint
    for data in ("holiday_yes:2026-11-99", "holiday_on:kal", "holiday_yes:"):
        await talk.talk.sends(user_of("administrator"), asked, data)
        await talk.talk.sends(user_of("senior"), asked, data)
    assert talk.complaint(complaint.code) == complaint


async def test_in_english(sqlite_database: str, tmp_path: Path) -> None:
    async with conversation(sqlite_database, tmp_path, office={"language": "en"}) as talk:
        (complaint,) = await talk.register("DPRO A")
        await talk.presses("sunita", talk.card(complaint, DPRO), "more_time")
        await talk.says("sunita", DPRO, "until Friday, the pipe has not come")
        asked = talk.last(ADMINISTRATION)
        assert "Sunita Verma asks for time until Fri 27 Nov, 6:00 pm" in asked.text
        talk.clock.advance(timedelta(minutes=5))
        await talk.presses("senior", asked, "give_time")
        assert "ADM (City) gave time until Fri 27 Nov, 6:00 pm" in talk.last(DPRO).text
        assert "paused until Fri 27 Nov, 10:00 am" in talk.card(complaint, DPRO).text
