"""What must be true of everything that came in: kept when it is acknowledged, applied once (docs/design.md §3, 4)."""

from bench.soaking.desk_people import Asked
from bench.soaking.findings import Findings
from bench.soaking.journal import Journal, Update
from bench.soaking.records import Records
from bench.soaking.web_people import WebOfficer

LOST = "what was acknowledged is kept"
TWICE = "nothing is applied twice"
WAITS = "every update is acknowledged in the end"
ANSWERED = "every question is answered, once"
STRAIGHT = "the desk answers a program with what it did, the same each time"
LIVE = "the live stream tells everything, in order, and nothing twice"


def judge_updates(journal: Journal, records: Records, findings: Findings) -> None:
    """Of the platform's updates."""
    for updates in journal.updates.values():
        for update in updates:
            findings.counts["updates"] += 1
            findings.counts["redelivered"] += max(0, update.delivered - 1)
            findings.need(update.acknowledged, WAITS, _name(update))
            if update.acknowledged:
                findings.need(update.key in records.keys, LOST, _name(update))
                _judge_effect(update, records, findings)
    for complaint, steps in records.steps.items():
        findings.need(
            steps["Acknowledged"] <= 1 + steps["Reopened"], TWICE, f"complaint {records.codes[complaint][0]}: {steps}"
        )


def _judge_effect(update: Update, records: Records, findings: Findings) -> None:
    if update.meant == "answered":
        answers = records.answers[update.account, update.chat, update.message or ""]
        findings.need(answers == 1, ANSWERED, f"{_name(update)}: {answers} answers")
    if update.mark:
        _judge_mark(update.mark, _name(update), update.meant == "kept", records, findings)


def judge_desk(asked: list[Asked], records: Records, findings: Findings) -> None:
    """Of what the desk was asked for."""
    for each in asked:
        findings.counts["desk_requests"] += 1
        what = f"{each.kind} {each.mark}, answered {each.answers}"
        findings.need(len(set(each.answers)) == 1, STRAIGHT, what)
        if each.kind == "petition":
            ids = [str(id) for id in records.petitions[each.mark]]
            findings.need(len(ids) <= 1, TWICE, f"{what}: petitions {ids}")
            findings.need(ids[:1] == each.answers[:1], LOST, f"{what}: petitions {ids}")
        else:
            kinds = records.kinds_of(each.mark)
            findings.need(each.answers[:1] == ["200"], STRAIGHT, what)
            findings.need(len(kinds) <= 1, TWICE, f"{what}: {kinds}")
            findings.need(len(kinds) >= 1, LOST, f"{what}: {kinds}")


def judge_web(officers: list[WebOfficer], records: Records, findings: Findings) -> None:
    """Of what was written in the web chat, and of what its live streams told."""
    for officer in officers:
        for mark, meant in officer.posted:
            findings.counts["web_messages"] += 1
            _judge_mark(mark, f"web chat, {mark}", meant == "kept", records, findings)
        numbers = [number for number, _, _ in officer.heard]
        name = f"stream of person {officer.officer.person}"
        findings.need(numbers == sorted(set(numbers)), LIVE, f"{name}: numbers go back or repeat")
        findings.need(not officer.reset, LIVE, f"{name}: told to read everything anew")
        heard = {message for _, _, message in officer.heard}
        missed = [id for id, chat, _ in records.web if chat in officer.chats and str(id) not in heard]
        findings.need(not missed, LIVE, f"{name}: never told of {missed[:10]}")


def _judge_mark(mark: str, what: str, kept: bool, records: Records, findings: Findings) -> None:
    """Of a message in a group: it is in the archive, and on the timeline once for each thing that it did."""
    findings.need(records.archived[mark] >= 1, LOST, f"{what}: not in the archive")
    findings.need(records.archived[mark] <= 1, TWICE, f"{what}: in the archive {records.archived[mark]} times")
    kinds = records.kinds_of(mark)
    findings.need(len(kinds) == len(set(kinds)), TWICE, f"{what}: {kinds}")
    findings.need(not kept or bool(kinds), LOST, f"{what}: not on the timeline")


def _name(update: Update) -> str:
    words = update.data or update.text
    return f"update {update.key} ({update.kind} in {update.chat}, delivered {update.delivered} times): {words}"
