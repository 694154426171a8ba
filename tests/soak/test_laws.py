"""The judge of `make soak` is not blind: each fault, planted into a run in which all was well, is found and named."""

import json
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256

import pytest

from bench.soaking import laws_in, laws_out
from bench.soaking.desk_people import Asked
from bench.soaking.findings import Findings
from bench.soaking.journal import Arrival, Journal, Standing, Update
from bench.soaking.platform import ASKED
from bench.soaking.records import Card, Records, Said

GROUP = "group:dpro"
CODE = "DPRO-1001-48"
BUTTONS = [[{"label": "निस्तारित", "data": "solve:complaint:1"}]]
DIGEST = sha256(json.dumps(["card", BUTTONS, []], ensure_ascii=False, separators=(",", ":")).encode()).hexdigest()


class Run:
    """A note in a group, the bot's answer to it, a card, and a petition at the desk, all as it should be."""

    def __init__(self) -> None:
        note = Update(
            ASKED, 1, "message", GROUP, "officer-1", "10", "x zqbbbb", mark="zqbbbb", meant="kept", acknowledged=True
        )
        listed = Update(ASKED, 2, "message", GROUP, "officer-1", "11", "/list", meant="answered", acknowledged=True)
        self.journal = Journal({ASKED: [note, listed]})
        self.journal.arrivals = [self.arrival(1, "1-5-0"), self.arrival(2, "2-6-0"), self.arrival(3, "3-7-0", "edit")]
        self.journal.standing[ASKED, "20"] = Standing(GROUP, "card", BUTTONS)
        self.records = Records(keys={f"{ASKED}:1", f"{ASKED}:2"})
        self.records.entries["zqbbbb", "NoteAdded", 1] = 1
        self.records.archived["zqbbbb"] = 1
        self.records.answers[ASKED, GROUP, "11"] = 1
        self.records.petitions["zqcccc"] = [7]
        self.records.codes[1] = (CODE, "acknowledged")
        self.records.cards = [Card(ASKED, GROUP, "20", CODE, "acknowledged", DIGEST)]
        self.records.said = {id: self.said(id, f"{id}-{id + 4}-0") for id in (1, 2)}
        self.records.said[3] = replace(self.said(3, "3-7-0"), edit=True, card=True)
        self.desk = [Asked("zqcccc", "petition", ["7", "7"])]
        self.named: set[int] = set()

    def arrival(self, number: int, key: str, kind: str = "say") -> Arrival:
        """Something that came to stand in the group."""
        return Arrival(number, ASKED, GROUP, key, "words", str(30 + number), kind == "edit", None, 1)

    def said(self, id: int, *keys: str) -> Said:
        """A row of the outbox that was sent."""
        return Said(id, ASKED, GROUP, 2, False, "sent", None, 0, None, keys, False)

    def judged(self) -> Findings:
        """What the laws say."""
        findings = Findings()
        laws_in.judge_updates(self.journal, self.records, findings)
        laws_in.judge_desk(self.desk, self.records, findings)
        laws_out.judge_messages(self.journal, self.records, self.named, findings)
        laws_out.judge_web_messages(self.records, findings)
        laws_out.judge_cards(self.journal, self.records, findings)
        return findings


def test_a_run_in_which_all_is_well_is_clean() -> None:
    assert Run().judged().lines() == []


def test_a_repeat_that_was_named_and_marked_is_well() -> None:
    run = Run()
    run.named = {1, 2}
    run.journal.arrivals.insert(1, run.arrival(9, "1-5-0-again-1"))
    run.records.said[1] = run.said(1, "1-5-0-again-1")
    run.records.said[2] = replace(run.said(2, "2-6-0"), outcome="doubtful")
    findings = run.judged()
    assert findings.lines() == []
    assert (findings.counts["repeated"], findings.counts["doubtful"]) == (1, 1)


