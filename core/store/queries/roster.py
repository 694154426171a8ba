"""Writing departments and people as lists bring them. Whoever calls this bumps the generation once, at the end."""

from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from core.departments import Department
from core.people import Identity, Membership, Person, Role
from core.store.failures import Moment
from core.store.people_tables import AliasRow, DepartmentRow, IdentityRow, MembershipRow, PersonRow, RoleRow
from core.store.staging import Stage
from core.store.tables import WorkKeyRow, table_of

_DEPARTMENT = table_of(DepartmentRow)
_ALIAS = table_of(AliasRow)
_PERSON = table_of(PersonRow)
_ROLE = table_of(RoleRow)
_MEMBERSHIP = table_of(MembershipRow)
_IDENTITY = table_of(IdentityRow)
_KEY = table_of(WorkKeyRow)

_CHANGE_DEPARTMENT = (
    update(_DEPARTMENT)
    .where(_DEPARTMENT.c.id == bindparam("b_id"))
    .values({name: bindparam(name) for name in ("name_hi", "name_en", "category")})
)
_CHANGE_PERSON = (
    update(_PERSON)
    .where(_PERSON.c.id == bindparam("b_id"))
    .values(
        {
            name: bindparam(name)
            for name in ("name_hi", "name_en", "designation_hi", "designation_en", "staff", "phone", "language")
        }
    )
)
_OTHERS_ARE_NO_HEADS = (
    update(_MEMBERSHIP)
    .where(_MEMBERSHIP.c.department == bindparam("of_department"), _MEMBERSHIP.c.person != bindparam("of_person"))
    .values(head=False)
)
_END_MEMBERSHIP = delete(_MEMBERSHIP).where(
    _MEMBERSHIP.c.person == bindparam("of_person"), _MEMBERSHIP.c.department == bindparam("of_department")
)
_END_ROLE = delete(_ROLE).where(_ROLE.c.person == bindparam("of_person"), _ROLE.c.role == bindparam("of_role"))
_SET_MEMBERSHIP = {
    kind: statement.on_conflict_do_update(
        index_elements=[_MEMBERSHIP.c.person, _MEMBERSHIP.c.department], set_={"head": statement.excluded.head}
    )
    for kind, statement in (("sqlite", sqlite_insert(_MEMBERSHIP)), ("postgresql", postgresql_insert(_MEMBERSHIP)))
}
_KNOWN_KEYS = select(_KEY.c.key).where(_KEY.c.key.in_(bindparam("keys", expanding=True)))
_ANSWER = select(_KEY.c.answer).where(_KEY.c.key == bindparam("of"))
_KEYS_AT_ONCE = 500


def add_department(unit: Stage, department: Department) -> None:
    """Stage a new department, whose first complaint is number 1001."""
    row = {"id": department.id, "code": department.code, "next_serial": 1001}
    unit.insert(_DEPARTMENT, {**row, **_names(department)})
    add_aliases(unit, department, department.aliases)


def change_department(unit: Stage, department: Department) -> None:
    """Stage another name or category of a department; its aliases stay."""
    unit.write(_CHANGE_DEPARTMENT, {"b_id": department.id, **_names(department)})


def add_aliases(unit: Stage, department: Department, aliases: tuple[str, ...]) -> None:
    """Stage what else people call a department."""
    for alias in aliases:
        unit.insert(_ALIAS, {"alias": alias, "department": department.id})


def add_new_person(unit: Stage, person: Person) -> None:
    """Stage somebody new, whom no chat knows yet."""
    unit.insert(_PERSON, {"id": person.id, **_fields(person)})


def add_person(unit: Moment, person: Person, identity: Identity) -> None:
    """Stage somebody new, known on one chat account."""
    add_new_person(unit, person)
    row = {"account": identity.account, "user": identity.user, "person": identity.person}
    unit.insert(_IDENTITY, {**row, "since": identity.since or unit.now})


def change_person(unit: Stage, person: Person) -> None:
    """Stage another designation or phone of a person."""
    unit.write(_CHANGE_PERSON, {"b_id": person.id, **_fields(person)})


def add_role(unit: Stage, person: int, role: Role) -> None:
    """Stage a district-wide role that the person does not have yet."""
    unit.insert(_ROLE, {"person": person, "role": role.value})


def end_role(unit: Stage, person: int, role: Role) -> None:
    """Stage that the person does not have the role any more."""
    unit.write(_END_ROLE, {"of_person": person, "of_role": role.value})


def end_membership(unit: Stage, person: int, department: int) -> None:
    """Stage that the person does not belong to the department any more."""
    unit.write(_END_MEMBERSHIP, {"of_person": person, "of_department": department})


def set_membership(unit: Moment, membership: Membership) -> None:
    """Stage that somebody belongs to a department, from now on or `since`; a new head is its only one.

    Whoever belongs to it already has been there since then: only `head` changes.
    """
    if membership.head:
        others = {"of_department": membership.department, "of_person": membership.person}
        unit.write(_OTHERS_ARE_NO_HEADS, others)
    since = membership.since or unit.now
    row = {"person": membership.person, "department": membership.department, "head": membership.head, "since": since}
    unit.write(_SET_MEMBERSHIP[unit.connection.dialect.name], row)


def keys_done(unit: Stage, keys: list[str]) -> set[str]:
    """Which of these keys were done before; leans on the primary key."""
    done: set[str] = set()
    for begin in range(0, len(keys), _KEYS_AT_ONCE):
        done.update(unit.connection.execute(_KNOWN_KEYS, {"keys": keys[begin : begin + _KEYS_AT_ONCE]}).scalars())
    return done


def key_answer(connection: Connection, key: str) -> str | None:
    """What was kept with a key that was done; None for one that was not."""
    answer: str | None = connection.execute(_ANSWER, {"of": key}).scalar()
    return answer


def keep_key(unit: Stage, key: str, answer: str, at: datetime) -> None:
    """Stage that a key was done."""
    unit.insert(_KEY, {"key": key, "at": at, "answer": answer})


def _names(department: Department) -> dict[str, object]:
    return {"name_hi": department.name_hi, "name_en": department.name_en, "category": department.category}


def _fields(person: Person) -> dict[str, object]:
    return {
        "name_hi": person.name_hi,
        "name_en": person.name_en,
        "designation_hi": person.designation_hi,
        "designation_en": person.designation_en,
        "staff": person.staff,
        "phone": person.phone,
        "language": person.language,
    }
