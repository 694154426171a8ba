"""The complainant's answer to "is it really solved?", and dropping an open question (docs/voice.md 4.2, last rows)."""

from core.reading.meaning import Answer
from core.reading.said import buts, is_future
from core.reading.tokens import Token
from core.reading.words import Span, Words

_SMALL = frozenset(("title", "filler", "oneself"))
#: A longer answer is a story; whether it says yes is asked with two buttons.
_MOST_CHARACTERS = 1_000
_LONGEST_CANCEL = 100


def read_answer(text: str, words: Words) -> Answer:
    """Yes, no, only thanks, or unsure. "ok thanks" is neither yes nor no; a yes with a "but" is unsure; whatever says
    that something is missing is a no. Nothing is closed or reopened on UNSURE or THANKS: it is asked again."""
    if len(text) > _MOST_CHARACTERS:
        return Answer.UNSURE
    sentence = words.sentence(text)
    tokens = sentence.tokens
    spans = words.in_answer(tokens)
    spans += tuple(buts(tokens, spans))
    said = frozenset[str]().union(*(span.meanings for span in spans))
    if sentence.asks or "question" in said:
        return Answer.UNSURE
    if "no" in said:
        return Answer.UNSURE if _is_no_trouble(tokens, spans) else Answer.NO
    if said & {"future", "but"} or any(is_future(token.word) for token in tokens):
        return Answer.UNSURE
    if "yes" in said:
        return Answer.YES
    only_thanks = all(not span.meanings.isdisjoint({"thanks", *_SMALL}) for span in spans) and _covers(spans, tokens)
    return Answer.THANKS if "thanks" in said and only_thanks else Answer.UNSURE


def is_cancel(text: str, words: Words) -> bool:
    """Whether `text` drops the open question and says nothing else: रहने दें, cancel."""
    if len(text) > _LONGEST_CANCEL:
        return False
    tokens = words.sentence(text).tokens
    spans = words.in_cancel(tokens)
    return any("cancel" in span.meanings for span in spans) and _covers(spans, tokens)


def _covers(spans: tuple[Span, ...], tokens: tuple[Token, ...]) -> bool:
    return len({place for span in spans for place in range(span.start, span.end)}) == len(tokens)


def _is_no_trouble(tokens: tuple[Token, ...], spans: tuple[Span, ...]) -> bool:
    """Whether the only no is "no problem" (कोई दिक्कत नहीं): it may well be solved, and is asked with buttons."""
    nos = [span for span in spans if "no" in span.meanings]
    around = range(max(0, nos[0].start - 2), nos[0].end + 2)
    troubles = [span for span in spans if "trouble" in span.meanings and span.start in around]
    return len(nos) == 1 and bool(troubles)
