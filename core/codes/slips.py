"""Which codes may have been meant by one that is wrong: "did you mean?" (docs/voice.md 3.3, code_near).

The slips: one letter or digit wrong, missing or doubled, two neighbours swapped, both check digits wrong, check digits
missing, the letters missing. The check digits leave few candidates; the caller asks which of them are registered.
"""

from collections.abc import Collection, Iterator

from core.codes.code import Code, is_serial, of_parts

_DIGITS = "0123456789"


def candidates(letters: str | None, serial: str, check: str, departments: Collection[str]) -> tuple[str, ...]:
    """The codes one slip away, likeliest first, each once.

    letters: capitals as typed, of a department or not; None when only the numbers were typed.
    serial: digits as typed.   check: the check digits as typed, "" when there are none.
    departments: the letters that departments have.
    """
    found: dict[str, None] = {}
    for code in _meant(letters, serial, check, departments):
        if code:
            found.setdefault(str(code))
    return tuple(found)


def _meant(letters: str | None, serial: str, check: str, departments: Collection[str]) -> Iterator[Code | None]:
    if letters is None:
        for each in sorted(departments):
            yield of_parts(each, serial, check)
        return
    if letters in departments:
        # Right already, once O is read as 0: the slip was in the digits' or the letters' shape.
        yield of_parts(letters, serial, check)
        yield _completed(letters, serial)
        if check:
            yield from _one_digit_off(letters, serial + check)
    if check:
        for each in sorted(departments):
            if is_one_slip(letters, each):
                yield of_parts(each, serial, check)


def _completed(letters: str, serial: str) -> Code | None:
    """The code of this serial, whatever check digits were typed."""
    return Code(letters, int(serial)) if is_serial(serial) else None


def _one_digit_off(letters: str, digits: str) -> Iterator[Code | None]:
    for meant in _one_slip_from(digits):
        yield of_parts(letters, meant[:-2], meant[-2:])


def _one_slip_from(digits: str) -> Iterator[str]:
    """All rows of digits that one slip turns into `digits`."""
    for place in range(len(digits)):
        before, after = digits[:place], digits[place + 1 :]
        if after:
            yield before + after[0] + digits[place] + after[1:]
        yield before + after
        for digit in _DIGITS:
            yield before + digit + after
    for place in range(len(digits) + 1):
        for digit in _DIGITS:
            yield digits[:place] + digit + digits[place:]


def is_one_slip(typed: str, meant: str) -> bool:
    """Whether `typed` is `meant` with one sign wrong, missing or too many, or with two neighbours swapped."""
    if typed == meant or abs(len(typed) - len(meant)) > 1:
        return False
    shorter, longer = sorted((typed, meant), key=len)
    same = next((i for i, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    if len(shorter) < len(longer):
        return shorter[same:] == longer[same + 1 :]
    swapped = longer[:same] + longer[same : same + 2][::-1] + longer[same + 2 :]
    return shorter[same + 1 :] == longer[same + 1 :] or shorter == swapped
