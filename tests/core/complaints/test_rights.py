"""Who may do what, in full: every action x everybody x every state, as docs/rights.yaml says (docs/design.md §4).

Who lacks the right is told so in every state and learns nothing of the complaint; who has it is told why it cannot be
done now, or it is done. Each attempt is made through the office and dropped again.
"""

from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

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
    RewordSolution,
    Solve,
    StillOnIt,
    TellNotReached,
    TellPoliteness,
    TellStillWrong,
    Transfer,
    UndoSolution,
    Unmerge,
)
from core.complaints import Complaint
from core.groups import Purpose
from core.holiday_commands import DeclareHoliday
from core.office import Done
from core.pauses import PauseFor
from core.people import DISTRICT_ROLES, Actor, Door, Role, Via
from core.presence_commands import EnterLeave, TakeOffline
from core.refusals import (
    AboutOwnOffice,
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
from tools.rights import Cell, load

WORDS, PHOTO = "नाली की मरम्मत कराई, पानी निकल गया", "a" * 64
DPRO, BDO = frozenset({DEPARTMENT_IDS["DPRO"]}), frozenset({DEPARTMENT_IDS["BDO"]})
NO_RIGHT = (NotAllowed, WrongDepartment, OwnSolution, AboutOwnOffice)
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


TABLE = load()
SOLVER = {"own_solution": "operator"}
TARGETS: dict[bool, list[str]] = {}
"""By whether it is confidential: the codes of two open complaints that others are joined to."""

CASES: dict[str | None, dict[str, Any]] = {
    None: {},
    "confidential": {"confidential": True},
    "about_itself": {"about": DEPARTMENT_IDS["DPRO"]},
    "of_the_department": {},
    "complained_about": {"about": DEPARTMENT_IDS["BDO"]},
    "own_solution": {},
}
"""What a complaint of each case is registered with."""


def people(petition: int) -> dict[str, Actor]:
    """Everybody there can be, towards a complaint of this petition that the DPRO holds and Sunita solved."""
    senior, operator = frozenset({Role.SENIOR}), frozenset({Role.OPERATOR})
    return {
        "member": Actor(PEOPLE["sunita"], VIA, member_of=DPRO),
        "colleague": Actor(91, VIA, member_of=DPRO),
        "head": Actor(PEOPLE["ashok"], VIA, member_of=DPRO, head_of=DPRO),
        "member_elsewhere": Actor(92, VIA, member_of=BDO),
        "head_elsewhere": Actor(PEOPLE["ramesh"], VIA, member_of=BDO, head_of=BDO),
        **{role.value: Actor(90, VIA, roles=frozenset({role})) for role in DISTRICT_ROLES},
        "senior_here": Actor(93, VIA, roles=senior, member_of=DPRO),
        "operator_here": Actor(94, VIA, roles=operator, member_of=DPRO),
        "senior_elsewhere": Actor(95, VIA, roles=senior, member_of=BDO),
        "operator_who_solved": Actor(PEOPLE["operator"], VIA, roles=operator),
        "complainant": Actor(None, VIA, petition=petition),
        "other_complainant": Actor(None, VIA, petition=petition + 1_000_000),
        "stranger": Actor(None, VIA),
    }


ACTIONS: dict[str, Callable[[Complaint], Command]] = {
    "acknowledge": lambda it: Acknowledge(it.code),
    "still-on-it": lambda it: StillOnIt(it.code),
    "hand-back": lambda it: HandBack(it.code),
    "solve": lambda it: Solve(it.code, WORDS, (PHOTO,)),
    "undo": lambda it: UndoSolution(it.code),
    "reword": lambda it: RewordSolution(it.code, f"{WORDS}, ढक्कन भी लगाया"),
    "evidence": lambda it: AddEvidence(it.code, ("b" * 64,)),
    "note": lambda it: AddNote(it.code, WORDS),
    "confirm": lambda it: Confirm(it.code),
    "reopen": lambda it: Reopen(it.code),
    "reject": lambda it: Reject(it.code, "sub_judice"),
    "merge": lambda it: Merge(it.code, TARGETS[it.confidential][0]),
    "unmerge": lambda it: Unmerge(it.code),
    "assign": lambda it: Assign(it.code, PEOPLE["sunita" if it.assignee == PEOPLE["ashok"] else "ashok"]),
    "ask": lambda it: AskOfficer(it.code, "कब तक?"),
    "answer": lambda it: AnswerQuestion(it.code, WORDS),
    "still-wrong": lambda it: TellStillWrong(it.code, WORDS),
    "more-time": lambda it: AskMoreTime(it.code, LATER, WORDS),
    "give-time": lambda it: GrantMoreTime(it.code),
    "no-time": lambda it: DeclineMoreTime(it.code),
    "pause": lambda it: PauseComplaint(it.code, LATER, PauseFor.COURT, WORDS),
    "give-time-unasked": lambda it: PauseComplaint(it.code, LATER, PauseFor.MORE_TIME, WORDS),
    "resume": lambda it: ResumeComplaint(it.code),
    "category": lambda it: Recategorise(it.code, "C", WORDS),
    "polite": lambda it: TellPoliteness(it.code, True),
    "not-reached": lambda it: TellNotReached(it.code),
    "flags": lambda it: LookAtFlags(it.code),
    "transfer": lambda it: Transfer(it.code, "JNR", WORDS),
}


@pytest.fixture(scope="module")
def district(tmp_path_factory: pytest.TempPathFactory) -> Iterator[District]:
    """One district for all attempts, since each is dropped."""
    made = small_district(f"sqlite:///{Path(tmp_path_factory.mktemp('rights')) / 'janmilan.db'}")
    for confidential in (False, True):
        TARGETS[confidential] = [made.register("BDO C", confidential=confidential)[0].code for _ in range(2)]
    yield made
    made.close()


@pytest.fixture(scope="module")
def complaints(district: District) -> dict[tuple[str, str | None], Complaint]:
    """A complaint in each state and case; Sunita solved, Vimla has the acknowledged one."""
    return {(state, case): prepared(district, state, case) for case in CASES for state in TABLE.states}


def prepared(district: District, state: str, case: str | None) -> Complaint:
    """A complaint of a case in a state."""
    (complaint,) = district.register("BDO B" if state == "transferred" else "DPRO B", **CASES[case])
    code, solver = complaint.code, SOLVER.get(case or "", "sunita")
    other_member = Actor(PEOPLE["vimla"], VIA, member_of=DPRO)
    steps: dict[str, list[tuple[Command, str | Actor]]] = {
        "acknowledged": [(Acknowledge(code), other_member)],
        "transferred": [(Transfer(code, "DPRO"), "ramesh")],
        "solved": [(Solve(code, WORDS, from_text=True), solver)],
        "reopened": [(Solve(code, WORDS), solver), (Reopen(code), "senior")],
        "asked": [(AskMoreTime(code, LATER, WORDS), "operator")],
        "paused": [(PauseComplaint(code, LATER, PauseFor.COURT, WORDS), "senior")],
        "questioned": [(AskOfficer(code, "कहाँ?"), "operator")],
        "rejected": [(Reject(code, "already_decided"), "senior")],
        "merged": [(Merge(code, TARGETS[complaint.confidential][1]), "senior")],
        "closed": [(Solve(code, WORDS), solver), (Confirm(code), "senior")],
    }
    for command, who in steps.get(state, []):
        district.do(command, who)
    stands = district.complaint(code)
    assert stands.state.value == {"asked": "registered", "questioned": "registered"}.get(state, state)
    return stands


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


def test_every_action_has_a_row_in_the_table() -> None:
    assert set(ACTIONS) == set(TABLE.actions)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("action", ACTIONS)
def test_who_may_do_what_in_which_state(
    district: District, complaints: dict[tuple[str, str | None], Complaint], action: str, case: str | None
) -> None:
    for state in TABLE.states:
        complaint = complaints[state, case]
        everybody = people(complaint.petition)
        for who in TABLE.people_of(case):
            came = attempt(district, ACTIONS[action](complaint), everybody[who])
            match TABLE.cell(action, who, state, case):
                case Cell.NO_RIGHT:
                    assert isinstance(came, NO_RIGHT), f"{who} may not {action} what is {state}: {came!r}"
                case Cell.MAY:
                    assert isinstance(came, Done), f"{who} may {action} what is {state}: {came!r}"
                    assert came.entries, f"{who} may {action} what is {state}"
                case Cell.NOT_NOW:
                    nothing = isinstance(came, Done) and not came.entries
                    assert nothing or isinstance(came, NOT_NOW), f"{who} cannot {action} what is {state}: {came!r}"
        assert district.complaint(complaint.code) == complaint


def test_whoever_was_taken_out_of_the_department_may_nothing(
    district: District, complaints: dict[tuple[str, str | None], Complaint]
) -> None:
    removed = Actor(PEOPLE["sunita"], VIA)
    for state in TABLE.states:
        for make in ACTIONS.values():
            assert isinstance(attempt(district, make(complaints[state, None]), removed), NO_RIGHT)


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
        {"member", "colleague", "head", "operator", "senior", "nodal_officer", "administrator", "auditor"},
    ),
}


@pytest.mark.parametrize("door", DOORS)
def test_who_may_change_who_is_who(district: District, complaints: object, door: str) -> None:
    district.do(BindGroup("bot", "group:DPRO", Purpose.DEPARTMENT, "DPRO"), "nodal")
    command, entitled = DOORS[door]
    for who in TABLE.people:
        came = attempt(district, command, people(1)[who])
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