FAULTS: dict[str, tuple[str, Callable[[Run], object]]] = {
    "an update that nobody kept": (laws_in.LOST, lambda run: run.records.keys.clear()),
    "an update that is never taken": (
        laws_in.WAITS,
        lambda run: set_(run.journal.updates[ASKED][0], acknowledged=False),
    ),
    "a note that is not on the timeline": (laws_in.LOST, lambda run: run.records.entries.clear()),
    "a message that is not in the archive": (laws_in.LOST, lambda run: run.records.archived.clear()),
    "a note that is there twice": (
        laws_in.TWICE,
        lambda run: run.records.entries.update({("zqbbbb", "NoteAdded", 1): 1}),
    ),
    "a complaint taken on twice": (laws_in.TWICE, lambda run: run.records.steps[1].update(["Acknowledged"] * 2)),
    "a question without an answer": (laws_in.ANSWERED, lambda run: run.records.answers.clear()),
    "a question answered twice": (laws_in.ANSWERED, lambda run: run.records.answers.update([(ASKED, GROUP, "11")])),
    "a petition that was answered and is not there": (laws_in.LOST, lambda run: run.records.petitions.clear()),
    "a petition registered twice": (laws_in.TWICE, lambda run: run.records.petitions["zqcccc"].append(8)),
    "a program that is told two things": (laws_in.STRAIGHT, lambda run: run.desk[0].answers.append("8")),
    "a message that never arrived": (laws_out.LOST, lambda run: run.journal.arrivals.pop(0)),
    "a message said twice": (laws_out.TWICE, lambda run: run.journal.arrivals.insert(1, run.arrival(9, "1-5-0"))),
    "a named message said twice without its mark": (laws_out.TWICE, lambda run: _say_again_unmarked(run)),
    "a repeat of what was not in doubt": (
        laws_out.TWICE,
        lambda run: run.journal.arrivals.insert(1, run.arrival(9, "1-5-0-again-1")),
    ),
    "doubt about what was not on its way": (laws_out.TWICE, lambda run: _change(run, 1, outcome="doubtful")),
    "a message that still waits": (laws_out.STUCK, lambda run: _change(run, 1, outcome=None)),
    "a message that was given up": (laws_out.STUCK, lambda run: _change(run, 1, outcome="dead")),
    "messages in another order": (laws_out.ORDER, lambda run: run.journal.arrivals.reverse()),
    "a card that shows an older state": (laws_out.SHOWN, lambda run: _solve(run)),
    "a card with other words than we think": (
        laws_out.SHOWN,
        lambda run: set_(run.journal.standing[ASKED, "20"], text="other"),
    ),
    "a complaint without a card": (laws_out.SHOWN, lambda run: run.records.cards.clear()),
}


@pytest.mark.parametrize(("law", "plant"), FAULTS.values(), ids=FAULTS.keys())
def test_a_fault_is_found(law: str, plant: Callable[[Run], object]) -> None:
    run = Run()
    plant(run)
    assert law in {of for of, _ in run.judged().broken}


def test_more_in_doubt_than_one_of_a_chat_or_eight_of_an_account_is_found() -> None:
    findings = Findings()
    laws_out.judge_doubts(1, [(ASKED, f"group:{number}", number) for number in range(8)], findings)
    assert findings.clean
    laws_out.judge_doubts(2, [(ASKED, f"group:{number}", number) for number in range(9)], findings)
    laws_out.judge_doubts(3, [(ASKED, GROUP, 1), (ASKED, GROUP, 2)], findings)
    assert [what.partition(":")[0] for _, what in findings.broken] == ["kill 2", "kill 3"]


def set_(thing: object, **values: object) -> None:
    """Change what is not frozen."""
    for name, value in values.items():
        setattr(thing, name, value)


def _change(run: Run, id: int, **values: object) -> None:
    run.records.said[id] = replace(run.records.said[id], **values)  # type: ignore[arg-type]


def _say_again_unmarked(run: Run) -> None:
    run.named = {1}
    run.journal.arrivals.insert(1, run.arrival(9, "1-5-1"))


def _solve(run: Run) -> None:
    run.records.cards = [replace(run.records.cards[0], state="solved")]
