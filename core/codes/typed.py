"""The shapes in which people write a code: a department's letters or name, a number, and two check digits.

Everything here looks at folded text (core/text.py) and goes from the numbers backwards to the name before them, so a
text without numbers costs nothing and a long one takes time in proportion to its length.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

#: What people put between the letters of a name, or leave out.
LEFT_OUT = frozenset(" \n.-_")

_LEAVE_OUT = {ord(character): None for character in LEFT_OUT}

_RUN = re.compile(r"[0-9]+")
_JOIN = re.compile(r"[\s\-_./]{0,5}")
_JOINS_BEHIND = re.compile(r"[\s\-_./:#*()]*\Z")
# The words that stand between a name and its number, or before a code: "Code No.", "कोड", "शिकायत संख्या".
_LABEL = re.compile(
    r"(?:(?:(?<![a-z])(?:code|no|number)|(?<![\u0900-\u0963])(?:कोड|नं|नंबर|नम्बर|संख्या|क्रमांक))[\s.:#\-]*){1,2}\Z"
)
_LATIN_WORD = re.compile(r"(?<![a-z0-9])[a-z]{1,6}\Z")
_LISTED = re.compile(r"(?:[\s,;/&+]|और|एवं|तथा|व|and|aur|va)+\Z")

_DIGITS_FOR_LETTERS = str.maketrans("01", "oi")
_LETTERS_FOR_DIGITS = str.maketrans("oil", "011")
_NUMBER_WITH_LETTERS = re.compile(
    r"(?<![a-z0-9])(?=[oil]*[0-9][oil]*[0-9])[0-9oil]{3,9}(?![a-z0-9])"  # 1O55, I009
    r"|(?<=[0-9])[oil](?=[0-9])"  # DAO1O5576
    r"|(?<=[0-9][\-/._ ])(?=[oil]?[0-9])[0-9oil]{2}(?![a-z0-9])"  # 1055-7l
)
_NAME_WITH_DIGITS = re.compile(r"(?<![a-z0-9])(?=[01]*[a-z])(?=[a-z]*[01])[a-z01]{2,5}(?=[\s\-_./]{1,5}[0-9]{3})")


@dataclass(frozen=True)
class Run:
    """A row of digits in the folded text, from `start` up to `end`."""

    digits: str
    start: int
    end: int


@dataclass(frozen=True)
class Name:
    """What stands before a number: the letters of a department (or other Latin letters), from `start` on.

    known: whether a department has these letters.   spelled: what was written, when it was the letters themselves.
    """

    letters: str
    start: int
    known: bool


class Names:
    """How each department may be written: its letters, and its aliases in any spacing."""

    def __init__(self, letters_of: Mapping[str, str]) -> None:
        """`letters_of`: a name or alias, folded and without spaces, to the letters of its department."""
        self._letters_of = dict(letters_of)
        self._lengths = sorted({len(name) for name in letters_of}, reverse=True) or [0]
        # Twice the longest: room for a space or a dot between all its letters.
        self._reach = 2 * self._lengths[0]

    def before(self, folded: str, end: int) -> Name | None:
        """The longest department's name that ends at `end`, joins and "No." left out; None when there is none."""
        return self._ending_at(folded, _skip_label(folded, end))

    def _ending_at(self, folded: str, end: int) -> Name | None:
        pressed = folded[max(0, end - self._reach) : end].translate(_LEAVE_OUT)
        if not pressed or pressed[-1].isdigit():
            return None
        for length in self._lengths:
            letters = self._letters_of.get(pressed[-length:])
            if letters and length <= len(pressed):
                start = _place_of_last(folded, end, length)
                if _begins_a_word(folded, start):
                    return Name(letters, start, known=True)
        return None

    def or_word_before(self, folded: str, end: int) -> Name | None:
        """As `before`; else the Latin word there, whose letters no department has."""
        name = self.before(folded, end)
        if name:
            return name
        end = _back(_JOINS_BEHIND, folded, end)
        word = _LATIN_WORD.search(folded, max(0, end - 8), end)
        return Name(word.group().upper(), word.start(), known=False) if word else None


def runs(folded: str) -> list[Run]:
    """All rows of digits, in order."""
    return [Run(found.group(), found.start(), found.end()) for found in _RUN.finditer(folded)]


def joined(folded: str, first: Run, second: Run) -> bool:
    """Whether nothing but a dash, a slash, a dot or spaces stands between two rows of digits."""
    return _JOIN.fullmatch(folded, first.end, second.start) is not None


def listed(folded: str, after: int, start: int) -> bool:
    """Whether nothing but a comma or an "and" stands between two places: DPRO 1042-22, 1043-19."""
    return after < start <= after + 12 and _LISTED.match(folded, after, start) is not None


def label_before(folded: str, end: int) -> int | None:
    """Where the label ("कोड", "code", "No.") that ends at `end` begins; None when there is none."""
    start = _back(_LABEL, folded, end)
    return start if start < end else None


def as_meant(folded: str) -> str:
    """The text, as long as before, with O, I and l in numbers as 0 and 1, and 0 and 1 in names as O and I."""
    numbers = _NUMBER_WITH_LETTERS.sub(lambda found: found.group().translate(_LETTERS_FOR_DIGITS), folded)
    return _NAME_WITH_DIGITS.sub(lambda found: found.group().translate(_DIGITS_FOR_LETTERS), numbers)


def splits(folded: str, found: list[Run], index: int) -> Iterator[tuple[str, str, int]]:
    """The ways to read the row of digits at `index`: serial, check digits, and where they end."""
    run = found[index]
    if index + 1 < len(found) and len(found[index + 1].digits) == 2 and joined(folded, run, found[index + 1]):
        yield run.digits, found[index + 1].digits, found[index + 1].end
    if len(run.digits) > 5:
        yield run.digits[:-2], run.digits[-2:], run.end


def _skip_label(folded: str, end: int) -> int:
    end = _back(_JOINS_BEHIND, folded, end)
    label = _back(_LABEL, folded, end)
    return _back(_JOINS_BEHIND, folded, label) if label < end else end


def _back(pattern: re.Pattern[str], folded: str, end: int) -> int:
    """Where `pattern`, which ends at `end`, begins; `end` itself when it does not fit."""
    found = pattern.search(folded, max(0, end - 16), end)
    return found.start() if found else end


def _place_of_last(folded: str, end: int, length: int) -> int:
    """Where the last `length` characters before `end` begin, those left out not counted."""
    place = end
    while length:
        place -= 1
        length -= folded[place] not in LEFT_OUT
    return place


def _begins_a_word(folded: str, place: int) -> bool:
    """Whether the letter at `place` follows none of its own script (Hindi glued to a Latin code is usual)."""
    if place == 0:
        return True
    return _script(folded[place - 1]) != _script(folded[place])


def _script(character: str) -> str:
    if "a" <= character <= "z":
        return "latin"
    return "hindi" if "\u0900" <= character <= "\u0963" else ""
