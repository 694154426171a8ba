"""The lists of words, and what an office changes in them (docs/reading.md)."""

import pytest

from core.reading import Answer, Meaning, Words, is_cancel, read, read_answer

WORDS = Words.load({})


def _meaning(text: str, words: Words = WORDS) -> Meaning:
    return read(text, words, addressed=True).meaning


def test_an_office_adds_a_word() -> None:
    words = Words.load({"solution": {"add": ["फाइनल कर दिया", "sorted"]}})
    assert _meaning("नाली का काम फाइनल कर दिया") is Meaning.ASK
    assert _meaning("नाली का काम फाइनल कर दिया", words) is Meaning.SOLUTION
    assert _meaning("Sorted, pole shifted", words) is Meaning.SOLUTION


def test_an_office_takes_a_word_away() -> None:
    assert _meaning("done, pole shifted") is Meaning.SOLUTION
    assert _meaning("done, pole shifted", Words.load({"solution": {"remove": ["Done"]}})) is Meaning.ASK


def test_a_phrase_is_found_in_every_spelling_of_its_words() -> None:
    words = Words.load({"acknowledge": {"add": ["नाप ले ली गई"]}})
    assert _meaning("नाप ले लिया गया", words) is Meaning.ACKNOWLEDGE_ASK


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        ({"solutoin": {"add": ["x"]}}, "'solutoin' is no meaning; did you mean 'solution'"),
        ({"solution": {"ad": ["x"]}}, "'ad' is no key; did you mean 'add'"),
        ({"solution": {"remove": ["disposd"]}}, "no phrase of 'solution'; did you mean 'disposed'"),
        ({"solution": {"add": ["🙏"]}}, "write the phrase as people type it"),
    ],
)
def test_a_mistake_in_the_office_s_words_is_named(extra: dict[str, dict[str, list[str]]], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        Words.load(extra)


@pytest.mark.parametrize(
    ("answer", "texts"),
    [
        (
            Answer.YES,
            ["हाँ", "हां जी", "जी", "yes sir", "Haan", "हो गया", "हाँ काम हो गया 🙏", "1", "१", "ho gaya dhanyawad"],
        ),
        (
            Answer.NO,
            ["नहीं", "नही", "nahi", "no", "2", "अभी नहीं", "नहीं, काम बाकी है", "जी नहीं", "haan nahi hua", "असंतुष्ट"],
        ),
        (Answer.NO, ["धन्यवाद पर पानी अभी नहीं आया", "आधा हुआ है", "झूठ है", "Not solved", "संतुष्ट नहीं हूँ"]),
        (Answer.THANKS, ["धन्यवाद", "ok thanks 🙏", "ठीक है", "ok", "धन्यवाद सर"]),
        (Answer.UNSURE, ["देखकर बताते हैं", "हो जाएगा", "हाँ लेकिन पानी कम है", "हाँ, पर सड़क टूटी है", "कोई दिक्कत नहीं"]),
        (Answer.UNSURE, ["", "🙏", "\u200b", "क्या हुआ?", "कब होगा", "नाली", "yes " * 1_000]),
    ],
)
def test_the_complainant_s_answer(answer: Answer, texts: list[str]) -> None:
    assert {text: read_answer(text, WORDS) for text in texts} == dict.fromkeys(texts, answer)


@pytest.mark.parametrize("text", ["रहने दें", "रहने दीजिए", "Cancel", "cancel sir", "रद्द", "rehne do"])
def test_an_open_question_is_dropped(text: str) -> None:
    assert is_cancel(text, WORDS)


@pytest.mark.parametrize("text", ["", "जी", "सड़क का काम रद्द", "नाली रहने दें", "रद्द " * 50])
def test_other_words_drop_nothing(text: str) -> None:
    assert not is_cancel(text, WORDS)
