"""Proves the records: that every complaint is what its timeline makes it, and that no timeline was changed.

Source: docs/design.md §2, Chain and erasure. What is compared: each chain with its hashes, the folded complaint with
every column of its row, the petition's row with what was registered, the chains with the daily lists of their heads.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from core.complaints.complaint import Complaint
from core.complaints.happened import Registered
from core.instants import from_microseconds, microseconds
from core.store.queries.proof import Records, count_of_complaints, hold_still, records_in_chunks, strays
from core.store.records import columns_of, complaint_of
from core.timeline import Fault, Written, decode, prove

#: A petition's column, and the field of the registration that it must agree with; these can be erased.
_PERSONAL = {"name": "complainant", "phone": "phone", "village": "place", "words": "words"}
_OTHERS = ("confidential", "about", "heard_by", "direction")

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Proof:
    """What `verify` found. `erased`: under which rule the personal fields of how many entries are gone.

    codes: of the complaints with a fault, as far as they are known.   heads: how many listed heads were compared.
    """

    complaints: int
    entries: int
    heads: int
    erased: Mapping[str, int]
    faults: tuple[Fault, ...]
    codes: Mapping[int, str]

    @property
    def clean(self) -> bool:
        """Whether everything is as it was written."""
        return not self.faults


def verify(connection: Connection, progress: Progress | None = None) -> Proof:
    """Prove all records. `connection`: a reader's, on which nothing was asked yet.   progress: complaints done, of all.

    Never raises for what stands in the records, whatever it is.
    """
    hold_still(connection)
    known = count_of_complaints(connection)
    complaints = entries = heads = 0
    erased: Counter[str] = Counter()
    faults: list[Fault] = []
    codes: dict[int, str] = {}
    for records in records_in_chunks(connection):
        found = [fault for id in records.ids for fault in _faults_of(id, records)]
        codes.update({fault.complaint: code for fault in found if (code := _code(fault.complaint, records))})
        faults += found
        complaints += len(records.complaints)
        entries += sum(map(len, records.entries.values()))
        heads += sum(map(len, records.heads.values()))
        erased.update(rule for rules in records.erased.values() for rule in rules.values())
        if progress:
            progress(complaints, known)
    for table, entry in strays(connection):
        faults.append(Fault(0, 0, f"the table {table} holds a row of entry {entry}, which is not on any timeline"))
    return Proof(complaints, entries, heads, dict(erased), tuple(faults), codes)


def _faults_of(id: int, records: Records) -> Iterator[Fault]:
    row, chain, erased = records.complaints.get(id), records.entries.get(id, []), records.erased.get(id, {})
    yield from (Fault(id, head.number, what) for head, what in _missing(chain, records.heads.get(id, [])))
    if not chain:
        if row is not None:
            yield Fault(id, 0, "the complaint has no timeline")
        return
    if row is None:
        yield Fault(id, 0, "the timeline has no complaint")
    try:
        faults, folded = prove(chain, erased)
        registered = decode(chain[0].kind, chain[0].payload, chain[0].personal)
    # What stands in a changed record can break any step of reading it; whatever it breaks, the record is at fault.
    except Exception:
        faults, folded, registered = [Fault(id, 0, "cannot be read")], None, None
    yield from faults
    both = [entry.number for entry in chain if entry.number in erased and entry.personal is not None]
    yield from (Fault(id, number, "was erased, and still has its personal fields") for number in both)
    if row is None or folded is None:
        return
    folded = replace(folded, head=chain[-1].hash, next_at=_instant(row.next_at))
    yield from (Fault(id, 0, f"{column} does not follow from the timeline") for column in _differing(row, folded))
    if isinstance(registered, Registered):
        petition = records.petitions.get(row.petition)
        gone = chain[0].personal is None
        yield from (Fault(id, 1, what) for what in _faults_of_petition(petition, registered, gone))


def _instant(there: object) -> datetime | None:
    """When the clock looks again: no fact, but the record must say the same; None for what is no instant."""
    try:
        return from_microseconds(there) if isinstance(there, int) else None
    except OverflowError:
        return None


def _missing(chain: list[Written], heads: list[Any]) -> Iterator[tuple[Any, str]]:
    """Listed heads that the chain does not have any more."""
    hashes = {entry.number: entry.hash for entry in chain}
    for head in heads:
        if head.number not in hashes:
            yield head, f"is missing; it was the last entry on {head.day}"
        elif hashes[head.number] != head.hash:
            yield head, f"is not the entry that was listed on {head.day}"


def _differing(row: Any, folded: Complaint) -> Iterator[str]:
    for name, value in columns_of(folded).items():
        there = row._mapping[name]
        expected = microseconds(value) if isinstance(value, datetime) else value
        if there != expected and not (name == "record" and _is_same_record(there, folded)):
            yield name


def _is_same_record(there: str, folded: Complaint) -> bool:
    """Another release of the library may write the same values with other spaces."""
    try:
        record = complaint_of(there)
        return record == folded and record.next_at == folded.next_at
    except ValueError:
        return False


def _faults_of_petition(petition: Any, registered: Registered, gone: bool) -> Iterator[str]:
    if petition is None:
        yield "its petition is missing"
        return
    row = petition._mapping
    for column, name in _PERSONAL.items():
        if row[column] != ("" if gone else getattr(registered, name)):
            yield f"the petition's {column} is not what was registered"
    for column in _OTHERS:
        if row[column] != getattr(registered, column):
            yield f"the petition's {column} is not what was registered"
    if row["registered_by"] != registered.by or row["registered_at"] != microseconds(registered.at):
        yield "the petition's registration is not what was registered"


def _code(id: int, records: Records) -> str | None:
    row = records.complaints.get(id)
    return None if row is None else str(row.code)
