"""The project's own files, for the guards that look at them."""

import ast
import subprocess
from functools import cache
from pathlib import Path

PACKAGES = ("bot", "core", "desk", "documents")
NOT_OURS = {"vendor", "fonts", "__pycache__"}


def files(root: Path, *suffixes: str, under: tuple[str, ...] = ()) -> list[Path]:
    """The project's files with one of `suffixes` (all without any), in the folders `under` (everywhere without any).

    What git ignores is left out. Where there is no git, as in a copy with a planted fault, everything counts but
    caches and what others wrote.
    """
    known = listed_by_git(root) if (root / ".git").exists() else sorted(root.rglob("*"))
    chosen = [path for path in known if not suffixes or path.suffix in suffixes]
    places = [path for path in chosen if not under or path.relative_to(root).parts[0] in under]
    return [path for path in places if path.is_file() and not NOT_OURS.intersection(path.relative_to(root).parts)]


def listed_by_git(root: Path) -> list[Path]:
    """What is committed, and what is new and not ignored."""
    command = ["git", "-C", str(root), "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return sorted(root / name for name in set(listed.split("\0")) if name)


@cache
def read(path: Path, modified_ns: int) -> tuple[ast.AST, ...]:
    """Every node of a Python file's syntax, the module first; read once for every state that the file had."""
    return tuple(ast.walk(ast.parse(path.read_bytes(), filename=str(path))))


def nodes(path: Path) -> tuple[ast.AST, ...]:
    """Every node of a Python file's syntax."""
    return read(path, path.stat().st_mtime_ns)


def calls(path: Path) -> list[ast.Call]:
    """Every call in a Python file."""
    return [node for node in nodes(path) if isinstance(node, ast.Call)]


def spoken(path: Path) -> list[ast.Constant]:
    """The string constants of a Python file that are values, not docstrings."""
    docstrings = {
        id(node.body[0].value)
        for node in nodes(path)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    strings = [node for node in nodes(path) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    return [node for node in strings if id(node) not in docstrings]


def dotted(node: ast.expr) -> str:
    """`a.b.c` as it stands in the source, without calls; empty for anything else."""
    if isinstance(node, ast.Attribute):
        return f"{dotted(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def imported(path: Path) -> dict[str, int]:
    """The names of modules that a Python file imports, each with its line."""
    found: dict[str, int] = {}
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found |= {alias.name: node.lineno for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found |= {f"{node.module}.{alias.name}": node.lineno for alias in node.names}
    return found
