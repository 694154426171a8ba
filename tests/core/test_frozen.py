"""Changing a frozen value the quick way does what `dataclasses.replace` does."""

from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.frozen import with_changes


@dataclass(frozen=True)
class Card:
    """Something frozen."""

    code: str
    number: int = 0
    words: tuple[str, ...] = ()


CHANGES = st.fixed_dictionaries(
    {}, optional={"code": st.text(), "number": st.integers(), "words": st.tuples(st.text())}
)


@given(CHANGES)
def test_it_gives_what_replace_gives_and_leaves_the_old_one(changes: dict[str, object]) -> None:
    old = Card("DPRO-1001-48", 3)
    new = with_changes(old, **changes)
    assert new == replace(old, **changes)  # type: ignore[arg-type]  # by name
    assert hash(new) == hash(replace(old, **changes))  # type: ignore[arg-type]  # by name
    assert old == Card("DPRO-1001-48", 3)


def test_a_field_that_there_is_not_is_refused_by_name() -> None:
    with pytest.raises(TypeError, match="Card has no field letters"):
        with_changes(Card("DPRO-1001-48"), letters="DPRO")
