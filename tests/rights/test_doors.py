"""Every action x everybody x every state at every door, as docs/rights.yaml says: done, or refused and nothing changed.

Where it may be done, each attempt has a complaint of its own; all that are refused share one, since nothing of it may
change (docs/design.md §4, Who may do what).
"""

import re
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from typing import Any

import pytest

from bot.permission import may
from core.complaints import Complaint
from core.people import Actor, Door, Via
from tests.rights.office import Office, new_office, own_chat
from tests.rights.ways import AFTER_THE_SOLUTION, CHAT, FIELDS, HAPPENED, NAMES, SILENT, Way, extra
from tools.rights import Cell, Table, load

TABLE: Table = load()
DOORLESS = ("complainant", "other_complainant", "stranger")
"""Whoever has no place at the desk and no token."""

EVERYWHERE = [(action, None) for action in TABLE.actions]
AT_THE_DESK = [(name, None) for name, action in TABLE.actions.items() if action.desk]
WHERE_IT_DIFFERS = [(action, name) for name, case in TABLE.cases.items() for action in case.changes]
Attempt = Callable[[str, Complaint], Coroutine[Any, Any, str]]
"""Somebody tries it on a complaint; returns what they were told."""

Shared = dict[tuple[str, str | None], Complaint]
"""By state and case, the complaint that every refused attempt is made on."""


@dataclass(frozen=True)
class Tried:
    """What is tried, in which case, at which door."""

    action: str
    case: str | None
    door: str


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One office for all attempts."""
    yield from new_office(tmp_path_factory.mktemp("rights"))


@pytest.fixture(scope="module")
def shared(office: Office) -> Shared:
    """A complaint in every state."""
    return {(state, case): office.prepare(state, case)[0] for case in (None, *TABLE.cases) for state in TABLE.states}


@pytest.mark.parametrize(("action", "case"), [*EVERYWHERE, *WHERE_IT_DIFFERS])
def test_in_the_chat(office: Office, shared: Shared, action: str, case: str | None) -> None:
    # What was solved at the desk has no message in the chat.
    ways = () if action in AFTER_THE_SOLUTION and case == "own_solution" else CHAT.get(action, ())
    for number, way in enumerate(ways):

        async def go(who: str, complaint: Complaint, way: Way = way) -> str:
            user = office.user(who, complaint)
            chat = own_chat(
                complaint.code if action in AFTER_THE_SOLUTION else f"{complaint.code}/{next(office.numbers)}"
            )
            toasts = [await step(office, user, chat, complaint) for step in way.steps]
            return toasts[0] or f"in {chat.chat}"

        def there(who: str, way: Way = way) -> bool:
            return way.is_for(who) and who not in TABLE.actions[action].not_by_chat

        told = try_all(office, shared, Tried(action, case, f"way {number} of the chat"), go, there)
        spoken = office.spoken_in()
        silent = [each for each in told if each.startswith("in ") and each[3:] not in spoken]
        assert action in SILENT or not silent, "whoever is refused is told why"


@pytest.mark.parametrize(("action", "case"), [*AT_THE_DESK, *WHERE_IT_DIFFERS])
def test_at_the_desk(office: Office, shared: Shared, action: str, case: str | None) -> None:
    async def send(who: str, complaint: Complaint) -> str:
        fields = {**FIELDS.get(action, {}), **extra(office, action, complaint, form=True)}
        path = f"/c/{complaint.code}/{NAMES.get(action, action)}"
        answer = await office.post(who, path, {"version": complaint.version, **fields})
        assert answer.status_code in (303, 403, 409), f"{answer.status_code}: {answer.text}"
        return str(answer.status_code)

    try_all(office, shared, Tried(action, case, "the desk"), send, lambda who: who not in DOORLESS)


@pytest.mark.parametrize(("action", "case"), [*AT_THE_DESK, *WHERE_IT_DIFFERS])
def test_by_a_program(office: Office, shared: Shared, action: str, case: str | None) -> None:
    async def ask(who: str, complaint: Complaint) -> str:
        body = {**FIELDS.get(action, {}), **extra(office, action, complaint, form=False)}
        answer = await office.program(who, f"/api/complaints/{complaint.code}/{NAMES.get(action, action)}", body)
        assert answer.status_code in (200, 403, 409), f"{answer.status_code}: {answer.text}"
        assert answer.status_code == 200 or len(answer.json()["error"]) > 20
        return str(answer.status_code)

    try_all(office, shared, Tried(action, case, "a program"), ask, lambda who: who not in DOORLESS)


@pytest.mark.parametrize("who", TABLE.people)
def test_help_shows_the_commands_that_somebody_may_use_and_no_other(office: Office, who: str) -> None:
    actor = office.actor(who) if who in office.people else Actor(None, Via(Door.CHAT))
    for action in TABLE.actions.values():
        at_home = who.removesuffix("_elsewhere")
        able = who not in DOORLESS and any(TABLE.cell(action.name, at_home, each) is Cell.MAY for each in TABLE.states)
        for command in re.findall(r"/(\w+)", action.chat or ""):
            assert may(actor, office.running.around.command_roles[command]) == able, f"{who}: /{command}"


def try_all(office: Office, shared: Shared, tried: Tried, attempt: Attempt, there: Callable[[str], bool]) -> list[str]:
    """Everybody tries it in every state at one door; returns what those were told who were refused."""
    people = [who for who in TABLE.people_of(tried.case) if there(who)]
    may: list[tuple[str, str, Complaint]] = []
    may_not: list[tuple[str, str]] = []
    for state in TABLE.states:
        cells = {who: TABLE.cell(tried.action, who, state, tried.case) for who in people}
        able = [who for who, cell in cells.items() if cell is Cell.MAY]
        made = office.prepare(state, tried.case, len(able)) if able else []
        may += [(who, state, complaint) for who, complaint in zip(able, made, strict=True)]
        may_not += [(who, state) for who in people if who not in able]
    office.together([attempt(who, complaint) for who, _, complaint in may])
    told = office.together([attempt(who, shared[state, tried.case]) for who, state in may_not])
    wrong = [
        f"{who} may {tried.action} what is {state}, by {tried.door}"
        for who, state, complaint in may
        if HAPPENED[tried.action] not in office.happened_since(complaint)
    ]
    for state in {state for _, state in may_not}:
        complaint = shared[state, tried.case]
        if office.now(complaint.code) != complaint:
            done = ", ".join(f"{who} has {what}" for who, what in office.who_did_since(complaint))
            wrong.append(f"{done}: what is {state}, by {tried.door}; they may not {tried.action}")
            shared[state, tried.case] = office.prepare(state, tried.case)[0]
    assert not wrong, "\n".join(wrong)
    return told
