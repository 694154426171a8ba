"""JSON text: what is written is read again as it was, and what hashes are taken over is always the same text."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.json_text import as_json, canonical

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**62), 2**62) | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner),
    max_leaves=12,
)


@given(VALUES)
def test_what_is_written_is_read_again_as_it_was(value: object) -> None:
    assert json.loads(as_json(value)) == value
    assert json.loads(canonical(value)) == value


@given(st.dictionaries(st.text(st.characters(codec="utf-8")), st.integers(), max_size=6))
def test_the_canonical_text_does_not_know_the_order_of_the_keys(value: dict[str, int]) -> None:
    assert canonical(value) == canonical(dict(reversed(value.items())))


def test_the_canonical_text_is_the_one_that_chains_were_hashed_over() -> None:
    assert canonical({"words": "नाली साफ", "at": 1, "by": None}) == '{"at":1,"by":null,"words":"नाली साफ"}'


def test_hindi_stands_in_it_as_it_is_and_what_is_no_json_is_refused() -> None:
    assert as_json(["नाली", ("a", 1)]) == '["नाली",["a",1]]'
    with pytest.raises(ValueError, match="object"):
        as_json([object()])
