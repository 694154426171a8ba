"""A small district for tests: three departments, their people, an operator, a senior; on a clock that stands still.

It goes through the office's own doors; only who is who is written at once, as an import would.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from core.clock import SetClock
from core.commands import Command, Part, RegisterPetition
from core.complaints import Complaint
from core.office import Done, Office, Silence, Teller
from core.people import Actor, Door, Role, Via
from core.settings import OfficeSettings
from core.store.people_tables import AliasRow, DepartmentRow, IdentityRow, MembershipRow, PersonRow, RoleRow
from core.store.store import Store
from core.store.tables import table_of
from core.store.unit import UnitOfWork
from core.store.work import Work
from tests.made_once import make_in

WEDNESDAY_10 = datetime(2026, 11, 25, 4, 30, tzinfo=UTC)
"""10:00 in Prayagraj on an office day."""

DRAIN = "नाली टूटने से गंदा पानी हैंडपंप के पास भर गया है"

DEPARTMENTS = {
    "DPRO": ("जिला पंचायत राज अधिकारी", "District Panchayat Raj Officer", ("पंचायती राज",)),
    "BDO": ("खंड विकास अधिकारी", "Block Development Officer", ("ब्लॉक",)),
    "JNR": ("जल निगम (ग्रामीण)", "Jal Nigam (Rural)", ("जल निगम",)),
}
MEMBERS = {"ashok": ("DPRO", True), "sunita": ("DPRO", False), "ramesh": ("BDO", True), "vimla": ("JNR", True)}
DISTRICT = {
    "operator": Role.OPERATOR,
    "senior": Role.SENIOR,
    "nodal": Role.NODAL_OFFICER,
    "auditor": Role.AUDITOR,
    "other senior": Role.SENIOR,
    "administrator": Role.ADMINISTRATOR,
}
NAMES = {
    "ashok": ("अशोक यादव", "Ashok Yadav"),
    "sunita": ("सुनीता वर्मा", "Sunita Verma"),
    "ramesh": ("रमेश पाल", "Ramesh Pal"),
    "vimla": ("विमला देवी", "Vimla Devi"),
    "operator": ("नम्रता पाल", "Namrata Pal"),
    "senior": ("एडीएम (नगर)", "ADM (City)"),
    "nodal": ("पल्लवी देवी", "Pallavi Devi"),
    "auditor": ("रोज़ी जोसेफ", "Rosy Joseph"),
    "other senior": ("एसडीएम (सदर)", "SDM (Sadar)"),
    "administrator": ("अनिल मिश्रा", "Anil Mishra"),
}
PEOPLE = {name: id for id, name in enumerate(NAMES, start=1)}
DEPARTMENT_IDS = {code: id for id, code in enumerate(DEPARTMENTS, start=1)}


@dataclass
class District:
    """The office of the small district, and how tests act in it."""

    store: Store
    office: Office
    clock: SetClock

    def actor(self, name: str, door: Door = Door.DESK) -> Actor:
        """Somebody of the district as who asks for something."""
        id = PEOPLE[name]
        directory = self.store.read_now(self.store.directory)
        return directory.actor(id, Via(door))

    def do(self, command: Command, by: str | Actor, key: str | None = None) -> Done:
        """Have something done. Raises the Refusal."""
        actor = self.actor(by) if isinstance(by, str) else by
        return self.office.do_now(command, actor, key)

    def register(
        self, *parts: str, words: str = "नाली टूटने से गंदा पानी भर गया है", **fields: object
    ) -> tuple[Complaint, ...]:
        """Register a petition; each part is letters and category, as in "DPRO B"."""
        values: dict[str, object] = {
            "name": "सावित्री देवी",
            "phone": "9812345610",
            "village": "बसही",
            "words": words,
            "parts": tuple(Part(*part.split()) for part in parts),
            **fields,
        }
        done = self.do(RegisterPetition(**values), "operator")  # type: ignore[arg-type]
        return tuple(entry.complaint for entry in done.entries)

    def complaint(self, code: str) -> Complaint:
        """The complaint as it stands now."""
        result = self.store.do_now(Work(lambda unit: unit.complaint(code)))
        assert result.value is not None
        return result.value

    def complainant(self, complaint: Complaint) -> Actor:
        """The complainant of a complaint, in a direct chat."""
        return Actor(None, Via(Door.CHAT), petition=complaint.petition)

    def close(self) -> None:
        """Close the database."""
        self.store.close()


def small_district(
    url: str,
    settings: OfficeSettings | None = None,
    teller: Teller | None = None,
    at: datetime = WEDNESDAY_10,
) -> District:
    """A new district in the new database at `url`."""
    clock = SetClock(at)
    make_in(url, make_district)
    store = Store.open(url, clock)
    return District(store, Office(store, settings or OfficeSettings(), clock, teller or Silence()), clock)


def make_district(url: str) -> None:
    """The tables, and in them who is who."""
    store = Store.create(url, SetClock(WEDNESDAY_10))
    store.do_now(Work(fill))
    store.close()


def fill(unit: UnitOfWork) -> None:
    """Write who is who."""
    for code, (name_hi, name_en, aliases) in DEPARTMENTS.items():
        id = unit.new_id("department")
        assert id == DEPARTMENT_IDS[code]
        row = {"id": id, "code": code, "name_hi": name_hi, "name_en": name_en, "category": None, "next_serial": 1001}
        unit.insert(table_of(DepartmentRow), row)
        for alias in aliases:
            unit.insert(table_of(AliasRow), {"alias": alias, "department": id})
    for name, (hi, en) in NAMES.items():
        id = unit.new_id("person")
        assert id == PEOPLE[name]
        row = {"id": id, "name_hi": hi, "name_en": en, "designation_hi": "", "designation_en": ""}
        unit.insert(table_of(PersonRow), {**row, "staff": False, "phone": "", "language": None})
        unit.insert(table_of(IdentityRow), {"account": "web", "user": f"person:{id}", "person": id})
    for name, (code, head) in MEMBERS.items():
        row = {"person": PEOPLE[name], "department": DEPARTMENT_IDS[code], "head": head}
        unit.insert(table_of(MembershipRow), row)
    for name, role in DISTRICT.items():
        unit.insert(table_of(RoleRow), {"person": PEOPLE[name], "role": role.value})
    unit.changed_directory()
