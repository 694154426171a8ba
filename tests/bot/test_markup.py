"""The markup: what is read is written again, nothing that people write breaks it, each dialect by its own rules."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.markup import (
    Run,
    escape,
    length,
    merged,
    parse,
    to_html,
    to_matrix,
    to_plain,
    to_telegram,
    to_whatsapp,
    unparse,
    write,
)

ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
HOSTILE = st.lists(
    st.sampled_from(["<b>", "</b>", "<i>", "</i>", "<code>", "</a>", '<a href="https://x.example">', "<br>", "&amp;"])
    | st.sampled_from(["<3", "&", "<", ">", '"', "'", "*", "_", "~", "`", "</", "<script>", "&#39;", "&#x41;", "\n"])
    | ANYTHING
).map("".join)
RUNS = st.lists(
    st.builds(
        Run,
        ANYTHING,
        bold=st.booleans(),
        italic=st.booleans(),
        code=st.booleans(),
        href=st.sampled_from(["", "", "https://janmilan.example/c?a=1&b=2", "tel:+915321234567"]),
    )
).map(merged)

# Names of K07: each must be read as it stands.
NAMES = [
    "<3",
    "Ram & Sons_*",
    "O'Neil — for",
    "</b>",
    "<script>alert(1)</script>",
    "&amp;",
    "<b>",
    "<b></i>",
    "a < b > c",
]


@given(RUNS)
def test_what_is_written_is_read_again(runs: tuple[Run, ...]) -> None:
    assert parse(unparse(runs)) == runs


@given(HOSTILE)
def test_reading_and_writing_settles(text: str) -> None:
    once = unparse(parse(text))
    assert unparse(parse(once)) == once


@given(ANYTHING | st.sampled_from(NAMES))
def test_any_text_survives_as_plain(text: str) -> None:
    assert to_plain(escape(text)) == text


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_shown_as_it_stands_beside_bold(name: str) -> None:
    text = f"<b>{escape(name)}</b>: {escape(name)}"
    assert parse(text) == (Run(name, bold=True), Run(f": {name}"))
    assert to_plain(text) == f"{name}: {name}"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<script>x</script>", "<script>x</script>"),
        ("</b>x", "</b>x"),
        ("<b>x", "<b>x"),
        ("<b>x<b>y</b>", "x<b>y"),
        ("<b><i>x</b></i>", "<i>x</i>"),
        ('<a href="javascript:x">y</a>', '<a href="javascript:x">y</a>'),
        ('<a onclick="x">y</a>', '<a onclick="x">y</a>'),
        ('<b href="https://x.example">y</b>', '<b href="https://x.example">y</b>'),
        ("a &foo; b &amp; c &lt; d &#39; &#x41; &#0;", "a &foo; b & c < d ' A &#0;"),
        ("a<br>b<br/>c\nd", "a\nb\nc\nd"),
    ],
)
def test_what_is_no_markup_is_words(text: str, shown: str) -> None:
    assert to_plain(text) == shown


@given(HOSTILE)
def test_html_holds_no_tag_but_the_subset(text: str) -> None:
    for html in (to_html(text), to_matrix(text), to_telegram(text)):
        bare = re.sub(r'</?(?:b|i|code|a)>|<br>|<a href="(?:https?://|mailto:|tel:)[^"<>]*">', "", html)
        assert not re.search(r"[<>\"']", bare)
        assert not re.search(r"&(?!amp;|lt;|gt;|quot;|#x27;)", bare)


def test_each_dialect() -> None:
    text = '<b>DPRO-1042-22</b>: <i>a &amp; b</i>\n<code>x</code> <a href="https://x.example/?a=1&amp;b=2">here</a>'
    assert to_html(text) == (
        '<b>DPRO-1042-22</b>: <i>a &amp; b</i><br><code>x</code> <a href="https://x.example/?a=1&amp;b=2">here</a>'
    )
    assert to_telegram(text) == to_html(text).replace("<br>", "\n")
    assert to_whatsapp(text) == "*DPRO-1042-22*: _a & b_\n`x` here (https://x.example/?a=1&b=2)"
    assert to_plain(text) == "DPRO-1042-22: a & b\nx here (https://x.example/?a=1&b=2)"
    assert write(text, "matrix") == to_matrix(text)


def test_a_link_that_shows_its_address_is_not_repeated() -> None:
    assert to_plain('<a href="https://x.example/">https://x.example/</a>') == "https://x.example/"


def test_whatsapp_marks_stand_at_letters_and_within_lines() -> None:
    assert to_whatsapp("<b> a\n b </b>c") == " *a*\n *b* c"
    assert to_whatsapp("<b><i>x</i></b><b>  </b>") == "*_x_*  "


@given(st.lists(st.sampled_from(["*", "_", "~", "`", "a", "ज़", " ", "\n", "- ", "> ", "1. "])).map("".join))
def test_whatsapp_formats_nothing_that_people_wrote(text: str) -> None:
    written = to_whatsapp(escape(text))
    for line in written.split("\n"):
        assert not re.search(r"(?<![^\W_])([*_~`])(?=\S)[^*_~`]*(?<=\S)\1(?![^\W_])", line)
        assert not re.match(r"\s*[-*>] ", line)


def test_whatsapp_leaves_addresses_alone() -> None:
    text = "https://x.example/_a_/*b* snake_case 2 * 3"
    assert to_whatsapp(text) == text


def test_length_is_what_the_platform_counts() -> None:
    assert length("<b>क</b>🆕\n", "html") == len("<b>क</b>🆕<br>")
    assert length("<b>क</b>🆕\n", "telegram") == 4
    assert length("<b>क</b>🆕", "whatsapp") == 4
    assert length("<b>क</b>🆕", "plain") == 2
