"""What a message says: its words with their meanings, and what the verbs' endings tell (future, order, oneself)."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from core.reading.tokens import Token
from core.reading.words import Span, Words

# A verb's ending is not longer; a text of one endless word must not cost a second.
_ENDING = 12
#: Nobody tells a solution in more; a longer message is read to here and, where it seems solved, asked.
_MOST_CHARACTERS = 3_000
_MOST_WORDS = 300
#: A name and a rank; a longer last line tells something.
_SIGNATURE = 6
_FUTURE_HINDI = re.compile(r"(?:[ेोूऊएओ]ं?)ग[ाीे]\Z")
_FUTURE_LATIN = re.compile(r".(?:[aeiouwy]*e|[aeiouwy]*o|[aeiouwy]*en|[aeiouwy]*un|[aeiouwy]*on)g[aei]\Z")
_ORDER = re.compile(
    r"(?:[क-भय-ह]ें|ाएं|ाइए|ीजिए|िएगा|वाओ)\Z|(?:ijiye|ijie|aiye|ariye|iyega|eiye|waye|wayen|wao)\Z",
)
# Nouns and pronouns that end like an order (those in -में, such as उसमें, are left out above).
_NO_ORDER = frozenset(
    (
        *("शिकायतें", "सडकें", "लाइटें", "दुकानें", "मशीनें", "किताबें", "ईंटें", "चीजें", "बातें", "फसलें", "नहरें", "दीवारें", "गायें"),
        *("समस्याएं", "महिलाएं", "छात्राएं", "सुविधाएं", "योजनाएं", "सेवाएं", "उन्हें", "इन्हें", "हमें", "जिन्हें", "तुम्हें", "chahiye"),
    )
)
_ONESELF = re.compile(r"(?:ऊंगा|ऊंगी|ूंगा|ूंगी)\Z|(?:unga|ungi|onga|ongi)\Z")
_NO_FUTURE = frozenset(
    ("रोगी", "योगी", "उपयोगी", "सहयोगी", "उद्योगी", "योग", "yoga", "yogi", "rogi", "sahyogi", "chalenge", "rewenge")
)
# "is it done", "has this been solved": a question without its mark.
_ASKING_VERBS = frozenset(("is", "are", "was", "were", "has", "have", "had", "did", "does", "do", "can", "could"))
_ASKED_THINGS = frozenset(("it", "this", "that", "the", "there", "work", "any", "your", "you", "he", "they"))
_ASKING_AT_START = frozenset(("where", "when", "which", "who", "any"))
_VERB_ENDS = frozenset(("gaya", "diya", "liya", "kiya", "hai", "tha", "hua", "karaya", "hu", "chuka", "raha"))


@dataclass(frozen=True)
class Said:
    """A message, its phrases and the places (numbers of tokens) of what its words and endings mean.

    asks: whether it has a question's form.   own: the words that no list has.   cut: whether it was too long to be read
    to its end, so that something may follow that turns it.
    """

    tokens: tuple[Token, ...]
    spans: tuple[Span, ...]
    asks: bool
    own: tuple[int, ...]
    cut: bool

    def of(self, *meanings: str) -> tuple[Span, ...]:
        """The phrases with one of these meanings, in order."""
        return tuple(span for span in self.spans if not span.meanings.isdisjoint(meanings))

    def has(self, *meanings: str) -> bool:
        """Whether one of these meanings is there."""
        return any(not span.meanings.isdisjoint(meanings) for span in self.spans)

    def only(self, *meanings: str) -> bool:
        """Whether every word belongs to one of these meanings."""
        return not self.own and all(not span.meanings.isdisjoint(meanings) for span in self.spans)

    def clause(self, span: Span) -> int:
        """The clause that a phrase ends in."""
        return self.tokens[span.end - 1].clause


@lru_cache(maxsize=8)  # a message is heard where it is read, and again by the rule that takes it as a solution
def hear(text: str, words: Words) -> Said:
    """`text` with the meanings of its words."""
    begin = text.strip()[:_MOST_CHARACTERS]
    sentence = words.sentence(begin)
    tokens = sentence.tokens[:_MOST_WORDS]
    cut = len(begin) < len(text.strip()) or len(tokens) < len(sentence.tokens)
    spans = list(words.in_group(tokens))
    covered = {place for span in spans for place in range(span.start, span.end)}
    spans += _by_ending(tokens, covered)
    spans += buts(tokens, spans)
    spans = _negated_after_all(tokens, _without_labels(tokens, spans))
    # A leak is a word of the matter: it only turns "बंद हो गया" to the good.
    covered = {place for span in spans if span.meanings != {"good_stop"} for place in range(span.start, span.end)}
    signed = _signature(tokens, spans)
    spans += [Span(frozenset({"signature"}), place, place + 1) for place in signed]
    own = tuple(
        place
        for place, token in enumerate(tokens)
        if place not in covered and place not in signed and not token.number and len(token.word) > 1
    )
    return Said(
        tokens, tuple(sorted(spans, key=lambda span: span.start)), sentence.asks or _asks_by_order(tokens), own, cut
    )


def is_future(word: str) -> bool:
    """Whether a verb's ending tells what will be: करेंगे, hoga, karunga."""
    word = word[-_ENDING:]
    return word not in _NO_FUTURE and bool(_FUTURE_HINDI.search(word) or _FUTURE_LATIN.search(word))


