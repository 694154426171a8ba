"""`janmilan verify`: the proof of the records, told to people or to programs."""

import json
from pathlib import Path

from bot.cli.failing import FOUND
from bot.cli.place import read_place
from bot.cli.saying import bar, complain, say
from core.proof import Proof, verify
from core.store.database import open_database
from core.store.migrate import require

SHOWN = 100


def verify_records(config: Path, as_json: bool) -> None:
    """Prove the records of the office; ends the process with 1 when there is a fault."""
    place = read_place(config)
    require(place.settings.database)
    database = open_database(place.settings.database)
    try:
        with bar("Proving") as progress, database.reader.begin() as connection:
            proof = verify(connection, progress)
    finally:
        database.close()
    if as_json:
        say(json.dumps(_facts(proof), ensure_ascii=False, indent=2))
    else:
        _tell(proof)
    if not proof.clean:
        raise SystemExit(FOUND)


def _tell(proof: Proof) -> None:
    for fault in proof.faults[:SHOWN]:
        where = proof.codes.get(fault.complaint) or f"complaint {fault.complaint}"
        complain(f"{where}, entry {fault.number}: {fault.what}" if fault.number else f"{where}: {fault.what}")
    if len(proof.faults) > SHOWN:
        complain(f"… and {len(proof.faults) - SHOWN} more; --json tells them all")
    for rule, count in sorted(proof.erased.items()):
        say(f"Personal fields of {count} entries were erased under the rule: {rule}")
    proved = f"{proof.complaints} complaints, {proof.entries} entries, {proof.heads} listed heads"
    if proof.clean:
        say(f"All is as it was written: {proved}.")
    else:
        complain(
            f"{len(proof.faults)} faults in {proved}. Something changed the records outside of Jan Milan: keep the "
            "database as it is, and compare it with the newest backup that proves clean."
        )


def _facts(proof: Proof) -> dict[str, object]:
    faults = [
        {"complaint": each.complaint, "code": proof.codes.get(each.complaint), "entry": each.number, "what": each.what}
        for each in proof.faults
    ]
    counts = {"complaints": proof.complaints, "entries": proof.entries, "heads": proof.heads}
    return {"clean": proof.clean, **counts, "erased": dict(proof.erased), "faults": faults}
