"""The rules by which a message is read (docs/voice.md 4.2 to 4.4).

Words of a solution make one only when nothing beside them speaks against it: no negation, promise, question, order,
half or paper work, hearsay. Where something does, it is asked or kept as a note; in doubt it is asked.
"""

from core.reading.copied import is_copied, is_only_marks, quoted, without_quoted_lines
from core.reading.meaning import Meaning, Reading
from core.reading.said import Said, hear
from core.reading.words import Span, Words

#: How many words a negation or an order may stand away from the word that it turns.
_NEAR = 4
_SMALL_WORDS = ("filler", "title", "greeting", "closing", "signature", "designation", "oneself")
_TELLS_NOTHING = (*_SMALL_WORDS, "empty", "seen", "well")
_SOLVED = ("solution", "solution_perhaps")
_AGAINST = (
    "negated",
    "future",
    "order",
    "another_event",
    "partial",
    "paper",
    "hearsay",
    "but",
    "acknowledge",
)
# Small words of more_time, status and the like may also order: "समय दें", "स्थिति बताएं".
_ASKING_FOR = (*_TELLS_NOTHING, "order", "question", "future", "partial", "negated")


def read(text: str, words: Words, *, addressed: bool, forwarded: bool = False) -> Reading:
    """What `text` means.

    addressed: whether it belongs to a complaint: a reply to its card, or a text with exactly one valid code, which is
    cut out of `text` (`Finder.cut`).   forwarded: whether it is somebody else's text.
    Who wrote it is not looked at: the caller gives only the words of a member of the department.
    """
    own_text = without_quoted_lines(text)
    said = hear(own_text, words)
    forwarded = forwarded or is_copied(text)
    if not said.tokens:
        meaning = _without_words(text, own_text) if addressed and not forwarded else Meaning.NOTHING
    elif forwarded:
        meaning = Meaning.NOTE if addressed else Meaning.NOTHING
    elif addressed:
        meaning = _about_a_complaint(said)
    else:
        meaning = _alone(said)
    if meaning is Meaning.SOLUTION and hear(quoted(own_text), words).has("solution"):
        meaning = Meaning.ASK
    if said.cut and meaning in (Meaning.SOLUTION, Meaning.CLAIM):
        meaning = Meaning.ASK
    if said.cut and meaning in (Meaning.PRESENT, Meaning.LEAVE):
        meaning = Meaning.NOTHING
    return Reading(meaning, own_text.strip() or text.strip())


def _without_words(text: str, own_text: str) -> Meaning:
    """Only quoted lines: a note. Only stops or brackets: a bare code, for the card. Emoji, other scripts: nothing."""
    if own_text != text:
        return Meaning.NOTE
    return Meaning.STATUS if is_only_marks(text) else Meaning.NOTHING


def has_words_of_its_own(text: str, words: Words) -> bool:
    """Whether `text`, given as a solution by the button, tells what was done: more than ok, done, हो गया, an emoji."""
    said = hear(text, words)
    return bool(said.own) or said.has("acknowledge", "paper", "another_event", "partial", "not_ours")


def _about_a_complaint(said: Said) -> Meaning:
    if said.spans and said.only("filler", "title", "empty"):
        return Meaning.STATUS
    if said.only(*_SMALL_WORDS, "seen", "present", "leave"):
        return Meaning.NOTHING
    if said.has("status") and said.only("status", *_ASKING_FOR):
        return Meaning.STATUS
    if said.asks or said.has("question"):
        return Meaning.QUESTION
    solved = _unspoiled(said, said.of("solution"))
    if said.has("not_ours"):
        return Meaning.ASK if solved else Meaning.NOT_OURS_ASK
    if said.has("more_time"):
        return _about_time(said, solved)
    if solved:
        return _about_a_solution(said)
    if said.has("acknowledge"):
        return _about_work_begun(said)
    if said.has("solution"):
        return Meaning.NOTE
    return _about_anything_else(said)


def _about_time(said: Said, solved: tuple[Span, ...]) -> Meaning:
    asked = [span for span in said.of("more_time") if not _is_negated(said, span, "negated")]
    if not asked:
        return Meaning.NOTE
    apart = all(said.clause(one) != said.clause(other) for one in asked for other in solved)
    return Meaning.ASK if solved and apart else Meaning.MORE_TIME_ASK


def _about_a_solution(said: Said) -> Meaning:
    if said.has(*_AGAINST) or _had_been(said):
        only_begun = not said.has(*(each for each in _AGAINST if each != "acknowledge")) and not _had_been(said)
        return Meaning.SOLUTION if only_begun and said.own and not _is_going_on(said) else Meaning.ASK
    return Meaning.SOLUTION if said.own else Meaning.CLAIM


def _about_work_begun(said: Said) -> Meaning:
    begun = [span for span in said.of("acknowledge") if not _is_negated(said, span, "negated")]
    if not begun:
        return Meaning.NOTE
    done = tuple(span for span in said.of("solution_perhaps") if not _belongs_to_other(said, span))
    return Meaning.ASK if _unspoiled(said, done) else Meaning.ACKNOWLEDGE_ASK


