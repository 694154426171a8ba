"""Who is who, read whole: some hundreds of rows, kept in memory until the generation changes."""

from sqlalchemy import Connection, select

from core.departments import Department
from core.directory import Directory
from core.groups import Group, Purpose
from core.people import Identity, Membership, Person, Role
from core.store.generation import read_generation
from core.store.people_tables import AliasRow, DepartmentRow, GroupRow, IdentityRow, MembershipRow, PersonRow, RoleRow
from core.store.queries.absences import read_off_duty
from core.store.tables import table_of


def read_directory(connection: Connection) -> Directory:
    """Departments, people, memberships, identities and groups as of now, in the order of their ids."""
    groups = [
        Group(row.id, row.account, row.chat, Purpose(row.purpose), row.department, row.language, row.lost_at)
        for row in connection.execute(select(table_of(GroupRow)).order_by("id"))
    ]
    return Directory(
        generation=read_generation(connection),
        departments={each.id: each for each in _departments(connection)},
        people={each.id: each for each in _people(connection)},
        memberships=tuple(
            Membership(row.person, row.department, row.head, row.since)
            for row in connection.execute(select(table_of(MembershipRow)).order_by("person", "department"))
        ),
        identities_=tuple(
            Identity(row.account, row.user, row.person, row.since, row.lost_at)
            for row in connection.execute(select(table_of(IdentityRow)))
        ),
        groups=tuple(each for each in groups if each.lost_at is None),
        off_duty=read_off_duty(connection),
        lost_groups=tuple(each for each in groups if each.lost_at is not None),
    )


def _departments(connection: Connection) -> list[Department]:
    aliases: dict[int, list[str]] = {}
    for row in connection.execute(select(table_of(AliasRow)).order_by("alias")):
        aliases.setdefault(row.department, []).append(row.alias)
    return [
        Department(row.id, row.code, row.name_hi, row.name_en, tuple(aliases.get(row.id, ())), row.category)
        for row in connection.execute(select(table_of(DepartmentRow)).order_by("id"))
    ]


def _people(connection: Connection) -> list[Person]:
    roles: dict[int, set[Role]] = {}
    for row in connection.execute(select(table_of(RoleRow))):
        roles.setdefault(row.person, set()).add(Role(row.role))
    return [
        Person(
            id=row.id,
            name_hi=row.name_hi,
            name_en=row.name_en,
            designation_hi=row.designation_hi,
            designation_en=row.designation_en,
            staff=row.staff,
            phone=row.phone,
            language=row.language,
            roles=frozenset(roles.get(row.id, ())),
        )
        for row in connection.execute(select(table_of(PersonRow)).order_by("id"))
    ]
