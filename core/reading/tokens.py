"""A message as words, each in one spelling.

Two scripts are read, Devanagari and Latin. In Hindi a half nasal is ं and -यी, -ये are -ई, -ए; in Latin letters doubled
ones count once, and v is w, z is j, ph is f: nobody types हाज़िर in Latin letters twice alike (docs/voice.md 4.2).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from core.text import fold

_TOKEN = re.compile(
    r"(?P<latin>[a-z]+(?:['’][a-z]+)?)"
    r"|(?P<hindi>[\u0900-\u0963\u0970-\u097f]+)"
    r"|(?P<number>[0-9]+(?:\.[0-9]+)?)"
    r"|(?P<ask>[?؟])"
    r"|(?P<label>:|(?<=\s)-(?=\s))"
    r"|(?P<end>[.।॥;,!|\n•·]+)"
    r"|(?P<percent>%)"
)
_HALF_NASAL = re.compile(r"[ङञणनम]\u094d(?=[क-ढत-भ])")
_GLIDE = re.compile(r"(?<=.)य(?=[ीे]\Z)")
_FULL_FORMS = {"ी": "ई", "े": "ए"}
_DOUBLED = re.compile(r"([a-z])\1+")
#: The words after which another thought begins.
JOINTS = frozenset(("और", "aur", "and", "एवं", "तथा", "लेकिन", "lekin", "but", "मगर", "magar", "परंतु", "किंतु"))


@dataclass(frozen=True)
class Token:
    """A word or number in its one spelling, with the clause and the line it stands in (from 0). `:` is a token too."""

    word: str
    clause: int
    line: int
    number: bool = False


@dataclass(frozen=True)
class Sentence:
    """A message in tokens. asks: whether a question mark was written."""

    tokens: tuple[Token, ...]
    asks: bool


def tokens(text: str, spellings: Mapping[str, tuple[str, ...]]) -> Sentence:
    """`text` in tokens. spellings: from a loosened word to the words it stands for."""
    found: list[Token] = []
    clause, line, asks = 0, 0, False
    for match in _TOKEN.finditer(fold(text)):
        kind, word = match.lastgroup, match.group()
        if kind in ("end", "ask"):
            clause += 1
            line += word.count("\n")
            asks = asks or kind == "ask"
        elif kind in ("number", "percent"):
            found.append(Token(word, clause, line, number=True))
        elif kind == "label":
            found.append(Token(":", clause, line))
        else:
            loose = loosened(word)
            clause += loose in JOINTS
            found.extend(Token(each, clause, line) for each in spellings.get(loose, (loose,)))
    return Sentence(tuple(found), asks)


def loosened(word: str) -> str:
    """A folded word without the differences of spelling that nobody means."""
    if "a" <= word[0] <= "z":
        if word.endswith(("n't", "n’t")):
            return "not"
        word = word.replace("'", "").replace("’", "")
        return _DOUBLED.sub(r"\1", word.replace("v", "w").replace("z", "j").replace("ph", "f"))
    word = _HALF_NASAL.sub("ं", word)
    glide = _GLIDE.search(word)
    return word[: glide.start()] + _FULL_FORMS[word[-1]] if glide else word
