"""The small HTML subset of the bot's texts: read once, written in each platform's dialect.

The subset: <b>, <i>, <code>, <a href="https://…">, <br> or a newline, and & < > " ' as entities. Everything else is
shown as it stands: an unknown tag, a tag without its partner, a link that is neither http, https, mailto nor tel. So no
name and no complaint can break a message, whatever is in it.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from html import escape as _escape
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

_TOKEN = re.compile(
    r"<(?P<close>/?)(?P<tag>b|i|code|a)(?P<href>\s+href=\"[^\"<>]*\")?\s*>|(?P<break><br\s*/?>)"
    r"|&(?P<entity>amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});"
)
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_SAFE_LINK = re.compile(r"(https?://|mailto:|tel:)[^\s\"<>]+", re.IGNORECASE)


class Run(NamedTuple):
    """A stretch of text that looks the same throughout."""

    text: str
    bold: bool = False
    italic: bool = False
    code: bool = False
    href: str = ""


Runs = tuple[Run, ...]


def parse(text: str) -> Runs:
    """The runs of a text in the subset; neighbours that look the same are one run."""
    if "<" not in text and "&" not in text:
        return (Run(text),) if text else ()
    return merged(_styled(_balanced(_tokens(text))))


def escape(text: str) -> str:
    """Any text, so that the subset shows it as it stands."""
    return _escape(text, quote=True)


def to_html(text: str) -> str:
    """For a web page: nothing but the subset's tags, every value escaped."""
    return unparse(parse(text)).replace("\n", "<br>")


def to_telegram(text: str) -> str:
    """For Telegram's parse mode HTML, which knows no <br>."""
    return unparse(parse(text))


def to_matrix(text: str) -> str:
    """For a Matrix event's formatted_body; its body is `to_plain`."""
    return to_html(text)


def to_whatsapp(text: str) -> str:
    """For WhatsApp: *bold*, _italic_, `code`; marks in people's own words are replaced by ones that look like them."""
    return _whatsapp(parse(text))


def to_plain(text: str) -> str:
    """Words alone; a link is followed by its address."""
    return _plain(parse(text))


def write(text: str, dialect: str) -> str:
    """The text in a dialect of `Limits.markup`: html, telegram, whatsapp, matrix or plain; KeyError for another."""
    return _WRITERS[dialect](parse(text))


def length(text: str, dialect: str) -> int:
    """How much of a platform's limit the text takes: code points as written, for Telegram UTF-16 units as shown."""
    return runs_length(parse(text), dialect)


def runs_length(runs: Runs, dialect: str) -> int:
    """`length` of what is read already."""
    if dialect == "telegram":
        return len("".join(run.text for run in runs).encode("utf-16-le", "surrogatepass")) // 2
    return len(_WRITERS[dialect](runs))


def unparse(runs: Runs) -> str:
    """The runs in the subset again; `parse` is the inverse."""
    return _nested(runs, tuple(tag for tag in _HTML_TAGS if any(getattr(run, tag[0]) for run in runs)))


def merged(runs: Iterable[Run]) -> Runs:
    """The runs without empty ones, neighbours that look the same made one."""
    shown = (run for run in runs if run.text)
    return tuple(Run("".join(each.text for each in same), *look) for look, same in groupby(shown, _look))


def with_addresses(runs: Iterable[Run]) -> Iterable[tuple[str, Run]]:
    """Each run's words, and after the last run of a link its address where the words do not show it already."""
    for href, same in groupby(runs, attrgetter("href")):
        linked = tuple(same)
        for run in linked:
            yield run.text, run
        if href and "".join(run.text for run in linked) != href:
            yield f" ({href})", Run("")


# Reading


class _Token(NamedTuple):
    """A piece of the text: `shown` if it is words, else the tag `name` that opens or closes."""

    shown: str
    name: str = ""
    closes: bool = False
    href: str = ""


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    position = 0
    for match in _TOKEN.finditer(text):
        found.append(_Token(text[position : match.start()]))
        found.append(_token(match))
        position = match.end()
    found.append(_Token(text[position:]))
    return found


def _token(match: re.Match[str]) -> _Token:
    whole = match[0]
    if match["break"]:
        return _Token("\n")
    if match["entity"]:
        return _Token(_character(match["entity"], whole))
    name, href = match["tag"], match["href"] or ""
    if match["close"]:
        return _Token(whole) if href else _Token(whole, name, closes=True)
    address = _unescaped(href.partition('"')[2][:-1])
    if (name == "a") != bool(_SAFE_LINK.fullmatch(address)):
        return _Token(whole)
    return _Token(whole, name, href=address)


