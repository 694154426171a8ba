"""The append-only record of what happened to a complaint: entries, their hashes, and the proof of a whole chain.

Each complaint has a chain of its own. An entry's hash covers all that is public of it, the digest of its personal
fields, and the hash before; so the personal fields can be erased and the chain still verifies (docs/design.md §2,
Chain and erasure).
"""

import hashlib
import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from pydantic import TypeAdapter

from core.complaints.complaint import Complaint
from core.complaints.evolve import evolve
from core.complaints.happened import Happened, personal_fields
from core.complaints.kinds import KINDS
from core.frozen import with_changes
from core.instants import microseconds
from core.json_text import canonical
from core.people import Door, Via

START = "0" * 64
NOTHING = canonical({})
_NAMES = {kind: name for name, kind in KINDS.items()}
_PERSONAL = {kind: personal_fields(kind) for kind in KINDS.values()}


@cache
def _adapter(kind: str) -> TypeAdapter[Any]:
    """Made when it is needed first: all of them together would keep a start waiting."""
    return TypeAdapter(KINDS[kind])


@dataclass(frozen=True)
class Entry:
    """One step of a complaint as told to the chat and the desk: the complaint after it, what happened, from where."""

    complaint: Complaint
    happened: Happened
    via: Via


@dataclass(frozen=True)
class Written:
    """An entry as it stands in the database; every column but `id` is under the hash, and so is its place."""

    complaint: int
    number: int
    kind: str
    at: int
    person: int | None
    via: str
    payload: str
    personal_digest: str
    previous: str
    hash: str
    salt: str | None
    personal: str | None


@dataclass(frozen=True)
class Fault:
    """Something in a complaint's records that cannot be as it was written. `number` is the entry, 0 the whole."""

    complaint: int
    number: int
    what: str


def write(complaint: int, number: int, happened: Happened, via: Via, previous: str) -> Written:
    """The next entry of a chain; `previous` is the hash before it, "" before the first."""
    public, personal = encode(happened)
    salt, words = secrets.token_hex(16), canonical(personal) if personal else NOTHING
    place = Written(
        complaint=complaint,
        number=number,
        kind=_NAMES[type(happened)],
        at=microseconds(happened.at),
        person=happened.by,
        via=_via(via),
        payload=canonical(public),
        personal_digest=digest(salt, words),
        previous=previous or START,
        hash="",
        salt=salt,
        personal=words,
    )
    return with_changes(place, hash=hash_of(place))


@lru_cache(maxsize=64)
def _via(via: Via) -> str:
    # The clock and the desk write thousands of entries from one place.
    return canonical(vars(via))


def hash_of(entry: Written) -> str:
    """sha256 over the entry's public columns, in canonical JSON, with the hash before it."""
    parts = [entry.complaint, entry.number, entry.kind, entry.at, entry.person]
    parts += [entry.via, entry.payload, entry.personal_digest, entry.previous]
    return hashlib.sha256(canonical(parts).encode()).hexdigest()


def digest(salt: str, personal: str) -> str:
    """sha256(salt ‖ canonical JSON): proves personal fields while they are there, tells nothing once they are gone."""
    return hashlib.sha256(salt.encode() + personal.encode()).hexdigest()


def encode(happened: Happened) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fact as JSON values: what is public, and what is personal."""
    whole: dict[str, Any] = _adapter(_NAMES[type(happened)]).dump_python(happened, mode="json")
    names = _PERSONAL[type(happened)]
    if not names:
        return whole, {}
    return {k: v for k, v in whole.items() if k not in names}, {k: v for k, v in whole.items() if k in names}


def decode(kind: str, payload: str, personal: str | None) -> Happened:
    """The fact of an entry; personal fields that were erased read "". Raises ValueError for what is no fact."""
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is no kind of fact")
    values = json.loads(payload)
    if personal is not None:
        values.update(json.loads(personal))
    happened: Happened = _adapter(kind).validate_python(values)
    return happened


def decode_via(via: str) -> Via:
    """From where an entry came."""
    values = json.loads(via)
    return Via(**{**values, "door": Door(values["door"])})


def fold(happened: Iterable[Happened]) -> Complaint | None:
    """The complaint that these facts make, in order."""
    complaint: Complaint | None = None
    for each in happened:
        complaint = evolve(each, complaint)
    return complaint


def prove(entries: Iterable[Written], erased: Mapping[int, str]) -> tuple[list[Fault], Complaint | None]:
    """Check a complaint's chain and fold it again.

    entries: in the order of their numbers.   erased: number of an entry to the rule its personal fields went under.
    Returns the faults, and the complaint as folded (None if it cannot be).
    """
    faults: list[Fault] = []
    facts: list[Happened] = []
    previous = START
    for expected, entry in enumerate(entries, start=1):
        faults += [Fault(entry.complaint, entry.number, what) for what in _faults_of(entry, expected, previous, erased)]
        previous = entry.hash
        try:
            facts.append(decode(entry.kind, entry.payload, entry.personal))
        except ValueError:
            faults.append(Fault(entry.complaint, entry.number, "cannot be read"))
            return faults, None
    try:
        return faults, fold(facts)
    except (AssertionError, AttributeError, TypeError):
        faults.append(Fault(facts[0].id if hasattr(facts[0], "id") else 0, 0, "does not make a complaint"))
        return faults, None


def _faults_of(entry: Written, expected: int, previous: str, erased: Mapping[int, str]) -> list[str]:
    faults = []
    if entry.number != expected:
        faults.append(f"is number {entry.number} where {expected} should stand")
    if entry.previous != previous:
        faults.append("does not follow the entry before it")
    if hash_of(entry) != entry.hash:
        faults.append("was changed")
    if entry.personal is None or entry.salt is None:
        if entry.number not in erased:
            faults.append("has lost its personal fields under no rule")
    elif digest(entry.salt, entry.personal) != entry.personal_digest:
        faults.append("has changed personal fields")
    return faults
