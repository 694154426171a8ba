"""Who may do what, in full: every action x everybody x every state (docs/design.md §4, Who may do what).

Who lacks the right is told so in every state and learns nothing of the complaint; who has it is told why it cannot be
done now, or it is done. Each attempt is made through the office and dropped again.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from core.commands import (
    Acknowledge,
    AddEvidence,
    AddNote,
    AnswerQuestion,
    AskMoreTime,
    AskOfficer,
    Assign,
    BindGroup,
    ChooseLanguage,
    Command,
    Confirm,
    DeclareHoliday,
    DeclineMoreTime,
    GrantMoreTime,
    HandBack,
    LinkComplainant,
    LinkIdentity,
    LookAtFlags,
    Merge,
    Part,
    PauseComplaint,
    Recategorise,
    RegisterPetition,
    Reject,
    Reopen,
    ResumeComplaint,
    Solve,
    StillOnIt,
    TellNotReached,
    TellPoliteness,
    TellStillWrong,
    Transfer,
    UndoSolution,
    Unmerge,
)
from core.groups import Purpose
from core.office import Done
from core.pauses import PauseFor
from core.people import Actor, Door, Role, Via
from core.presence_commands import EnterLeave, TakeOffline
from core.refusals import (
    AlreadyAcknowledged,
    AlreadyAsked,
    AlreadyClosed,
    AlreadyMerged,
    AlreadyPaused,
    AlreadyRejected,
    AlreadySolved,
    Invalid,
    NoQuestion,
    NotAllowed,
    NothingAsked,
    NotMerged,
    NotPaused,
    NotSolved,
    OwnSolution,
    Refusal,
    WrongDepartment,
)
from core.store.unit import UnitOfWork
from core.store.work import Work
from tests.district import DEPARTMENT_IDS, PEOPLE, District, small_district

WORDS, PHOTO = "नाली की मरम्मत कराई, पानी निकल गया", "a" * 64
DPRO, BDO = frozenset({DEPARTMENT_IDS["DPRO"]}), frozenset({DEPARTMENT_IDS["BDO"]})
NO_RIGHT = (NotAllowed, WrongDepartment, OwnSolution)
NOT_NOW = (
    AlreadySolved,
    AlreadyClosed,
    NotSolved,
    AlreadyAcknowledged,
    AlreadyAsked,
    AlreadyPaused,
    NothingAsked,
    NotPaused,
    AlreadyRejected,
    AlreadyMerged,
    NotMerged,
    NoQuestion,
)
LATER = date(2026, 12, 14)
VIA = Via(Door.CHAT, "bot", "group:DPRO")


def people(petition: int) -> dict[str, Actor]:
    """Everybody there can be, towards a complaint of this petition that the DPRO holds and Sunita solved."""
    return {
        "member": Actor(PEOPLE["sunita"], VIA, member_of=DPRO),
        "head": Actor(PEOPLE["ashok"], VIA, member_of=DPRO, head_of=DPRO),
        "removed member": Actor(PEOPLE["sunita"], VIA),
        "member elsewhere": Actor(PEOPLE["ramesh"], VIA, member_of=BDO),
        "head elsewhere": Actor(PEOPLE["ramesh"], VIA, member_of=BDO, head_of=BDO),
        **{
            role.value: Actor(90, VIA, roles=frozenset({role})) for role in Role if role not in (Role.MEMBER, Role.HEAD)
        },
        "complainant": Actor(None, VIA, petition=petition),
        "another complainant": Actor(None, VIA, petition=petition + 1_000_000),
        "stranger": Actor(None, VIA),
    }


OPEN = {"registered", "acknowledged", "reopened", "transferred", "asked", "questioned", "paused"}
"""Of these two are no states of their own: more time was "asked" for; whoever was "questioned" has not answered."""
RUNNING = OPEN - {"asked", "paused"}
STATES = (*sorted(OPEN), "solved", "closed", "rejected", "merged")
TARGET: list[str] = []
"""The code of an open complaint that others are joined to."""
ACTIONS: dict[str, tuple[Callable[[str], Command], set[str], set[str]]] = {
    "acknowledge": (Acknowledge, {"member", "head", "operator"}, OPEN - {"acknowledged"}),
    "still on it": (StillOnIt, {"member", "head", "operator"}, OPEN),
    "hand back": (HandBack, {"member", "head", "operator"}, OPEN),
    "solve": (lambda code: Solve(code, WORDS, (PHOTO,)), {"member", "head", "operator"}, OPEN),
    "undo": (UndoSolution, {"member", "head"}, {"solved"}),
    "evidence": (lambda code: AddEvidence(code, ("b" * 64,)), {"member", "head", "operator"}, {"solved"}),
    "note": (
        lambda code: AddNote(code, WORDS),
        {"member", "head", "operator", "senior", "nodal_officer", "administrator", "complainant"},
        set(STATES),
    ),
    "confirm": (Confirm, {"operator", "senior", "complainant"}, {"solved"}),
    "reopen": (Reopen, {"operator", "senior", "complainant"}, {"solved", "closed", "rejected"}),
    "reject": (lambda code: Reject(code, "sub_judice"), {"senior"}, OPEN),
    "merge": (lambda code: Merge(code, TARGET[0]), {"senior"}, OPEN | {"merged"}),
    "unmerge": (Unmerge, {"senior"}, {"merged"}),
    "assign": (lambda code: Assign(code, PEOPLE["sunita"]), {"head", "operator"}, OPEN),
    "ask": (lambda code: AskOfficer(code, "कब तक?"), {"operator", "senior"}, OPEN | {"solved"}),
    "answer": (lambda code: AnswerQuestion(code, WORDS), {"member", "head", "operator", "senior"}, {"questioned"}),
    "still wrong": (lambda code: TellStillWrong(code, WORDS), {"operator", "senior", "complainant"}, {"reopened"}),
    "ask more time": (lambda code: AskMoreTime(code, LATER, WORDS), {"member", "head", "operator"}, RUNNING),
    "give time": (GrantMoreTime, {"senior"}, {"asked"}),
    "give no time": (DeclineMoreTime, {"senior"}, {"asked"}),
    "pause": (
        lambda code: PauseComplaint(code, LATER, PauseFor.COURT, WORDS),
        {"operator", "senior"},
        RUNNING | {"asked"},
    ),
    "give time unasked": (
        lambda code: PauseComplaint(code, LATER, PauseFor.MORE_TIME, WORDS),
        {"senior"},
        RUNNING | {"asked"},
    ),
    "resume": (ResumeComplaint, {"operator", "senior"}, {"paused"}),
    "category": (lambda code: Recategorise(code, "C", WORDS), {"operator", "senior"}, OPEN),
    "politeness": (
        lambda code: TellPoliteness(code, True),
        {"operator", "senior", "complainant"},
        {"solved", "closed", "reopened"},
    ),
    "called in vain": (TellNotReached, {"operator", "senior"}, {"solved"}),
    "flags looked at": (LookAtFlags, {"senior", "administrator"}, set(STATES)),
    "transfer": (lambda code: Transfer(code, "JNR", WORDS), {"member", "head", "operator", "senior"}, OPEN),
}


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[District]:
    """One district for all attempts, since each is dropped."""
    made = small_district(f"sqlite:///{Path(tmp_path_factory.mktemp('rights')) / 'janmilan.db'}")
    yield made
    made.close()


@pytest.fixture(scope="module")
def complaints(district: District) -> dict[str, tuple[str, int]]:
    """(code, petition) of a complaint in each state; Sunita solved, the head has the acknowledged one."""
    made = {}
    TARGET[:] = [each.code for each in district.register("BDO C")]
    for state in STATES:
        (complaint,) = district.register("BDO B" if state == "transferred" else "DPRO B")
        steps: dict[str, list[tuple[Command, str]]] = {
            "acknowledged": [(Acknowledge(complaint.code), "ashok")],
            "transferred": [(Transfer(complaint.code, "DPRO"), "ramesh")],
            "solved": [(Solve(complaint.code, WORDS, from_text=True), "sunita")],
            "reopened": [(Solve(complaint.code, WORDS), "sunita"), (Reopen(complaint.code), "senior")],
            "asked": [(AskMoreTime(complaint.code, LATER, WORDS), "operator")],
            "paused": [(PauseComplaint(complaint.code, LATER, PauseFor.COURT, WORDS), "senior")],
            "questioned": [(AskOfficer(complaint.code, "कहाँ?"), "operator")],
            "rejected": [(Reject(complaint.code, "already_decided"), "senior")],
            "merged": [(Merge(complaint.code, TARGET[0]), "senior")],
            "closed": [(Solve(complaint.code, WORDS), "sunita"), (Confirm(complaint.code), "senior")],
        }
        for command, who in steps.get(state, []):
            district.do(command, who)
        assert district.complaint(complaint.code).state.value == {
            "asked": "registered",
            "questioned": "registered",
        }.get(state, state)
        made[state] = (complaint.code, complaint.petition)
    return made


class Dropped(Exception):
    """The attempt was made."""


def attempt(district: District, command: Command, by: Actor) -> Done | Refusal:
    """What comes of it; nothing of it stays."""

    def run(unit: UnitOfWork) -> Done | Refusal:
        found: list[Done | Refusal] = []
        with suppress(Dropped), unit.overlay():
            try:
                found.append(district.office.perform(unit, command, by))
            except Refusal as refusal:
                found.append(refusal)
            raise Dropped
        return found[0]

    value = district.store.do_now(Work(run)).value
    assert value is not None
    return value


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("action", ACTIONS)
def test_who_may_do_what_in_which_state(
    district: District, complaints: dict[str, tuple[str, int]], action: str, state: str
) -> None:
    make, entitled, possible = ACTIONS[action]
    entitled = {"senior"} if (action, state) == ("reopen", "rejected") else entitled
    # What the head has a member does not hand back for them.
    entitled = {"head", "operator"} if (action, state) == ("hand back", "acknowledged") else entitled
    code, petition = complaints[state]
    before = district.complaint(code)
    for who, actor in people(petition).items():
        came = attempt(district, make(code), actor)
        if who not in entitled:
            assert isinstance(came, NO_RIGHT), f"{who} may not {action} what is {state}: {came!r}"
        elif state in possible or (action, state, who) == ("acknowledge", "acknowledged", "head"):
            assert isinstance(came, Done), f"{who} may {action} what is {state}: {came!r}"
        else:
            assert isinstance(came, NOT_NOW), f"{who} cannot {action} what is {state}: {came!r}"
    assert district.complaint(code) == before


DOORS: dict[str, tuple[Command, set[str]]] = {
    "holiday": (DeclareHoliday(LATER, "वर्षा"), {"administrator"}),
    "register": (
        RegisterPetition(name="स", phone="", village="ब", words="नाली", parts=(Part("DPRO", "B"),)),
        {"operator", "nodal_officer", "senior", "administrator"},
    ),
    "take offline": (TakeOffline(PEOPLE["vimla"], "अनुपस्थित"), {"senior"}),
    "leave": (EnterLeave(PEOPLE["sunita"], LATER, LATER), {"member", "removed member", "head", "senior"}),
    "bind": (BindGroup("bot", "new", Purpose.DEPARTMENT, "BDO"), {"nodal_officer", "administrator"}),
    "bind the administration": (BindGroup("bot", "new", Purpose.ADMINISTRATION), {"nodal_officer", "administrator"}),
    "link a person": (LinkIdentity("bot", "x", PEOPLE["senior"]), {"nodal_officer", "administrator"}),
    "link a complainant without proof": (LinkComplainant("bot", "x", "direct:x", 1), set()),
    "the group's language": (
        ChooseLanguage("en", "bot", "group:DPRO"),
        {"member", "head", "operator", "senior", "nodal_officer", "administrator", "auditor"},
    ),
}


@pytest.mark.parametrize("door", DOORS)
def test_who_may_change_who_is_who(district: District, complaints: object, door: str) -> None:
    district.do(BindGroup("bot", "group:DPRO", Purpose.DEPARTMENT, "DPRO"), "nodal")
    command, entitled = DOORS[door]
    for who, actor in people(1).items():
        came = attempt(district, command, actor)
        assert isinstance(came, Done if who in entitled else NotAllowed), f"{who}, {door}: {came!r}"


@pytest.mark.parametrize(("named", "taken"), [("ashok", True), ("ramesh", False), ("auditor", False)])
def test_whoever_is_named_to_be_on_it_is_of_the_department(district: District, named: str, taken: bool) -> None:
    (complaint,) = district.register("DPRO B")
    for by in ("operator", "ashok"):
        came = attempt(district, Acknowledge(complaint.code, PEOPLE[named]), district.actor(by))
        assert isinstance(came, Done if taken else Invalid)
    assert isinstance(attempt(district, Acknowledge(complaint.code, 2**70), district.actor("operator")), Invalid)


@pytest.mark.parametrize("length", [10_000, 10_001, 70_000])
def test_words_have_an_end(district: District, length: int) -> None:
    (complaint,) = district.register("DPRO B")
    words = ("नाली ठीक कराई " * length)[:length]
    for command in (
        Solve(complaint.code, words),
        AddNote(complaint.code, words),
        Transfer(complaint.code, "BDO", words),
    ):
        came = attempt(district, command, district.actor("sunita"))
        assert isinstance(came, Done if length <= 10_000 else Invalid)
