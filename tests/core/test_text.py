"""One form for whatever people type (docs/voice.md 4.1)."""

import sys
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.text import fold, fold_word, trace


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("DPRO", "dpro"),
        ("ＪＬＫ－１０２६", "jlk-1026"),
        ("१०४२ ٢٢", "1042 22"),
        ("1–2—3−4‑5", "1-2-3-4-5"),
        ("PDA\u00ad13", "pda13"),
        ("निस्\u200dतारित", "निस्तारित"),
        ("निस्\u200cता\u200bरित", "निस्तारित"),
        ("हाज़िर", "हाजिर"),
        ("\u0958\u095e", "कफ"),
        ("हाँ", "हां"),
        ("ऑफ़लाइन कॉल", "आफलाइन काल"),
        ("a\u00a0b\tc\r", "a b c\n"),
        ("👍\ufe0f", "👍"),
    ],
)
def test_ways_of_typing_the_same(typed: str, folded: str) -> None:
    assert fold(typed) == folded


def test_a_final_nasal_is_optional_in_a_single_word() -> None:
    assert fold_word(" पूछें ") == fold_word("पूछे") == "पूछे"


def test_vowel_signs_and_virama_stay() -> None:
    assert fold("दिल्ली") == "दिल्ली"


def test_no_character_folds_differently_the_second_time() -> None:
    for number in range(sys.maxunicode + 1):
        # Three quarters stand for no character yet, or for each one's own; of those every hundredth.
        if unicodedata.category(chr(number)) in ("Cn", "Co") and number % 100:
            continue
        once = fold(chr(number))
        assert fold(once) == once, hex(number)


@given(st.text())
def test_each_folded_character_knows_where_it_came_from(text: str) -> None:
    traced = trace(text)
    assert traced.folded == fold(text)
    assert len(traced.origins) == len(traced.folded)
    assert all(
        fold(text[origin]).count(character) for origin, character in zip(traced.origins, traced.folded, strict=True)
    )


def test_a_long_text_is_folded_at_once() -> None:
    text = "ज़" * 35_000
    began = time.process_time()
    assert len(trace(text).folded) == 35_000
    # 0.03 s on a quiet machine; a multiple where every line is counted, minutes where each letter looks at all others.
    assert time.process_time() - began < 1
