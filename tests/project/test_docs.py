"""Guard: the rule that a docstring cites exists, and each note on a change is one that its user can read."""

import re
from pathlib import Path

import pytest

from tests.project.tree import PACKAGES, files

DOCUMENT = re.compile(r"docs/[\w/-]+\.md")
DESIGN = re.compile(r"docs/design\.md §(\d)")
RULE = re.compile(r"docs/rules\.md ([A-Z]\d+)")
NOTE = re.compile(r"(\d+)\.(added|changed|fixed|removed)\.md")


def wrong_citations(root: Path) -> list[str]:
    """Citations in code and documents of a page, section or rule that there is not."""
    sections = set(re.findall(r"^## (\d)\.", (root / "docs/design.md").read_text("utf-8"), re.MULTILINE))
    rules = set(re.findall(r"^- \*\*([A-Z]\d+)\*\*", (root / "docs/rules.md").read_text("utf-8"), re.MULTILINE))
    found = []
    for path in files(
        root, ".py", ".md", ".j2", ".html", ".yaml", ".toml", under=(*PACKAGES, "docs", "tests", "tools")
    ):
        if path.parent == root / "tests/project":
            continue  # the guards' own examples
        text, name = path.read_text(encoding="utf-8"), path.relative_to(root)
        found += [f"{name}: {page}" for page in DOCUMENT.findall(text) if not (root / page).is_file()]
        found += [f"{name}: docs/design.md §{section}" for section in DESIGN.findall(text) if section not in sections]
        found += [f"{name}: docs/rules.md {rule}" for rule in RULE.findall(text) if rule not in rules]
    return found


def wrong_notes(root: Path) -> list[str]:
    """Notes in changes/ with a name or a text that changes/README.md does not allow."""
    found = []
    for path in files(root, under=("changes",)):
        words = path.read_text(encoding="utf-8").split()
        if path.name != "README.md" and not (NOTE.fullmatch(path.name) and words and words[-1].endswith((".", "।"))):
            found.append(f"{path.relative_to(root)}: see changes/README.md")
    return found


def rooms_not_in_the_design(root: Path) -> list[str]:
    """Files and folders of core and bot that the tables of docs/design.md §2 do not name."""
    design = (root / "docs/design.md").read_text("utf-8")
    rooms = [
        each
        for package in ("core", "bot")
        for each in sorted((root / package).iterdir())
        if each.name[0] not in "_." and (each.suffix == ".py" or (each / "__init__.py").is_file())
    ]
    named = {f"{each.relative_to(root)}": each.name if each.is_file() else f"{each.name}/" for each in rooms}
    return [place for place, name in named.items() if f"`{name}`" not in design and f"  {name} " not in design]


def test_every_room_of_core_and_bot_stands_in_the_design(root: Path) -> None:
    assert rooms_not_in_the_design(root) == []


def test_a_room_that_the_design_does_not_know_is_caught(copy: Path) -> None:
    (copy / "core/planted.py").write_text('"""A new room."""\n', encoding="utf-8")
    assert rooms_not_in_the_design(copy) == ["core/planted.py"]


def test_citations_lead_somewhere(root: Path) -> None:
    assert any(RULE.search(path.read_text("utf-8")) for path in files(root, ".py", under=PACKAGES))
    assert wrong_citations(root) == []


def test_notes_on_changes_are_readable(root: Path) -> None:
    assert len(files(root, ".md", under=("changes",))) > 1
    assert wrong_notes(root) == []


@pytest.mark.parametrize("cited", ["docs/nowhere.md", "docs/design.md §9", "docs/rules.md D99"])
def test_a_wrong_citation_is_caught(copy: Path, cited: str) -> None:
    (copy / "core/planted.py").write_text(f'"""As {cited} says."""\n', encoding="utf-8")
    assert f"core/planted.py: {cited}" in wrong_citations(copy)


@pytest.mark.parametrize(("name", "text"), [("new.md", "A sentence."), ("3.added.md", ""), ("3.added.md", "no end")])
def test_a_wrong_note_is_caught(copy: Path, name: str, text: str) -> None:
    (copy / "changes" / name).write_text(text, encoding="utf-8")
    assert f"changes/{name}: see changes/README.md" in wrong_notes(copy)
