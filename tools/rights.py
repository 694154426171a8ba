"""The table of who may do what: read from docs/rights.yaml, printed as docs/rights.md.

    python tools/rights.py            writes docs/rights.md
    python tools/rights.py --check    says whether it is as the table says; 1 if not

Every door is tried against the same table in tests/rights, so the page is what the program does.
"""

import argparse
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).resolve().parent.parent
NAMED_SETS = ("open", "running")
SOURCE, PAGE = ROOT / "docs/rights.yaml", ROOT / "docs/rights.md"
HEAD = """# Who may do what

Printed from [rights.yaml](rights.yaml) by `tools/rights.py`; every cell of it is tried at every door by the tests in
`tests/rights`: in the chat, with the desk's forms, with a program's token. So whoever may not do something here cannot
do it by a made-up button, a made-up form or a program either. Why each is so stands in [rules.md](rules.md).

● may, in the states named beside it · – may not, in no state, and learns nothing of the complaint
"""


class Cell(Enum):
    """What comes of it: it is done; it cannot be done in this state; whoever asks has no right to it at all."""

    MAY = "may"
    NOT_NOW = "not now"
    NO_RIGHT = "no right"


@dataclass(frozen=True)
class Action:
    """What is done with a complaint; the fields are those of docs/rights.yaml."""

    name: str
    does: str
    who: frozenset[str]
    when: frozenset[str]
    only: Mapping[str, frozenset[str]] = field(default_factory=dict)
    even: Mapping[str, frozenset[str]] = field(default_factory=dict)
    chat: str | None = None
    not_by_chat: frozenset[str] = frozenset()
    note: str = ""
    desk: bool = True

    def cell(self, person: str, state: str) -> Cell:
        """What comes of it for somebody in a state."""
        if person not in self.only.get(state, self.who):
            return Cell.NO_RIGHT
        if state in self.when or person in self.even.get(state, ()):
            return Cell.MAY
        return Cell.NOT_NOW


@dataclass(frozen=True)
class Case:
    """Complaints, or people, for whom something is different.

    people: who there is, each with those of the table whose rights they have together; empty: everybody as above.
    changes: by action, who may instead, and why.
    """

    name: str
    words: str
    people: Mapping[str, frozenset[str]]
    changes: Mapping[str, "Change"]


@dataclass(frozen=True)
class Change:
    """Who may instead, in which states this is so, and why."""

    who: frozenset[str]
    when: frozenset[str]
    note: str = ""


@dataclass(frozen=True)
class Table:
    """The whole of docs/rights.yaml. states, people: by name, what they are called."""

    people: Mapping[str, Mapping[str, str]]
    states: Mapping[str, str]
    sets: Mapping[str, tuple[str, ...]]
    groups: Mapping[str, tuple[Action, ...]]
    cases: Mapping[str, Case]

    @property
    def actions(self) -> dict[str, Action]:
        """Every action by its name."""
        return {each.name: each for group in self.groups.values() for each in group}

    def people_of(self, case: str | None) -> tuple[str, ...]:
        """Who there is in a case."""
        return tuple(self.cases[case].people or self.people) if case else tuple(self.people)

    def cell(self, action: str, person: str, state: str, case: str | None = None) -> Cell:
        """What comes of an action for somebody in a state, in a case."""
        found = self.actions[action]
        change = self.cases[case].changes.get(action) if case else None
        if change is not None and state in change.when:
            now = Cell.MAY if state in found.when else Cell.NOT_NOW
            return now if person in change.who else Cell.NO_RIGHT
        alike = self.cases[case].people.get(person, frozenset({person})) if case else frozenset({person})
        cells = {found.cell(each, state) for each in alike}
        return next(each for each in Cell if each in cells)


