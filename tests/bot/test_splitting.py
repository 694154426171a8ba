"""Long texts in parts: nothing is lost, each part fits and is whole by itself."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.graphemes import clusters
from bot.markup import Run, escape, length, merged, parse, unparse
from bot.splitting import SMALLEST, split

DIALECTS = ["html", "telegram", "whatsapp", "matrix", "plain"]
PIECE = st.sampled_from(
    ["DPRO-1042-22", "नाली टूटने से गंदा पानी ", "हैंडपंप\n", "👩‍👩‍👧", "🇮🇳", "क्ष्म", "&", "*", "<", " ", "\n\n", "x" * 90]
) | st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
RUNS = st.lists(
    st.builds(Run, st.lists(PIECE, max_size=12).map("".join), bold=st.booleans(), italic=st.booleans()), max_size=8
).map(merged)


def words(text: str) -> str:
    return "".join("".join(run.text for run in parse(text)).split())


@given(RUNS, st.integers(SMALLEST, 400), st.sampled_from(DIALECTS))
def test_nothing_is_lost_and_every_part_fits(runs: tuple[Run, ...], limit: int, dialect: str) -> None:
    text = unparse(runs)
    parts = split(text, limit, dialect)
    assert "".join(words(part) for part in parts) == words(text)
    for part in parts:
        assert length(part, dialect) <= limit
        assert unparse(parse(part)) == part


@given(RUNS, st.integers(SMALLEST, 400))
def test_no_code_and_no_letter_is_broken(runs: tuple[Run, ...], limit: int) -> None:
    text = unparse(runs)
    plain = "".join(run.text for run in runs)
    parts = split(text, limit, "plain")
    assert sum(words(part).count("DPRO-1042-22") for part in parts) >= plain.count("DPRO-1042-22")
    if all(len(letter) <= 32 for letter in clusters(plain)):
        starts = [unparse(parse(part)) and parse(part)[0].text[0] for part in parts[1:]]
        assert not [start for start in starts if unicodedata.category(start) in ("Mn", "Me")]


@pytest.mark.parametrize("before", range(110, 140))
def test_a_code_amid_a_word_is_not_broken(before: int) -> None:
    parts = split("x" * before + "DPRO-1042-22" + "x" * 50, SMALLEST, "plain")
    assert sum(part.count("DPRO-1042-22") for part in parts) == 1


def test_a_short_text_is_one_part() -> None:
    assert split("<b>a</b>\nb", 4096) == ["<b>a</b>\nb"]
    assert split("", 4096) == [""]


def test_parts_end_at_lines_then_at_spaces() -> None:
    lines = "\n".join(["पानी " * 10] * 10)
    assert all(part.count("पानी") % 10 == 0 for part in split(lines, 200, "plain"))
    assert all(part.strip() == " ".join(["water"] * part.count("water")) for part in split("water " * 99, 130, "plain"))


def test_bold_goes_on_in_the_next_part() -> None:
    first, second = split(f"<b>{'a ' * 100}</b>", 150, "telegram")
    assert first.startswith("<b>")
    assert first.endswith("</b>")
    assert second.startswith("<b>")


def test_a_link_too_long_for_a_part_is_written_out() -> None:
    address = "https://x.example/" + "a" * 300
    parts = split(f'<a href="{address}">here</a>', 160, "html")
    assert "".join(parts) == f"here ({address})"


def test_a_letter_of_a_thousand_signs_fits_too() -> None:
    parts = split("e" + "\u0301" * 1000, 160, "plain")
    assert "".join(parts) == "e" + "\u0301" * 1000
    assert max(map(len, parts)) <= 160


def test_seventy_thousand_letters() -> None:
    text = escape("शिकायत <b> " * 6400)
    parts = split(text, 4096, "telegram")
    assert "".join(map(words, parts)) == words(text)


def test_a_limit_without_room_for_words_is_refused() -> None:
    with pytest.raises(ValueError, match="128 or more"):
        split("a", 127)
