"""Guard: nothing in the project names a package registry's host or a folder of somebody's machine."""

import re
from pathlib import Path

import pytest

from tests.project.tree import files

# Written so that this file does not match itself.
REGISTRY = re.compile(
    r"pypi[.]org|pythonhosted[.]org|registry[.]npmjs|deb[.]debian[.]org|index-url\s*=|^--find-links|file:/{3}"
)
MACHINE = re.compile(r"(?<![\w.~/-])/(work|root|home|Users)/[A-Za-z]")
ANY_ADDRESS = re.compile(r"\w+://")


def addresses(root: Path) -> list[str]:
    """Lines with such an address; in a lock file any address at all."""
    found = []
    for path in files(root):
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # a picture
        patterns = [REGISTRY, MACHINE, *([ANY_ADDRESS] if path.suffix == ".lock" else [])]
        lines = [
            (number, line) for number, line in enumerate(text.splitlines(), 1) if any(p.search(line) for p in patterns)
        ]
        found += [f"{path.relative_to(root)}:{number}: {line.strip()}" for number, line in lines]
    return found


def test_no_addresses_of_registries_or_machines(root: Path) -> None:
    assert {"requirements.lock", "assets.lock", "README.md"} <= {path.name for path in files(root)}
    assert addresses(root) == []


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("requirements.lock", "--index" + "-url=x"),
        ("requirements.lock", "--find" + "-links wheels"),
        ("assets.lock", "# https" + "://example.org"),
        ("docs/planted.md", "Packages come from files.python" + "hosted.org"),
        ("tools/planted.py", "HERE = '/ho" + "me/ram/janmilan'"),
    ],
)
def test_an_address_is_caught(copy: Path, name: str, line: str) -> None:
    with (copy / name).open("a", encoding="utf-8") as file:
        file.write(f"{line}\n")
    assert name in {fault.partition(":")[0] for fault in addresses(copy)}