def _about_anything_else(said: Said) -> Meaning:
    perhaps = tuple(span for span in said.of("solution_perhaps") if not _belongs_to_other(said, span))
    if perhaps:
        if not _unspoiled(said, perhaps):
            return Meaning.NOTE
        told = said.own or said.has(*_AGAINST)
        return Meaning.ASK if told else Meaning.CLAIM
    if _is_past_trouble(said) or (said.has("another_event") and said.has("good_stop")):
        return Meaning.ASK
    if said.has("negated", "future", "order", "partial", "hearsay") or (
        said.has("another_event", "paper") and not _is_done(said)
    ):
        return Meaning.NOTE
    return Meaning.ASK


def _belongs_to_other(said: Said, span: Span) -> bool:
    """Whether "done" is said of what stands just before it: आख्या प्रेषित कर दी, काम शुरू करा दिया."""
    return any(other.end == span.start for other in said.of("paper", "another_event", "partial", "acknowledge"))


def _unspoiled(said: Said, spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The solved words that are not turned into something else in their own clause."""
    return tuple(span for span in spans if not _is_turned(said, span) and not _is_half(said, span))


def _is_turned(said: Said, span: Span) -> bool:
    """Whether a negation or an order stands near the phrase, or a promise in its clause, with no "but" between."""
    return _is_negated(said, span, "negated", "order") or any(
        _is_beside(said, span, other) for other in said.of("future")
    )


def _is_negated(said: Said, span: Span, *meanings: str) -> bool:
    """Whether one of `meanings` stands within a few words of the phrase, in its clause."""
    return any(
        _is_beside(said, span, other) and span.start - _NEAR <= other.end and other.start <= span.end + _NEAR
        for other in said.of(*meanings)
    )


def _is_beside(said: Said, span: Span, other: Span) -> bool:
    """Whether `other` is another phrase of the same clause, with no "but" between."""
    if said.clause(other) != said.clause(span) or other.start == span.start:
        return False
    first, last = sorted((span.start, other.start))
    return not any(first < but.start < last for but in said.of("but"))


def _is_half(said: Said, span: Span) -> bool:
    """Whether only part of it was done, or it goes on, in the phrase's clause."""
    clause = said.clause(span)
    half = any(said.clause(other) == clause for other in said.of("partial"))
    percent = any(token.word == "%" and token.clause == clause for token in said.tokens)
    whole = any(token.word == "100" and token.clause == clause for token in said.tokens)
    ongoing = any(
        0 <= other.start - span.end <= 1 and said.tokens[other.end - 1].word == "raha"
        for other in said.of("acknowledge")
    )
    had_been_but = _had_been(said) and said.has("but")
    return half or (percent and not whole) or ongoing or had_been_but


def _is_going_on(said: Said) -> bool:
    """Whether work goes on; "the water is flowing" (निकासी हो रही है) is none."""
    return any(
        said.tokens[span.end - 1].word in ("raha", "hu", "hai") and said.tokens[span.start].word not in ("ho", "chal")
        for span in said.of("acknowledge")
    )


def _had_been(said: Said) -> bool:
    """Whether a solved word stands in the past perfect: हो गया था, which often goes on with "but"."""
    return any(span.end < len(said.tokens) and said.tokens[span.end].word == "tha" for span in said.of(*_SOLVED))


def _is_past_trouble(said: Said) -> bool:
    """Whether the only negation tells what was wrong before ("पानी नहीं आ रहा था") and something was done since."""
    negated = said.of("negated")
    past = all(
        any(token.word == "tha" and token.clause == said.clause(span) for token in said.tokens[span.end : span.end + 5])
        for span in negated
    )
    return bool(negated) and past and not said.has("future", "order", "partial", "paper") and _is_done(said)


def _is_done(said: Said) -> bool:
    """Whether a verb of something done stands apart from the other phrases: बदल दी, लगवाया; not "report bhej di"."""
    other = [span for span in said.spans if not span.meanings <= {"filler", "empty"}]
    taken = {place for span in other for place in range(span.start, span.end + 2)}
    return any(
        token.word in ("diya", "karaya", "kiya") or token.word.endswith(("वाया", "वाई", "waya", "wai", "wayi"))
        for place, token in enumerate(said.tokens)
        if place not in taken
    )


def _alone(said: Said) -> Meaning:
    """A message that belongs to no complaint: present or on leave, for oneself only."""
    if said.asks or said.has("question"):
        return Meaning.NOTHING
    if said.has("leave") and _is_own_leave(said):
        return Meaning.LEAVE
    if said.has("present") and said.only("present", "seen", *_SMALL_WORDS) and not _is_of_somebody_else(said):
        return Meaning.PRESENT
    return Meaning.NOTHING


def _is_own_leave(said: Said) -> bool:
    if said.has("order") or any(token.word == "tha" for token in said.tokens):
        return False
    if said.has("oneself"):
        return True
    turned = any(span.meanings == {"negated"} for span in said.spans)
    return said.only("leave", "seen", *_SMALL_WORDS) and not _is_of_somebody_else(said) and not turned


def _is_of_somebody_else(said: Said) -> bool:
    """Whether "is" or "are" is said of somebody who stands before it: BSA सर छुट्टी पर हैं."""
    if said.has("oneself") or not any(token.word == "hai" for token in said.tokens):
        return False
    first = said.of("present", "leave")[0].start
    return any(span.start < first for span in said.of("title", "designation")) or said.has("leave")
