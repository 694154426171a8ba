"""What a complaint's code is: the department's letters, a serial, and two check digits over both.

The check digits are ISO 7064 mod 97-10, as in an IBAN: one wrong letter (DSO for DHO) is caught as surely as one wrong
digit, and so are two neighbours that changed places (docs/design.md §4, Codes).
"""

import re
from dataclasses import dataclass

from stdnum.iso7064 import mod_97_10

FIRST_SERIAL = 1001
#: A department never registers ten million complaints; longer numbers are phones, cards and accounts.
MOST_SERIAL_DIGITS = 7

_LETTERS = re.compile(r"[A-Z]{2,5}")
_CODE = re.compile(rf"([A-Z]{{2,5}})-([1-9][0-9]{{3,{MOST_SERIAL_DIGITS - 1}}})-([0-9]{{2}})")


@dataclass(frozen=True)
class Code:
    """A code whose check digits are right. `str(code)` is how it is shown: DPRO-1042-22."""

    letters: str
    serial: int

    @property
    def check(self) -> str:
        """Its two check digits."""
        return check_digits(self.letters, self.serial)

    def __str__(self) -> str:
        """As on the card and on the slip."""
        return make(self.letters, self.serial)


def check_digits(letters: str, serial: int) -> str:
    """The two check digits over a department's letters (two to five capitals) and a serial (1001 or more).

    Raises ValueError for letters or a serial that no code has.
    """
    if not _LETTERS.fullmatch(letters):
        raise ValueError(f"{letters!r} is no department's code: give two to five capital letters, such as DPRO")
    if serial < FIRST_SERIAL or len(str(serial)) > MOST_SERIAL_DIGITS:
        raise ValueError(
            f"{serial} is no serial: serials start at {FIRST_SERIAL} and have at most {MOST_SERIAL_DIGITS} digits"
        )
    return mod_97_10.calc_check_digits(f"{letters}{serial}")


def make(letters: str, serial: int) -> str:
    """The code of a department's complaint: `make("DPRO", 1042)` is DPRO-1042-22. Raises as `check_digits` does."""
    return f"{letters}-{serial}-{check_digits(letters, serial)}"


def parse(code: str) -> Code | None:
    """The parts of a code written exactly as it is shown, or None. For what people type there is `Finder.find`."""
    parts = _CODE.fullmatch(code)
    if not parts:
        return None
    letters, serial, check = parts.groups()
    return of_parts(letters, serial, check)


def is_valid(code: str) -> bool:
    """Whether `code` is written exactly as codes are shown and its check digits are right."""
    return parse(code) is not None


def is_serial(digits: str) -> bool:
    """Whether a row of ASCII digits is a serial that codes have: 1001 or more, no zero in front, at most 7 digits."""
    return digits[:1] != "0" and len(digits) <= MOST_SERIAL_DIGITS and digits != "" and int(digits) >= FIRST_SERIAL


def of_parts(letters: str, serial: str, check: str) -> Code | None:
    """The code of these letters, if `serial` and `check` are such digits as codes have and fit together; else None."""
    if not is_serial(serial):
        return None
    code = Code(letters, int(serial))
    return code if code.check == check else None
