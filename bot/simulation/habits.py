"""What people do, how often, and in which words: habits.yaml and sentences.yaml, read and drawn from."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from core.complaints import State

NOBODY = "nobody"
_HERE = Path(__file__).parent


@dataclass(frozen=True)
class Habit:
    """A line of a table. `after`: between so many hours later."""

    do: str
    weight: float
    after: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True)
class Habits:
    """The tables. `stages`: by the state of a complaint.   mornings: what an officer does on one.

    petitions, manners, absences: probabilities by name.
    """

    stages: Mapping[State, Sequence[Habit]]
    chatter: Sequence[Habit]
    mornings: Sequence[Habit]
    petitions: Mapping[str, float]
    manners: Mapping[str, float]
    absences: Mapping[str, float]
    sentences: Mapping[str, Sequence[str]]

    @staticmethod
    def load() -> "Habits":
        """As they stand in the two files."""
        tables, sentences = _read("habits.yaml"), _read("sentences.yaml")
        stages = {State(state): _habits(lines) for state, lines in tables["stages"].items()}
        return Habits(
            stages=stages,
            chatter=_habits(tables["chatter"]),
            mornings=_habits(tables["mornings"]),
            petitions=tables["petitions"],
            manners=tables["manners"],
            absences=tables["absences"],
            sentences=sentences,
        )

    def names(self) -> set[str]:
        """Every course that some line names, without `nobody`."""
        lines = [*self.chatter, *self.mornings, *(each for stage in self.stages.values() for each in stage)]
        return {each.do for each in lines} - {NOBODY}

    def next(self, state: State, chance: random.Random) -> Habit | None:
        """What comes next for a complaint that stands so; None: nobody does anything."""
        return drawn(self.stages[state], chance)

    def happens(self, manner: str, chance: random.Random) -> bool:
        """Whether it is done so this time."""
        return chance.random() < self.manners[manner]

    def sentence(self, kind: str, chance: random.Random) -> str:
        """One of the sentences of a kind."""
        return chance.choice(self.sentences[kind])


def drawn(lines: Sequence[Habit], chance: random.Random) -> Habit | None:
    """One of the lines by their weights; None for `nobody`."""
    (habit,) = chance.choices(lines, [each.weight for each in lines])
    return None if habit.do == NOBODY else habit


def _read(name: str) -> Any:
    return yaml.safe_load((_HERE / name).read_text(encoding="utf-8"))


def _habits(lines: Sequence[Mapping[str, Any]]) -> tuple[Habit, ...]:
    return tuple(Habit(each["do"], each["weight"], tuple(each.get("after", (0.0, 0.0)))) for each in lines)
