"""What people type, brought to one form before anything is compared with it.

One fold for codes, commands, words and names (docs/design.md §4 Codes, docs/voice.md 4.1): small letters, ASCII digits
of any script, one dash, one space, and no sign that cannot be seen; in Hindi no nukta (ज़ is ज), ँ as ं, ऑ as आ.
"""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# What people use for one another: the chandrabindu and the anusvara; the open o and the long a.
_SAME = {"\u0901": "\u0902", "\u0911": "\u0906", "\u0949": "\u093e"}
_NUKTA = "\u093c"
_LINE_ENDS = frozenset("\n\r\x0b\x0c\x85\u2028\u2029")
_MINUS = "\u2212"


@dataclass(frozen=True)
class Traced:
    """A folded text that remembers where each character came from.

    folded: the text after `fold`.   origins: for each of its characters the index in the text as it was typed.
    """

    folded: str
    origins: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The piece of the typed text that `folded[start:end]` came from; `end` must be greater than `start`."""
        return self.origins[start], self.origins[end - 1] + 1


def fold(text: str) -> str:
    """`text` as it is compared: the same for every way of typing it. Folding twice changes nothing more."""
    return "".join(map(_fold_character, text))


def fold_word(word: str) -> str:
    """A single word (a command, a name) folded, without spaces around it and without a final ं (docs/voice.md 4.1)."""
    return fold(word).strip().rstrip("\u0902")


@lru_cache(maxsize=32)  # a message is looked at by several: its codes are found, cut out, and looked for again
def trace(text: str) -> Traced:
    """Fold `text` and keep for each folded character the index it came from."""
    folded: list[str] = []
    origins: list[int] = []
    for index, character in enumerate(text):
        piece = _fold_character(character)
        folded.append(piece)
        if len(piece) == 1:
            origins.append(index)
        else:
            origins.extend([index] * len(piece))
    return Traced("".join(folded), tuple(origins))


@lru_cache(maxsize=4096)
def _fold_character(character: str) -> str:
    """One character folded: none, one, or several (a ligature)."""
    # Compatibility forms come apart, so that ज़ is the same as one sign and as two, and Ａ is a.
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", character).casefold())
    return "".join(map(_fold_part, apart))


def _fold_part(part: str) -> str:
    if part in _LINE_ENDS:
        return "\n"
    category = unicodedata.category(part)
    if category == "Nd":
        return str(unicodedata.decimal(part))
    if category == "Pd" or part == _MINUS:
        return "-"
    if category in ("Zs", "Cc"):
        return " "
    # Joiners, soft hyphens, marks of direction, styles of drawing, accents: nobody sees them or types them alike.
    if category == "Cf" or part == _NUKTA or (category == "Mn" and not _is_indic(part)):
        return ""
    return _SAME.get(part, part)


def _is_indic(mark: str) -> bool:
    """Whether a mark is a vowel sign or virama of an Indian script, which is a letter's sound and must stay."""
    return "\u0900" <= mark <= "\u0dff"
