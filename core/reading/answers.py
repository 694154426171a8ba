"""The complainant's answer to "is it really solved?", and dropping an open question (docs/voice.md 4.2, last rows)."""

from core.reading.meaning import Answer
from core.reading.said import is_future
from core.reading.words import Words

_SMALL = frozenset(("title", "filler", "oneself"))


def read_answer(text: str, words: Words) -> Answer:
    """Yes, no, only thanks, or unsure. "ok thanks" is neither yes nor no; a yes with a "but" is unsure; whatever says
    that something is missing is a no. Nothing is closed or reopened on UNSURE or THANKS: it is asked again."""
    sentence = words.sentence(text)
    spans = words.in_answer(sentence)
    said = frozenset[str]().union(*(span.meanings for span in spans))
    if sentence.asks or "question" in said:
        return Answer.UNSURE
    if "no" in said:
        return Answer.UNSURE if _is_no_problem(text, words) else Answer.NO
    if said & {"future", "but"} or any(is_future(token.word) for token in sentence.tokens):
        return Answer.UNSURE
    if "yes" in said:
        return Answer.YES
    rest = any(span.meanings.isdisjoint({"thanks", *_SMALL}) for span in spans)
    covered = sum(span.end - span.start for span in spans)
    return Answer.THANKS if "thanks" in said and not rest and covered == len(sentence.tokens) else Answer.UNSURE


def is_cancel(text: str, words: Words) -> bool:
    """Whether `text` drops the open question and says nothing else: रहने दें, cancel."""
    sentence = words.sentence(text)
    spans = words.in_cancel(sentence)
    covered = sum(span.end - span.start for span in spans)
    return any("cancel" in span.meanings for span in spans) and covered == len(sentence.tokens)


def _is_no_problem(text: str, words: Words) -> bool:
    """Whether the only no is "no problem": then it may well be solved, and is asked with buttons."""
    tokens = words.sentence(text).tokens
    nos = [span for span in words.in_answer(words.sentence(text)) if "no" in span.meanings]
    troubles = {"problem", "issue", "समस्या", "samasya", "दिक्कत", "dikkat", "परेशानी", "pareshani", "shikayat"}
    return len(nos) == 1 and any(token.word in troubles for token in tokens[max(0, nos[0].start - 2) : nos[0].end + 2])
