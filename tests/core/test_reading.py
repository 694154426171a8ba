"""What a message in a group means (docs/voice.md 4.2 to 4.4, docs/reading.md)."""

import time

import pytest

from core.codes import Finder
from core.reading import Meaning, Reading, Words, has_words_of_its_own, read
from tests.core.sentences import LATER, MESSAGES, OWN

WORDS = Words.load({})
FINDER = Finder(["DPRO"], {})


def _meaning(text: str, *, addressed: bool = True, forwarded: bool = False) -> Meaning:
    return read(text, WORDS, addressed=addressed, forwarded=forwarded).meaning


def test_twenty_sentences_of_our_own_for_each_meaning() -> None:
    for meaning in Meaning:
        assert sum(expected == meaning for expected, _, _ in OWN) == 20


@pytest.mark.parametrize(("expected", "addressed", "text"), OWN + LATER)
def test_our_own_sentences(expected: str, addressed: bool, text: str) -> None:
    assert _meaning(text, addressed=addressed) == expected


def test_the_file_of_typed_messages_is_whole() -> None:
    assert len(MESSAGES) == 140


@pytest.mark.parametrize(("context", "text", "expected", "note"), MESSAGES)
def test_what_officers_type(context: str, text: str, expected: str, note: str) -> None:
    words = FINDER.cut(text.replace("{code}", "DPRO-1042-22"))
    meaning = _meaning(words, addressed=context != "bare_in_group")
    if context == "code_of_other_department":
        # Whose it is, is said by the handler, which knows the department; the reader only says what was meant.
        assert meaning is not Meaning.NOTHING
    elif note.startswith("claim"):
        assert meaning is Meaning.CLAIM
    elif note.startswith("question"):
        assert meaning is Meaning.QUESTION
    elif note.startswith("irony"):
        assert meaning in (Meaning.NOTE, Meaning.QUESTION)
    else:
        assert meaning == expected


@pytest.mark.parametrize("joiner", ["\u200d", "\u200c", "\u200b"])
def test_a_joiner_inside_a_word_does_not_hide_it(joiner: str) -> None:
    assert _meaning(f"निस्{joiner}तारित, नाली साफ करा दी") is Meaning.SOLUTION


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("", Meaning.STATUS),
        ("।", Meaning.STATUS),
        ("?", Meaning.STATUS),
        ("सर", Meaning.STATUS),
        ("👍", Meaning.NOTHING),
        ("✅ 🙏", Meaning.NOTHING),
        ("\u200b\u200d", Meaning.NOTHING),
        ("کام ہو گیا", Meaning.NOTHING),
        ("שלום", Meaning.NOTHING),
        ("12345", Meaning.NOTHING),
    ],
)
def test_a_text_without_words_of_ours(text: str, meaning: Meaning) -> None:
    assert _meaning(text) is meaning
    assert _meaning(text, addressed=False) is Meaning.NOTHING


@pytest.mark.parametrize("text", ["निस्तारित, नाली साफ करा दी", "done, pipe replaced", "स्थिति", "हाज़िर"])
def test_forwarded_words_are_a_note(text: str) -> None:
    assert _meaning(text, forwarded=True) is Meaning.NOTE
    assert _meaning(text, addressed=False, forwarded=True) is Meaning.NOTHING


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("> निस्तारित, नाली साफ", Meaning.NOTE),
        ("> कब तक होगा?\nनिस्तारित, नाली साफ करा दी", Meaning.SOLUTION),
        ("25/11/2026, 9:42 am - JE: निस्तारित, नाली साफ", Meaning.NOTE),
        ("Forwarded: निस्तारित, नाली साफ", Meaning.NOTE),
        ("पोर्टल देखकर “निस्तारित” लगा दिया", Meaning.ASK),
        ("“निस्तारित” नाली साफ", Meaning.ASK),
    ],
)
def test_what_somebody_else_wrote_is_no_solution(text: str, meaning: Meaning) -> None:
    assert _meaning(text) is meaning


def test_the_words_are_kept_as_written_without_quoted_lines() -> None:
    assert read(" निस्तारित, नाली साफ। ", WORDS, addressed=True).words == "निस्तारित, नाली साफ।"
    assert read("> कब?\nनिस्तारित, नाली साफ", WORDS, addressed=True).words == "निस्तारित, नाली साफ"


def test_what_is_asked_and_what_is_kept() -> None:
    asked = {meaning for meaning in Meaning if Reading(meaning, "").asked}
    assert asked == {
        Meaning.ASK,
        Meaning.ACKNOWLEDGE_ASK,
        Meaning.MORE_TIME_ASK,
        Meaning.NOT_OURS_ASK,
        Meaning.LEAVE,
    }
    assert Reading(Meaning.NOTE, "").kept
    assert not Reading(Meaning.STATUS, "").kept


@pytest.mark.parametrize(
    "text",
    ["", "ok", "Done", "हो गया", "✅", "काम हो गया सर", "देख लिया गया", "आवश्यक कार्यवाही कर दी गई", "हो गया\nरमेश, जेई"],
)
def test_a_solution_by_the_button_needs_words(text: str) -> None:
    assert not has_words_of_its_own(text, WORDS)


@pytest.mark.parametrize("text", ["नाली साफ कराई", "pump repaired", "मरम्मत हो गई", "pipe badal diya"])
def test_words_of_its_own(text: str) -> None:
    assert has_words_of_its_own(text, WORDS)


def test_what_follows_beyond_the_part_that_is_read_may_turn_it_so_it_is_asked() -> None:
    assert _meaning("निस्तारित, नाली साफ करा दी। " + "नाली साफ। " * 400) is Meaning.ASK


HOSTILE = {
    "one long number": "1" * 70_000,
    "solved over and over": "निस्तारित, नाली साफ " * 3_500,
    "solved, negated, promised": "निस्तारित नहीं करें होगा लेकिन " * 2_200,
    "small words": "ho " * 23_000,
    "one endless word": "aeiou" * 14_000,
    "vowel signs": "ाेो" * 23_000,
    "emoji": "😀👍" * 35_000,
    "right to left": "שלום کام " * 7_000,
    "nothing to be seen": "\u200b\u200d" * 35_000,
    "lines": "\n" * 70_000,
    "quoted lines": ">\n" * 35_000,
    "quotation marks": '"a' * 35_000,
    "spaces": " " * 70_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
@pytest.mark.parametrize("addressed", [True, False])
def test_a_long_text_takes_no_time_and_solves_nothing(text: str, addressed: bool) -> None:
    began = time.process_time()
    meaning = _meaning(text, addressed=addressed)
    has_words_of_its_own(text, WORDS)
    assert time.process_time() - began < 1
    assert meaning not in (Meaning.SOLUTION, Meaning.CLAIM, Meaning.PRESENT, Meaning.LEAVE)
