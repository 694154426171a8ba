"""Laws of reading: what speaks against a solution always counts, its spelling never does (docs/voice.md 4.3)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.reading import Meaning, Words, read
from tests.core.sentences import LATER, MESSAGES, OWN

WORDS = Words.load({})
SOLUTIONS = sorted(
    {text for expected, _, text in OWN + LATER if expected == "solution"}
    | {
        text.replace("{code}", "")
        for _, text, expected, note in MESSAGES
        if (expected, note[:5]) == ("solution", "solve")
    }
)
ANYTHING = sorted({(text, addressed) for _, addressed, text in OWN + LATER})

AGAINST = {
    "negation": [
        "{} नहीं",
        "{} नहीं हुआ",
        "{}, अभी नहीं हुआ",
        "{} nahi hua",
        "{} not",
        "not {}",
        "नहीं {}",
        "बिना {}",
        "{} abhi nhi",
        "{} isn't",
        "{}. Not yet",
    ],
    "future": [
        "{} हो जाएगा",
        "{} कर देंगे",
        "{} करा देंगे",
        "{} kal tak ho jayega",
        "{} kar denge",
        "will be {}",
        "{} hoga",
        "{}, कल करूँगा",
    ],
    "question": ["{}?", "{} क्या", "क्या {}", "{} kya", "{} कि नहीं", "{} ya nahi", "kya {}", "{} कब", "is it {}"],
    "order": [
        "{} करें",
        "{} karo",
        "कृपया {}",
        "kindly {}",
        "please {}",
        "{} सुनिश्चित करें",
        "{} karwa dijiye",
        "{} कराइए",
        "{} कीजिए",
    ],
    "half": ["आधा {}", "लगभग {}", "{} लेकिन बाकी है", "{}, 60% शेष", "almost {}", "{} पर प्रक्रिया में"],
    "but": ["{} लेकिन सड़क टूटी है", "{} but road is bad", "{} magar pani kam hai", "{}, पर पानी कम है"],
    "paper": ["{}, आख्या प्रेषित", "निरीक्षण किया, {}", "{} report sent"],
    "hearsay": ["शिकायतकर्ता ने बताया {}", "{}, JE ne kaha", "शायद {}"],
}


def test_there_are_solutions_to_turn() -> None:
    assert len(SOLUTIONS) > 40
    for text in SOLUTIONS:
        assert read(text, WORDS, addressed=True).meaning is Meaning.SOLUTION, text


@pytest.mark.parametrize(
    "wrapper", [pytest.param(each, id=f"{kind}: {each}") for kind, all_ in AGAINST.items() for each in all_]
)
def test_what_speaks_against_a_solution_is_never_passed_over(wrapper: str) -> None:
    for text in SOLUTIONS:
        turned = wrapper.format(text)
        assert read(turned, WORDS, addressed=True).meaning is not Meaning.SOLUTION, turned


@pytest.mark.parametrize("text", SOLUTIONS)
def test_without_a_complaint_nothing_is_solved(text: str) -> None:
    assert read(text, WORDS, addressed=False).meaning is Meaning.NOTHING


def _typed_otherwise(text: str, data: st.DataObject) -> str:
    """`text` with another case, other nuktas, joiners between its signs, more spaces, an emoji behind."""
    apart = unicodedata.normalize("NFD", text)
    signs = data.draw(st.sampled_from([text, apart, apart.replace("\u093c", "")]))
    signs = data.draw(st.sampled_from([signs, signs.upper(), signs.lower(), signs.title()]))
    joiner = data.draw(st.sampled_from(["", "\u200d", "\u200c", "\u200b", "\u2060", "\u00ad"]))
    places = data.draw(st.sets(st.integers(0, len(signs)), max_size=5))
    signs = "".join((joiner if place in places else "") + sign for place, sign in enumerate(signs))
    spaces = data.draw(st.sampled_from([" ", "  ", "\u00a0", "\t", " \u2009"]))
    return signs.replace(" ", spaces) + data.draw(st.sampled_from(["", " ", " 🙏", "👍🏽", " ✅"]))


@given(st.sampled_from(ANYTHING), st.data())
def test_the_way_of_typing_changes_nothing(case: tuple[str, bool], data: st.DataObject) -> None:
    text, addressed = case
    typed = _typed_otherwise(text, data)
    assert read(typed, WORDS, addressed=addressed).meaning is read(text, WORDS, addressed=addressed).meaning


@given(st.text(max_size=200), st.booleans(), st.booleans())
def test_any_text_can_be_read(text: str, addressed: bool, forwarded: bool) -> None:
    assert read(text, WORDS, addressed=addressed, forwarded=forwarded).meaning in Meaning