def load(path: Path = SOURCE) -> Table:
    """The table. Raises KeyError for a name that it does not define."""
    read = yaml.safe_load(path.read_text(encoding="utf-8"))
    sets = {name: tuple(names) for name, names in read["state_sets"].items()}

    def named(names: Iterable[str], known: Iterable[str]) -> frozenset[str]:
        found = frozenset(each for name in names for each in sets.get(name, (name,)))
        if unknown := found - set(known):
            raise KeyError(f"{path.name} does not define {', '.join(sorted(unknown))}")
        return found

    def by_state(given: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
        return {state: named(names, read["people"]) for state, names in given.items()}

    def action(name: str, told: Mapping[str, Any]) -> Action:
        who, when = named(told["who"], read["people"]), named(told["when"], read["states"])
        only, even = by_state(told.get("only", {})), by_state(told.get("even", {}))
        rest = {key: told[key] for key in ("chat", "note", "desk") if key in told}
        without = named(told.get("not_by_chat", []), read["people"])
        return Action(name, told["does"], who, when, only, even, not_by_chat=without, **rest)

    def case(name: str, told: Mapping[str, Any]) -> Case:
        people = {each: named(alike, read["people"]) for each, alike in told.get("people", {}).items()}
        changes = {
            each: Change(
                named(to["who"], people or read["people"]),
                named(to.get("when", read["states"]), read["states"]),
                to.get("note", ""),
            )
            for each, to in told["changes"].items()
        }
        return Case(name, told["words"], people, changes)

    groups = {
        group["name"]: tuple(action(name, told) for name, told in group["actions"].items()) for group in read["groups"]
    }
    cases = {name: case(name, told) for name, told in read["cases"].items()}
    return Table(read["people"], read["states"], sets, groups, cases)


def page(table: Table) -> str:
    """docs/rights.md."""
    parts = [HEAD, "## The people\n", *_people(table), "\n## The states\n", *_states(table)]
    for name, actions in table.groups.items():
        parts += [f"\n## {name}\n", *_group(table, actions)]
    parts += ["\n## What is different about some complaints\n", *_cases(table)]
    return "\n".join(parts).rstrip() + "\n"


def _people(table: Table) -> list[str]:
    return [
        "| column | who |",
        "|---|---|",
        *(f"| {each['short']} | {each['words']} |" for each in table.people.values()),
    ]


def _states(table: Table) -> list[str]:
    lines = [f"- *{words}*" for words in table.states.values()]
    named = {name: table.sets[name] for name in NAMED_SETS}
    return [*lines, *(f"- **{name}**: {', '.join(table.states[each] for each in of)}" for name, of in named.items())]


def _group(table: Table, actions: tuple[Action, ...]) -> list[str]:
    columns = {name: each["short"] for name, each in table.people.items() if any(name in a.who for a in actions)}
    lines = [
        f"| action | {' | '.join(columns.values())} | in which states | chat | desk and programs |",
        f"|---|{':-:|' * len(columns)}---|---|---|",
    ]
    for each in actions:
        marks = " | ".join("●" if name in each.who else "–" for name in columns)
        lines.append(f"| {each.does} | {marks} | {_when(table, each)} | {each.chat or '–'} | {_at_the_desk(each)} |")
    notes = [f"- {each.does}: {each.note}" for each in actions if each.note]
    others = [each["short"] for name, each in table.people.items() if name not in columns]
    nobody = [f"Nobody in the columns {', '.join(others)} may any of these."] if others else []
    return [*lines, "", *notes, *([""] if notes and nobody else []), *nobody]


def _at_the_desk(action: Action) -> str:
    return f"`{action.name}`" if action.desk else "–"


def _when(table: Table, action: Action) -> str:
    left, said = set(action.when), []
    for name in NAMED_SETS:
        if set(table.sets[name]) <= left:
            said.append(f"**{name}**")
            left -= set(table.sets[name])
    said += [table.states[each] for each in table.states if each in left]
    words = "every state" if action.when == frozenset(table.states) else ", ".join(said)
    for kind, told in (("only", action.only), ("also", action.even)):
        for state, who in told.items():
            names = ", ".join(table.people[each]["short"] for each in table.people if each in who)
            words += f"; {table.states[state]}: {kind} {names}"
    return words


def _cases(table: Table) -> list[str]:
    lines: list[str] = []
    for case in table.cases.values():
        lines += [f"**{case.words}:**", ""]
        nobody = [name for name, change in case.changes.items() if not change.who]
        if nobody:
            done = ", ".join(f"`{name}`" for name in nobody)
            lines.append(f"- may not: {done}")
        for name, change in case.changes.items():
            if change.who:
                known = [table.people[each]["words"] for each in table.people if each in change.who]
                lines.append(f"- `{name}`: {', '.join(known) or 'they too'}. {change.note}".rstrip())
        lines.append("")
    return lines


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="change nothing; say whether the page is as the table")
    wanted = page(load())
    if parser.parse_args().check:
        if PAGE.read_text(encoding="utf-8") == wanted:
            return 0
        print("docs/rights.md is not what docs/rights.yaml says: run `python tools/rights.py`", file=sys.stderr)
        return 1
    PAGE.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