def _character(entity: str, whole: str) -> str:
    if entity in _NAMED:
        return _NAMED[entity]
    number = int(entity[2:], 16) if entity.startswith("#x") else int(entity[1:])
    if number == 0 or number > 0x10FFFF or 0xD800 <= number <= 0xDFFF:
        return whole
    return chr(number)


def _unescaped(address: str) -> str:
    return re.sub(r"&(amp|lt|gt|quot|apos);", lambda match: _NAMED[match[1]], address)


def _balanced(tokens: list[_Token]) -> list[_Token]:
    """The same tokens; a tag without its partner, or one that opens inside itself, has become words."""
    partners: set[int] = set()
    opened: list[int] = []
    for place, token in enumerate(tokens):
        if token.name and not token.closes and all(tokens[each].name != token.name for each in opened):
            opened.append(place)
        elif token.closes and any(tokens[each].name == token.name for each in opened):
            while tokens[opened[-1]].name != token.name:
                opened.pop()
            partners |= {opened.pop(), place}
    return [token if not token.name or place in partners else _Token(token.shown) for place, token in enumerate(tokens)]


def _styled(tokens: Iterable[_Token]) -> Iterable[Run]:
    bold = italic = code = False
    href = ""
    for token in tokens:
        match token.name:
            case "":
                yield Run(token.shown, bold, italic, code, href)
            case "a":
                href = token.href
            case "b":
                bold = not token.closes
            case "i":
                italic = not token.closes
            case "code":
                code = not token.closes


_look = attrgetter("bold", "italic", "code", "href")


# Writing


_HTML_TAGS: tuple[tuple[str, Callable[[object], str], str], ...] = (
    ("href", lambda href: f'<a href="{escape(str(href))}">', "</a>"),
    ("bold", lambda _: "<b>", "</b>"),
    ("italic", lambda _: "<i>", "</i>"),
    ("code", lambda _: "<code>", "</code>"),
)


def _nested(runs: Iterable[Run], tags: tuple[tuple[str, Callable[[object], str], str], ...]) -> str:
    """Runs with the first tag around those that share it, and the other tags inside."""
    if not tags:
        return "".join(escape(run.text) for run in runs)
    (field, opening, closing), *others = tags
    written = ""
    for value, same in groupby(runs, attrgetter(field)):
        inner = _nested(tuple(same), tuple(others))
        written += f"{opening(value)}{inner}{closing}" if value else inner
    return written


def _plain(runs: Runs) -> str:
    return "".join(text for text, _ in with_addresses(runs))


def _whatsapp(runs: Runs) -> str:
    return "".join(_marked(text, run) for text, run in with_addresses(runs))


def _marked(text: str, run: Run) -> str:
    """WhatsApp takes a mark only beside a letter and within a line: blanks stay outside, each line has its own."""
    mark = ("`" if run.code else "") + ("*" if run.bold else "") + ("_" if run.italic else "")
    lines = []
    for line in text.split("\n"):
        harmless = _without_marks(line, everywhere=bool(mark))
        words = harmless.strip()
        if mark and words:
            before, after = harmless[: len(harmless) - len(harmless.lstrip())], harmless[len(harmless.rstrip()) :]
            harmless = f"{before}{mark}{words}{mark[::-1]}{after}"
        lines.append(harmless)
    return "\n".join(lines)


_LOOKALIKE = {"*": "∗", "_": "ˍ", "~": "∼", "`": "ˋ"}
_ADDRESS = re.compile(r"(https?://\S+)")
_LINE_MARK = re.compile(r"^(\s*)([>*-])(?= )")


def _without_marks(line: str, everywhere: bool) -> str:
    """Marks that could open or close something become look-alikes; those inside a word or an address stay."""
    pieces = _ADDRESS.split(line)
    pieces[::2] = [_harmless(piece, everywhere) for piece in pieces[::2]]
    return _LINE_MARK.sub("\\1\u200b\\2", "".join(pieces))


def _harmless(words: str, everywhere: bool) -> str:
    written = []
    for place, char in enumerate(words):
        before, after = words[max(place - 1, 0) : place], words[place + 1 : place + 2]
        inside = _is_of_word(before) and _is_of_word(after)
        alone = not before.strip() and not after.strip() and not everywhere
        written.append(char if inside or alone else _LOOKALIKE.get(char, char))
    return "".join(written)


def _is_of_word(char: str) -> bool:
    return char.isalnum() or "\u0900" <= char <= "\u0963"


_WRITERS: Mapping[str, Callable[[Runs], str]] = {
    "html": lambda runs: unparse(runs).replace("\n", "<br>"),
    "telegram": unparse,
    "matrix": lambda runs: unparse(runs).replace("\n", "<br>"),
    "whatsapp": _whatsapp,
    "plain": _plain,
}