def _by_ending(tokens: tuple[Token, ...], covered: set[int]) -> list[Span]:
    """Future, order and oneself, where the verb's ending shows it."""
    found = []
    for place, token in enumerate(tokens):
        word, meanings = token.word[-_ENDING:], set[str]()
        if is_future(word):
            meanings.add("future")
        if _ONESELF.search(word):
            meanings.add("oneself")
        if place not in covered and _ORDER.search(word) and word not in _NO_ORDER:
            meanings.add("order")
        if meanings:
            found.append(Span(frozenset(meanings), place, place + 1))
    return found


def buts(tokens: tuple[Token, ...], spans: Iterable[Span]) -> list[Span]:
    """पर where it means "but": after a verb, a solved word or a yes. After a noun it is a postposition (मौके पर)."""
    after = {span.end for span in spans if not span.meanings.isdisjoint(("solution", "solution_perhaps", "yes"))}
    return [
        Span(frozenset({"but"}), place, place + 1)
        for place, token in enumerate(tokens)
        if token.word == "par" and place > 0 and (place in after or _ends_thought(tokens[place - 1], token))
    ]


def _ends_thought(before: Token, token: Token) -> bool:
    return before.word in _VERB_ENDS or before.clause != token.clause


def _without_labels(tokens: tuple[Token, ...], spans: list[Span]) -> list[Span]:
    """The phrases without a "no" that stands before a number: Mobile No 98..., ward no 12."""

    def is_label(span: Span) -> bool:
        label = span.end - span.start == 1 and tokens[span.start].word == "no"
        return label and span.end < len(tokens) and (tokens[span.end].number or tokens[span.end].word == ":")

    return [Span(frozenset({"filler"}), span.start, span.end) if is_label(span) else span for span in spans]


def _negated_after_all(tokens: tuple[Token, ...], spans: list[Span]) -> list[Span]:
    """The phrases, with "no problem" as a negation where it runs into a solved word: कोई समस्या नहीं हल हुई."""
    solved = {span.start for span in spans if "solution" in span.meanings}
    return [
        Span(frozenset({"negated"}), span.start, span.end)
        if "well" in span.meanings and span.end in solved and tokens[span.end - 1].word == "nahi"
        else span
        for span in spans
    ]


def _signature(tokens: tuple[Token, ...], spans: list[Span]) -> set[int]:
    """The places of a signature: a last clause of a few words with a rank in it, or whatever follows "regards"."""
    closing = next((span for span in spans if "closing" in span.meanings), None)
    if closing:
        return set(range(closing.end, len(tokens)))
    if not tokens or tokens[-1].clause == tokens[0].clause:
        return set()
    lines = tokens[-1].line != tokens[0].line
    last = {place for place, token in enumerate(tokens) if _part(token, lines) == _part(tokens[-1], lines)}
    meanings = [span.meanings for span in spans if span.start in last]
    plain = all(not each.isdisjoint({"designation", "title", "filler", "oneself"}) for each in meanings)
    ranked = any("designation" in each for each in meanings)
    return last if ranked and plain and len(last) <= _SIGNATURE else set()


def _part(token: Token, lines: bool) -> int:
    return token.line if lines else token.clause


def _asks_by_order(tokens: tuple[Token, ...]) -> bool:
    """Whether a clause begins as English questions do."""
    first = [place for place in range(len(tokens)) if place == 0 or tokens[place].clause != tokens[place - 1].clause]
    return any(
        tokens[place].word in _ASKING_AT_START
        or (tokens[place].word in _ASKING_VERBS and place + 1 < len(tokens) and tokens[place + 1].word in _ASKED_THINGS)
        for place in first
    )
