"""Words that stand in one message and nowhere else, by which it is found again in the records."""

import re
from itertools import count

_LETTERS = "bcdfghjklmnprstv"
MARK = re.compile(rf"\bzq[{_LETTERS}]{{4}}\b")


class Marks:
    """Gives each out once. They are letters alone, so that none is read as a code or a phone."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def next(self) -> str:
        """Another word."""
        number, letters = next(self._numbers), ""
        for _ in range(4):
            number, place = divmod(number, len(_LETTERS))
            letters += _LETTERS[place]
        return f"zq{letters}"


def marks_in(text: str) -> list[str]:
    """The marks that stand in a text."""
    return MARK.findall(text)
