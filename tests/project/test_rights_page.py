"""Guard: docs/rights.md is printed from docs/rights.yaml, and docs/rights.yaml names only what it defines."""

from pathlib import Path

import pytest

from tools.rights import PAGE, SOURCE, load, page


def test_the_page_is_as_the_table_says() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(load()), "run `python tools/rights.py`"


@pytest.mark.parametrize(
    ("planted", "instead"),
    [
        ("who: [senior]", "who: [seniors]"),
        ("when: [merged]", "when: [joined]"),
        ("{acknowledged: [head]}", "{acknowledged: [boss]}"),
    ],
)
def test_a_name_that_is_not_defined_is_caught(tmp_path: Path, planted: str, instead: str) -> None:
    text = SOURCE.read_text(encoding="utf-8")
    assert planted in text
    copy = tmp_path / "rights.yaml"
    copy.write_text(text.replace(planted, instead), encoding="utf-8")
    with pytest.raises(KeyError, match=r"rights\.yaml does not define"):
        load(copy)


def test_another_table_prints_another_page(tmp_path: Path) -> None:
    copy = tmp_path / "rights.yaml"
    copy.write_text(SOURCE.read_text(encoding="utf-8").replace("when: [merged]", "when: [closed]"), encoding="utf-8")
    assert page(load(copy)) != page(load())
