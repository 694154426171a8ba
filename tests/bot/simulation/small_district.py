"""Lists of a small district to be played: eight departments, and so many officers in each."""

from collections.abc import Sequence
from pathlib import Path

from bot.simulation import Files

NAMES = {
    "DPRO": "Panchayats",
    "BDO": "Blocks",
    "JNR": "Water",
    "PWD": "Roads",
    "CMO": "Health",
    "BSA": "Schools",
    "DSO": "Rations",
    "EXC": "Excise",
}
DISTRICT_ROLES = ("operator", "senior", "senior", "nodal_officer", "administrator")
WORDS = "नाली टूटने से गंदा पानी भर गया है"


def small_district(folder: Path, departments: int = 8, officers: int = 60) -> Files:
    """Write its lists: a head and members in each department, as many as come to `officers`."""
    codes = list(NAMES)[:departments]
    people = [("", role, f"{role} {number}") for number, role in enumerate(DISTRICT_ROLES)]
    for number in range(officers):
        code, place = codes[number % departments], number // departments
        people.append((code, "member" if place else "head", f"{code} {place}"))
    complaints = [(code, category, WORDS, "बसही") for category in "ABCB" for code in (*codes, "DPRO BDO")]
    return Files(
        departments=_written(folder, "departments", "code,name_en,name_hi", [(c, NAMES[c], NAMES[c]) for c in codes]),
        people=_written(folder, "people", "department_code,role,name_hi", people),
        complaints=_written(folder, "complaints", "department_code,category,text_hi,village", complaints),
    )


def _written(folder: Path, name: str, head: str, rows: Sequence[tuple[str, ...]]) -> Path:
    file = folder / f"{name}.csv"
    file.write_text("\n".join([head, *map(",".join, rows)]) + "\n", encoding="utf-8")
    return file
