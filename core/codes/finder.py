"""Finding complaint codes, and near misses, in what people type (docs/design.md §4, Codes).

A valid code alone changes nothing: a random text passes the check once in a hundred, so whoever calls this asks the
records which codes there are. A near miss is offered with buttons, never guessed.
"""

import re
import string
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from core.codes import other_numbers as others
from core.codes import typed as shapes
from core.codes.code import of_parts
from core.codes.slips import candidates, is_one_slip
from core.text import Traced, fold, trace

#: Nobody mistypes more codes than this in one message, nor so late in it; a text made of them must not cost a second.
_MOST_ATTEMPTS = 20
_LOOKED_AT = 4_000

# Spaces, and what cannot be seen: joiners, marks of direction, the byte order mark.
_UNSEEN = string.whitespace + "\u00a0\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_LINK_BEFORE = re.compile(r"(?<!\S)\S*://\S*\Z")
_WORD = re.compile(r"\S*")
_WORD_BEFORE = re.compile(r"\w*\Z")
_FILE_BEHIND = re.compile(r"\.(?:jpe?g|png|webp|heic|mp4|pdf)\b", re.IGNORECASE)
_WRAPPINGS = frozenset(("()", "[]", "{}", '""', "''", "“”", "‘’", "**", "__", "``", "##"))


@dataclass(frozen=True)
class FoundCode:
    """A valid code in a text: `text[start:end]` is how it was typed there."""

    code: str
    start: int
    end: int


@dataclass(frozen=True)
class _Attempt:
    """What looks like a code and is none. letters None: only numbers, after the word कोड. Places: in folded text."""

    letters: str | None
    serial: str
    check: str
    start: int
    end: int


