"""Dates, spans and numbers as docs/voice.md 1.1 writes them, in both languages."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from desk.language import Speech, cut, span

INDIA = ZoneInfo("Asia/Kolkata")
NOW = datetime(2026, 11, 25, 4, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("length", "hi", "oblique", "en"),
    [
        (timedelta(minutes=20), "20 मिनट", "20 मिनट", "20 min"),
        (timedelta(hours=1), "1 घंटा", "1 घंटे", "1 h"),
        (timedelta(hours=3, minutes=20), "3 घंटे 20 मिनट", "3 घंटे 20 मिनट", "3 h 20 min"),
        (timedelta(hours=6, minutes=20), "6 घंटे", "6 घंटे", "6 h"),
        (timedelta(days=1, hours=5), "1 दिन", "1 दिन", "1 day"),
        (timedelta(days=2), "2 दिन", "2 दिन", "2 days"),
        (-timedelta(hours=4), "4 घंटे", "4 घंटे", "4 h"),
        (timedelta(0), "0 मिनट", "0 मिनट", "0 min"),
    ],
)
def test_spans(length: timedelta, hi: str, oblique: str, en: str) -> None:
    assert (span(length, "hi"), span(length, "hi", oblique=True), span(length, "en")) == (hi, oblique, en)


@pytest.mark.parametrize(
    ("template", "hi", "en"),
    [
        ("{{ at|when(now) }}", "आज शाम 6:00", "today 6:00 pm"),
        ("{{ later|when(now) }}", "शुक्र 27-11-2026, सुबह 9:12", "Fri 27-11-2026, 9:12 am"),
        ("{{ at|stamp }}", "बुध 25-11-2026, शाम 6:00", "Wed 25-11-2026, 6:00 pm"),
        ("{{ at|day }}", "25-11-2026", "25-11-2026"),
        ("{{ 1234567|number }}", "12,34,567", "12,34,567"),
    ],
)
def test_filters(template: str, hi: str, en: str) -> None:
    """Research pitfall K45: Latin digits and Indian grouping in both languages."""
    values = {"at": datetime(2026, 11, 25, 12, 30, tzinfo=UTC), "later": datetime(2026, 11, 27, 3, 42, tzinfo=UTC)}
    speech = Speech(INDIA)
    for language, said in (("hi", hi), ("en", en)):
        assert speech.say(template, language, NOW, values) == said


def test_a_cut_falls_between_words() -> None:
    assert cut("नाली टूटने से गंदा पानी", 15) == "नाली टूटने से…"
    assert cut("a\n b", 10) == "a b"
    assert cut("अविभाज्य" * 5, 6) == "अविभाज्य"[:5] + "…"
