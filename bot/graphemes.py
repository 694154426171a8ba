"""What a reader takes for one letter, so that no text is ever cut inside one.

The rules of Unicode's UAX 29 that our texts need: signs stay with their consonant, a conjunct stays whole (स्त, क्ष), an
emoji with its modifiers, its joined parts and its selector stays one, two regional letters are one flag.
"""

import unicodedata
from collections.abc import Iterator

ZERO_WIDTH_JOINER = "\u200d"
ZERO_WIDTH_NON_JOINER = "\u200c"
_VIRAMAS = frozenset("\u094d\u09cd\u0a4d\u0acd\u0b4d\u0c4d\u0ccd\u0d4d")
_ELLIPSIS = "…"


def clusters(text: str) -> list[str]:
    """The letters of `text` in order; joined they are `text` again."""
    return list(_letters(text))


def _letters(text: str) -> Iterator[str]:
    letter = ""
    for char in text:
        if letter and not _belongs(letter, char):
            yield letter
            letter = ""
        letter += char
    if letter:
        yield letter


def cut(text: str, limit: int) -> str:
    """`text` on one line and in at most `limit` code points, the ellipsis included (docs/voice.md 1.3).

    Ends at a word where one ends in the last third, else between two letters. What cannot be seen, and what would
    turn the direction of the rest of the line, is left out.
    """
    line = one_line(text)
    if len(line) <= limit:
        return line
    room = limit - len(_ELLIPSIS)
    begin = _last_word(line, room)
    kept = line[:begin]
    for cluster in _letters(line[begin:]):
        if len(kept) + len(cluster) > room:
            break
        kept += cluster
    word_end = kept.rfind(" ") if line[len(kept)] != " " else len(kept)
    if word_end * 3 >= len(kept) * 2:
        kept = kept[:word_end]
    return kept.rstrip(" ,;:·।.") + _ELLIPSIS


def _last_word(line: str, room: int) -> int:
    """Where the last word that begins within `room` begins, its blank included: a letter begins with every blank but
    one that a joiner has taken."""
    begin = line.rfind(" ", 0, room)
    while begin > 0 and line[begin - 1] == ZERO_WIDTH_JOINER:
        begin = line.rfind(" ", 0, begin)
    return max(begin, 0)


def one_line(text: str) -> str:
    """`text` in NFC without line breaks, control and format characters; the joiners of Hindi and emoji stay."""
    visible = text if text.isprintable() else "".join(char for char in text if _is_shown(char))
    return unicodedata.normalize("NFC", " ".join(visible.split()))


def _is_shown(char: str) -> bool:
    if char in (ZERO_WIDTH_JOINER, ZERO_WIDTH_NON_JOINER) or char.isspace():
        return True
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Cn")


def _belongs(cluster: str, char: str) -> bool:
    """Whether `char` goes on with the letter `cluster`."""
    last = cluster[-1]
    if char == "\n":
        return last == "\r"
    if last in "\r\n":
        return False
    if _extends(char):
        return True
    if last == ZERO_WIDTH_JOINER:
        return len(cluster) > 1 and (cluster[-2] in _VIRAMAS or _is_pictograph(char))
    if last in _VIRAMAS:
        return unicodedata.category(char) == "Lo"
    if _is_regional(char):
        return cluster != "" and all(_is_regional(each) for each in cluster) and len(cluster) == 1
    return False


def _extends(char: str) -> bool:
    return (
        char in (ZERO_WIDTH_JOINER, ZERO_WIDTH_NON_JOINER)
        or unicodedata.category(char) in ("Mn", "Mc", "Me")
        or "\U0001f3fb" <= char <= "\U0001f3ff"  # skin tones
        or "\U000e0020" <= char <= "\U000e007f"  # the tags that spell a flag
    )


def _is_pictograph(char: str) -> bool:
    return unicodedata.category(char) == "So"


def _is_regional(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"
