"""The day that somebody writes: what is read, what is asked back, and that nothing is ever guessed or broken."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.reading import read_day, tells_why

TODAY = date(2026, 11, 25)  # a Wednesday
NUKTA_APART = str.maketrans({"\u095b": "\u091c\u093c", "\u095e": "\u092b\u093c"})
HINDI_MONTHS = [
    *("जनवरी", "फरवरी", "मार्च", "अप्रैल", "मई", "जून"),
    *("जुलाई", "अगस्त", "सितंबर", "अक्टूबर", "नवंबर", "दिसंबर"),
]
WEEKDAYS = [
    ("सोमवार", "monday", "somvar"),
    ("मंगलवार", "tuesday", "mangalwar"),
    ("बुधवार", "wednesday", "budhvar"),
    ("गुरुवार", "thursday", "guruvar"),
    ("शुक्रवार", "friday", "shukravar"),
    ("शनिवार", "saturday", "shanivar"),
    ("रविवार", "sunday", "itwar"),
]


def days(text: str) -> list[str]:
    return [f"{day:%d %b}" for day in read_day(text, TODAY).days]


@pytest.mark.parametrize(
    ("text", "day", "rest"),
    [
        ("शुक्रवार तक, पाइप आना बाकी है।", "27 Nov", "पाइप आना बाकी है"),
        ("until Friday, the pipe has not come", "27 Nov", "the pipe has not come"),
        ("शुक्रवार को पाइप आएगा, सड़क खुदी है", "27 Nov", "पाइप आएगा, सड़क खुदी है"),
        ("SHUKRAVAAR tak pipe aana baki", "27 Nov", "pipe aana baki"),
        ("by Fri", "27 Nov", ""),
        ("शुक्र तक", "27 Nov", ""),
        ("बुधवार", "02 Dec", ""),
        ("2 din", "27 Nov", ""),
        ("दो दिन का समय, पाइप नहीं आया", "27 Nov", "समय, पाइप नहीं आया"),
        ("२ दिन में", "27 Nov", ""),
        ("in 2 weeks", "09 Dec", ""),
        ("एक महीना", "25 Dec", ""),
        ("27/11", "27 Nov", ""),
        ("27.11.2026", "27 Nov", ""),
        ("2026-11-27 न्यायालय में तारीख़", "27 Nov", "न्यायालय में तारीख़"),
        ("27 नवंबर", "27 Nov", ""),
        ("२७ नवम्बर तक", "27 Nov", ""),
        ("27th of November 2026 because of rain", "27 Nov", "because of rain"),
        ("Nov 27", "27 Nov", ""),
        ("27 तारीख को", "27 Nov", ""),
        ("20 तारीख", "20 Dec", ""),
        ("5/1", "05 Jan", ""),
        ("आज तक", "25 Nov", ""),
        ("tomorrow", "26 Nov", ""),
        ("अगले सोमवार तक", "30 Nov", ""),
    ],
)
def test_a_day_and_the_words_beside_it(text: str, day: str, rest: str) -> None:
    said = read_day(text, TODAY)
    assert ([f"{each:%d %b}" for each in said.days], said.rest) == ([day], rest)


@pytest.mark.parametrize(
    ("text", "either"),
    [
        ("कल तक", ["26 Nov", "27 Nov"]),
        ("kal", ["26 Nov", "27 Nov"]),
        ("परसों", ["27 Nov", "28 Nov"]),
        ("next Friday", ["27 Nov", "04 Dec"]),
        ("2-3 दिन लगेंगे", ["27 Nov", "28 Nov"]),
        ("27/11 या 30/11", ["27 Nov", "30 Nov"]),
    ],
)
def test_what_may_be_two_days_is_given_as_both(text: str, either: list[str]) -> None:
    assert days(text) == either


@pytest.mark.parametrize(
    "text",
    [
        *("", "🙏", "जल्दी", "31/02", "11/27", "2 दिन पहले", "2 din se pani nahi", "कल से बंद है", "रवि से बात हुई"),
        *(
            "DPRO-1042-22",
            "DPRO 1042 22",
            "98123 45610",
            "aaj ho jayega",
            "5 बजे तक",
            "wed-lock",
            "2.5 km पाइप",
            "sun lo",
        ),
    ],
)
def test_what_is_no_day_is_read_as_none(text: str) -> None:
    said = read_day(text, TODAY)
    assert (said.days, said.rest) == ((), text)


@pytest.mark.parametrize(
    ("words", "why"), [("lagenge", False), ("समय चाहिए सर", False), ("", False), ("पाइप नहीं", True), ("rain", True)]
)
def test_asking_for_time_is_no_reason(words: str, why: bool) -> None:
    assert tells_why(words) is why


AHEAD = st.integers(1, 179)
TODAYS = st.dates(date(2024, 1, 1), date(2036, 12, 31))


def devanagari(text: str) -> str:
    return "".join(chr(ord(each) - ord("0") + 0x0966) if each.isdecimal() else each for each in text)


@given(TODAYS, AHEAD)
def test_every_way_of_writing_a_date_is_that_date(today: date, ahead: int) -> None:
    day = today + timedelta(days=ahead)
    hindi, english = HINDI_MONTHS[day.month - 1], f"{day:%B}"
    for written in (
        day.isoformat(),
        f"{day:%d/%m/%Y}",
        f"{day.day}-{day.month}-{day:%y}",
        f"{day:%d.%m.%Y}",
        f"{day.day}/{day.month}",
        f"{day.day} {hindi}",
        f"{day.day} {hindi} {day.year}",
        f"{english} {day.day}",
        f"{day.day} {english[:3].upper()} {day.year}",
        f"{ahead} दिन",
        f"{ahead} din",
    ):
        for text in (written, devanagari(written), f"{written} तक, पाइप नहीं आया", f"पाइप नहीं आया ({written})"):
            assert read_day(text, today).days == (day,), text


@given(TODAYS, st.integers(0, 6))
def test_a_weekday_is_the_next_that_comes(today: date, number: int) -> None:
    for name in WEEKDAYS[number]:
        for text in (name, name.upper(), f"{name} तक", f"until {name}", name.translate(NUKTA_APART)):
            (day,) = read_day(text, today).days
            assert day.weekday() == number
            assert timedelta(0) < day - today <= timedelta(days=7)


PIECES = ["कल", "kal", "शुक्रवार", "next", "27/11", "2", "दिन", "में", "tak", "31", "नवंबर", "se", "पहले", ",", "।", "2026"]
ANYTHING = st.text() | st.lists(st.sampled_from([*PIECES, "पाइप", "DPRO-1042-22", "-", "/", "२७", "may"])).map(" ".join)


@given(ANYTHING, TODAYS)
def test_nothing_breaks_it_and_no_words_are_lost_without_a_day(text: str, today: date) -> None:
    said = read_day(text, today)
    assert list(said.days) == sorted(set(said.days))
    if not said.days:
        assert said.rest == text.strip()
    place = 0
    for character in said.rest:
        if not character.isspace():
            place = text.index(character, place) + 1  # raises ValueError for what was not written