class Finder:
    """Finds codes of these departments in free text. Holds no state but the names; safe to share between threads."""

    def __init__(self, letters: Iterable[str], aliases: Mapping[str, str]) -> None:
        """`letters`: the departments' codes ("DPRO").   aliases: what people call a department, to its code.

        Of several aliases that fit the longest wins. An alias of letters that are not in `letters` is a ValueError.
        """
        self._departments = frozenset(letters)
        for alias, department in aliases.items():
            if department not in self._departments:
                raise ValueError(
                    f"alias {alias!r} names {department!r}, which is no department; add it or drop the alias"
                )
        written = {_pressed(alias): department for alias, department in aliases.items()}
        self._names = shapes.Names(written | {_pressed(each): each for each in self._departments})

    def find(self, text: str) -> tuple[FoundCode, ...]:
        """The valid codes in `text`, in order, each once, with the place of its first mention."""
        first: dict[str, FoundCode] = {}
        for found in self._all(trace(text)):
            first.setdefault(found.code, found)
        return tuple(first.values())

    def cut(self, text: str) -> str:
        """The words that stand beside the valid codes in `text`: without the codes, the word कोड or "Code No." before
        each, brackets and quotes round it, and the link or file name it stands in."""
        traced = trace(text)
        pieces, after = [], 0
        for found in self._all(traced, with_label=True):
            before, behind = _with_wrapping(text, found.start, found.end)
            pieces.append(text[after : max(after, before)])
            after = behind
        return " ".join([*pieces, text[after:]]).strip(_UNSEEN)

    def near(self, text: str, registered: Callable[[Collection[str]], Collection[str]]) -> tuple[str, ...]:
        """The registered codes that a mistyped one in `text` may mean, likeliest first.

        registered: is asked once, with all candidates, which of them there are; not at all when there is no candidate.
        """
        traced = trace(text[:_LOOKED_AT])
        offered: dict[str, None] = {}
        for attempt in self._attempts(traced):
            for code in candidates(attempt.letters, attempt.serial, attempt.check, self._departments):
                offered.setdefault(code)
        if not offered:
            return ()
        there = set(registered(tuple(offered)))
        return tuple(code for code in offered if code in there)

    def typed(self, text: str, *, sure: bool = False) -> str | None:
        """The first piece of `text` that seems meant as a code and is none, for "code {typed} not found"; else None.

        sure: only what can hardly be anything else. "DPRO 1200" may be a count, DPRO-1200 and DPRO 1200 45 are not;
        so ask with `sure` when `near` offers nothing and something is to be said all the same.
        """
        traced = trace(text[:_LOOKED_AT])
        for attempt in self._attempts(traced):
            if not sure or attempt.check or "-" in traced.folded[attempt.start : attempt.end]:
                start, end = traced.span(attempt.start, attempt.end)
                return text[start:end]
        return None

    def _all(self, traced: Traced, *, with_label: bool = False) -> Iterator[FoundCode]:
        folded, runs = traced.folded, shapes.runs(traced.folded)
        after, last = 0, ""
        for index, run in enumerate(runs):
            if run.start < after or len(run.digits) < 4:
                continue
            name = self._names.before(folded, run.start)
            if name and name.start >= after:
                letters, begin = name.letters, name.start
            elif last and shapes.listed(folded, after, run.start):
                letters, begin = last, run.start
            else:
                continue
            for serial, check, end in shapes.splits(folded, runs, index):
                code = of_parts(letters, serial, check)
                if code:
                    label = shapes.label_before(folded, begin) if with_label else None
                    start, stop = traced.span(begin if label is None else max(label, after), end)
                    yield FoundCode(str(code), start, stop)
                    after, last = end, letters
                    break

    def _attempts(self, traced: Traced) -> Iterator[_Attempt]:
        """What looks like a code and is none, each way of typing once."""
        right = {found.code for found in self._all(traced)}
        seen: set[tuple[str | None, str, str]] = set()
        folded = shapes.as_meant(traced.folded)
        runs = shapes.runs(folded)
        for index in range(len(runs)):
            attempt = self._attempt(folded, runs, index)
            if attempt is None or f"{attempt.letters}-{attempt.serial}-{attempt.check}" in right:
                continue
            form = (attempt.letters, attempt.serial, attempt.check)
            if form not in seen:
                seen.add(form)
                yield attempt
            if len(seen) == _MOST_ATTEMPTS:
                return

    def _attempt(self, folded: str, runs: list[shapes.Run], index: int) -> _Attempt | None:
        run = runs[index]
        if not 3 <= len(run.digits) <= 9:
            return None
        serial, check, end = _numbers(folded, runs, index)
        if others.is_counted(folded, end):
            return None
        name = self._names.or_word_before(folded, run.start)
        label = shapes.label_before(folded, run.start)
        if label is not None and (name is None or not name.known):
            alone = check and end > run.end and not others.is_other_label(folded, label)
            return _Attempt(None, serial, check, run.start, end) if alone else None
        if name is None or not self._may_name(name, serial, check) or others.is_vehicle(folded, name.start):
            return None
        return _Attempt(name.letters, serial, check, name.start, end)

    def _may_name(self, name: shapes.Name, serial: str, check: str) -> bool:
        """Whether letters and numbers are enough like a code to be one that went wrong in one place."""
        if name.letters in others.OTHER_LETTERS or others.is_year(serial, check):
            return False
        if name.known:
            return bool(check) or len(serial) > 3
        return bool(check) and any(is_one_slip(name.letters, each) for each in self._departments)


def _numbers(folded: str, runs: list[shapes.Run], index: int) -> tuple[str, str, int]:
    """Serial, check digits ("" when missing) and where they end, as they seem to be meant."""
    run = runs[index]
    if index + 1 < len(runs) and len(runs[index + 1].digits) < 4 and shapes.joined(folded, run, runs[index + 1]):
        return run.digits, runs[index + 1].digits, runs[index + 1].end
    if len(run.digits) > 5:
        return run.digits[:-2], run.digits[-2:], run.end
    return run.digits, "", run.end


def _with_wrapping(text: str, start: int, end: int) -> tuple[int, int]:
    """The place of a code with the link, file name, brackets or marks that it stands in."""
    if link := _LINK_BEFORE.search(text, max(0, start - 200), start):
        return link.start(), end + len("".join(_WORD.findall(text, end, end + 200)[:1]))
    if file := _FILE_BEHIND.match(text, end):
        word = _WORD_BEFORE.search(text, max(0, start - 80), start)
        return word.start() if word else start, file.end()
    while start > 0 and end < len(text) and text[start - 1] + text[end] in _WRAPPINGS:
        start, end = start - 1, end + 1
    return start, end


def _pressed(name: str) -> str:
    """A name folded, with what people leave out or put in between taken away."""
    return "".join(character for character in fold(name) if character not in shapes.LEFT_OUT)
