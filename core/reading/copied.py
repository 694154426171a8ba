"""What in a message is not the writer's own: quoted lines, a copied chat, a forwarded text (docs/voice.md 4.3)."""

import re
import unicodedata

from core.text import fold

_QUOTED_LINE = re.compile(r"^[ \t]*(?:>|»).*$", re.MULTILINE)
_QUOTED = re.compile(r"[“\"«„]([^“”\"»\n]{1,200})[”\"»]")
# "[25/11, 9:42 am] JE: ..." and "25/11/2026, 9:42 am - JE: ...", as phones copy them out of a chat; "Fwd: ...".
_COPIED = re.compile(
    r"^[ \t]*(?:\[[0-9]{1,2}[/.:-][0-9]{1,2}[^\]\n]{0,24}\]"
    r"|[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4},? [0-9]{1,2}:[0-9]{2}[^\n:]{0,60}:"
    r"|(?:fwd?|forwarded(?: message)?|अग्रेषित|फारवर्ड)\b\s*[:\-|])",
    re.MULTILINE,
)


def without_quoted_lines(text: str) -> str:
    """`text` without the lines that quote somebody: those that begin with >."""
    return _QUOTED_LINE.sub("", text)


def quoted(text: str) -> str:
    """The pieces of `text` in quotation marks, one a line: somebody's words, not the writer's."""
    return "\n".join(_QUOTED.findall(text))


def is_copied(text: str) -> bool:
    """Whether `text` says by its form that somebody else wrote it."""
    return _COPIED.search(fold(text)) is not None


def is_only_marks(text: str) -> bool:
    """Whether nothing is written but stops, brackets and spaces: the bare code that stood there asks for the card."""
    return all(character.isspace() or unicodedata.category(character).startswith("P") for character in text)
