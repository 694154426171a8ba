"""The day that somebody writes: "शुक्रवार तक", "until Friday", "2 din", "27/11", "२७ नवंबर" (docs/reading.md, Days).

The words stand in core/data/days.yaml. What may be two days (कल, "2-3 दिन", "next Friday") is given as both, so that it
is asked back; nothing is guessed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.reading.day_words import day_words
from core.reading.tokens import loosened
from core.text import trace

_TOKEN = re.compile(
    r"(?P<iso>(?<![0-9/-])[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?![0-9/-]))"
    r"|(?P<full>(?<![0-9/.-])[0-9]{1,2}(?P<mark>[/.-])[0-9]{1,2}(?P=mark)(?:[0-9]{4}|[0-9]{2})(?![0-9/-]))"
    r"|(?P<pair>(?<![0-9/.-])[0-9]{1,2}[/-][0-9]{1,2}(?![0-9/-]))"
    r"|(?P<number>(?<![0-9/.-])[0-9]+(?![0-9/-]|\.[0-9]))"
    r"|(?P<word>[a-z]+|[\u0900-\u0963\u0970-\u097f]+)"
)
_EDGES = " \t\n,.;:।|-–—"
MOST_CHARACTERS = 2_000
"""Of a longer text only the beginning is read for a day."""

#: A date without its year that is longer ago than this is next year's; one that is over by less was meant so.
_LONG_AGO = timedelta(days=180)
_MOST_SPAN = 400


@dataclass(frozen=True)
class SaidDays:
    """What was read: the day, or those that it may be, in order; none, if none was written.

    rest: the other words.   reason: whether they tell something, beside that time is asked for.
    """

    days: tuple[date, ...]
    rest: str
    reason: bool


@dataclass(frozen=True)
class _Token:
    """A word, a number or a date in figures, and where it stood in the folded text."""

    kind: str
    word: str
    start: int
    end: int


@dataclass(frozen=True)
class _Found:
    """Days, and from which token up to which they were written."""

    days: tuple[date, ...]
    start: int
    end: int


def read_day(text: str, today: date) -> SaidDays:
    """The day that is written in `text`, seen from `today` (the office's date). Pure; never raises."""
    traced = trace(text[:MOST_CHARACTERS])
    tokens = [
        _Token(match.lastgroup or "", match.group(), *match.span())
        for match in _TOKEN.finditer(traced.folded)
        if match.lastgroup is not None
    ]
    tokens = [_as_word(each) for each in tokens]
    found = list(_found(tokens, today))
    cut = [traced.span(tokens[each.start].start, tokens[each.end - 1].end) for each in _with_small(found, tokens)]
    days = sorted({day for each in found for day in each.days})
    rest = _without(text, cut) if found else text.strip()
    return SaidDays(tuple(days), rest, tells_why(rest))


def tells_why(words: str) -> bool:
    """Whether words give a reason, not only "time chahiye"."""
    said = (match for match in _TOKEN.finditer(trace(words[:MOST_CHARACTERS]).folded) if match.lastgroup == "word")
    return any(loosened(match.group()) not in day_words().asking for match in said)


def _as_word(token: _Token) -> _Token:
    if token.kind == "word":
        return _Token("word", loosened(token.word), token.start, token.end)
    return _Token("full", token.word, token.start, token.end) if token.kind == "mark" else token


def _found(tokens: Sequence[_Token], today: date) -> Iterator[_Found]:
    place = 0
    while place < len(tokens):
        found = next((one for read in _READERS if (one := read(tokens, place, today))), None)
        if found is not None:
            yield found
        place = found.end if found is not None else place + 1


def _figures(tokens: Sequence[_Token], place: int, today: date) -> _Found | None:
    """2026-11-27, 27/11/2026, 27.11.26, 27/11; a pair before a unit is a span: 2-3 दिन."""
    token = tokens[place]
    if token.kind not in ("iso", "full", "pair"):
        return None
    parts = [int(each) for each in re.split("[/.-]", token.word)]
    if token.kind == "pair":
        unit = _unit(tokens, place + 1)
        if unit:
            days = tuple(day for count in parts if (day := _later(today, count, unit)))
            return None if _is_over(tokens, place + 2) else _Found(days, place, place + 2)
        day = _of_month(parts[0], parts[1], None, today)
    else:
        year, month, number = parts if token.kind == "iso" else reversed(parts)
        day = _of_month(number, month, year, today)
    return _Found((day,), place, place + 1) if day else None


def _named_month(tokens: Sequence[_Token], place: int, today: date) -> _Found | None:
    """27 नवंबर, 27th of November 2026, Nov 27."""
    number, month, end = _number(tokens, place), None, place + 1
    if number is None:
        month = day_words().months.get(_word(tokens, place))
        number = _number(tokens, end) if month else None
    else:
        while _word(tokens, end) in day_words().between:
            end += 1
        month = day_words().months.get(_word(tokens, end))
    if number is None or month is None:
        return None
    end += 1
    year = int(tokens[end].word) if end < len(tokens) and re.fullmatch("20[0-9]{2}", tokens[end].word) else None
    day = _of_month(number, month, year, today)
    return _Found((day,), place, end + (year is not None)) if day else None


def _day_of_this_month(tokens: Sequence[_Token], place: int, today: date) -> _Found | None:
    """27 तारीख: of this month, or of the next if it is over."""
    number = _number(tokens, place)
    if number is None or _word(tokens, place + 1) not in day_words().date_word:
        return None
    month, year = (today.month, today.year) if number >= today.day else _next_month(today)
    day = _of_month(number, month, year, today)
    return _Found((day,), place, place + 2) if day else None


def _span(tokens: Sequence[_Token], place: int, today: date) -> _Found | None:
    """2 दिन, do din, in 2 weeks; not "2 दिन पहले", nor "2 दिन से"."""
    count, unit = _number(tokens, place), _unit(tokens, place + 1)
    if count is None or not unit or _is_over(tokens, place + 2):
        return None
    day = _later(today, count, unit)
    return _Found((day,), place, place + 2) if day else None


def _weekday(tokens: Sequence[_Token], place: int, today: date) -> _Found | None:
    """शुक्रवार: the next that comes, never today. "Next Friday" may also be that of the week after."""
    words, start = day_words(), place
    is_next = _word(tokens, place) in words.next
    if is_next or _word(tokens, place) in words.this:
        place += 1
    number = words.weekdays.get(_word(tokens, place))
    if number is None:
        number = words.short_weekdays.get(_word(tokens, place))
        beside = len(tokens) == 1 or _word(tokens, place + 1) in words.behind
        beside = beside or _word(tokens, start - 1) in words.before
        if number is None or not beside:
            return None
    coming = today + timedelta(days=(number - today.weekday() - 1) % 7 + 1)
    week_after = today + timedelta(days=7 - today.weekday() + number)
    return _Found((coming, week_after) if is_next else (coming,), start, place + 1)


def _near(tokens: Sequence[_Token], place: int, today: date) -> _Found | None:
    """आज, tomorrow; कल and परसों point both ways, and are asked."""
    words, word = day_words(), _word(tokens, place)
    if word in words.today:
        # "आज" stands in many a reason; only alone, or as "until today", is it a day.
        beside = (
            len(tokens) == 1 or _word(tokens, place + 1) in words.behind or _word(tokens, place - 1) in words.before
        )
        return _Found((today,), place, place + 1) if beside else None
    if word in words.tomorrow:
        return _Found((today + timedelta(days=1),), place, place + 1)
    away = words.both_ways.get(word)
    if away is None or _is_over(tokens, place + 1):
        return None
    return _Found((today + timedelta(days=away), today + timedelta(days=away + 1)), place, place + 1)


_READERS = (_figures, _named_month, _day_of_this_month, _span, _weekday, _near)


def _number(tokens: Sequence[_Token], place: int) -> int | None:
    if place >= len(tokens):
        return None
    token = tokens[place]
    if token.kind == "number":
        return int(token.word) if len(token.word) <= 3 else None
    return day_words().numbers.get(token.word) if token.kind == "word" else None


def _unit(tokens: Sequence[_Token], place: int) -> str:
    return day_words().units.get(_word(tokens, place), "")


def _word(tokens: Sequence[_Token], place: int) -> str:
    return tokens[place].word if 0 <= place < len(tokens) and tokens[place].kind == "word" else ""


def _is_over(tokens: Sequence[_Token], place: int) -> bool:
    return _word(tokens, place) in day_words().over


def _later(today: date, count: int, unit: str) -> date | None:
    if not 0 < count <= _MOST_SPAN:
        return None
    if unit != "month":
        return today + timedelta(days=count * (7 if unit == "week" else 1))
    if count > 24:
        return None
    months = today.month - 1 + count
    year, month = today.year + months // 12, months % 12 + 1
    for number in (today.day, 30, 29, 28):
        if number <= today.day and (day := _of_month(number, month, year, today)):
            return day
    return None


def _next_month(today: date) -> tuple[int, int]:
    return (today.month + 1, today.year) if today.month < 12 else (1, today.year + 1)


def _of_month(number: int, month: int, year: int | None, today: date) -> date | None:
    if year is not None:
        return _date(year + 2000 if year < 100 else year, month, number)
    day = _date(today.year, month, number)
    if day is not None and today - day <= _LONG_AGO:
        return day
    return _date(today.year + 1, month, number)


def _date(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _with_small(found: Sequence[_Found], tokens: Sequence[_Token]) -> Iterator[_Found]:
    """Each with the small words around it that say no more than "until"."""
    for each in found:
        start, end = each.start, each.end
        while _word(tokens, start - 1) in day_words().before:
            start -= 1
        while _word(tokens, end) in day_words().behind:
            end += 1
        yield _Found(each.days, start, end)


def _without(text: str, cut: Sequence[tuple[int, int]]) -> str:
    """The text without these pieces, its spaces and the marks at its ends in order."""
    kept, place = [], 0
    for start, end in cut:
        kept.append(text[place:start].strip(_EDGES))
        place = max(place, end)
    kept.append(text[place:].strip(_EDGES))
    return " ".join(each for each in kept if each)
