"""Reads YAML and remembers on which line each key stands, so that a mistake can be pointed at.

Unlike plain YAML it takes every unquoted word but null, true and false for text (`18:00` is no number of seconds, `NO`
no falsehood), finds keys that stand twice, and puts the environment's values in place of `${NAME}`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

Key = tuple[str | int, ...]

_NULLS = {"", "~", "null", "Null", "NULL"}
_BOOLS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}
_VARIABLE = re.compile(r"\$\{([^{}\n]*)\}")
# While YAML is parsed the braces are two characters that nobody types: `{token: ${TOKEN}}` would be no YAML otherwise.
_OPEN, _SHUT = "\ue000", "\ue001"
_HIDDEN_VARIABLE = re.compile(f"{_OPEN}([^{_SHUT}]*){_SHUT}")
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")


@dataclass(frozen=True)
class Mistake:
    """Something wrong at a line of the file; `key` is empty where the file as a whole is meant."""

    line: int
    key: Key
    problem: str


@dataclass
class MarkedYaml:
    """What stood in the file, as plain values, with the line of each key and the mistakes found on the way."""

    data: Any = None
    lines: dict[Key, int] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)
    #: Keys whose value came from the environment, with the text that stands in the file: such a value is never shown.
    from_environment: dict[Key, str] = field(default_factory=dict)


def read_marked_yaml(text: str, environment: Mapping[str, str]) -> MarkedYaml:
    """Read `text`. Never raises for what is written in it: whatever is wrong stands in `mistakes`."""
    marked = MarkedYaml()
    try:
        root = yaml.compose(_VARIABLE.sub(rf"{_OPEN}\1{_SHUT}", text), Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        told = f"this is not YAML: {error.problem or error.context}; check quotes, colons and indentation around here"
        marked.mistakes.append(Mistake(mark.line + 1 if mark else 1, (), told))
        return marked
    except yaml.YAMLError as error:
        told = f"this is not YAML: {error}; save the file as plain UTF-8 text"
        marked.mistakes.append(Mistake(1, (), " ".join(told.split())))
        return marked
    if root is not None:
        marked.data = _Reader(marked, environment).value(root, (), ())
    return marked


class _Reader:
    """Walks the composed nodes of one file."""

    def __init__(self, marked: MarkedYaml, environment: Mapping[str, str]) -> None:
        self._marked = marked
        self._environment = environment

    def value(self, node: yaml.Node, key: Key, above: tuple[yaml.Node, ...]) -> Any:
        self._marked.lines.setdefault(key, node.start_mark.line + 1)
        if any(node is outer for outer in above):
            self._marked.mistakes.append(
                Mistake(self._marked.lines[key], key, "this alias contains itself; write the values out")
            )
            return None
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, key, (*above, node))
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*key, number), (*above, node)) for number, item in enumerate(node.value)]
        return self._scalar(node, key)

    def _mapping(self, node: yaml.MappingNode, key: Key, above: tuple[yaml.Node, ...]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name_node, value_node in node.value:
            if not isinstance(name_node, yaml.ScalarNode):
                self._mistake(name_node, key, "a key must be a plain word")
                continue
            name = str(name_node.value)
            inner = (*key, name)
            if name in found:
                first = self._marked.lines[inner]
                self._mistake(name_node, inner, f"this key stands on line {first} already; keep one of the two")
                continue
            self._marked.lines[inner] = name_node.start_mark.line + 1
            found[name] = self.value(value_node, inner, above)
        return found

    def _scalar(self, node: yaml.Node, key: Key) -> Any:
        text = str(node.value)
        plain = isinstance(node, yaml.ScalarNode) and node.style is None
        if plain and text in _NULLS:
            return None
        if plain and text in _BOOLS:
            return _BOOLS[text]
        if _OPEN not in text:
            return text
        self._marked.from_environment[key] = _HIDDEN_VARIABLE.sub(r"${\1}", text)
        return _HIDDEN_VARIABLE.sub(lambda found: self._variable(found[1], node, key), text)

    def _variable(self, name: str, node: yaml.Node, key: Key) -> str:
        if not _NAME.fullmatch(name):
            told = (
                f"${{{name}}} names no environment variable; use letters, digits and underscores: ${{TELEGRAM_TOKEN}}"
            )
            self._mistake(node, key, told)
        elif name not in self._environment:
            told = f"the environment variable {name} is not set; set it before the start, or write the value here"
            self._mistake(node, key, told)
        return self._environment.get(name, "")

    def _mistake(self, node: yaml.Node, key: Key, problem: str) -> None:
        self._marked.mistakes.append(Mistake(node.start_mark.line + 1, key, problem))
