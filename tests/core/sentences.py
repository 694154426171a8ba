"""The sentences that the tests of reading look at: our own, and those of the file of typed messages."""

import re
from pathlib import Path

HERE = Path(__file__).parent


def cell(text: str) -> str:
    """A cell of a .tsv as the data's README writes it: \\n, \\t, \\\\ and \\u200d stand for the character."""
    plain = {"n": "\n", "t": "\t", "\\": "\\"}
    return re.sub(r"\\(u[0-9a-f]{4}|.)", lambda m: plain.get(m[1]) or chr(int(m[1][1:], 16)), text)


def rows(path: Path) -> list[list[str]]:
    """The rows of a .tsv below its head, cell by cell."""
    lines = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    return [[cell(each) for each in line.split("\t")] for line in lines[1:]]


def _own(name: str) -> list[tuple[str, bool, str]]:
    return [(expected, addressed == "yes", text) for expected, addressed, text in rows(HERE / name)]


#: Expected meaning, whether it belongs to a complaint, text. OWN were written before the reader, LATER after it.
OWN = _own("own_sentences.tsv")
LATER = _own("own_sentences_later.tsv")
#: Context, text, expected, note.
MESSAGES = rows(HERE.parent / "data/typed_messages.tsv")
