"""The words of each meaning: the project's list (core/data/words.yaml) and what an office adds or takes away."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import yaml

from core.reading.tokens import JOINTS, Sentence, Token, loosened, tokens
from core.text import fold

_ANSWERS = ("yes", "no", "thanks")
#: May stand inside a phrase without breaking it: "काम भी हो गया", "kaam sir ho gaya".
_LIGHT = frozenset(("भी", "bhi", "ही", "अब", "ab", "आज", "aaj", "sir", "अभी", "abhi", "now"))
_MOST_LIGHT = 2


@dataclass(frozen=True)
class Span:
    """A phrase in a sentence: its meanings and its tokens, from `start` up to `end`."""

    meanings: frozenset[str]
    start: int
    end: int


# A tree of phrases: each word leads to those that may follow; under "" stand the meanings of the phrase that ends.
_Tree = dict[str, Any]
# The same in C is eight times as fast, where PyYAML was built with it.
_LOADER: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, repr=False, eq=False)
class Words:
    """The words of every meaning, ready to be found in a sentence. Made by `Words.load`; equal if one."""

    spellings: Mapping[str, tuple[str, ...]]
    _said_in_groups: _Tree
    _answers: _Tree
    _cancel: _Tree

    @classmethod
    def load(cls, extra: Mapping[str, Mapping[str, list[str]]] | None = None) -> "Words":
        """The project's words with an office's changes.

        extra: config.yaml's `words`, per meaning lists `add` and `remove` (docs/reading.md).
        Raises ValueError, naming the nearest valid one, for a meaning or key that there is not, and for a phrase to be
        removed that the meaning does not have.
        """
        return cls._made(extra) if extra else _as_they_are()

    @classmethod
    def _made(cls, extra: Mapping[str, Mapping[str, list[str]]]) -> "Words":
        spellings, meanings = _own()
        phrases = {meaning: dict(own) for meaning, own in meanings.items()}
        for meaning, change in extra.items():
            _known(meaning, phrases, "meaning")
            for key in change:
                _known(key, ("add", "remove"), "key")
            for phrase in change.get("remove", []):
                form = _phrase(phrase, spellings)
                if form not in phrases[meaning]:
                    raise ValueError(_unknown(phrase, phrases[meaning].values(), f"phrase of {meaning!r}"))
                del phrases[meaning][form]
            phrases[meaning] |= {_phrase(phrase, spellings): phrase for phrase in change.get("add", [])}
        in_groups = [meaning for meaning in phrases if meaning not in (*_ANSWERS, "trouble", "cancel")]
        return cls(
            spellings,
            _tree(phrases, in_groups),
            _tree(phrases, [*_ANSWERS, "question", "future", "but", "title", "filler", "oneself", "trouble"]),
            _tree(phrases, ["cancel", "title", "seen"]),
        )

    def sentence(self, text: str) -> Sentence:
        """`text` in tokens."""
        return tokens(text, self.spellings)

    def in_group(self, words: tuple[Token, ...]) -> tuple[Span, ...]:
        """The phrases of a message in a group, the longest at each place."""
        return tuple(_spans(words, self._said_in_groups))

    def in_answer(self, words: tuple[Token, ...]) -> tuple[Span, ...]:
        """The phrases of a complainant's answer."""
        return tuple(_spans(words, self._answers))

    def in_cancel(self, words: tuple[Token, ...]) -> tuple[Span, ...]:
        """The phrases by which an open question is dropped."""
        return tuple(_spans(words, self._cancel))


@lru_cache(maxsize=1)
def _own() -> tuple[dict[str, tuple[str, ...]], dict[str, dict[tuple[str, ...], str]]]:
    """The project's own spellings and phrases, as core/data/words.yaml has them."""
    data = yaml.load((files("core") / "data" / "words.yaml").read_text(encoding="utf-8"), Loader=_LOADER)
    # Everything is text here: a plain loader would make true and false of yes and no.
    spellings: dict[str, tuple[str, ...]] = {}
    for form, others in data.pop("spellings").items():
        words = tuple(loosened(word) for word in fold(form).split())
        for other in (form, *others):
            if len(fold(other).split()) == 1:
                spellings[loosened(fold(other))] = words
    return spellings, {meaning: {_phrase(each, spellings): each for each in own} for meaning, own in data.items()}


@cache
def _as_they_are() -> Words:
    return Words._made({})


def _phrase(text: str, spellings: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    words = tuple(token.word for token in tokens(str(text), spellings).tokens)
    if not words:
        raise ValueError(f"{text!r} has no word in Hindi or Latin letters; write the phrase as people type it")
    return words


def _tree(phrases: Mapping[str, Mapping[tuple[str, ...], str]], meanings: Iterable[str]) -> _Tree:
    root: _Tree = {}
    for meaning in meanings:
        for phrase in phrases[meaning]:
            node = root
            for word in phrase:
                node = node.setdefault(word, {})
            node[""] = node.get("", frozenset()) | {meaning}
    return root


def _spans(words: tuple[Token, ...], tree: _Tree) -> Iterator[Span]:
    place = 0
    while place < len(words):
        span = _longest(words, place, tree)
        if span:
            yield span
        place = span.end if span else place + 1


def _longest(words: tuple[Token, ...], start: int, tree: _Tree) -> Span | None:
    """The longest phrase that begins at `start`, in one clause, light words inside passed over."""
    best: Span | None = None
    node, place, light = tree, start, 0
    while place < len(words) and not _parted(words, start, place):
        word = words[place].word
        if word in node:
            node, light = node[word], 0
            if "" in node:
                best = Span(node[""], start, place + 1)
        elif node is not tree and word in _LIGHT and light < _MOST_LIGHT:
            light += 1
        else:
            break
        place += 1
    return best


def _parted(words: tuple[Token, ...], start: int, place: int) -> bool:
    """Whether a stop, not only an "and", stands before `place`."""
    return place > start and words[place].clause != words[place - 1].clause and words[place].word not in JOINTS


def _known(name: str, names: Iterable[str], what: str) -> None:
    if name not in names:
        raise ValueError(_unknown(name, names, what))


def _unknown(name: str, names: Iterable[str], what: str) -> str:
    near = get_close_matches(name, list(names), n=1, cutoff=0.0)
    return f"words: {name!r} is no {what}; did you mean {near[0]!r}?" if near else f"words: {name!r} is no {what}"
