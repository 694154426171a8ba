"""Reads config.yaml into its typed form, or says everything that is wrong with it at once."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from core.settings.marked_yaml import Key, Mistake, read_marked_yaml
from core.settings.mistakes import mistakes_in

Model = TypeVar("Model", bound=BaseModel)


class ConfigError(Exception):
    """The configuration can't be used. `problems`: a line for each mistake, `file:line: key: what; what is allowed`."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        """`problems`: at least one, in the order of the file."""
        super().__init__("\n".join(problems))
        self.problems = problems


def read_config(path: Path, model: type[Model], environment: Mapping[str, str] | None = None) -> Model:
    """Read the file at `path` as a `model`, such as `Settings`.

    `environment` gives the values for `${NAME}`; None takes the process's own. An empty file is the standard. Raises
    ConfigError with all mistakes that can be seen, each with its line, key, what is allowed and the nearest valid name.
    """
    marked = read_marked_yaml(_text(path), os.environ if environment is None else environment)
    found = list(marked.mistakes)
    # A value that could not be had is not also told to be wrong; one at another line of the same key is.
    already = {(mistake.line, mistake.key) for mistake in found}
    settings: Model | None = None
    if marked.data is None:
        marked.data = {}
    if all(mistake.key for mistake in found):
        try:
            settings = model.model_validate(marked.data)
        except ValidationError as error:
            found += [one for one in mistakes_in(error, marked, model) if (one.line, one.key) not in already]
    if found or settings is None:
        ordered = sorted(found, key=lambda mistake: mistake.line)
        raise ConfigError(tuple(_told(path, mistake) for mistake in ordered))
    return settings


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ConfigError((f"{path}: there is no such file; `janmilan init` writes one",)) from None
    except UnicodeDecodeError as error:
        told = f"{path}: the file is not UTF-8 (byte {error.start}); save it as UTF-8 in your editor"
        raise ConfigError((told,)) from None
    except OSError as error:
        raise ConfigError((f"{path}: the file can't be read ({error.strerror}); check its path and rights",)) from None


def _told(path: Path, mistake: Mistake) -> str:
    name = _dotted(mistake.key)
    return f"{path}:{mistake.line}: {name + ': ' if name else ''}{mistake.problem}"


def _dotted(key: Key) -> str:
    """`escalation[2].when` for ("escalation", 2, "when")."""
    parts = [f"[{part}]" if isinstance(part, int) else f".{part}" for part in key]
    return "".join(parts).removeprefix(".")
