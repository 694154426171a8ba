"""Turns what pydantic finds wrong into mistakes that a person can mend: line, key, what is wrong, what is allowed."""

import re
import types
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from core.settings.marked_yaml import Key, MarkedYaml, Mistake
from core.settings.nearest import nearest

_PLAIN = {
    "int_parsing": "is no whole number; write one, such as 3",
    "int_type": "is no whole number; write one, such as 3",
    "int_from_float": "is no whole number; write one, such as 3",
    "greater_than_equal": "is too small; write {ge} or more",
    "less_than_equal": "is too large; write {le} or less",
    "string_type": "is no text; write it in quotes",
}
"""What pydantic says most often, in plain words."""

_SECRET = re.compile(r"token|secret|password|database", re.IGNORECASE)


def mistakes_in(error: ValidationError, marked: MarkedYaml, model: type[BaseModel]) -> list[Mistake]:
    """A mistake for each thing that pydantic found wrong with the values of `marked` as a `model`."""
    found = error.errors()
    return [_mistake(details, marked, model) for details in found if not _follows(details, found)]


def _follows(details: ErrorDetails, found: Sequence[ErrorDetails]) -> bool:
    """Whether a list is told to be too short only because an item in it is wrong, which is told already."""
    loc = details["loc"]
    inside = any(len(other["loc"]) > len(loc) and other["loc"][: len(loc)] == loc for other in found)
    return details["type"] == "too_short" and inside


def _mistake(details: ErrorDetails, marked: MarkedYaml, model: type[BaseModel]) -> Mistake:
    key = _key(details["loc"], marked.data)
    context: Mapping[str, Any] = details.get("ctx", {})
    kind = details["type"]
    if kind == "misfit":
        key = (*key, *context["key"])
        problem = str(context["problem"])
    elif kind == "extra_forbidden":
        problem = _unknown_key(key, marked.data, model)
    elif kind == "missing":
        key = (*key, str(details["loc"][-1]))
        problem = "this key is missing; write it here"
    elif kind in ("union_tag_invalid", "union_tag_not_found"):
        key, problem = _unknown_tag(key, kind, context)
    elif kind in ("literal_error", "enum"):
        problem = _not_one_of(details["input"], re.findall(r"'([^']*)'", str(context["expected"])))
    elif kind in ("model_type", "model_attributes_type", "dict_type"):
        problem = f"a section stands here, not a single value{_keys_of(key, marked.data, model)}"
    elif kind == "value_error":
        problem = str(context["error"])
    elif kind in _PLAIN:
        problem = f"{_shown(key, details['input'], marked)} {_PLAIN[kind].format(**context)}"
    else:
        problem = f"{_shown(key, details['input'], marked)} does not fit: {details['msg'].lower()}"
    return Mistake(_line(key, marked), key, problem)


def _key(loc: Sequence[str | int], data: Any) -> Key:
    """The part of `loc` that stands in the file: pydantic puts names of union members between."""
    key: list[str | int] = []
    for part in loc:
        stands_there = part in data if isinstance(data, dict) else isinstance(data, list) and isinstance(part, int)
        if stands_there:
            data = data[part]
            key.append(part)
    return tuple(key)


def _line(key: Key, marked: MarkedYaml) -> int:
    while key and key not in marked.lines:
        key = key[:-1]
    return marked.lines.get(key, 1)


def _shown(key: Key, value: object, marked: MarkedYaml) -> str:
    """The value as the message may show it: never a secret, never what the environment holds."""
    if key in marked.from_environment:
        return marked.from_environment[key]
    if isinstance(value, dict | list):
        return "what stands here"
    return "the value" if any(_SECRET.search(str(part)) for part in key) else repr(value)


def _not_one_of(value: object, allowed: Sequence[str]) -> str:
    return f"{value!r} is not allowed; write one of {', '.join(allowed)}{nearest(str(value), allowed)}"


def _unknown_tag(key: Key, kind: str, context: Mapping[str, Any]) -> tuple[Key, str]:
    name = str(context["discriminator"]).strip("'")
    if kind == "union_tag_not_found":
        return (*key, name), "this key is missing; write it here"
    return (*key, name), _not_one_of(context["tag"], re.findall(r"'([^']*)'", str(context["expected_tags"])))


def _unknown_key(key: Key, data: Any, model: type[BaseModel]) -> str:
    allowed = sorted(_allowed(key[:-1], data, model))
    return f"unknown key; allowed here: {', '.join(allowed)}{nearest(str(key[-1]), allowed)}"


def _keys_of(key: Key, data: Any, model: type[BaseModel]) -> str:
    allowed = sorted(_allowed(key, data, model))
    return f"; give it the keys: {', '.join(allowed)}" if allowed else "; write keys and values"


def _allowed(key: Key, data: Any, model: type[BaseModel]) -> set[str]:
    """The keys that the section at `key` may have."""
    kinds: list[Any] = [model]
    for part in key:
        kinds = [inner for kind in kinds for inner in _inside(kind, part, data)]
        data = data[part]
    return {name for section in _sections(kinds, data) for name in _fields(section)}


def _fields(section: type[BaseModel]) -> dict[str, Any]:
    return {str(field.validation_alias or name): field.annotation for name, field in section.model_fields.items()}


def _sections(kinds: Sequence[Any], data: Any) -> list[type[BaseModel]]:
    """The models among `kinds`; of several only those whose Literal fields (`platform`) agree with `data`."""
    found = [kind for one in kinds for kind in _members(one) if isinstance(kind, type) and issubclass(kind, BaseModel)]
    return [section for section in found if not isinstance(data, dict) or _agrees(section, data)]


def _agrees(section: type[BaseModel], data: dict[str, Any]) -> bool:
    literals = {name: get_args(kind) for name, kind in _fields(section).items() if get_origin(kind) is Literal}
    return all(data[name] in values for name, values in literals.items() if len(values) == 1 and name in data)


def _members(kind: Any) -> list[Any]:
    origin = get_origin(kind)
    if origin is Annotated:
        return _members(get_args(kind)[0])
    if origin in (Union, types.UnionType):
        return [inner for member in get_args(kind) for inner in _members(member)]
    return [kind]


def _inside(kind: Any, part: str | int, data: Any) -> list[Any]:
    """What may stand at `part` of a value of this kind."""
    inner = [fields[part] for s in _sections([kind], data) if isinstance(part, str) and part in (fields := _fields(s))]
    for member in _members(kind):
        arguments = get_args(member)
        if get_origin(member) is dict:
            inner.append(arguments[1])
        elif get_origin(member) in (list, tuple) and arguments:
            inner.append(arguments[0])
    return inner
