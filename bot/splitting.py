"""A text too long for one message, in several that are each whole."""

import re
from collections.abc import Iterable
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from bot.graphemes import clusters
from bot.markup import Run, Runs, merged, parse, runs_length, to_plain, unparse, with_addresses

SMALLEST = 128
"""Code points that a part must be allowed at least, so that the widest letter with all its tags fits."""
_WHOLE = re.compile(r"[A-Z]{2,5}-\d{1,9}-\d\d|\r\n")
"""What is never parted though it is several letters: a complaint's code, a line end."""
_WIDEST_LETTER = 32
_PIECE_OF_A_GIANT = 8


class _Atom(NamedTuple):
    """A letter or a code, and the run that it is of."""

    text: str
    run: Run


def split(text: str, limit: int, dialect: str = "html") -> list[str]:
    """The text (in the subset of `bot.markup`) in parts whose `length` in the dialect is at most `limit`.

    Each part is well-formed by itself and ends at a line if one ends in its second half, else at a space, else between
    two letters; the blank at which it ends is left out. A code is never broken. A link whose address takes more than
    half a part is written out. Raises ValueError for a limit below SMALLEST.
    """
    if limit < SMALLEST:
        raise ValueError(f"a limit of {limit} leaves no room for words; it must be {SMALLEST} or more")
    runs = parse(text)
    if runs_length(runs, dialect) <= limit:
        return [unparse(runs)]
    rest = _atoms(_links_that_fit(runs, limit, dialect))
    parts: list[str] = []
    while rest:
        size = _fitting(rest, limit, dialect)
        end = size if size == len(rest) else _good_end(rest, size)
        part = unparse(_runs(rest[:end]))
        if to_plain(part).strip():
            parts.append(part)
        rest = rest[end:]
        if rest and rest[0].text.isspace():
            rest = rest[1:]
    return parts or [""]


def _links_that_fit(runs: Runs, limit: int, dialect: str) -> Runs:
    kept: list[Run] = []
    for href, same in groupby(runs, attrgetter("href")):
        linked = tuple(same)
        if href and runs_length((Run("x", href=href),), dialect) > limit // 2:
            kept += [run._replace(text=words, href="") for words, run in with_addresses(linked)]
        else:
            kept += linked
    return merged(kept)


def _atoms(runs: Runs) -> list[_Atom]:
    """The runs cut into what is never parted: letters and codes."""
    return [_Atom(piece, run) for run in runs for piece in _whole_pieces(run.text)]


def _runs(atoms: list[_Atom]) -> Runs:
    """The atoms as runs again."""
    return tuple(
        run._replace(text="".join(atom.text for atom in same)) for run, same in groupby(atoms, attrgetter("run"))
    )


def _whole_pieces(text: str) -> Iterable[str]:
    position = 0
    for match in _WHOLE.finditer(text):
        yield from _letters(text[position : match.start()])
        yield match[0]
        position = match.end()
    yield from _letters(text[position:])


def _letters(text: str) -> Iterable[str]:
    """The letters; one with dozens of signs is of no language and is parted, so that every text fits."""
    for letter in clusters(text):
        if len(letter) <= _WIDEST_LETTER:
            yield letter
        else:
            yield from (letter[at : at + _PIECE_OF_A_GIANT] for at in range(0, len(letter), _PIECE_OF_A_GIANT))


def _fitting(atoms: list[_Atom], limit: int, dialect: str) -> int:
    """How many of the atoms fit into one part; at least one, which fits by SMALLEST."""
    low, high = 1, min(len(atoms), limit)
    while low < high:
        middle = (low + high + 1) // 2
        if runs_length(_runs(atoms[:middle]), dialect) <= limit:
            low = middle
        else:
            high = middle - 1
    return low


def _good_end(atoms: list[_Atom], size: int) -> int:
    """Where to end a part of at most `size` atoms when more follow."""
    if atoms[size].text.isspace():
        return size
    lines = [place for place in range(size // 2, size) if atoms[place].text in ("\n", "\r\n")]
    spaces = [place for place in range(size // 2, size) if atoms[place].text.isspace()]
    return (lines or spaces or [size])[-1]
